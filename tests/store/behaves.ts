// The store conformance suite: every engine passes it, so that a feature never knows which one it is on.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Kind, type Store, update, upsert } from '../../src/core/store.js';
import { longLists } from './behaves-long.js';
import { doesNotAlias, hostileIds, hostileValues } from './behaves-values.js';
import { modelBehaves } from './model.js';
import { anything, closed, got, type Here, type Poll, poll, polls, vote } from './sample.js';

/**
 * @param open a new store, empty
 * @param reopen closes nothing: opens once more what `open` opened last
 */
export function storeBehaves(name: string, open: () => Promise<Store>, reopen: () => Promise<Store>): void {
  describe(`${name} behaves as a store`, () => {
    const here: Here = { store: undefined as never, reopened: async () => undefined as never };
    beforeEach(async () => {
      here.store = await open();
      here.reopened = async () => {
        await here.store.close();
        here.store = await reopen();
        return here.store;
      };
    });
    afterEach(async () => here.store.close());

    readsAndWrites(here);
    writersMeet(here);
    changesFail(here);
    searches(here);
    doesNotAlias(here);
    hostileIds(here);
    hostileValues(here);
    longLists(here);
    outlivesReopening(here);
    refusesAlike(here);
  });
  modelBehaves(name, open, reopen);
}

function readsAndWrites(here: Here): void {
  test('an unknown id is undefined to read, and a refusal to change', async () => {
    const c = here.store.collection(polls);
    expect(await c.get('nobody')).toBeUndefined();
    expect(await c.find()).toEqual([]);
    await expect(update(c, 'nobody', vote('a'))).rejects.toMatchObject({ name: 'Refusal', key: 'unknownId' });
    expect(await c.get('nobody')).toBeUndefined();
  });

  test('the first insert of an id wins, the second changes nothing', async () => {
    const c = here.store.collection(polls);
    expect(await c.insert('a', poll('first'))).toBe(true);
    expect(await c.insert('a', poll('second'))).toBe(false);
    expect(await c.get('a')).toEqual({ id: 'a', rev: 1, value: poll('first') });
  });

  test('the revision grows by one with each change', async () => {
    const c = here.store.collection(polls);
    await c.insert('a', poll('one'));
    expect(await c.replace(await got(c, 'a'), poll('two'))).toBe(true);
    expect((await update(c, 'a', vote('x'))).rev).toBe(3);
    expect(await c.get('a')).toEqual({ id: 'a', rev: 3, value: { ...poll('two'), votes: { x: 1 } } });
  });

  test('a change that returns what it was given writes nothing', async () => {
    const c = here.store.collection(polls);
    await c.insert('a', poll('one'));
    expect((await update(c, 'a', (p) => p)).rev).toBe(1);
    expect((await got(c, 'a')).rev).toBe(1);
  });

  test('a removed document is gone, and its id is free', async () => {
    const c = here.store.collection(polls);
    await c.insert('a', poll('one'));
    expect(await c.remove(await got(c, 'a'))).toBe(true);
    expect(await c.get('a')).toBeUndefined();
    expect(await c.find()).toEqual([]);
    expect(await c.find({ state: 'open' })).toEqual([]);
    expect(await c.insert('a', poll('two'))).toBe(true);
    expect((await got(c, 'a')).value.title).toBe('two');
  });

  test('a document made anew is not taken for the one that was removed', async () => {
    const c = here.store.collection(polls);
    await c.insert('a', poll('former'));
    const former = await got(c, 'a');
    expect(await c.remove(former)).toBe(true);
    expect(await c.insert('a', poll('present'))).toBe(true);
    expect(await c.replace(former, poll('stale'))).toBe(false);
    expect(await c.remove(former)).toBe(false);
    expect((await got(c, 'a')).value.title).toBe('present');
  });

  test('upsert inserts once and changes ever after', async () => {
    const c = here.store.collection(polls);
    for (const voter of ['a', 'b', 'c']) await upsert(c, 'p', poll('p'), vote(voter));
    expect((await got(c, 'p')).value.votes).toEqual({ a: 1, b: 1, c: 1 });
  });

  test('kinds do not meet, though their ids are the same', async () => {
    const other: Kind<Poll> = { ...polls, name: 'pol' };
    await here.store.collection(polls).insert('a', poll('one'));
    await here.store.collection(other).insert('a', poll('another'));
    expect((await got(here.store.collection(polls), 'a')).value.title).toBe('one');
    expect((await got(here.store.collection(other), 'a')).value.title).toBe('another');
    expect(await here.store.collection(other).find()).toHaveLength(1);
    expect(await here.store.collection({ ...polls, name: 'POLL' }).find()).toEqual([]);
  });

  test('a store that answers passes its check', async () => {
    await expect(here.store.check()).resolves.toBeUndefined();
  });
}

