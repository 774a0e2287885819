// A list as JSON -> raw items: an array of objects, or an object that holds one as `proceedings` or `items`.
import { z } from 'zod';
import { breathe } from '../../core/breather.js';
import type { Raw } from './item.js';
import { type Listed, most } from './source-list.js';

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** Texts as they are, lists of texts with spaces between, anything else not at all. */
const rawSchema = z.record(
  z.string(),
  z.union([scalar, z.array(scalar).transform((list) => list.join(' ')), z.unknown().transform(() => '')]),
);

const listSchema = z.union([
  z.array(z.unknown()),
  z.object({ proceedings: z.array(z.unknown()) }).transform(({ proceedings }) => proceedings),
  z.object({ items: z.array(z.unknown()) }).transform(({ items }) => items),
]);

/** @throws Error when it is not such a list */
export async function readJson(text: string): Promise<Listed> {
  const list = listSchema.parse(JSON.parse(text.replace(/^\uFEFF/, '')));
  const items: Raw[] = [];
  let skipped = 0;
  for (const one of list.slice(0, most)) {
    const read = rawSchema.safeParse(one);
    if (read.success) items.push(read.data);
    else skipped += 1;
    await breathe();
  }
  return { items, skipped, isCut: list.length > most };
}
