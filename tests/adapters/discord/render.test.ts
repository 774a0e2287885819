// Cards, forms and commands as Discord gets them, held against its documented limits.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { discordCommands } from '../../../adapters/discord/commands.js';
import { decodeCustomId, encodeCustomId } from '../../../adapters/discord/custom-id.js';
import { escaped } from '../../../adapters/discord/markup.js';
import { modalOf } from '../../../adapters/discord/modal.js';
import { renderCard } from '../../../adapters/discord/render.js';
import type { Card, Form, Inline } from '../../../src/core/card.js';
import { bold, button, buttons, channel, facts, link, mention, para, quiet, time, to } from '../../../src/core/card.js';
import { features } from '../../../src/features/index.js';
import { ids } from '../../support/discord-stand-in.js';
import { faultOfCommands, faultOfMessage } from '../../support/discord-stand-in-limits.js';
import { anyCard, anyForm, anyWrong, nasty, target } from '../../support/gallery.js';
import { note } from '../../support/sample-feature.js';
import { trial } from './stage.js';

const text = (...parts: Inline[]): string =>
  renderCard({ locale: 'en', blocks: [para(...parts)] })
    .map(({ content }) => content)
    .join('\n');

describe('text', () => {
  test.each([
    ['@everyone @here', '@\u200beveryone @\u200bhere'],
    ['<@1> <#2> <@&3> <:a:4>', '\\<@\u200b1\\> \\<#2\\> \\<@\u200b&3\\> \\<:a:4\\>'],
    ['<t:1:R>', '\\<t:1:R\\>'],
    ['[x](http://evil.example)', '\\[x\\](http\\://evil.example)'],
    ['see https://evil.example', 'see https\\://evil.example'],
    ['# head\n## head\n-# small', '\\# head\n\\## head\n\\-# small'],
    ['- a\n+ b\n* c\n1. d\n2) e', '\\- a\n\\+ b\n\\* c\n1\\. d\n2\\) e'],
    ['> quote\n>>> all', '\\> quote\n\\>\\>\\> all'],
    [
      '||spoiler|| `code` ~~no~~ __u__ **b**',
      '\\|\\|spoiler\\|\\| \\`code\\` \\~\\~no\\~\\~ \\_\\_u\\_\\_ \\*\\*b\\*\\*',
    ],
    ['back\\slash', 'back\\\\slash'],
  ])('%j is shown as it is', (typed, drawn) => {
    expect(escaped(typed)).toBe(drawn);
  });

  test('people, channels and times are drawn; what is no id of Discord’s is not', () => {
    const someone = mention({ platform: 'discord', space: ids.guild, person: ids.alice });
    const other = mention({ platform: 'slack', space: 'T1', person: '<!here>' });
    expect(text(someone, ' ', other)).toBe(`<@${ids.alice}> \\<!here\\>`);
    expect(text(channel(ids.general), ' ', channel('C1'))).toBe(`<#${ids.general}> C1`);
    expect(text(time(new Date(1_700_000_000_000)))).toBe('<t:1700000000:F> (<t:1700000000:R>)');
  });

  test('a link is drawn in one line, and only to http and https', () => {
    expect(text(link('a\nb](http://x', 'https://example.org/a_b'))).toBe(
      '[a b\\](http\\://x](<https://example.org/a_b>)',
    );
    expect(text(link('no', 'javascript:alert(1)'))).toBe('no');
    expect(text(link('a', 'https://example.org/A_(b)'))).toBe('[a](<https://example.org/A_%28b%29>)');
    expect(text(link(' ', 'https://example.org/](http://evil.example)'))).not.toMatch(/(?<!\\)\]\(http/);
  });

  test('quiet words are small, facts are labelled', () => {
    const card: Card = { locale: 'en', title: 'T', blocks: [facts(['When', ['now']]), quiet('a\nb')] };
    expect(renderCard(card)[0]?.content).toBe('### T\n**When:** now\n-# a b');
  });

  test('what is put into Arabic is isolated', () => {
    const card: Card = { locale: 'ar', blocks: [para('من ', { kind: 'bold', text: 'GNSO' })] };
    expect(renderCard(card)[0]?.content).toBe('من \u2068**GNSO**\u2069');
  });
});

