// The glossary that ships with the program: read when it is first needed, so that the start does not wait for it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';
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

let made: TermIndex | undefined;

/** The index of what ships; the first call takes some tens of milliseconds. */
export function shippedIndex(): TermIndex {
  made ??= termIndex((readShipped() as { readonly senses: readonly Sense[] }).senses);
  return made;
}

/** What ships, without the entries of any space. */
export const shippedGlossary: Glossary = glossaryOver(() => [shippedIndex()]);
