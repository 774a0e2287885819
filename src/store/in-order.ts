// Sorting that gives way to others: a hundred thousand ids at once would hold everybody up.
import { breathe } from '../core/breather.js';
import type { Stored } from './document.js';

/** So many are sorted, or merged, in one go. */
const piece = 1000;

const byId = (a: Stored, b: Stored): number => (a.id < b.id ? -1 : Number(a.id > b.id));

/** The documents in bytewise order of their ids. */
export async function inOrder(documents: readonly Stored[]): Promise<readonly Stored[]> {
  let runs: (readonly Stored[])[] = [];
  for (let from = 0; from < documents.length; from += piece) {
    runs.push(documents.slice(from, from + piece).sort(byId));
    await breathe();
  }
  while (runs.length > 1) {
    const longer: (readonly Stored[])[] = [];
    for (let at = 0; at < runs.length; at += 2) longer.push(await merged(runs[at] ?? [], runs[at + 1] ?? []));
    runs = longer;
  }
  return runs[0] ?? [];
}

async function merged(some: readonly Stored[], others: readonly Stored[]): Promise<readonly Stored[]> {
  const all: Stored[] = [];
  let [at, next] = [0, 0];
  while (at < some.length || next < others.length) {
    const [a, b] = [some[at], others[next]];
    const isFirst = b === undefined || (a !== undefined && byId(a, b) <= 0);
    const first = isFirst ? a : b;
    if (isFirst) at += 1;
    else next += 1;
    if (first) all.push(first);
    if (all.length % piece === 0) await breathe();
  }
  return all;
}