function writersMeet(here: Here): void {
  test('of two writers who read the same revision one wins', async () => {
    const c = here.store.collection(polls);
    await c.insert('a', poll('one'));
    const seen = await got(c, 'a');
    const wins = await Promise.all([c.replace(seen, poll('two')), c.replace(seen, poll('three'))]);
    expect(wins.filter(Boolean)).toHaveLength(1);
    expect(await c.get('a')).toMatchObject({ rev: 2, value: { title: wins[0] ? 'two' : 'three' } });
  });

  test('a stale replace and a stale remove are refused and change nothing', async () => {
    const c = here.store.collection(polls);
    await c.insert('a', poll('one'));
    const stale = await got(c, 'a');
    await c.replace(stale, poll('two'));
    expect(await c.replace(stale, poll('three'))).toBe(false);
    expect(await c.remove(stale)).toBe(false);
    expect(await c.get('a')).toMatchObject({ rev: 2, value: { title: 'two' } });
    await c.remove(await got(c, 'a'));
    expect(await c.replace(stale, poll('four'))).toBe(false);
    expect(await c.remove(stale)).toBe(false);
    expect(await c.get('a')).toBeUndefined();
  });

  test('of fifty claims of one id one wins', async () => {
    const c = here.store.collection(polls);
    const claims = await Promise.all(Array.from({ length: 50 }, (_, n) => c.insert('claim', poll(`${n}`))));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect((await got(c, 'claim')).value.title).toBe(`${claims.indexOf(true)}`);
  });

  test('forty votes at once are all counted, and each voter sees their own', async () => {
    const c = here.store.collection(polls);
    await c.insert('p', poll('p'));
    const voters = Array.from({ length: 40 }, (_, n) => `v${n}`);
    const docs = await Promise.all(voters.map((voter) => update(c, 'p', vote(voter))));
    for (const [n, doc] of docs.entries()) expect(doc.value.votes).toHaveProperty(`v${n}`);
    expect(await c.get('p')).toMatchObject({ rev: 41 });
    expect(Object.keys((await got(c, 'p')).value.votes).sort()).toEqual(voters.sort());
  });

  test('the first searches find everything, also when several come at once, of kinds that differ', async () => {
    const c = here.store.collection(polls);
    for (let n = 0; n < 60; n += 1) await c.insert(`p${n}`, poll(n % 2 ? 'odd' : 'even'));
    const copy = here.store.collection({ ...polls });
    const found = await Promise.all([
      c.find({ title: 'odd' }),
      c.find({ title: 'even' }),
      copy.find({ title: 'odd' }),
      c.find({ state: 'open' }),
      copy.find(),
    ]);
    expect(found.map(({ length }) => length)).toEqual([30, 30, 30, 60, 60]);
  });

  test('votes at once through two collections of the same kind are all counted', async () => {
    const copies = [here.store.collection(polls), here.store.collection({ ...polls })];
    await copies[0]?.insert('p', poll('p'));
    await Promise.all(
      copies.flatMap((c, n) => Array.from({ length: 10 }, (_, m) => update(c, 'p', vote(`${n}.${m}`)))),
    );
    expect(Object.keys((await got(here.store.collection(polls), 'p')).value.votes)).toHaveLength(20);
  });
}

function changesFail(here: Here): void {
  test('what one change throws rejects that change alone', async () => {
    const c = here.store.collection(polls);
    await c.insert('p', poll('p'));
    const results = await Promise.allSettled(
      Array.from({ length: 9 }, (_, n) =>
        update(c, 'p', (p) => {
          if (n === 3) throw new Error('three');
          if (n === 4) return { ...p, title: 'nul \0' };
          if (n === 5) return { ...p, state: 'unheard of' as 'open' };
          return vote(`v${n}`)(p);
        }),
      ),
    );
    const refused = results.flatMap((result, n) => (result.status === 'rejected' ? [n] : []));
    expect(refused).toEqual([3, 4, 5]);
    expect(await c.get('p')).toMatchObject({ rev: 7 });
    expect(Object.keys((await got(c, 'p')).value.votes)).toEqual(['v0', 'v1', 'v2', 'v6', 'v7', 'v8']);
  });

  test('a change that is async is an error and changes nothing', async () => {
    const c = here.store.collection(anything);
    await c.insert('a', { n: 1 });
    await expect(update(c, 'a', async () => ({ n: 2 }))).rejects.toThrow('not async');
    expect(await c.get('a')).toEqual({ id: 'a', rev: 1, value: { n: 1 } });
  });

  test('inserts, changes and removals of one document at once leave one sensible end', async () => {
    const c = here.store.collection(polls);
    await c.insert('p', poll('p'));
    const seen = await got(c, 'p');
    const [removed, changed, inserted] = await Promise.allSettled([
      c.remove(seen),
      update(c, 'p', vote('a')),
      c.insert('p', poll('again')),
    ]);
    expect(removed).toMatchObject({ value: true });
    expect(changed).toMatchObject({ reason: { key: 'unknownId' } });
    expect(inserted).toMatchObject({ value: true });
    expect(await c.get('p')).toEqual({ id: 'p', rev: 2, value: poll('again') });
  });
}

