// Cards and forms of every shape and any content, for the conformance suite that every adapter passes.
import fc from 'fast-check';
import type { Target } from '../../src/core/call.js';
import type { Block, Card, Choice, Field, Form, Inline } from '../../src/core/card.js';
import { locales } from '../../src/core/locale.js';
import { encodeTarget, maxTarget } from '../../src/core/target.js';

// Whatever a member may type, and then some: markup, mentions, right-to-left, joined emoji, control characters.
export const nasty = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.constantFrom(
    '<!channel>',
    '@everyone',
    '*b* _i_ ~s~ `c`',
    '](http://x)',
    '👩‍👩‍👧‍👦'.repeat(60),
    'ﷺ '.repeat(900),
    '"\\\n'.repeat(2000),
    '',
    ' ',
    'Donaudampfschifffahrt'.repeat(400),
  ),
);
export const name = fc.stringMatching(/^[a-z]{1,8}$/);
export const target: fc.Arbitrary<Target> = fc
  .record({
    to: fc.stringMatching(/^[a-z]{1,9}\.[a-z]{1,9}$/),
    args: fc.dictionary(name, fc.string({ maxLength: 12 }), { maxKeys: 3 }),
  })
  .filter((made) => {
    try {
      return encodeTarget(made).length <= maxTarget;
    } catch {
      return false;
    }
  });
const person = fc.constantFrom('UANN', 'WBOB', '123', '<!here>');
const inline: fc.Arbitrary<Inline> = fc.oneof(
  nasty,
  nasty.map((text) => ({ kind: 'bold' as const, text })),
  fc.record({
    kind: fc.constant('link' as const),
    text: nasty,
    url: fc.oneof(fc.webUrl(), nasty, fc.constant('javascript:alert(1)')),
  }),
  person.map((id) => ({ kind: 'person' as const, person: { platform: 'slack', space: 'T1', person: id } })),
  fc.constantFrom('CGENERAL', 'nowhere').map((channel) => ({ kind: 'channel' as const, channel })),
  fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
    .map((at) => ({ kind: 'time' as const, at })),
);
const anyText = fc.array(inline, { maxLength: 12 });
const choices: fc.Arbitrary<Choice[]> = fc.uniqueArray(
  fc.record({ value: fc.string({ maxLength: 75 }), label: nasty }),
  {
    maxLength: 130,
    selector: ({ value }) => value,
  },
);
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: anyText, quiet: fc.boolean() }),
  fc.record({
    kind: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: nasty, value: anyText }), { maxLength: 8 }),
  }),
  fc.record({
    kind: fc.constant('buttons' as const),
    buttons: fc.array(fc.record({ label: nasty, target, tone: fc.constantFrom('main' as const, 'danger' as const) }), {
      maxLength: 14,
    }),
  }),
  fc
    .record({
      kind: fc.constant('select' as const),
      label: nasty,
      target,
      name,
      choices,
      value: fc.string({ maxLength: 3 }),
    })
    .filter(({ target: led, name: as }) => encodeTarget(led).length + as.length < maxTarget),
);
export const anyCard: fc.Arbitrary<Card> = fc.record({
  locale: fc.constantFrom(...locales),
  title: nasty,
  blocks: fc.array(block, { maxLength: 40 }),
});

const kinds = ['line', 'lines', 'choice', 'checks', 'channel'] as const;
const anyField = fc.record(
  {
    label: nasty,
    kind: fc.constantFrom(...kinds),
    required: fc.boolean(),
    max: fc.integer({ min: 1, max: 9000 }),
    choices: choices.filter(({ length }) => length > 0),
    value: fc.oneof(nasty, fc.constant('CGENERAL')),
    hint: nasty,
  },
  { requiredKeys: ['label', 'kind', 'choices'] },
);

const formOf = (fields: fc.Arbitrary<Omit<Field, 'name'>>): fc.Arbitrary<Form> =>
  fc.record({
    locale: fc.constantFrom(...locales),
    title: nasty,
    target,
    intro: anyText,
    fields: fc
      .array(fields, { minLength: 1, maxLength: 5 })
      .map((made) => made.map((one, at): Field => ({ ...one, name: `f${at}` }))),
  });

export const anyForm = formOf(anyField);

/** What may be wrong with such a form, by field; `''`: the whole form, and a field that it does not have. */
export const anyWrong = fc.dictionary(fc.constantFrom('', 'f0', 'f1', 'f4', 'gone'), nasty, { maxKeys: 4 });

const word = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() === text);
const few = fc.uniqueArray(fc.record({ value: fc.stringMatching(/^[a-z0-9-]{1,12}$/), label: word }), {
  minLength: 1,
  maxLength: 10,
  selector: ({ value }) => value,
});

/**
 * Forms that are filled in as a member might leave them.
 * @param channel an id of a channel, as the platform writes them
 */
export function filledForm(channel: string): fc.Arbitrary<Form> {
  const empty = fc.constant('');
  const valued = (kind: Field['kind'], offered: readonly Choice[]): fc.Arbitrary<string> => {
    const values = offered.map(({ value }) => value);
    if (kind === 'choice') return fc.oneof(empty, fc.constantFrom(...values));
    if (kind === 'checks') return fc.subarray(values).map((ticked) => ticked.join(','));
    if (kind === 'channel') return fc.constantFrom('', channel);
    const lines = fc.array(word, { minLength: 1, maxLength: 3 }).map((several) => several.join('\n'));
    return fc.oneof(empty, kind === 'lines' ? lines : word);
  };
  return formOf(
    fc.tuple(fc.constantFrom(...kinds), few, word).chain(([kind, offered, label]) =>
      valued(kind, offered).map((value) => {
        return { kind, label, value, choices: offered, max: 200, required: value !== '' };
      }),
    ),
  );
}

/** Words that would call, style or link if a renderer let them, each with what must not be found in what it makes of them. */
export const hostile: readonly string[] = ['<!channel>', '@everyone', '<@1>', '](http://evil.example)'];

/** Every way on that a card offers, in order. */
export const ways = (of: Card): readonly Target[] =>
  of.blocks.flatMap((one) => {
    if (one.kind === 'buttons') return one.buttons.map((button) => button.target);
    if (one.kind !== 'select') return [];
    return one.choices.map(({ value }) => ({ to: one.target.to, args: { ...one.target.args, [one.name]: value } }));
  });
