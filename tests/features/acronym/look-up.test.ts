// What was asked, taken apart: joining words, slashes, mistyped terms, and however much of it there is.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shippedGlossary as glossary, shippedIndex } from '../../../src/features/acronym/glossary.js';
import { readable } from '../../../src/features/acronym/look-up.js';
import { type Glossary, glossaryOver } from '../../../src/features/acronym/search.js';
import type { TermIndex } from '../../../src/features/acronym/term-index.js';

describe('joining words', () => {
  const found = (asked: string): (string | undefined)[] =>
    glossary.lookUp(asked).map(({ term, senses }) => senses[0]?.acronym ?? `no ${term}`);

  test.each([
    ['PDP and GNSO', ['PDP', 'GNSO']],
    ['PDP AND GNSO', ['PDP', 'GNSO']],
    ['PDP, EPDP and ALS', ['PDP', 'EPDP', 'ALS']],
    ['PDP, EPDP, and ALS', ['PDP', 'EPDP', 'ALS']],
    ['PDP + GNSO', ['PDP', 'GNSO']],
    ['ALAC vs GAC 🙂', ['ALAC', 'GAC']],
    ['what is the GNSO', ['GNSO']],
    ['what is a PDP?', ['PDP']],
    ['a SO', ['SO']],
    ['a s o', ['ASO']],
    ['what is policy development', ['PDP']],
    ['qu’est-ce que le PDP et l’ALAC ?', ['PDP', 'ALAC']],
    ['¿Qué es el PDP y la GNSO?', ['PDP', 'GNSO']],
    ['o que é o PDP e a GNSO', ['PDP', 'GNSO']],
    ['что такое PDP и GNSO', ['PDP', 'GNSO']],
    ['什么是PDP和GNSO？', ['PDP', 'GNSO']],
    ['ما هو PDP وGNSO', ['PDP', 'GNSO']],
  ])('of “%s” are not explained', (asked, expected) => expect(found(asked)).toEqual(expected));

  test('whatever of them stand between and around terms, just the terms are found', () => {
    const terms = ['PDP', 'GNSO', 'ALAC', 'SO', 'IT', 'UN', 'ASO AC', 'GAC Advice', 'ccTLDs'];
    const joining = ['and', 'the', 'of', 'what', 'is', 'a', 'et', 'du', 'y', 'es', 'e', 'o', 'и', 'что', '和', 'و'];
    const joined = fc.array(fc.constantFrom(...joining), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...terms), { minLength: 1 }),
        fc.infiniteStream(joined),
        (some, joins) => {
          const asked = some.flatMap((term) => [...(joins.next().value ?? []), term]);
          expect(glossary.lookUp(asked.join(' ')).map(({ term }) => term)).toEqual(some);
        },
      ),
    );
  });

  test.each(['AS', 'DES', 'IT', 'UN'])(
    'that are acronyms too are found in capitals, or where they are all there is: %s',
    (term) => {
      for (const asked of [`GNSO ${term}`, `what is ${term}`]) expect(found(asked).at(-1)).toBe(term);
      for (const asked of [term.toLowerCase(), `GNSO, ${term.toLowerCase()}`]) expect(found(asked).at(-1)).toBe(term);
      expect(found(`GNSO ${term.toLowerCase()} PDP`)).toEqual(['GNSO', 'PDP']);
    },
  );

  test.each(['the', 'of the', 'de la', 'and, or'])(
    '“%s” alone is no search for every expansion that has them',
    (asked) => {
      expect(glossary.lookUp(asked)).toMatchObject([{ term: asked, senses: [] }]);
    },
  );

  test('leave a question of many words whole', () => {
    const asked = 'why does the neighbour of my friend never answer';
    expect(glossary.lookUp(asked).map(({ term }) => term)).toEqual([asked]);
  });
});

describe('a slash', () => {
  test.each([
    ['PDP/EPDP', ['PDP', 'EPDP']],
    ['PDP / EPDP', ['PDP', 'EPDP']],
    ['ALAC/GAC/SSAC and PDP', ['ALAC', 'GAC', 'SSAC', 'PDP']],
    ['PDP and/or GNSO', ['PDP', 'GNSO']],
    ['S/MIME PDP', ['S/MIME', 'PDP']],
    ['SO/AC', ['AC-SO']],
  ])('stands between terms unless it is part of one: %s', (asked, expected) => {
    expect(glossary.lookUp(asked).map(({ senses }) => senses[0]?.acronym)).toEqual(expected);
  });

  test('in a link parts nothing', () => {
    expect(glossary.lookUp('https://x.org/GNSO').map(({ term }) => term)).toEqual(['https://x.org/GNSO']);
  });
});

