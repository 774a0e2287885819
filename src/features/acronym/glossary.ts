// The glossary that ships with the program: read when it is first needed, so that the start does not wait for it.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { breathe } from '../../core/breather.js';
import { type Sense, senseSchema } from './model.js';
import { type Glossary, glossaryOver } from './search.js';
import { type TermIndex, termIndex } from './term-index.js';

const file = createRequire(import.meta.url).resolve('#glossary/glossary.json');

/** The file as it is edited by hand; the tests hold it against this, so that no start has to. */
export const glossarySchema = z.strictObject({
  about: z.string(),
  senses: z.array(senseSchema),
});

export const readShipped = (): unknown => JSON.parse(readFileSync(file, 'utf8'));

const sensesIn = (read: unknown) => (read as { readonly senses: readonly Sense[] }).senses;

let made: TermIndex | undefined;

/** The index of what ships; made by the first call, which takes some tens of milliseconds, unless it is ready. */
export function shippedIndex(): TermIndex {
  made ??= termIndex(sensesIn(readShipped()));
  return made;
}

/** Makes the index before anybody asks, and gives way to others meanwhile. */
export async function prepareShipped(): Promise<void> {
  if (made) return;
  const text = await readFile(file, 'utf8');
  await breathe();
  const index = termIndex();
  for (const sense of sensesIn(JSON.parse(text))) {
    index.add(sense);
    await breathe();
  }
  made ??= index;
}

/** What ships, without the entries of any space. */
export const shippedGlossary: Glossary = glossaryOver(() => [shippedIndex()]);