describe('pages', () => {
  test('no word is lost when a card is longer than a message', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,900}$/), { minLength: 1, maxLength: 30 }), (lines) => {
        const pages = renderCard({ locale: 'en', blocks: lines.map((line) => para(line)) });
        expect(pages.map(({ content }) => content).join('\n')).toBe(lines.join('\n'));
      }),
      { numRuns: 50 },
    );
  });

  test('thirty buttons take two messages', () => {
    const list = Array.from({ length: 30 }, (_, at) => button(`${at}`, to('a.b', { at: `${at}` })));
    const pages = renderCard({ locale: 'en', blocks: [para('x'), buttons(...list)] });
    expect(pages.map(({ components }) => components.length)).toEqual([5, 1]);
  });

  test('a card for somebody in private stays within the limits too', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        expect(renderCard(card, ids.guild).flatMap((page) => faultOfMessage(page) ?? [])).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('custom ids', () => {
  test('bring back target, server and name', () => {
    fc.assert(
      fc.property(target, fc.nat({ max: 5 }), (made, nth) => {
        const guild = ids.guild;
        expect(decodeCustomId(encodeCustomId({ target: made, guild }, nth))).toEqual({ target: made, guild });
        expect(decodeCustomId(encodeCustomId({ target: made }, nth))).toEqual({ target: made });
      }),
    );
  });

  test('any text at all can be read without failing', () => {
    fc.assert(fc.property(nasty, (any) => void decodeCustomId(any)));
  });
});

describe('forms', () => {
  test('a target comes back, whatever is wrong, with the server that it is about', () => {
    fc.assert(
      fc.property(anyForm, anyWrong, (made, wrong) => {
        const modal = modalOf(made, wrong, ids.guild);
        expect(decodeCustomId(modal.custom_id)).toEqual({ target: made.target, guild: ids.guild });
      }),
    );
  });

  test('with a field for each place say what they are about below a label', () => {
    const fields = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, label: name, kind: 'line' as const }));
    const [hinted, ...rest] = fields.map((field, at) => (at === 0 ? { ...field, hint: 'A hint.' } : field));
    const made: Form = {
      locale: 'en',
      title: 'x',
      target: to('a.b'),
      intro: ['Staff read ', bold('this'), '.'],
      fields: hinted ? [hinted, ...rest] : [],
    };
    const notes = (wrong = {}) =>
      modalOf(made, wrong).components.map((one) => ('description' in one ? one.description : undefined));
    expect(notes()).toEqual(['A hint.', 'Staff read this.', undefined, undefined, undefined]);
    const wrong = { '': 'Not now.', b: 'Too long.' };
    expect(notes(wrong)).toEqual(['Not now.', 'Too long.', 'Staff read this.', undefined, undefined]);
  });

  test('a form whose target is too long is refused rather than cut', () => {
    const long: Form = { locale: 'en', title: 'x', target: to('a.b', { text: 'x'.repeat(90) }), fields: [] };
    expect(() => modalOf(long)).toThrow(RangeError);
  });
});

describe('commands', () => {
  const all = discordCommands([...features, trial, note]);

  test('are all taken by Discord', () => {
    expect(faultOfCommands(all)).toBeUndefined();
  });

  test('a command with one typed route has options, another has subcommands, the main one by its own verb', () => {
    const typesOf = (name: string) =>
      all.find((one) => one.name === name && one.type === 1) as { options?: { type: number; name: string }[] };
    expect(new Set(typesOf('acronym').options?.map(({ type }) => type))).toEqual(new Set([3]));
    expect(typesOf('try').options?.[0]).toMatchObject({ type: 1, name: 'list' });
    expect(new Set(typesOf('try').options?.map(({ type }) => type))).toEqual(new Set([1]));
  });

  test('are offered in servers alone, in English under its own names, in French, never in Arabic', () => {
    for (const one of all) {
      expect(one).toMatchObject({ contexts: [0], integration_types: [0] });
      const texts = (one.type === 3 ? one.name_localizations : one.description_localizations) ?? {};
      expect(Object.keys(texts)).toEqual(expect.arrayContaining(['en-US', 'en-GB']));
      expect(texts).not.toHaveProperty('ar');
    }
    const french = all.find(({ name }) => name === 'try');
    expect(french).toMatchObject({ description_localizations: { fr: 'Fait des essais' } });
  });

  test('required options come first', () => {
    const option = (name: string, required: boolean) => ({ name, about: 'about', required });
    const options = [option('late', false), option('early', true)];
    const routes = {
      'try.list': { typed: { about: 'about', options }, run: async () => ({ kind: 'nothing' }) as const },
    };
    const [made] = discordCommands([{ ...trial, routes }]);
    expect((made as { options: { name: string }[] }).options.map(({ name }) => name)).toEqual(['early', 'late']);
  });

  test('one that is longer than Discord takes is refused here, before none is registered', () => {
    const options = Array.from({ length: 100 }, (_, at) => ({ name: `o${at}`.padEnd(90, 'x'), about: 'about' }));
    const routes = {
      'try.list': { typed: { about: 'about', options }, run: async () => ({ kind: 'nothing' }) as const },
    };
    expect(() => discordCommands([{ ...trial, routes }])).toThrow(RangeError);
  });
});
