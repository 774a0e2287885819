// The glossary that ships with the program, read and checked once.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { senseSchema } from './model.js';
import { type Glossary, glossaryOf } from './search.js';

const file = createRequire(import.meta.url).resolve('#glossary/glossary.json');

/** The file as it is edited by hand. */
export const glossarySchema = z.strictObject({
  about: z.string(),
  senses: z.array(senseSchema),
});

export const shippedGlossary: Glossary = glossaryOf(
  glossarySchema.parse(JSON.parse(readFileSync(file, 'utf8'))).senses,
);