function searches(here: Here): void {
  test('facets follow changes and removals', async () => {
    const c = here.store.collection(polls);
    for (const id of ['a', 'b', 'c']) await c.insert(id, poll(id));
    const idsOf = async (where: Record<string, string>) => (await c.find(where)).map((doc) => doc.id);
    expect(await idsOf({ state: 'open' })).toEqual(['a', 'b', 'c']);
    await update(c, 'b', closed);
    expect(await idsOf({ state: 'open' })).toEqual(['a', 'c']);
    expect(await idsOf({ state: 'closed' })).toEqual(['b']);
    await c.remove(await got(c, 'a'));
    expect(await idsOf({ state: 'open' })).toEqual(['c']);
    expect(await idsOf({ state: 'open', title: 'c' })).toEqual(['c']);
    expect(await idsOf({ state: 'closed', title: 'c' })).toEqual([]);
    expect(await idsOf({ colour: 'red' })).toEqual([]);
    expect(await idsOf({})).toEqual(['b', 'c']);
  });

  test('find gives documents in bytewise order of their ids', async () => {
    const c = here.store.collection(polls);
    const ids = ['b', 'B', 'a', '_', '~', '10', '9', 'a/b', 'a-b', 'A', 'a!', 'aa', '01JB', '01ja', '01JA'];
    for (const id of ids) await c.insert(id, poll('x'));
    const wanted = [...ids].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect((await c.find()).map((doc) => doc.id)).toEqual(wanted);
    expect((await c.find({ state: 'open' })).map((doc) => doc.id)).toEqual(wanted);
  });

  test('facets may hold hostile texts', async () => {
    const c = here.store.collection(polls);
    const titles = [`'; drop table documents; --`, '{"state":"open"}', '__proto__', '%', 'é\u0301 🗳️ \u2028', ''];
    for (const [n, title] of titles.entries()) await c.insert(`${n}`, poll(title));
    for (const [n, title] of titles.entries()) {
      expect((await c.find({ title })).map((doc) => doc.id)).toEqual([`${n}`]);
    }
  });

  test('a facet that a newer program adds finds the documents of the older one', async () => {
    const { facets: _, ...older } = polls;
    await here.store.collection(older).insert('old', poll('old'));
    const store = await here.reopened();
    expect(await store.collection(polls).find({ state: 'open' })).toHaveLength(1);
  });
}

function outlivesReopening(here: Here): void {
  test('all of it is there after reopening: values, revisions, facets, removals', async () => {
    const c = here.store.collection(polls);
    for (const id of ['a', 'b', 'c', 'd']) await c.insert(id, poll(id));
    await update(c, 'b', closed);
    await c.remove(await got(c, 'c'));
    const before = await c.find();
    const again = (await here.reopened()).collection(polls);
    expect(await again.find()).toEqual(before);
    expect((await again.find({ state: 'closed' })).map((doc) => doc.id)).toEqual(['b']);
    expect((await update(again, 'b', vote('x'))).rev).toBe(3);
    expect(await again.insert('a', poll('other'))).toBe(false);
  });

  test('an old document gains the defaults of the fields it does not have, and is found by them', async () => {
    await here.store.collection({ name: 'poll', parse: (raw) => raw }).insert('old', { title: 'old' });
    const c = (await here.reopened()).collection(polls);
    expect((await got(c, 'old')).value).toEqual(poll('old'));
    expect(await c.find({ state: 'open' })).toHaveLength(1);
  });

  test('a document that its kind refuses is named, not served, and does not hide the others', async () => {
    const raw = here.store.collection({ name: 'poll', parse: (value: unknown) => value });
    await raw.insert('bad', { title: 42 });
    await raw.insert('good', poll('good'));
    const c = (await here.reopened()).collection(polls);
    await expect(c.get('bad')).rejects.toThrow('poll/bad');
    await expect(update(c, 'bad', vote('x'))).rejects.toThrow('poll/bad');
    expect((await c.find()).map((doc) => doc.id)).toEqual(['good']);
    expect((await c.find({ state: 'open' })).map((doc) => doc.id)).toEqual(['good']);
    expect(await c.insert('bad', poll('x'))).toBe(false);
  });

  test('a value that its kind would not read again is not written', async () => {
    const c = here.store.collection(polls);
    await expect(c.insert('bad', { title: 42 } as unknown as Poll)).rejects.toThrow('poll/bad');
    expect(await c.get('bad')).toBeUndefined();
  });

  test('closing waits for what is being written, and may be done twice', async () => {
    const c = here.store.collection(polls);
    await c.insert('p', poll('p'));
    const votes = Array.from({ length: 20 }, (_, n) => update(c, 'p', vote(`${n}`)));
    const again = (await here.reopened()).collection(polls);
    await Promise.all(votes);
    expect(Object.keys((await got(again, 'p')).value.votes)).toHaveLength(20);
    await here.store.close();
    await here.store.close();
  });
}

function refusesAlike(here: Here): void {
  test('a closed store takes no change and does not pass its check', async () => {
    const c = here.store.collection(polls);
    await c.insert('a', poll('a'));
    await here.store.close();
    await expect(c.insert('b', poll('b'))).rejects.toMatchObject({ name: 'Unrecorded' });
    await expect(update(c, 'a', vote('x'))).rejects.toMatchObject({ name: 'Unrecorded' });
    await expect(here.store.check()).rejects.toMatchObject({ name: 'Unrecorded' });
  });
}
