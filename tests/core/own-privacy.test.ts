// What the outbox keeps of a person is found by a facet, on every engine, and erased also while it is on its way.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Person, type Posted, personId } from '../../src/core/call.js';
import { type Card, para } from '../../src/core/card.js';
import { deliveries, renders, waiting } from '../../src/core/delivery.js';
import { draftsIn } from '../../src/core/draft.js';
import { outboxTo } from '../../src/core/outbox.js';
import { ownPrivacyIn } from '../../src/core/own-privacy.js';
import { Undeliverable } from '../../src/core/platform.js';
import type { Store } from '../../src/core/store.js';
import { openEmbedded } from '../../src/store/embedded.js';
import { openPostgres } from '../../src/store/postgres.js';
import { hasServer, Schema } from '../store/server.js';
import { claim } from '../support/claim.js';
import { fakePlatform } from '../support/fake-platform.js';
import { logTo } from '../support/log.js';
import { memoryStore } from '../support/memory-store.js';
import { freshFolder } from '../support/program.js';

const alice: Person = { platform: 'fake', space: 'S1', person: 'alice' };
const card = (text: string): Card => ({ locale: 'en', blocks: [para(text)] });
const now = new Date('2026-03-01T12:00:00Z');

const privacyOf = (store: Store) =>
  ownPrivacyIn(
    store,
    draftsIn(store, { now: () => now }, () => 'draft'),
  );

/** The same kind as a program had it that did not yet search by person. */
const older = { ...deliveries, facets: ({ state }: { state: string }) => ({ state }) };

/** Alice's, and those of everybody who could be taken for her. */
async function filled(store: Store): Promise<void> {
  const ledger = store.collection(older);
  const others: readonly Parameters<typeof waiting>[0][] = [
    { ...alice, person: 'bob' },
    { ...alice, space: 'S2' },
    { ...alice, platform: 'other' },
    { platform: 'fake', space: 'S1', channel: 'alice' },
    { platform: 'fake', space: 'S1', channel: 'general', thread: 'alice' },
  ];
  for (const [at, to] of others.entries()) await ledger.insert(`other/${at}`, waiting(to, card('other'), 5, now));
  for (const key of ['told/1', 'told/2']) await ledger.insert(key, waiting(alice, card('canary'), 5, now));
}

async function findsAndErases(store: Store): Promise<void> {
  expect((await store.collection(deliveries).find({ person: personId(alice) })).map(({ id }) => id)).toEqual([
    'told/1',
    'told/2',
  ]);
  const privacy = privacyOf(store);
  const one = { since: now.toISOString(), state: 'waiting' };
  expect(await privacy.exports(alice)).toEqual({ forms: [], messages: [one, one] });
  await privacy.erases(alice);
  expect(await privacy.exports(alice)).toBe(undefined);
  expect((await store.collection(deliveries).find()).map(({ id }) => id)).toEqual(
    [0, 1, 2, 3, 4].map((at) => `other/${at}`),
  );
}

describe('messages that an older program kept, without the facet', () => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  test('are found and erased in the embedded store', async () => {
    const folder = await freshFolder();
    const before = await openEmbedded(folder);
    await filled(before);
    await before.close();
    const store = await openEmbedded(folder);
    closing.push(() => store.close());
    await findsAndErases(store);
  });

  describe.skipIf(!hasServer())('with a server', () => {
    const schema = new Schema();
    beforeEach(() => schema.empty());
    afterAll(() => schema.remove());

    test('are found and erased in PostgreSQL', async () => {
      const before = await openPostgres(schema.url());
      await filled(before);
      await before.close();
      const store = await openPostgres(schema.url());
      closing.push(() => store.close());
      await findsAndErases(store);
    });
  });
});

/** An outbox whose platform takes a message when it is let. */
function scene() {
  const store = memoryStore();
  const platform = fakePlatform();
  const lines: string[] = [];
  const post = platform.post.bind(platform);
  let go: (error?: unknown) => void = () => undefined;
  platform.post = async (...args): Promise<Posted> => {
    const error = await new Promise<unknown>((resolve) => {
      go = resolve;
    });
    if (error) throw error;
    return post(...args);
  };
  const outbox = outboxTo({
    platforms: new Map([['fake', platform]]),
    store,
    clock: { now: () => now },
    log: logTo((level, _, message) => void (level === 'error' && lines.push(message))),
    owner: 'a',
    sleep: async () => undefined,
    onBlocked: async () => undefined,
  });
  /** Sends a message to Alice, who erases everything while the platform has not answered yet. */
  const erasedMeanwhile = async (error?: unknown): Promise<void> => {
    const sending = outbox.once('told/1', alice, card('canary'));
    while (
      platform.messages.length === 0 &&
      (await store.collection(deliveries).get('told/1'))?.value.state !== 'sending'
    )
      await sleep(1);
    await sleep(1);
    await privacyOf(store).erases(alice);
    go(error);
    await sending;
    await outbox.work();
    await outbox.idle();
  };
  return { store, outbox, platform, lines, erasedMeanwhile };
}

describe('an erasure while a message is on its way', () => {
  claim('S17: leaves nothing of it, and no complaint, whether it arrives, cannot arrive or fails for now', async () => {
    for (const error of [undefined, new Undeliverable('closed', 'cannot_dm_user'), new Error('500')]) {
      const { store, lines, erasedMeanwhile } = scene();
      await erasedMeanwhile(error);
      expect(await store.collection(deliveries).find()).toEqual([]);
      expect(store.dump()).not.toMatch(/canary|alice/);
      expect(lines).toEqual([]);
    }
  });

  test('takes with it what the message is to look like', async () => {
    const { store } = scene();
    const posted = { platform: 'fake', space: 'S1', channel: 'dm-alice', message: 'm1' };
    const told = { ...waiting(alice, card('canary'), 5, now), state: 'sent' as const, posted };
    await store.collection(deliveries).insert('told/1', told);
    const drawing = { what: posted, card: card('canary'), rev: 2, drawn: 1, at: now.toISOString() };
    await store.collection(renders).insert('fake/S1/dm-alice/m1', drawing);
    await store.collection(renders).insert('fake/S1/general/m2', { ...drawing, card: card('other') });
    await privacyOf(store).erases(alice);
    expect((await store.collection(renders).find()).map(({ id }) => id)).toEqual(['fake/S1/general/m2']);
    expect(store.dump()).not.toContain('canary');
  });

  test('is done although the message is changed between reading and removing it', async () => {
    const { store } = scene();
    await store.collection(deliveries).insert('told/1', waiting(alice, card('canary'), 5, now));
    let changes = 2;
    const hurried: Store = {
      ...store,
      collection(kind) {
        const inner = store.collection(kind);
        return {
          ...inner,
          async remove(doc) {
            const fresh = changes-- > 0 ? await inner.get(doc.id) : undefined;
            if (fresh) await inner.replace(fresh, fresh.value);
            return inner.remove(doc);
          },
        };
      },
    };
    await privacyOf(hurried).erases(alice);
    expect(await store.collection(deliveries).find()).toEqual([]);
  });
});
