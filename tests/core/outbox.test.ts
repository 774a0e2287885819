import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Place, Posted } from '../../src/core/call.js';
import { type Card, para, time } from '../../src/core/card.js';
import { leaseFor } from '../../src/core/delivery.js';
import { outboxTo } from '../../src/core/outbox.js';
import { turnIn } from '../../src/core/pace.js';
import { Undeliverable } from '../../src/core/platform.js';
import { fakePlatform } from '../support/fake-platform.js';
import { textOf } from '../support/harness.js';
import { logTo } from '../support/log.js';
import { memoryStore } from '../support/memory-store.js';

const general: Place = { platform: 'fake', space: 'S1', channel: 'general' };
const card = (text: string): Card => ({ locale: 'en', blocks: [para(text)] });

/** Several processes on one store and one platform, with one clock. */
function scene() {
  let now = new Date('2026-03-01T12:00:00Z');
  const store = memoryStore();
  const platform = fakePlatform();
  const lines: string[] = [];
  const blocked: unknown[] = [];
  const log = logTo((_, __, message) => void lines.push(message));
  const process = (owner: string, on = ['fake'], sleep: () => Promise<void> = async () => undefined) =>
    outboxTo({
      platforms: new Map(on.map((name) => [name, platform])),
      store,
      clock: { now: () => now },
      log,
      owner,
      sleep,
      onBlocked: async (one) => void blocked.push(one),
    });
  const post = platform.post.bind(platform);
  return {
    store,
    platform,
    lines,
    blocked,
    process,
    later: (milliseconds: number) => {
      now = new Date(now.getTime() + milliseconds);
    },
    /** The next posts fail like this, in turn; then all is well again. */
    failing: (...errors: readonly unknown[]) => {
      const rest = [...errors];
      platform.post = async (...args) => {
        const error = rest.shift();
        if (error === undefined) return post(...args);
        throw error;
      };
    },
    /** The platform accepts the next post, and the process dies before it can record that. */
    dyingAfterPost: () => {
      platform.post = async (...args) => {
        await post(...args);
        platform.post = post;
        return new Promise<Posted>(() => undefined);
      };
    },
    texts: () => platform.messages.map((message) => textOf(message.card)),
  };
}

