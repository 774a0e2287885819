import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../../../src/core/refusal.js';
import { contentOf, contentOfLine, filledFrom, filledWith, optionsIn } from '../../../src/features/pulse/content.js';
import { isOneLine, readLine } from '../../../src/features/pulse/one-line.js';
import { formOf, scene, valuesOf, wrongOf } from './scene.js';

const parts = (typed: string) => {
  const { question, options } = readLine(typed);
  return [question, ...options];
};

/** Why something is refused. */
const why = (run: () => unknown): string | undefined => {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return `${error.field ?? ''}: ${error.key}`;
    throw error;
  }
  return undefined;
};

describe('quotation marks', () => {
  test.each([
    ['straight', '"Shall we?" "Yes" "No"'],
    ['curly', '“Shall we?” “Yes” “No”'],
    ['German', '„Shall we?“ „Yes“ „No“'],
    ['French', '« Shall we? » «Yes» « No »'],
    ['Chinese', '「Shall we?」「Yes」「No」'],
    ['as a phone mixes them', '“Shall we?" "Yes” “No”'],
    ['Swedish', '”Shall we?” ”Yes” ”No”'],
  ])('%s', (_, typed) => expect(parts(typed)).toEqual(['Shall we?', 'Yes', 'No']));

  test('escaped ones belong to the text', () => {
    expect(parts('"Is \\"maybe\\" fine?" "Yes" "A \\\\ B"')).toEqual(['Is "maybe" fine?', 'Yes', 'A \\ B']);
  });

  test('the same ones inside are text, too, where they quote something', () => {
    expect(parts('"He said "yes" today?" "A" "B"')).toEqual(['He said "yes" today?', 'A', 'B']);
    expect(parts('«Faut-il «tout» changer ?» «Oui» «Non»')).toEqual(['Faut-il «tout» changer ?', 'Oui', 'Non']);
    expect(parts('„Soll „das“ sein?“ „Ja“ „Nein“')).toEqual(['Soll „das“ sein?', 'Ja', 'Nein']);
    expect(readLine('"Shall we? "Yes" "No" "Maybe"').isBalanced).toBe(false);
  });

  test('others inside are text', () => {
    expect(parts('"Is “maybe” fine?" "It’s fine" "No"')).toEqual(['Is “maybe” fine?', 'It’s fine', 'No']);
    expect(parts('“Is "maybe" fine?” “Yes” “No”')).toEqual(['Is "maybe" fine?', 'Yes', 'No']);
  });

  test('emoji stay whole', () => {
    expect(parts('"Party 🎉?" "👍🏽 yes" "👨‍👩‍👧 no"')).toEqual(['Party 🎉?', '👍🏽 yes', '👨‍👩‍👧 no']);
  });

  test('one that does not close is noticed, and nothing typed is lost', () => {
    const line = readLine('"Shall we "Yes" "No');
    expect(line.isBalanced).toBe(false);
    expect(filledFrom({ question: '"Shall we "Yes" "No' }, {}, line).question).toBe('"Shall we "Yes" "No');
  });

  test.each([
    ['Shall we?', false],
    ['Shall we comment on “Registration data”?', false],
    ['Is it "A" or "B"?', false],
    ['hidden treasures', false],
    ['"Shall we?"', true],
    ['hidden "Shall we?"', true],
    ['Closes 3d “Shall we?”', true],
    ['secretly "Shall we?" "Yes" "No"', true],
  ])('whether %s is a whole pulse: %s', (typed, isLine) => expect(isOneLine(typed)).toBe(isLine));
});

