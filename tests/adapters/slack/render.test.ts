// What cards and forms become, and that nothing Slack refuses ever comes out.
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choiceTarget, targetOf } from '../../../adapters/slack/action-id.js';
import { errorsAt, filledIn, modalOf } from '../../../adapters/slack/modal.js';
import { openedIn } from '../../../adapters/slack/opened.js';
import { chosenValue } from '../../../adapters/slack/option.js';
import { cardModal, homeOf, messagesOf } from '../../../adapters/slack/render.js';
import type { Target } from '../../../src/core/call.js';
import type { Block, Card, Form, Inline } from '../../../src/core/card.js';
import { anyCard, ways } from '../../support/gallery.js';
import { blockFaults, messageError, optionsOf, viewFaults } from '../../support/slack-stand-in-blocks.js';
import { elementsIn } from '../../support/slack-stand-in-payloads.js';
import { sampleCards, sampleForm } from './sample-cards.js';
import { wordsOf } from './stage.js';

/** Written anew by `vitest -u`. */
const golden = (name: string): string => join(import.meta.dirname, 'golden', `${name}.json`);

describe('samples', () => {
  test.each(Object.entries(sampleCards))('the card “%s” is drawn as in its golden file', async (name, card) => {
    await expect(`${JSON.stringify(messagesOf(card), null, 2)}\n`).toMatchFileSnapshot(golden(name));
  });

  test('the form is drawn as in its golden file', async () => {
    const drawn = modalOf(sampleForm, { channel: 'CGENERAL' }, { term: 'Too short' });
    await expect(`${JSON.stringify(drawn, null, 2)}\n`).toMatchFileSnapshot(golden('form'));
  });

  test('a form that names its own button is sent with that', () => {
    const said = (form: Form): unknown => modalOf(form, { channel: 'CGENERAL' }).submit;
    expect(said(sampleForm)).toMatchObject({ text: 'Send' });
    expect(said({ ...sampleForm, submit: 'Next' })).toMatchObject({ text: 'Next' });
  });
});

const drawnWays = (blocks: unknown): readonly Target[] =>
  elementsIn(blocks).flatMap((element) => {
    const id = String(element.action_id);
    if (element.type === 'button') return [targetOf(id)];
    return optionsOf(element).map(({ value }) => choiceTarget(id, chosenValue(String(value))));
  });

const runs = { numRuns: 150 };

describe('any card', () => {
  test('stays within the limits, and every button and choice comes back as the same target', () => {
    fc.assert(
      fc.property(anyCard, (made) => {
        const messages = messagesOf(made);
        for (const { text: said, blocks } of messages) {
          expect(messageError(said, blocks)).toBeUndefined();
          expect(blockFaults(blocks, 'message')).toEqual([]);
        }
        expect(messages.flatMap(({ blocks }) => drawnWays(blocks))).toEqual(ways(made));
        expect(viewFaults(homeOf(made))).toEqual([]);
        expect(viewFaults(cardModal(made, {}))).toEqual([]);
      }),
      runs,
    );
  }, 60_000);

  test('is drawn in words that nobody is called by', () => {
    fc.assert(
      fc.property(anyCard, (made) => {
        for (const { text: said } of messagesOf(made)) expect(said).not.toMatch(/<!(channel|here|everyone|subteam)/);
      }),
      runs,
    );
  }, 60_000);
});

describe('text', () => {
  const one = (...said: Inline[]): Card => ({ locale: 'en', blocks: [{ kind: 'text', text: said }] });

  test('a paragraph that is too long goes on in the next block, and nothing of it is lost', () => {
    const words = Array.from({ length: 2000 }, (_, n) => `word${n}`).join(' ');
    const blocks = messagesOf(one(words)).flatMap((message) => message.blocks);
    const paragraphs = blocks.filter(({ type }) => type === 'rich_text').map(wordsOf);
    expect(paragraphs.length).toBeGreaterThan(2);
    expect(paragraphs.join('') === words).toBe(true);
  });

  test('a joined emoji is never cut in two', () => {
    const family = '👩‍👩‍👧‍👦';
    const label = messagesOf({
      locale: 'en',
      blocks: [{ kind: 'buttons', buttons: [{ label: family.repeat(20), target: { to: 'a.b', args: {} } }] }],
    });
    expect(wordsOf(label[0].blocks)).toMatch(new RegExp(`^(${family})+…$`, 'u'));
  });

  test('only web addresses become links', () => {
    const [message] = messagesOf(
      one(
        { kind: 'link', text: 'x', url: 'javascript:alert(1)' },
        { kind: 'link', text: 'y', url: 'https://example.org' },
      ),
    );
    expect(JSON.stringify(message.blocks)).not.toContain('javascript');
    expect(JSON.stringify(message.blocks)).toContain('https://example.org');
  });

  test('a choice that carries text instead of an id is refused at drawing', () => {
    const choice = { value: 'x'.repeat(151), label: 'x' };
    const made: Block = { kind: 'select', label: 'l', name: 'n', target: { to: 'a.b', args: {} }, choices: [choice] };
    expect(() => messagesOf({ locale: 'en', blocks: [made] })).toThrow(RangeError);
  });
});

describe('what comes back from a form', () => {
  test('one text a field, empty where nothing was filled in', () => {
    const state = {
      a: { value: { value: 'typed' } },
      b: { value: { value: null } },
      c: { value: { selected_option: { value: '\u2400' } } },
      d: { value: { selected_option: null } },
      e: { value: { selected_conversation: 'C1' } },
      f: { value: { selected_options: [{ value: 'x' }, { value: 'y' }] } },
      g: { value: { selected_options: [] } },
    };
    expect(filledIn(state)).toEqual({ a: 'typed', b: '', c: '', d: '', e: 'C1', f: 'x,y', g: '' });
  });

  test('complaints about fields that are not shown stand at the first one that is', () => {
    expect(errorsAt(['a', 'b'], { b: 'B', x: 'X', '': 'all' })).toEqual({ b: 'B', a: 'X all' });
    expect(errorsAt([], { a: 'A' })).toBeUndefined();
  });

  test.each(['', 'null', '[]', '{"channel":1}', 'no json'])(
    'metadata %j that is not ours tells nothing',
    (metadata) => {
      expect(openedIn(metadata)).toEqual({});
    },
  );
});