describe('once', () => {
  test('the same key posts once, however often and from wherever it is asked', async () => {
    const { process, texts } = scene();
    const [a, b] = [process('a'), process('b')];
    await Promise.all([a, b, a, b].map((outbox) => outbox.once('k', general, card('one'))));
    await a.work();
    expect(texts()).toEqual(['one']);
  });

  test('what has not left can be taken back, and what has is told', async () => {
    const { process, failing, later, texts } = scene();
    failing(new Error('socket hang up'));
    const outbox = process('a');
    await outbox.once('k', general, card('one'));
    expect(await outbox.recall('k')).toBeUndefined();
    later(3_600_000);
    await outbox.work();
    expect(texts()).toEqual([]);
    const done = await outbox.once('k', general, card('two'));
    expect(await outbox.recall('k')).toEqual(done);
    expect(texts()).toEqual(['two']);
  });

  test('tells where the message is', async () => {
    const { process } = scene();
    const done = await process('a').once('k', general, card('one'));
    expect(done).toEqual({ state: 'sent', posted: { ...general, message: 'm1' } });
    expect(await process('b').once('k', general, card('one'))).toEqual(done);
  });

  test('a passing failure is tried again, each time later', async () => {
    const { process, failing, later, texts } = scene();
    const outbox = process('a');
    failing(new Error('500'), new Error('timeout'));
    expect(await outbox.once('k', general, card('one'))).toEqual({ state: 'waiting' });
    await outbox.work();
    expect(texts()).toEqual([]);
    later(5_000);
    await outbox.work();
    later(5_000);
    await outbox.work();
    expect(texts()).toEqual([]);
    later(5_000);
    await outbox.work();
    expect(texts()).toEqual(['one']);
  });

  test('a platform that says how long to wait is waited for that long', async () => {
    const { process, failing, later, texts } = scene();
    const outbox = process('a');
    failing(Object.assign(new Error('429'), { retryAfter: 30 }));
    await outbox.once('k', general, card('one'));
    later(29_000);
    await outbox.work();
    expect(texts()).toEqual([]);
    later(1_000);
    await outbox.work();
    expect(texts()).toEqual(['one']);
  });

  test('one that fails does not hold up the others', async () => {
    const { process, failing, texts } = scene();
    const outbox = process('a');
    failing(new Error('500'));
    await Promise.all([outbox.once('k1', general, card('one')), outbox.once('k2', general, card('two'))]);
    expect(texts()).toEqual(['two']);
  });

  test('a permanent refusal stops at once, is told once, and shows until it works again', async () => {
    const { process, failing, blocked, later, texts } = scene();
    const outbox = process('a');
    failing(new Undeliverable('notInvited', 'not_in_channel'), new Undeliverable('notInvited', 'not_in_channel'));
    expect(await outbox.once('k1', general, card('one'))).toEqual({ state: 'failed', obstacle: 'notInvited' });
    await outbox.once('k2', general, card('two'));
    later(3_600_000);
    await outbox.work();
    expect(texts()).toEqual([]);
    expect(blocked).toHaveLength(1);
    expect(await outbox.blocked('fake/S1')).toMatchObject([{ obstacle: 'notInvited', to: general }]);
    expect(await outbox.blocked('fake/S2')).toEqual([]);
    await outbox.once('k3', general, card('three'));
    expect(texts()).toEqual(['three']);
    expect(await outbox.blocked('fake/S1')).toEqual([]);
  });

  test('what had failed is tried again when it is asked for again', async () => {
    const { process, failing, texts } = scene();
    const outbox = process('a');
    failing(new Undeliverable('notInvited', 'not_in_channel'));
    await outbox.once('k', general, card('one'));
    expect((await outbox.once('k', general, card('one'))).state).toBe('sent');
    expect(texts()).toEqual(['one']);
  });

  test('a message that could not be sent for a day is given up', async () => {
    const { process, failing, later, platform, texts } = scene();
    const outbox = process('a');
    failing(...Array.from({ length: 400 }, () => new Error('500')));
    await outbox.once('k', general, card('one'));
    for (let beat = 0; beat < 300; beat += 1) {
      later(600_000);
      await outbox.work();
    }
    platform.post = fakePlatform().post;
    later(600_000);
    await outbox.work();
    expect(texts()).toEqual([]);
    expect(await outbox.once('other', general, card('x'))).toMatchObject({ state: 'sent' });
  });

  test('what is given up after a day is told to staff once, counted, and shows', async () => {
    const { process, failing, later, blocked } = scene();
    const outbox = process('a');
    failing(...Array.from({ length: 800 }, () => new Error('500')));
    await Promise.all([outbox.once('k1', general, card('one')), outbox.once('k2', general, card('two'))]);
    for (let beat = 0; beat < 150; beat += 1) {
      later(600_000);
      await outbox.work();
    }
    expect(await outbox.once('k1', general, card('one'))).toMatchObject({ state: 'waiting' });
    expect(blocked).toMatchObject([{ to: general, obstacle: 'tooLate' }]);
    expect(await outbox.blocked('fake/S1')).toHaveLength(1);
    expect(outbox.figures().fates.get('fake failed')).toBe(2);
  });

  test('a claim left by a crash is taken over after its lease, resent once and logged', async () => {
    const { process, dyingAfterPost, later, lines, texts } = scene();
    dyingAfterPost();
    void process('dead').once('k', general, card('one'));
    await new Promise((resolve) => setTimeout(resolve, 10));
    const alive = process('alive');
    later(leaseFor - 1);
    await alive.work();
    expect(texts()).toEqual(['one']);
    later(1);
    await alive.work();
    await alive.work();
    expect(texts()).toEqual(['one', 'one']);
    expect(lines.filter((line) => line.startsWith('sent once more'))).toHaveLength(1);
  });

  test('a store that goes down between sending and recording brings no second message', async () => {
    const { process, store, platform, later, texts } = scene();
    const outbox = process('a');
    const post = platform.post;
    platform.post = async (...args) => {
      const posted = await post(...args);
      store.break(true);
      return posted;
    };
    await outbox.once('k', general, card('one')).catch(() => undefined);
    store.break(false);
    platform.post = post;
    await outbox.once('k', general, card('one'));
    later(leaseFor * 2);
    await outbox.work();
    expect(texts()).toEqual(['one']);
  });

  test('a card comes back from the store as it was, instants included', async () => {
    const { process, failing, later, platform } = scene();
    const whole: Card = { locale: 'ar', title: 't', blocks: [para('x', time(new Date('2026-05-01T23:59:00Z')))] };
    failing(new Error('500'));
    const outbox = process('a');
    await outbox.once('k', { ...general, thread: '1.2' }, whole);
    later(5_000);
    await process('b').work();
    expect(platform.messages[0]).toMatchObject({ card: whole, to: { ...general, thread: '1.2' } });
  });

  test('what was sent is forgotten, that it was sent is not', async () => {
    const { process, store } = scene();
    await process('a').once('k', general, card('a secret text'));
    expect(store.dump()).not.toContain('a secret text');
  });
});

