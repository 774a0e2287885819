// The conformance suite for platforms: what every adapter does with any card and any form. Each adapter's test calls it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Args, Target } from '../../src/core/call.js';
import type { Card, Form } from '../../src/core/card.js';
import { Undeliverable } from '../../src/core/platform.js';
import { anyCard, anyForm, anyWrong, filledForm, hostile, ways } from '../support/gallery.js';

/** An adapter, as the suite looks at it. */
export interface Drawing {
  /** What is wrong with what it makes of a card, by the platform's own rules. */
  faults(card: Card): readonly string[];
  /** Where the buttons and choices of what it makes lead to, in order. */
  targets(card: Card): readonly Target[];
  /** What a platform reads as markup in what it makes, if anything could call, style or link. */
  live(card: Card): readonly string[];
  /** What is wrong with what it makes of a form, by the platform's own rules; `wrong` by field. */
  formFaults(form: Form, wrong: Args): readonly string[];
  /** The arguments with which a form comes back that is sent just as it is shown. */
  sent(form: Form): Target;
  /** An id of a channel, as the platform writes them. */
  readonly channel: string;
  /** Posts to a channel that is not there. */
  postNowhere(card: Card): Promise<unknown>;
}

export function platformBehaves(name: string, drawing: Drawing): void {
  describe(`${name} as a platform`, () => {
    test('any card stays within the limits', () => {
      fc.assert(
        fc.property(anyCard, (card) => {
          expect(drawing.faults(card)).toEqual([]);
        }),
        { numRuns: 300 },
      );
    });

    test('every button and choice comes back as the same target', () => {
      fc.assert(
        fc.property(anyCard, (card) => {
          expect(drawing.targets(card)).toEqual(ways(card));
        }),
        { numRuns: 200 },
      );
    });

    test('any form with any problems stays within the limits', () => {
      fc.assert(
        fc.property(anyForm, anyWrong, (form, wrong) => {
          expect(drawing.formFaults(form, wrong)).toEqual([]);
        }),
        { numRuns: 200 },
      );
    });

    test('more choices than there is room for stay within the limits', () => {
      const offered = Array.from({ length: 130 }, (_, at) => ({ value: `v${at}`, label: `${at}` }));
      const fields = (['choice', 'checks'] as const).map((kind) => {
        return { name: kind, label: kind, kind, choices: offered, value: offered.map(({ value }) => value).join(',') };
      });
      const form: Form = { locale: 'en', title: 'x', target: { to: 'a.b', args: {} }, fields };
      expect(drawing.formFaults(form, {})).toEqual([]);
    });

    test('a form that is sent as it is shown comes back the same: text, choices, ticks and all', () => {
      fc.assert(
        fc.property(filledForm(drawing.channel), (form) => {
          const { to, args } = drawing.sent(form);
          const empty = Object.fromEntries(form.fields.map(({ name }) => [name, '']));
          const filled = Object.fromEntries(form.fields.map(({ name, value = '' }) => [name, value]));
          expect({ to, args: { ...empty, ...args } }).toEqual({
            to: form.target.to,
            args: { ...form.target.args, ...filled },
          });
        }),
        { numRuns: 200 },
      );
    });

    test.each(hostile)('%s comes out inert wherever it stands', (text) => {
      const card: Card = {
        locale: 'en',
        title: text,
        blocks: [
          { kind: 'text', text: [text, { kind: 'bold', text }, { kind: 'link', text, url: 'https://example.org' }] },
          { kind: 'text', text: [`# ${text}\n> ${text}`], quiet: true },
          { kind: 'facts', facts: [{ label: text, value: [text] }] },
          { kind: 'buttons', buttons: [{ label: text, target: { to: 'a.b', args: {} } }] },
        ],
      };
      expect(drawing.live(card)).toEqual([]);
    });

    test('a channel that is not there is undeliverable', async () => {
      const card: Card = { locale: 'en', blocks: [{ kind: 'text', text: ['x'] }] };
      await expect(drawing.postNowhere(card)).rejects.toBeInstanceOf(Undeliverable);
    });
  });
}
