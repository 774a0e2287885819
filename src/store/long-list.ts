// Long lists in documents: a change to one of thousands of entries neither checks nor writes down the others again.

/** With fewer entries a document is handled whole, which costs no more. */
const fewest = 50;

/** What stands in this field of a value, when it is a list, and long. */
export function longListIn(value: unknown, field: string): readonly unknown[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const list: unknown = value[field as keyof typeof value];
  return Array.isArray(list) && list.length >= fewest ? list : undefined;
}

/** Of a list that came about from another: so many entries of that one, from a place on, or an entry of its own. */
export type Piece = readonly [from: number, count: number] | { readonly put: unknown };

/**
 * How one list is made out of another. Entries are the same only when they are the same object; where none of them moved
 * and few are new, this takes a hundredth of the time that writing the list down takes.
 */
export function piecesOf(old: readonly unknown[], young: readonly unknown[]): readonly Piece[] {
  // To copy a frozen array and read the copy is ten times as quick as to read the frozen one.
  const [before, after] = [[...old], [...young]];
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const places = new Map<unknown, number>();
  for (let at = head; at < before.length - tail; at += 1) places.set(before[at], at);

  const pieces: ([number, number] | { readonly put: unknown })[] = [[0, head]];
  for (const entry of after.slice(head, after.length - tail)) {
    const from = places.get(entry);
    const last = pieces.at(-1);
    if (from === undefined) pieces.push({ put: entry });
    else if (Array.isArray(last) && last[0] + last[1] === from) last[1] += 1;
    else pieces.push([from, 1]);
  }
  pieces.push([before.length - tail, tail]);
  return pieces.filter((piece) => !Array.isArray(piece) || piece[1] > 0);
}

/** The list that is made out of another so. */
export const joined = (before: readonly unknown[], pieces: readonly Piece[]): readonly unknown[] =>
  pieces.flatMap((piece) => ('put' in piece ? [piece.put] : before.slice(piece[0], piece[0] + piece[1])));