describe('several mistyped terms', () => {
  test.each([
    ['GNSSO ALACC', ['GNSO', 'ALAC']],
    ['gnsso and alacc', ['GNSO', 'ALAC']],
    ['PDPP/GNSSO', ['PDP', 'GNSO']],
    ['GAC GNSSO ALACC', [undefined, 'GNSO', 'ALAC']],
    ['GNSSO ALACC GACC SSACC RSSACC NCUCC NCSGG', ['GNSO', 'ALAC', 'GAC', 'SSAC', 'RSSAC', 'NCUC', 'NCSG']],
  ])('each of several mistyped terms brings its own: %s', (asked, expected) => {
    expect(glossary.lookUp(asked).map(({ near }) => near[0]?.acronym)).toEqual(expected);
  });

  test.each(['hello wurld', 'policy developmint', 'why does my neighbour never answer', 'Alice Smith', '24/7'])(
    'words that are no mistyped terms stay together: %s',
    (asked) => expect(glossary.lookUp(asked)).toEqual([{ term: asked, senses: [], near: [] }]),
  );
});

describe('whatever is asked', () => {
  test('gets an answer, for a part each, without a fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (asked) => {
        for (const { senses, near } of glossary.lookUp(asked))
          expect(Array.isArray(senses) && Array.isArray(near)).toBe(true);
      }),
    );
  });

  test('no more is looked up than one term beyond those that one answer tells, each once', () => {
    expect(glossary.lookUp('x'.repeat(3000))).toHaveLength(1);
    expect(glossary.lookUp('PDP '.repeat(750))).toHaveLength(1);
    const acronyms = [...new Set(glossary.senses.map(({ acronym }) => acronym))].filter((one) =>
      /^[A-Z]{4}$/.test(one),
    );
    for (const between of [' ', ',', '/', ' and ', '\n'])
      expect(glossary.lookUp(acronyms.join(between)).map(({ term }) => term)).toEqual(acronyms.slice(0, 11));
  });

  test('is looked up in a bounded number of steps', () => {
    const [counted, steps] = countingGlossary();
    const piece = fc.constantFrom(
      'a',
      'x',
      'de',
      'the',
      'zq',
      'policy',
      'PDP',
      'ALSes',
      'GNSSO',
      '政策',
      '和',
      'و',
      '🙂',
      'ﷺ',
    );
    const between = fc.constantFrom(' ', ',', '/', '’', ' , ', '\n', '');
    const words = fc.array(fc.tuple(piece, fc.option(fc.stringMatching(/^[a-z]{1,3}$/)), between), { minLength: 1 });
    fc.assert(
      fc.property(words, (some) => {
        const text = some.map(([word, more, behind]) => `${word}${more ?? ''}${behind}`).join('');
        const before = steps();
        counted.lookUp(text.repeat(Math.ceil(40_000 / text.length)));
        expect(steps() - before).toBeLessThan(20_000);
      }),
    );
  });

  test('is read up to the end of a word', () => {
    expect(readable('PDP, GNSO')).toBe('PDP, GNSO');
    expect(readable('x'.repeat(4000))).toHaveLength(3000);
    expect(readable(`${'x'.repeat(2990)} PDP, GNSO ALAC`)).toBe(`${'x'.repeat(2990)} PDP, GNSO`);
    expect(readable(`${'x'.repeat(2996)} PDP, GNSO`)).toBe(`${'x'.repeat(2996)} PDP`);
  });
});

/** A glossary of what ships, and how often its index has been asked for anything. */
function countingGlossary(): readonly [Glossary, () => number] {
  let steps = 0;
  const counted = new Proxy(shippedIndex(), {
    get(index, name: keyof TermIndex) {
      steps += 1;
      return index[name];
    },
  });
  return [glossaryOver(() => [counted]), () => steps];
}
