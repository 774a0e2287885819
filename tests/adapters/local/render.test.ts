// Cards and forms as the page reads them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { drawCard, drawForm, drawnCard, plainCard } from '../../../adapters/local/render.js';
import {
  bold,
  button,
  buttons,
  type Card,
  channel,
  facts,
  link,
  mention,
  para,
  quiet,
  time,
  to,
} from '../../../src/core/card.js';

const everything: Card = {
  locale: 'ar',
  title: 'Everything',
  blocks: [
    para(
      'plain, ',
      bold('bold'),
      ', ',
      link('a link', 'https://example.org/?a=1&b=2'),
      ', ',
      link('none', 'javascript:x'),
    ),
    quiet(mention({ platform: 'local', space: 'local', person: 'gac' }), ' in ', channel('staff')),
    facts(
      ['When', [time(new Date('2026-03-01T12:00:00Z'))]],
      ['Who', [mention({ platform: 'local', space: 'local', person: 'gone' })]],
    ),
    {
      kind: 'select',
      label: 'Choose',
      name: 'option',
      target: to('pulse.vote', { id: '7K3F' }),
      choices: [{ value: '1', label: '1. Yes' }],
      value: '1',
    },
    buttons(
      button('Go & see', to('pulse.show', { id: 'a b&c' }), 'main'),
      button('Remove', to('pulse.remove'), 'danger'),
    ),
  ],
};

test('a card with one of everything', () => {
  const golden = JSON.parse(readFileSync(join(import.meta.dirname, 'golden', 'everything.json'), 'utf8'));
  expect(drawCard(everything)).toEqual(golden);
});

test('what is drawn can be kept and read again as it was', () => {
  const drawn = drawCard(everything);
  expect(drawnCard.parse(JSON.parse(JSON.stringify(drawn)))).toEqual(drawn);
});

test('what it says without its controls', () => {
  expect(plainCard(drawCard(everything)).split('\n')).toEqual([
    'Everything',
    'plain, bold, a link, none',
    '@GAC delegate in #staff',
    'When: 2026-03-01T12:00:00.000Z',
    'Who: @gone',
  ]);
});

describe('a target', () => {
  test('of a form goes along with it', () => {
    const form = drawForm({ locale: 'en', title: 'Form', target: to('wg.request', { id: '1' }), fields: [] });
    expect(form).toMatchObject({ target: 'wg.request?id=1', intro: [], dir: 'ltr' });
    expect(form).not.toHaveProperty('submit');
  });

  test('and what its button says, where it names that', () => {
    const form = drawForm({ locale: 'en', title: '1/2', submit: 'Next', target: to('wg.fill'), fields: [] });
    expect(form.submit).toBe('Next');
  });

  test('that no other platform could carry is not drawn here either', () => {
    const card: Card = { locale: 'en', blocks: [buttons(button('Long', to('x.y', { id: 'x'.repeat(90) })))] };
    expect(() => drawCard(card)).toThrow(RangeError);
  });
});
