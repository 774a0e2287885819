// Shows how often one slip of the keyboard still brings the right acronym: `npm run near-misses`.
import { shippedGlossary as glossary } from '../src/features/acronym/glossary.js';
import { fold } from '../src/features/acronym/search.js';

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const positions = (key: string): number[] => [...key].map((_, at) => at);

/** Every slip of each kind; those that happen to spell another acronym are left out, for they are found exactly. */
const slips: Readonly<Record<string, (key: string) => string[]>> = {
  missing: (key) => positions(key).map((at) => key.slice(0, at) + key.slice(at + 1)),
  swapped: (key) => positions(key.slice(1)).map((at) => key.slice(0, at) + key[at + 1] + key[at] + key.slice(at + 2)),
  wrong: (key) =>
    positions(key).flatMap((at) => letters.map((letter) => key.slice(0, at) + letter + key.slice(at + 1))),
  added: (key) =>
    positions(`${key}.`).flatMap((at) => letters.map((letter) => key.slice(0, at) + letter + key.slice(at))),
};

const acronyms = [...new Set(glossary.senses.map(({ acronym }) => acronym))];
const per = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
const total = { first: 0, three: 0, kinds: 0 };

for (const [kind, make] of Object.entries(slips)) {
  let [tried, first, three] = [0, 0, 0];
  for (const acronym of acronyms) {
    const typed = [...new Set(make(fold(acronym)))].filter((slip) => slip !== '' && glossary.exact(slip).length === 0);
    const hits = typed.map((slip) => glossary.near(slip).findIndex((sense) => fold(sense.acronym) === fold(acronym)));
    tried += typed.length;
    first += hits.filter((at) => at === 0).length;
    three += hits.filter((at) => at >= 0 && at < 3).length;
  }
  total.first += first / tried;
  total.three += three / tried;
  total.kinds += 1;
  process.stdout.write(
    `${kind.padEnd(8)} ${String(tried).padStart(7)} slips: first ${per(first, tried)}, in the first three ${per(three, tried)}\n`,
  );
}
process.stdout.write(
  `all kinds alike: first ${per(total.first, total.kinds)}, in the first three ${per(total.three, total.kinds)}\n`,
);
