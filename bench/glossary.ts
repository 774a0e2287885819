// What the glossary costs: look-ups among 50,000 own entries, a change to them, the start: `npm run bench:glossary`.
import { pathToFileURL } from 'node:url';
import { shippedIndex } from '../src/features/acronym/glossary.js';
import type { Entry } from '../src/features/acronym/own/model.js';
import { ownGlossary } from '../src/features/acronym/own/state.js';
import { acronymsIn } from '../src/features/acronym/scan.js';
import type { Glossary } from '../src/features/acronym/search.js';

/** Entries of the space's own, and questions of each kind. */
const [entries, rounds] = [50_000, 2000];

/** A row of numbers that looks like chance and is the same at every run (Park and Miller, 1988). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const words = (
  'policy internet names domain registry council working group review advisory committee process development regional ' +
  'community security stability budget strategic implementation team public comment technical operations data protection ' +
  'accountability transparency outreach capacity government stakeholder model universal acceptance abuse mitigation'
).split(' ');
const russian = 'группа политика домен реестр совет рабочая процесс развитие комитет правление сообщество'.split(' ');
const chinese = [...'域名注册管理机构政策制定流程工作组理事会社群咨询委员会安全稳定'];

function entryAt(nth: number, pick: (below: number) => number): Entry {
  const letters = Array.from({ length: 3 + pick(4) }, () => String.fromCharCode(65 + pick(26))).join('');
  const some = (from: readonly string[], count: number, between: string): string =>
    Array.from({ length: count }, () => from[pick(from.length)]).join(between);
  return {
    acronym: `${letters}${nth % 7 === 0 ? nth : ''}`,
    expansion: {
      en: `${some(words, 3 + pick(4), ' ')} ${nth}`,
      ...(nth % 3 === 0 ? { ru: `${some(russian, 3 + pick(3), ' ')} ${nth}` } : {}),
      ...(nth % 5 === 0 ? { zh: `${some(chinese, 6 + pick(6), '')}${nth}` } : {}),
    },
    definition: { en: some(words, 20, ' ') },
  };
}

interface Timing {
  readonly median: number;
  readonly p99: number;
  readonly worst: number;
}

/** In milliseconds, for each of so many calls. */
function timed(calls: number, work: (nth: number) => void): Timing {
  const times = Array.from({ length: calls }, (_, nth) => {
    const began = performance.now();
    work(nth);
    return performance.now() - began;
  }).sort((a, b) => a - b);
  const at = (part: number): number => times[Math.min(times.length - 1, Math.floor(part * times.length))] ?? 0;
  return { median: at(0.5), p99: at(0.99), worst: at(1) };
}

const print = (name: string, { median, p99, worst }: Timing): void => {
  const told = [median, p99, worst].map((ms) => `${ms.toFixed(4).padStart(9)}`).join(' ');
  process.stdout.write(`${name.padEnd(46)} ${told}\n`);
};

function lookUps(glossary: Glossary, all: readonly Entry[], pick: (below: number) => number): void {
  const any = (): Entry => all[pick(all.length)] ?? { acronym: '', expansion: {} };
  const slip = (term: string): string => term.slice(0, 1) + term.slice(2, 3) + term.slice(1, 2) + term.slice(3);
  const kinds: Readonly<Record<string, () => void>> = {
    'an acronym': () => void glossary.lookUp(any().acronym),
    'a shipped acronym': () => void glossary.lookUp('PDP'),
    'a slip of the keyboard': () => void glossary.lookUp(slip(any().acronym)),
    'a whole expansion': () => void glossary.lookUp(any().expansion.en ?? ''),
    'two common words': () => void glossary.lookUp(`${words[pick(words.length)]} ${words[pick(words.length)]}`),
    'two words in Russian': () =>
      void glossary.lookUp(`${russian[pick(russian.length)]} ${russian[pick(russian.length)]}`),
    'four characters of Chinese': () => void glossary.lookUp((any().expansion.zh ?? '工作组').slice(1, 5)),
    'something that is not there': () => void glossary.lookUp(`zz${pick(1e9).toString(36)}`),
    'completion of one letter': () => void glossary.complete(String.fromCharCode(97 + pick(26)), 25),
    'completion of three letters': () => void glossary.complete(any().acronym.slice(0, 3), 25),
    'completion of a word': () => void glossary.complete((words[pick(words.length)] ?? '').slice(0, 4), 25),
  };
  for (const [name, work] of Object.entries(kinds)) {
    timed(200, work);
    print(name, timed(rounds, work));
  }
}

/** Memory that is really in use, in bytes; what `--expose-gc` gives. */
function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function run(): void {
  const began = performance.now();
  shippedIndex();
  process.stdout.write(`what ships is read and indexed in ${(performance.now() - began).toFixed(0)} ms\n`);
  const pick = numbers(7);
  const all = Array.from({ length: entries }, (_, nth) => entryAt(nth, pick));
  const before = heap();
  const { own, take } = ownGlossary();
  const step = (nth: number, entry: Entry | null, id = `E${nth.toString(36).toUpperCase()}`) =>
    take(nth, { space: 's', at: '2026-03-01T00:00:00Z', by: 'x', how: 'add', changes: [{ id, entry }] });
  const loading = performance.now();
  for (const [nth, entry] of all.entries()) step(nth + 1, entry);
  own.glossary.complete('a', 1);
  process.stdout.write(
    `${entries} own entries are taken in, step by step, in ${(performance.now() - loading).toFixed(0)} ms` +
      ` and ${((heap() - before) / 1e6).toFixed(0)} MB\n\n`,
  );
  process.stdout.write(
    `${'milliseconds'.padEnd(46)} ${'median'.padStart(9)} ${'p99'.padStart(9)} ${'worst'.padStart(9)}\n`,
  );
  lookUps(own.glossary, all, pick);
  const changed = timed(rounds, (nth) =>
    step(entries + 1 + nth, all[nth + 1] ?? null, `E${(nth + 1).toString(36).toUpperCase()}`),
  );
  print('a change, and the index after it', changed);
  const seen = timed(rounds, (nth) => {
    step(2 * entries + nth, entryAt(nth, pick), `E${(nth + 1).toString(36).toUpperCase()}`);
    own.glossary.complete('ab', 25);
  });
  print('a change, and a completion right after it', seen);
  const text = 'The council met and the GNSO will start a PDP with ALAC about it. '.repeat(700).slice(0, 40_000);
  print(
    'the acronyms of a message of 40,000 characters',
    timed(50, () => void acronymsIn(own.glossary, text)),
  );
  print(
    'the same, of acronyms alone',
    timed(50, () => void acronymsIn(own.glossary, 'PDP GNSO ASO AC '.repeat(2500))),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) run();