describe('a message that was taken and not answered for', () => {
  const unanswered = Object.assign(new Error('503'), { mayHaveArrived: true });
  /** The platform takes every message, and answers none of them, while `isMute` is asked. */
  function mute({ platform, texts }: ReturnType<typeof scene>, isMute: () => boolean = () => true) {
    const { post } = platform;
    const keys = new Map<string, Posted>();
    platform.post = async (to, what, key = '') => {
      const known = platform.remembersKeys === undefined ? undefined : keys.get(key);
      const posted = known ?? (await post(to, what));
      keys.set(key, posted);
      if (isMute()) throw unanswered;
      return posted;
    };
    return texts;
  }

  test('is sent again six times in all, each time said, then given up and told to staff', async () => {
    const on = scene();
    const [outbox, texts] = [on.process('a'), mute(on)];
    await outbox.once('k', general, card('one'));
    for (let beat = 0; beat < 28 * 120; beat += 1) {
      on.later(30_000);
      await outbox.work();
      expect((await outbox.once('k', general, card('one'))).state).not.toBe('sent');
    }
    // Six until it was given up, and one more since it was asked for a day later.
    expect(texts().length).toBe(7);
    expect(on.lines.filter((line) => line.startsWith('sent once more'))).toHaveLength(6);
    expect(Object.fromEntries(outbox.figures().fates)).toEqual({ 'fake unanswered': 7, 'fake failed': 2 });
    expect(on.blocked).toMatchObject([{ to: general, obstacle: 'unanswered' }]);
  });

  test('gets over an outage of an hour, and counts as resent', async () => {
    const on = scene();
    let beats = 0;
    const [outbox, texts] = [on.process('a'), mute(on, () => beats < 120)];
    await outbox.once('k', general, card('one'));
    for (; beats < 720; beats += 1) {
      on.later(30_000);
      await outbox.work();
    }
    expect((await outbox.once('k', general, card('one'))).state).toBe('sent');
    expect(texts().length).toBeLessThanOrEqual(6);
    expect(outbox.figures().fates.get('fake resent')).toBe(1);
    expect(on.blocked).toEqual([]);
  });

  test('goes by the usual waits, and is there once, while the platform remembers its key', async () => {
    const on = scene();
    Object.assign(on.platform, { remembersKeys: 120_000 });
    let tries = 0;
    const [outbox, texts] = [on.process('a'), mute(on, () => (tries += 1) < 4)];
    await outbox.once('k', general, card('one'));
    for (let beat = 0; beat < 4; beat += 1) {
      on.later(30_000);
      await outbox.work();
    }
    expect(texts()).toEqual(['one']);
    expect(on.lines.filter((line) => line.startsWith('sent once more'))).toEqual([]);
    expect(Object.fromEntries(outbox.figures().fates)).toEqual({ 'fake unanswered': 3, 'fake sent': 1 });
  });

  test('is sent again as certainly not taken for as long as that is certain', async () => {
    const on = scene();
    const outbox = on.process('a');
    on.failing(unanswered, ...Array.from({ length: 50 }, () => new Error('connection refused')));
    await outbox.once('k', general, card('one'));
    for (let beat = 0; beat < 2 * 720; beat += 1) {
      on.later(30_000);
      await outbox.work();
    }
    expect(on.texts()).toEqual(['one']);
    expect(on.lines.filter((line) => line.startsWith('sent once more'))).toHaveLength(1);
  });
});

describe('a platform that this process does not speak to', () => {
  const elsewhere: Place = { ...general, platform: 'other' };

  test('has its messages kept, and the others go on', async () => {
    const { process, failing, later, lines, texts } = scene();
    const [both, alone] = [process('both', ['fake', 'other']), process('alone')];
    const posted = await both.post(elsewhere, card('0'));
    expect(await alone.once('a', elsewhere, card('kept'))).toEqual({ state: 'waiting' });
    await alone.edit(posted, card('1'), 1);
    failing(new Error('500'));
    await alone.once('b', general, card('tried again'));
    later(5_000);
    await alone.work();
    expect(texts()).toEqual(['0', 'tried again']);
    expect(alone.figures().oldestDue).toBe(0);
    expect(lines).toEqual(['a message could not be sent now']);
    await process('later', ['fake', 'other']).work();
    expect(texts()).toEqual(['1', 'tried again', 'kept']);
  });
});

