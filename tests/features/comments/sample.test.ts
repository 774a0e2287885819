import { describe, expect, test } from 'vitest';
import { closingOf, openingOf, originalClosing, stateAt } from '../../../src/features/comments/model.js';
import { added } from '../../../src/features/comments/proceedings.js';
import { movedTo, recorded } from '../../../src/features/comments/sample.js';
import { cardOf, textOf } from '../../support/harness.js';
import { stage } from './stage.js';

const local = { platform: 'local', space: 'local' };

describe('the record moved to today', () => {
  test.each(['2026-03-01', '2027-02-28', '2028-12-31'])(
    '%s has some that are open, some to come, most of them over',
    (today) => {
      const now = new Date(`${today}T12:00:00Z`);
      const list = movedTo(today, recorded()).map(({ slug, facts }) =>
        added(slug, { staff: facts, space: local }, now),
      );
      const states = list.map((one) => stateAt(one, now));
      expect(states.filter((state) => state === 'open').length).toBeGreaterThanOrEqual(5);
      expect(states.filter((state) => state === 'upcoming').length).toBeGreaterThanOrEqual(2);
      expect(states.filter((state) => /closed|report/.test(state)).length).toBeGreaterThan(50);
      expect(list.filter((one) => originalClosing(one)).length).toBe(9);
      for (const one of list) {
        const [opening, closing] = [openingOf(one), closingOf(one)?.at];
        if (opening && closing) expect(opening.getTime()).toBeLessThan(closing.getTime());
      }
    },
  );

  test('keeps how long each was open', () => {
    const before = recorded().find(({ id }) => id.startsWith('phase-1-initial-report'));
    const after = movedTo('2026-03-01', recorded()).find(({ slug }) => slug === before?.id);
    const days = (from = '', until = ''): number =>
      (Date.parse(until.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 86_400_000;
    expect(days(after?.facts.opening?.on, after?.facts.closing?.on)).toBe(days(before?.opening, before?.closing));
  });

  test('is the same whenever it is made on one day', () => {
    expect(movedTo('2026-03-01', recorded())).toEqual(movedTo('2026-03-01', recorded()));
  });
});

describe('the local workspace', () => {
  const home = { platform: 'local', space: 'local' };

  test('has something to show at the first look', async () => {
    const on = stage({ now: '2026-03-01T12:00:00Z', platforms: ['local'] });
    expect(textOf(cardOf(await on.type('alice', '/comments', home)))).toMatch(/left; closes[\s\S]*Expected next/);
    const { length } = await on.store.collection({ name: 'proceedings', parse: (raw) => raw }).find();
    expect(length).toBe(78);
  });

  /** The one that is open today and closes first, by the name that stays the same whenever the sample is made. */
  const slug = (): string => {
    const at = new Date('2026-03-01T12:00:00Z');
    const list = movedTo('2026-03-01', recorded()).map(({ slug: name, facts }) => ({
      name,
      one: added(name, { staff: facts, space: home }, at),
    }));
    return list.find(({ one }) => stateAt(one, at) === 'open')?.name ?? '';
  };

  test.each([
    ['/comments remind', /reminder/i],
    ['/comments show', /closes/i],
    ['/comments draft', /draft/i],
  ])('knows it also where %s comes before any list', async (command, said) => {
    const on = stage({ now: '2026-03-01T12:00:00Z', platforms: ['local'] });
    const answer = await on.type('sam', `${command} ${slug()}`, home);
    expect(textOf(cardOf(answer))).toMatch(said);
    expect(textOf(cardOf(answer))).not.toMatch(/no (such )?proceeding/i);
  });

  test('offers it in the form of a route that was told nothing, and where one types', async () => {
    const form = stage({ now: '2026-03-01T12:00:00Z', platforms: ['local'] });
    const asked = await form.type('alice', '/comments remind', home);
    const choices =
      asked.kind === 'ask' ? asked.form.fields.flatMap((one) => ('choices' in one ? one.choices : [])) : [];
    expect(choices.length).toBeGreaterThan(5);
    const typing = stage({ now: '2026-03-01T12:00:00Z', platforms: ['local'] });
    const at = { ...home, person: 'alice', channel: 'general' };
    const offered = await typing.bot.core.suggest({ to: 'comments.remind', args: { id: '' }, by: at, place: at }, 'id');
    expect(offered.length).toBeGreaterThan(5);
  });

  test('says of it, in the list and of each, that its dates are not real, and of nothing else', async () => {
    const on = stage({ now: '2026-03-01T12:00:00Z', platforms: ['local'] });
    const told = async (command: string) => textOf(cardOf(await on.type('sam', command, home)));
    expect(await told('/comments')).toContain('dates are moved');
    expect(await told(`/comments show ${slug()}`)).toContain('dates are moved');
    const own = { title: 'Our own', address: '', opening: '2026-02-20', closing: '2026-04-01', category: 'policy' };
    const answer = await on.call('sam', 'comments.imported', { list: JSON.stringify([{ id: 'own-1', ...own }]) }, home);
    expect(textOf(cardOf(answer))).not.toMatch(/could not|row/i);
    const shown = await told('/comments show own-1');
    expect(shown).toContain('Our own');
    expect(shown).not.toContain('dates are moved');
    await on.type('sam', `/comments extend ${slug()} 2026-05-01`, home);
    expect(await told(`/comments show ${slug()}`)).toMatch(/May 1, 2026(?![\s\S]*dates are moved)/);
  });

  test('does not flood a channel that follows with what was there before', async () => {
    const on = stage({ now: '2026-03-01T12:00:00Z', platforms: ['local'] });
    await on.type('alice', '/comments', home);
    const wishes = { days: 'opens,14,7,3,1,closes,own', hour: '9', zone: 'UTC', category: '', words: '' };
    await on.call('sam', 'comments.followed', wishes, home);
    await on.sleepUntil('2026-03-01T18:00:00Z');
    expect(on.seen).toEqual([]);
  });

  test('does not bring back what was removed', async () => {
    const on = stage({ now: '2026-03-01T12:00:00Z', platforms: ['local'] });
    await on.type('alice', '/comments', home);
    const all = on.store.collection({ name: 'proceedings', parse: (raw) => raw });
    for (const doc of await all.find()) await all.remove(doc);
    expect(textOf(cardOf(await on.type('alice', '/comments', home)))).toContain('Nothing is open');
  });

  test.each([
    ['beside another platform', ['local', 'slack'], {}],
    ['where a source is set', ['local'], { commentsSource: '/nowhere.csv' }],
    ['on another platform', ['slack'], {}],
  ])('%s has no sample', async (_, platforms, operator) => {
    const on = stage({ now: '2026-03-01T12:00:00Z', platforms, operator });
    await on.type('alice', '/comments', { platform: platforms[0] ?? '', space: 'local' });
    expect(await on.store.collection({ name: 'proceedings', parse: (raw) => raw }).find()).toEqual([]);
  });
});