describe('words before the question', () => {
  test('say how it is asked, in any order and case', () => {
    const line = readLine('hidden Anonymous closes 3d multiple "Q" "A" "B"');
    expect(line).toMatchObject({ isAnonymous: true, isMultiple: true, isHidden: true, closes: '3d', strays: [] });
  });

  test('may stand behind it as well', () => {
    expect(readLine('"Q" "A" "B" closes 2 days')).toMatchObject({ closes: '2 days', question: 'Q', strays: [] });
  });

  test('a closing may have several words, and multiple an upper limit', () => {
    const line = readLine('closes 2026-03-05 18:00 multiple 2 "Q" "A" "B"');
    expect(line).toMatchObject({ closes: '2026-03-05 18:00', isMultiple: true, most: 2 });
  });

  test.each([
    ['closes "3 days" "Q" "A" "B"', '3 days', ['Q', 'A', 'B']],
    ['"Q" "A" "B" closes “2026-03-05 18:00”', '2026-03-05 18:00', ['Q', 'A', 'B']],
    ['closes "Q" "A" "B"', '', ['Q', 'A', 'B']],
    ['closes 3d "2 weeks?" "A" "B"', '3d', ['2 weeks?', 'A', 'B']],
    ['closes 3d "4d" "A" "B"', '3d', ['4d', 'A', 'B']],
  ])('%s closes: %s', (typed, closes, all) => {
    expect([readLine(typed).closes, parts(typed)]).toEqual([closes, all]);
  });

  test('and phrases may be parted by commas', () => {
    const line = readLine('anonymous, closes 3d: "Q", "A", "B"');
    expect(line).toMatchObject({ isAnonymous: true, closes: '3d', options: ['A', 'B'], strays: [] });
  });

  test('several answers are at least two', () => {
    for (const most of ['0', '1']) {
      expect(why(() => contentOfLine(readLine(`multiple ${most} "Q" "A" "B"`), ''))).toBe('kind: mostTooFew');
    }
    expect(contentOfLine(readLine('multiple 100 "Q" "A" "B"'), '').most).toBe(2);
  });

  test('others are named', () => {
    expect(why(() => contentOfLine(readLine('secret "Q" "A" "B"'), ''))).toBe('question: strayWords');
  });
});

test('whatever is typed reads without a fault, and all of its letters are somewhere', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ' ', '"', '“', '”', '\\', '«', '🙂') }), (typed) => {
      const { question = '', options, strays, texts } = readLine(typed);
      const letters = (text: string) => text.replace(/[^ab]/g, '').length;
      expect(letters([question, ...options, ...strays].join(''))).toBe(letters(typed));
      expect(letters(texts.join(''))).toBe(letters(typed));
    }),
  );
});

