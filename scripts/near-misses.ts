// Shows how often one slip of the keyboard still brings the right acronym: `npm run near-misses`.
import { pathToFileURL } from 'node:url';
import { fold } from '../src/features/acronym/fold.js';
import { shippedGlossary as glossary } from '../src/features/acronym/glossary.js';

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const positions = (key: string): number[] => [...key].map((_, at) => at);

/** Every slip of each kind. */
const slips: Readonly<Record<string, (key: string) => string[]>> = {
  missing: (key) => positions(key).map((at) => key.slice(0, at) + key.slice(at + 1)),
  swapped: (key) => positions(key.slice(1)).map((at) => key.slice(0, at) + key[at + 1] + key[at] + key.slice(at + 2)),
  wrong: (key) =>
    positions(key).flatMap((at) => letters.map((letter) => key.slice(0, at) + letter + key.slice(at + 1))),
  added: (key) =>
    positions(`${key}.`).flatMap((at) => letters.map((letter) => key.slice(0, at) + letter + key.slice(at))),
};

/** Parts of all slips of a kind that bring the right acronym first, and among the first three. */
export interface Rate {
  readonly kind: string;
  readonly tried: number;
  readonly first: number;
  readonly three: number;
}

/** Tries every slip in every acronym; those that happen to spell another one are found exactly, and left out. */
export function nearMissRates(): readonly Rate[] {
  const keys = [...new Set(glossary.senses.map(({ acronym }) => fold(acronym)))];
  return Object.entries(slips).map(([kind, make]) => {
    let [tried, first, three] = [0, 0, 0];
    for (const key of keys) {
      const typed = [...new Set(make(key))].filter((slip) => slip !== '' && glossary.exact(slip).length === 0);
      const hits = typed.map((slip) => glossary.near(slip).findIndex(({ acronym }) => fold(acronym) === key));
      tried += typed.length;
      first += hits.filter((at) => at === 0).length;
      three += hits.filter((at) => at >= 0 && at < 3).length;
    }
    return { kind, tried, first: first / tried, three: three / tried };
  });
}

/** The mean over the kinds, each weighing the same. */
export const meanOf = (rates: readonly Rate[], part: 'first' | 'three'): number =>
  rates.reduce((sum, rate) => sum + rate[part], 0) / rates.length;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;
  const rates = nearMissRates();
  for (const { kind, tried, first, three } of rates) {
    process.stdout.write(
      `${kind.padEnd(8)} ${String(tried).padStart(7)} slips: first ${percent(first)}, in the first three ${percent(three)}\n`,
    );
  }
  process.stdout.write(
    `all kinds: first ${percent(meanOf(rates, 'first'))}, in the first three ${percent(meanOf(rates, 'three'))}\n`,
  );
}