describe('what is over', () => {
  const monthsLater = 250 * 86_400_000;

  test('is forgotten after more than six months, and what waits is not', async () => {
    const { process, store, later, failing } = scene();
    const outbox = process('a');
    const posted = await outbox.once('done', general, card('one'));
    if (posted.state !== 'sent' || !posted.posted) throw new Error('not sent');
    await outbox.edit(posted.posted, card('two'), 1);
    await outbox.idle();
    later(monthsLater);
    failing(new Error('500'));
    await outbox.once('new', general, card('three'));
    await process('b').work();
    expect(store.dump()).not.toContain('"done"');
    expect(store.dump()).not.toContain(`general/${posted.posted.message}`);
    expect(store.dump()).toContain('"new"');
  });

  test('is still known within six months', async () => {
    const { process, later, texts } = scene();
    await process('a').once('done', general, card('one'));
    later(150 * 86_400_000);
    const outbox = process('b');
    await outbox.work();
    await outbox.once('done', general, card('one'));
    expect(texts()).toEqual(['one']);
  });
});

describe('pace', () => {
  test('processes that share a store take turns in one lane', async () => {
    const store = memoryStore();
    const now = new Date('2026-03-01T12:00:00Z');
    const waits = await Promise.all(Array.from({ length: 5 }, () => turnIn(store, 'edit/slack/T1', 1200, now)));
    expect(waits.sort((a, b) => a - b)).toEqual([0, 1200, 2400, 3600, 4800]);
    expect(await turnIn(store, 'edit/slack/T1', 1200, new Date(now.getTime() + 60_000))).toBe(0);
    expect(await turnIn(store, 'edit/slack/T2', 1200, now)).toBe(0);
  });
});

describe('a clock that is set back by two hours', () => {
  const back = -2 * 3_600_000;

  test('holds up no lane', async () => {
    const store = memoryStore();
    const now = new Date('2026-03-01T12:00:00Z');
    await turnIn(store, 'post/x', 1000, now);
    const earlier = new Date(now.getTime() + back);
    expect(await turnIn(store, 'post/x', 1000, earlier)).toBe(0);
    expect(await turnIn(store, 'post/x', 1000, earlier)).toBe(1000);
  });

  test('holds up neither what was put off nor what a crash left behind', async () => {
    const { process, failing, dyingAfterPost, later, texts } = scene();
    failing(Object.assign(new Error('429'), { retryAfter: 30 }));
    await process('a').once('put-off', general, card('one'));
    dyingAfterPost();
    void process('dead').once('left-behind', general, card('two'));
    await new Promise((resolve) => setTimeout(resolve, 10));
    later(back);
    await process('b').work();
    expect(texts().sort()).toEqual(['one', 'two', 'two']);
  });

  test('holds up no drawing', async () => {
    const { process, platform, later, texts } = scene();
    const first = process('a');
    const posted = await first.post(general, card('0'));
    const { edit } = platform;
    platform.edit = () => new Promise(() => undefined);
    await first.edit(posted, card('1'), 1);
    await new Promise((resolve) => setTimeout(resolve, 10));
    platform.edit = edit;
    later(back);
    await process('b').work();
    expect(texts()).toEqual(['1']);
  });

  test('ends no claim when it is put right by seconds alone', async () => {
    const { process, dyingAfterPost, later, texts } = scene();
    dyingAfterPost();
    void process('sending').once('k', general, card('one'));
    await new Promise((resolve) => setTimeout(resolve, 10));
    later(-5_000);
    await process('b').work();
    expect(texts()).toEqual(['one']);
  });
});

describe('stopping', () => {
  test('waits for no pause, and leaves what had no turn to the next start', { timeout: 5000 }, async () => {
    const { process, platform, texts } = scene();
    Object.assign(platform, { pace: { post: 3_600_000, edit: 3_600_000, editsBy: 'space' } });
    const outbox = process('a', ['fake'], () => new Promise(() => undefined));
    const keys = Array.from({ length: 30 }, (_, nth) => `k${nth}`);
    const asked = keys.map((key) => outbox.once(key, general, card(key)));
    await asked[0];
    await outbox.stop();
    await Promise.all(asked);
    expect(texts()).toEqual(['k0']);
    await process('b').work();
    expect(texts()).toHaveLength(30);
  });
});