describe('content', () => {
  const filled = { question: 'Q?', options: 'A\nB', kind: 'named-one', results: 'live', closes: '7d' } as const;

  test('what a form holds comes back from its pulse', () => {
    const content = contentOf({ ...filled, kind: 'anonymous-many', results: 'hidden' }, []);
    expect(content).toMatchObject({ isAnonymous: true, most: 2, isHidden: true });
    expect(filledWith(content)).toEqual({ ...filled, kind: 'anonymous-many', results: 'hidden' });
  });

  test('without options the template is taken', () => {
    expect(contentOf({ ...filled, options: ' \n ' }, ['Yes', 'No']).options).toEqual(['Yes', 'No']);
  });

  test.each([
    ['A|B | C', ['A', 'B', 'C']],
    ['A; B', ['A', 'B']],
    ['1. A\n2) B', ['A', 'B']],
    ['1. A\nB', ['1. A', 'B']],
    ['1. A; 2. B', ['A', 'B']],
    ['12. June\n13. July', ['12. June', '13. July']],
    ['3. March\n10. March', ['3. March', '10. March']],
    ['2. A\n1. B', ['2. A', '1. B']],
    ['  A \r\n\r\n B\u0000 ', ['A', 'B']],
    ['A; b\nC', ['A; b', 'C']],
  ])('the options %j are %j', (typed, options) => expect(optionsIn(typed)).toEqual(options));

  test('no two options look alike, wherever somebody hides what nobody sees', () => {
    const hidden = fc.constantFrom('\u200e', '\u061c', '\u200d', '\u00ad', '\u2800', '\u3164', '\u{e0041}', '\u2060');
    const letters = fc.array(fc.constantFrom('a', 'B', ' ', 'я', '中', '👍🏽', '🇧🇪', '👩‍💻'), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(letters, hidden, fc.nat(5), (list, sign, at) => {
        fc.pre(list.some((letter) => letter !== ' '));
        // A joiner between two pictures makes another one of them.
        fc.pre(sign !== '\u200d' || !/\p{Emoji_Presentation}/u.test(list[at] ?? ''));
        const other = [...list.slice(0, at), sign, ...list.slice(at)].join('');
        const options = `${list.join('')}\n${other}`;
        expect(why(() => contentOf({ ...filled, options }, []))).toBe('options: sameOption');
      }),
    );
  });

  test('pictures that a reader tells apart are different options', () => {
    const flags = ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '👩‍💻', '👩', '💻', '👍🏽', '👍'];
    expect(optionsIn(flags.join('\n'))).toEqual(flags);
  });

  test('only a list that is numbered from one on loses its numbers', () => {
    const lines = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 10 });
    fc.assert(
      fc.property(lines, (numbers) => {
        const typed = numbers.map((number) => `${number}. of ${number}`);
        const isList = numbers.every((number, at) => number === at + 1);
        const texts = numbers.map((number) => `of ${number}`);
        expect(optionsIn(typed.join('\n'))).toEqual(isList ? texts : typed);
      }),
    );
  });

  test('quoted options stay as they are', () => {
    const content = (typed: string) => contentOfLine(readLine(typed), typed).options;
    expect(content('"Q?" "1. A" "2. B"')).toEqual(['1. A', '2. B']);
    expect(content('"Q?" "12. June" "13. July"')).toEqual(['12. June', '13. July']);
    expect(why(() => content('"Q?" "A;B"'))).toBe('options: tooFewOptions');
  });

  test('options that bear numbers keep them when they are mended', () => {
    const before = ['1. First', '2. Secnd'];
    expect(optionsIn('1. First\n2. Second', { before })).toEqual(['1. First', '2. Second']);
  });

  test.each([
    [{ question: ' ' }, 'question: noQuestion'],
    [{ question: 'x'.repeat(301) }, 'question: questionTooLong'],
    [{ options: 'A' }, 'options: tooFewOptions'],
    [{ options: Array.from({ length: 11 }, (_, at) => `o${at}`).join('\n') }, 'options: tooManyOptions'],
    [{ options: `A\n${'x'.repeat(81)}` }, 'options: longOption'],
    [{ options: 'Yes\n yes ' }, 'options: sameOption'],
    [{ options: 'A\n\u200e' }, 'options: tooFewOptions'],
    [{ options: 'A\n\u2800 \u3164' }, 'options: tooFewOptions'],
    [{ question: '\u2800\u200f' }, 'question: noQuestion'],
    [{ options: '👍\n👍\ufe0f' }, 'options: sameOption'],
    [{ options: 'caf\u00e9\ncafe\u0301' }, 'options: sameOption'],
  ])('%j is refused: %s', (wrong, reason) => expect(why(() => contentOf({ ...filled, ...wrong }, []))).toBe(reason));
});

describe('a line with a word that means nothing', () => {
  test.each([
    [
      'anonymos "Shall we?" "Yes" "No"',
      'kind',
      '“anonymos” means nothing here; it was read as “anonymous”',
      'anonymous-one',
    ],
    ['anonymous multipel 2 "Shall we?" "Yes" "No"', 'kind', '“multipel” means nothing', 'anonymous-many'],
    ['hiden anonymos "Shall we?" "Yes" "No"', 'results', '“hiden anonymos” means nothing', 'anonymous-one'],
    ['closes 3d anonymos "Shall we?" "Yes" "No"', 'kind', '“anonymos” means nothing', 'anonymous-one'],
    ['clsoes 2 days anonymous "Shall we?" "Yes" "No"', 'closes', '“clsoes” means nothing', 'anonymous-one'],
    ['anonyme "Shall we?" "Yes" "No"', 'question', '“anonyme” means nothing here', undefined],
    ['closes 3d secretly "Shall we?" "Yes" "No"', 'closes', '“3d secretly”', undefined],
    ['named pls "Shall we?" "Yes" "No"', 'question', '“pls” means nothing here', 'named-one'],
  ])('%s presets what was meant, or nothing', async (line, field, said, kind) => {
    const bot = await scene();
    const answer = await bot.type('alice', `/pulse ${line}`);
    expect(wrongOf(answer)?.[field]).toContain(said);
    expect(valuesOf(answer)).toMatchObject({ kind, ...(field === 'question' ? {} : { question: 'Shall we?' }) });
    expect(formOf(answer).fields.find(({ name }) => name === 'kind')?.required).toBe(true);
    expect(bot.platform.messages).toEqual([]);
  });
});
