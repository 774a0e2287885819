// The list as it ships, the form that it leads to, and the words of both.
import { describe, expect, test } from 'vitest';
import { to } from '../../../src/core/card.js';
import { locales } from '../../../src/core/locale.js';
import { encodeTarget } from '../../../src/core/target.js';
import { openStep, readStep, stepForm, stepsOf } from '../../../src/features/wg/form.js';
import { addForm, closingTime, partForm, parts } from '../../../src/features/wg/group-form.js';
import { shippedGroups } from '../../../src/features/wg/groups.js';
import { groupSchema, shut } from '../../../src/features/wg/model.js';
import en from '../../../src/features/wg/words/en.js';
import { type WgKey, wgWords } from '../../../src/features/wg/words/index.js';

const now = new Date('2026-03-02T09:00:00Z');
const terms = { keepUndecided: 90, keepDecided: 30 };
const pswg = groupSchema.parse(shippedGroups.find(({ id }) => id === 'PSWG'));
const busy = groupSchema.parse({
  ...pswg,
  asksEmail: true,
  asksStatement: true,
  questions: ['A?', 'B?', 'C?', 'D?', 'E?'],
});

describe('the shipped list', () => {
  test('has the 84 groups that were collected, each told apart', () => {
    expect(shippedGroups).toHaveLength(84);
    expect(new Set(shippedGroups.map(({ id }) => id)).size).toBe(84);
    const states = (wanted: string) => shippedGroups.filter(({ state }) => state === wanted).length;
    expect([states('active'), states('unknown'), states('proposed'), states('closed')]).toEqual([21, 21, 1, 41]);
  });

  test('tells of every group what it does, of those at work in all seven languages', () => {
    for (const { id, scope, state } of shippedGroups) {
      const wanted = state === 'active' ? locales : (['en'] as const);
      for (const locale of wanted) expect([id, locale, (scope[locale] ?? '').length >= 12]).toEqual([id, locale, true]);
      expect([id, Object.keys(scope).sort()]).toEqual([id, [...wanted].sort()]);
    }
  });

  test('says how sure the state of a group is that is inferred to be closed', () => {
    const closed = shippedGroups.filter(({ state }) => state === 'closed');
    expect(closed.every(({ basis }) => basis !== undefined)).toBe(true);
  });

  test('lets nobody ask to join what is closed, proposed or appointed', () => {
    for (const group of shippedGroups) {
      const isOpen = ['active', 'unknown'].includes(group.state) && group.door !== 'appointed';
      expect([group.id, shut(group, now) === undefined]).toEqual([group.id, isOpen && group.id !== 'SPIRT']);
    }
  });

  test('has ids that fit on every button', () => {
    for (const { id } of shippedGroups) {
      expect(encodeTarget(to('wg.part', { id, p: 'questions' })).length).toBeLessThanOrEqual(78);
      expect(`Join ${id}`.length).toBeLessThanOrEqual(75);
    }
  });
});

describe('the form', () => {
  test('has at most five fields a step, and room for its text in the first', () => {
    for (const group of [pswg, busy]) {
      const steps = stepsOf(group);
      expect(steps.every((names) => names.length >= 1 && names.length <= 5)).toBe(true);
      expect(steps[0]?.length).toBeLessThanOrEqual(4);
      expect(new Set(steps.flat()).size).toBe(steps.flat().length);
    }
    expect(stepsOf(busy).flat()).toHaveLength(15);
  });

  test('keeps only what it can have held', () => {
    const w = wgWords('en');
    const typed = { capacity: 'king', represents: 'als', process: 'yes,no', share: 'maybe', stray: 'x' };
    expect(readStep(pswg, 1, typed, w)).toEqual({
      fields: { capacity: '', represents: 'als', process: 'yes', share: '' },
      wrong: { capacity: 'needed' },
    });
  });

  test('knows its first step that is not filled in', () => {
    const w = wgWords('en');
    const fields = { capacity: 'member', represents: 'als', process: 'yes', region: 'EURALO' };
    expect(openStep(pswg, fields, w)).toBeUndefined();
    expect(openStep(pswg, { ...fields, process: '' }, w)).toBe(1);
    expect(openStep(busy, { ...fields, email: 'a@b.example' }, w)).toBe(3);
  });
});

test.each([
  ['2026-03-31', '2026-03-31T23:59:00.000Z'],
  ['2026-03-31 12:00', '2026-03-31T12:00:00.000Z'],
  ['2026-03-31T12:00Z', '2026-03-31T12:00:00.000Z'],
  ['2026-02-30', undefined],
  ['2026-03-31 25:00', undefined],
  ['tomorrow', undefined],
])('a call that closes %s closes at %s', (typed, at) => expect(closingTime(typed)?.toISOString()).toBe(at));

describe.each(locales)('the words in %s', (locale) => {
  const w = wgWords(locale);
  const label = (key: WgKey): string =>
    w.label(key, {
      group: 'CWG-STEWARDSHIP',
      id: 'KXYZ',
      task: w.label('taskSoi'),
      count: 999,
      number: 5,
      language: 'Português',
    });

  test('fit the titles and labels of forms', () => {
    const forms = [
      ...stepsOf(busy).map((_, at) => stepForm(busy, at + 1, {}, locale, terms)),
      addForm(locale, {}),
      ...parts.map((part) => partForm(busy, part, 'pt', locale, {})),
    ];
    for (const { title, fields } of forms) {
      expect([title, title.length <= 24]).toEqual([title, true]);
      for (const field of fields) {
        expect([field.label, field.label.length <= 45]).toEqual([field.label, true]);
        for (const choice of field.choices ?? [])
          expect([choice.label, choice.label.length <= 75]).toEqual([choice.label, true]);
        const hint = field.hint ?? '';
        expect([hint, hint.length <= 100]).toEqual([hint, true]);
      }
    }
    const keys = Object.keys(en) as WgKey[];
    for (const key of keys.filter((one) => one.startsWith('formTitle')))
      expect([key, label(key).length <= 24]).toEqual([key, true]);
    for (const key of keys.filter((one) => /^(field|hint)/.test(one))) {
      const most = key.startsWith('hint') ? 100 : 45;
      expect([key, label(key).length <= most]).toEqual([key, true]);
    }
    expect(label('askThis').length).toBeLessThanOrEqual(24);
  });

  test('fit on buttons', () => {
    const onButtons: WgKey[] = [
      'join',
      'previous',
      'next',
      'showOthers',
      'showActive',
      'answer',
      'change',
      'withdraw',
      'withdrawYes',
      'stay',
      'open',
      'claim',
      'release',
      'handOver',
      'approve',
      'askMore',
      'decline',
      'lift',
      'taskDo',
      'taskUndo',
      'declineNow',
      'changeReason',
      'approveAnyway',
      'openOne',
      'openQueue',
      'edit',
      'partAbout',
      'partJoining',
      'partQuestions',
      'remove',
      'removeYes',
      'changeReminders',
      'changeKeeping',
      'dropDesk',
      'handleHere',
    ];
    for (const key of onButtons) expect([key, label(key).length <= 75]).toEqual([key, true]);
  });
});
