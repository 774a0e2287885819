import { describe, expect, test } from 'vitest';
import { renderCard } from '../../../adapters/discord/render.js';
import { messagesOf } from '../../../adapters/slack/render.js';
import { locales } from '../../../src/core/locale.js';
import { buttonsOf, cardOf, textOf } from '../../support/harness.js';
import { saidBy, stage } from './stage.js';

describe('the list', () => {
  test('shows the active groups by parent, each with a Join button', async () => {
    const on = stage();
    const card = cardOf(await on.type('alice', '/wg'));
    const text = textOf(card);
    expect(text).toContain('21 groups at work');
    expect(text.indexOf('GAC\n')).toBeLessThan(text.indexOf('PSWG — GAC Public Safety Working Group'));
    const labels = buttonsOf(card).map(({ label }) => label);
    expect(labels).toContain('Join PSWG');
    expect(labels).toContain('Next');
  });

  test('turns pages to the last group, and shows the others on request', async () => {
    const on = stage();
    let card = cardOf(await on.type('alice', '/wg'));
    const seen: string[] = [];
    for (let page = 0; page < 5; page += 1) {
      seen.push(textOf(card));
      if (!buttonsOf(card).some(({ label }) => label === 'Next')) break;
      card = cardOf(await on.press('alice', card, 'Next'));
    }
    expect(seen).toHaveLength(3);
    expect(seen.join()).toContain('UASG — Universal Acceptance Steering Group');
    const all = cardOf(await on.press('alice', card, 'Show the others too'));
    expect(textOf(all)).toContain('84 groups, those no longer at work included');
  });

  test.each(locales)('fits one message of either platform in %s, page by page', async (locale) => {
    const on = stage();
    for (const all of ['', '1']) {
      for (let page = 0; page < 11; page += 1) {
        const card = cardOf(await on.call('alice', 'wg.list', { all, page: String(page) }, { locale }));
        expect([page, renderCard(card).length, messagesOf(card).length]).toEqual([page, 1, 1]);
      }
    }
  });

  test('of one body has only its groups', async () => {
    const on = stage();
    const text = saidBy(await on.type('alice', '/wg ccnso'));
    expect(text).toContain('DASC — ');
    expect(text).not.toContain('PSWG — ');
  });

  test('speaks the asker’s language where the group does', async () => {
    const on = stage();
    expect(saidBy(await on.type('alice', '/wg show PSWG', { locale: 'fr' }))).toContain('sécurité publique');
  });

  test.each(['/wg show pswg', '/wg PSWG'])('%s shows one group', async (line) => {
    const on = stage();
    const card = cardOf(await on.type('alice', line));
    expect(textOf(card)).toMatch(/Belongs to: GAC\nState: at work\nWho may join: GAC representatives/);
    expect(buttonsOf(card).map(({ label }) => label)).toEqual(['Join PSWG']);
    expect(buttonsOf(cardOf(await on.type('sam', line))).map(({ label }) => label)).toContain('Edit');
  });

  test('a group that is not there is said not to be', async () => {
    const on = stage();
    expect(saidBy(await on.type('alice', '/wg show XYZ'))).toContain('no group “XYZ”');
  });

  test('completion offers open groups by what is typed', async () => {
    const on = stage();
    const by = { platform: 'fake', space: 'S1', person: 'alice' };
    const place = { platform: 'fake', space: 'S1', channel: 'general' };
    const choices = await on.core.suggest({ to: 'wg.join', args: { id: 'ps' }, by, place }, 'id');
    expect(choices[0]).toEqual({ value: 'PSWG', label: 'PSWG — GAC Public Safety Working Group' });
    expect(choices.map(({ value }) => value)).not.toContain('JWG');
  });
});