describe('figures', () => {
  test('tell how tries ended, and how long the oldest has waited', async () => {
    const { process, failing, later } = scene();
    failing(new Error('500'), new Undeliverable('gone', 'x'));
    const outbox = process('a');
    await outbox.once('later', general, card('one'));
    await outbox.once('never', general, card('two'));
    await outbox.once('now', general, card('three'));
    later(65_000);
    await outbox.work();
    expect(Object.fromEntries(outbox.figures().fates)).toEqual({ 'fake putOff': 1, 'fake failed': 1, 'fake sent': 2 });
    expect(outbox.figures().oldestDue).toBe(60);
    await outbox.work();
    expect(outbox.figures().oldestDue).toBe(0);
  });
});

describe('edit', () => {
  test('an older revision never overwrites a newer one', async () => {
    const { process, texts } = scene();
    const outbox = process('a');
    const { posted } = { posted: await outbox.post(general, card('0')) };
    await Promise.all([3, 1, 2].map((rev) => outbox.edit(posted, card(String(rev)), rev)));
    await outbox.work();
    expect(texts()).toEqual(['3']);
  });

  test('edits that pile up become one', async () => {
    const { process, platform, texts } = scene();
    const outbox = process('a');
    const posted = await outbox.post(general, card('0'));
    let edits = 0;
    const edit = platform.edit;
    platform.edit = async (...args) => {
      edits += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      return edit(...args);
    };
    await Promise.all(Array.from({ length: 200 }, (_, at) => outbox.edit(posted, card(String(at + 1)), at + 1)));
    await outbox.work();
    await outbox.stop();
    expect(texts()).toEqual(['200']);
    expect(edits).toBeLessThan(10);
  });

  test('the last one lands after a restart', async () => {
    const { process, platform, texts } = scene();
    const first = process('a');
    const posted = await first.post(general, card('0'));
    const edit = platform.edit;
    platform.edit = () => Promise.reject(new Error('down'));
    await first.edit(posted, card('1'), 1);
    await first.stop();
    platform.edit = edit;
    await process('b').work();
    expect(texts()).toEqual(['1']);
  });

  test('a slow process cannot draw its older revision over the newer one of another', async () => {
    const { process, platform, texts } = scene();
    const [slow, quick] = [process('slow'), process('quick')];
    const posted = await slow.post(general, card('0'));
    const edit = platform.edit;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    platform.edit = async (...args) => {
      platform.edit = edit;
      await held;
      return edit(...args);
    };
    await slow.edit(posted, card('1'), 1);
    await new Promise((resolve) => setTimeout(resolve, 10));
    await quick.edit(posted, card('2'), 2);
    await quick.idle();
    release();
    await slow.idle();
    expect(texts()).toEqual(['2']);
  });

  test('a drawing that a crash cut off is taken over after its lease', async () => {
    const { process, platform, texts, later } = scene();
    const first = process('a');
    const posted = await first.post(general, card('0'));
    const edit = platform.edit;
    platform.edit = () => new Promise(() => undefined);
    await first.edit(posted, card('1'), 1);
    await new Promise((resolve) => setTimeout(resolve, 10));
    platform.edit = edit;
    const second = process('b');
    await second.work();
    expect(texts()).toEqual(['0']);
    later(leaseFor);
    await second.work();
    expect(texts()).toEqual(['1']);
  });

  test('what was drawn is forgotten, that it was drawn is not', async () => {
    const { process, store, texts } = scene();
    const outbox = process('a');
    const posted = await outbox.post(general, card('0'));
    await outbox.edit(posted, card('a secret text'), 2);
    await outbox.idle();
    expect(store.dump()).not.toContain('a secret text');
    await outbox.edit(posted, card('older'), 1);
    await outbox.idle();
    expect(texts()).toEqual(['a secret text']);
  });

  test('whatever the order, the newest is what stays', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }), async (revs) => {
        const { process, texts } = scene();
        const [a, b] = [process('a'), process('b')];
        const posted = await a.post(general, card('0'));
        await Promise.all(revs.map((rev, at) => (at % 2 ? a : b).edit(posted, card(String(rev)), rev)));
        await Promise.all([a.work(), b.work()]);
        await Promise.all([a.idle(), b.idle()]);
        expect(texts()).toEqual([String(Math.max(...revs))]);
      }),
      { numRuns: 50 },
    );
  });
});
