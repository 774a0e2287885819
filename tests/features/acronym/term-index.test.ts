// The index grows and shrinks sense by sense, and is then as if it had been made so at once.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sense } from '../../../src/features/acronym/model.js';
import { glossaryOver } from '../../../src/features/acronym/search.js';
import { sortedKeys } from '../../../src/features/acronym/sorted-keys.js';
import { termIndex } from '../../../src/features/acronym/term-index.js';

const name = fc.constantFrom('PDP', 'PDPs', 'PPD', 'EPDP', 'GNSO', 'МПО', '政策', 'at large', 'DoT', 'x');
const text = fc.constantFrom(
  'Policy Process',
  'policy',
  'Процесс',
  '政策制定',
  '制定政策',
  'Processus d’élaboration',
  'x y z',
);

const sense = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    acronym: name,
    alias: fc.option(name),
    en: text,
    fr: fc.option(text),
  })
  .map(
    ({ id, acronym, alias, en, fr }): Sense => ({
      id,
      acronym,
      ...(alias === null ? {} : { aliases: { en: [alias] } }),
      body: 'own',
      expansion: { en, ...(fr === null ? {} : { fr }) },
      sources: [],
      seen: '2026-03-01',
    }),
  );

const asked = [
  'PDP',
  'pdps',
  'ppd',
  'GNS',
  'policy',
  'process policy',
  'мпо',
  '政策',
  '制定',
  'at large',
  'xx',
  'z y',
  'elaboration',
];

/** Everything that can be asked, answered. */
function answers(index: ReturnType<typeof termIndex>): unknown {
  const glossary = glossaryOver(() => [index]);
  const ids = (found: readonly Sense[]): string[] => found.map(({ id }) => id);
  return asked.map((term) => [
    ids(glossary.exact(term)),
    ids(glossary.near(term)),
    ids(glossary.byWords(term)).sort(),
    ids(glossary.written(term)),
    ids(glossary.complete(term, 25)).sort(),
    glossary.begins(term),
  ]);
}

describe('an index', () => {
  test('after any additions and removals answers like one made of what is left', () => {
    const step = fc.oneof(
      sense.map((added) => ({ added, gone: undefined })),
      fc.constantFrom('a', 'b', 'c', 'd', 'e').map((gone) => ({ added: undefined, gone })),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const index = termIndex();
        const left = new Map<string, Sense>();
        for (const { added, gone } of steps) {
          if (added) {
            index.add(added);
            left.delete(added.id);
            left.set(added.id, added);
          } else {
            index.remove(gone ?? '');
            left.delete(gone ?? '');
          }
        }
        expect(answers(index)).toEqual(answers(termIndex(left.values())));
      }),
    );
  });
});

describe('sorted keys', () => {
  test('find those that begin alike as a plain list would', () => {
    const key = fc.stringMatching(/^[abж]{0,4}$/);
    const step = fc.record({ key, isAdded: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), key, fc.nat(20), (steps, prefix, most) => {
        const [keys, plain] = [sortedKeys(), new Set<string>()];
        for (const one of steps) {
          if (one.isAdded) keys.add(one.key);
          else keys.remove(one.key);
          if (one.isAdded) plain.add(one.key);
          else plain.delete(one.key);
        }
        const wanted = [...plain].filter((one) => one.startsWith(prefix)).sort();
        expect(keys.startingWith(prefix, most)).toEqual(wanted.slice(0, most));
      }),
    );
  });
});
