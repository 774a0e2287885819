// A list as JSON -> raw items: an array of objects, or an object that holds one as `proceedings` or `items`.
import { z } from 'zod';
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
export function readJson(text: string): Listed {
  const list = listSchema.parse(JSON.parse(text.replace(/^\uFEFF/, '')));
  const read = list.slice(0, most).map((one) => rawSchema.safeParse(one));
  const items: Raw[] = read.flatMap(({ data }) => (data ? [data] : []));
  return { items, skipped: read.length - items.length, isCut: list.length > most };
}
