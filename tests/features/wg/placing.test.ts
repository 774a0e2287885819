// The card in the staff channel: when it cannot be posted at once it is posted as the request is by then, or not at all.
import { describe, expect, test } from 'vitest';
import { Undeliverable } from '../../../src/core/platform.js';
import { cardOf, textOf } from '../../support/harness.js';
import { asks, cardIn, formOf, inStaff, type Stage, stage } from './stage.js';

const texts = (on: Stage, channel: string): string[] => on.messages(channel).map(({ card }) => textOf(card));

describe('a card that cannot be posted yet', () => {
  /** Alice has asked while nothing could be posted to a channel. */
  const unposted = async () => {
    const on = stage();
    const { post } = on.fake;
    on.fake.post = async (to, card, key) => {
      if ('channel' in to) throw new Error('socket hang up');
      return post(to, card, key);
    };
    await asks(on, 'alice', 'PSWG');
    const id = /[0-9A-HJKMNP-TV-Z]{26}/.exec(on.store.dump())?.[0] ?? '';
    const back = async (): Promise<void> => {
      on.fake.post = post;
      for (const minute of ['01', '02', '10', '20', '30']) await on.at(`2026-03-02T09:${minute}:00Z`);
      await on.at('2026-03-04T09:00:00Z');
    };
    return { on, id, back };
  };
  const declines = async (on: Stage, id: string) => {
    const form = formOf(await on.call('sam', 'wg.reason', { id }, inStaff));
    const preview = cardOf(await on.send('sam', form, { reason: 'No.' }, inStaff));
    await on.press('sam', preview, 'Decline and send');
  };
  const erases = async (on: Stage) => {
    const card = cardOf(await on.type('alice', '/rapporteur privacy'));
    await on.press('alice', cardOf(await on.press('alice', card, 'Erase everything')), 'Yes, erase');
  };

  test('is not posted any more once the request is withdrawn, declined or erased', async () => {
    for (const end of [
      (on: Stage, id: string) => on.call('alice', 'wg.withdraw', { id, sure: '1' }),
      (on: Stage, id: string) => declines(on, id),
      (on: Stage) => erases(on),
    ]) {
      const { on, id, back } = await unposted();
      await end(on, id);
      await back();
      expect(texts(on, 'staff')).toEqual([]);
    }
  });

  test('is gone from the store with an erasure, also when it never could be posted', async () => {
    const { on } = await unposted();
    on.fake.post = async () => {
      throw new Undeliverable('forbidden', 'restricted_action');
    };
    await on.at('2026-03-02T09:30:00Z');
    await erases(on);
    expect(on.store.dump().replaceAll('dm-alice', '')).not.toContain('alice');
  });

  test('is posted as the request is by then', async () => {
    const { on, id, back } = await unposted();
    await on.call('sam', 'wg.claim', { id }, inStaff);
    await back();
    expect(cardIn(on).text).toContain('with @sam since');
    expect(on.messages('staff').filter(({ card }) => card.title?.startsWith('Request to join'))).toHaveLength(1);
  });

  test('and is being sent while its request is erased names nobody in the end', async () => {
    const on = stage();
    const { post } = on.fake;
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    on.fake.post = async (to, card, key) => {
      if ('channel' in to) await gate;
      return post(to, card, key);
    };
    const asking = asks(on, 'alice', 'PSWG');
    await expect.poll(() => on.store.dump()).toContain('sending');
    const erasing = on.core.answer({
      to: 'rapporteur.erase',
      args: { sure: 'yes' },
      by: { platform: 'fake', space: 'S1', person: 'alice' },
      place: { platform: 'fake', space: 'S1', channel: 'general' },
    });
    await erasing;
    go();
    await asking;
    await on.at('2026-03-02T09:10:00Z');
    expect(cardIn(on).text).toContain('Applicant: (erased)');
    expect(cardIn(on).text).not.toContain('alice');
  });
});
