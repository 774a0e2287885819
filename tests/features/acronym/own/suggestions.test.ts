// Suggestions: from a member's form to staff, and back to the member.
import { describe, expect, test } from 'vitest';
import { buttonsOf, cardOf, type Harness, harness, textOf } from '../../../support/harness.js';
import { memoryStore } from '../../../support/memory-store.js';
import { addEntry, formOf, lookUp, staffCards, stage, submit, toldTo } from './stage.js';

const typed = { term: 'XNEW', expansion: 'Example of the New', definition: 'It is new.', met: 'In a call.' };

const suggestedBy = async (bot: Harness, person: string, what: Record<string, string> = typed, where = {}) =>
  submit(bot, person, await bot.type(person, '/glossary suggest', where), what, where);

const cardFor = (bot: Harness) => {
  const card = staffCards(bot).at(-1);
  if (!card) throw new Error('staff have no card');
  return card;
};

describe('a suggestion', () => {
  test('starts from “not found”, with what was typed filled in', async () => {
    const bot = await stage();
    const card = cardOf(await bot.type('alice', '/acronym XNEW'));
    const form = await bot.press('alice', card, 'Suggest “XNEW”');
    expect(formOf(form).fields.map(({ name, value }) => [name, value])).toContainEqual(['term', 'XNEW']);
    const long = cardOf(await bot.type('alice', `/acronym ${'x'.repeat(300)}`));
    expect(buttonsOf(long)).toEqual([]);
  });

  test('starts from the command, with the term that was typed', async () => {
    const bot = await stage();
    const form = await bot.type('alice', '/glossary suggest XNEW');
    expect(formOf(form).fields[0]?.value).toBe('XNEW');
    expect(formOf(await bot.type('alice', '/glossary suggest')).fields[0]?.value).toBeUndefined();
  });

  test('reaches staff with who made it, and nobody else', async () => {
    const bot = await stage();
    const thanks = textOf(cardOf(await suggestedBy(bot, 'alice')));
    expect(thanks).toContain('Thank you. Staff have your suggestion “XNEW”');
    expect(bot.platform.messages.map(({ posted }) => posted.channel)).toEqual(['staff']);
    const card = cardFor(bot);
    expect(textOf(card)).toContain('XNEW');
    expect(textOf(card)).toContain('Example of the New');
    expect(textOf(card)).toContain('Suggested by: @alice');
    expect(buttonsOf(card).map(({ label }) => label)).toEqual(['Accept', 'Edit', 'Reject']);
  });

  test('without a staff channel comes back with the reason, and nothing typed is lost', async () => {
    const answer = await suggestedBy(await harness(), 'alice');
    expect(answer).toMatchObject({ kind: 'again', wrong: { '': expect.stringContaining('/rapporteur settings') } });
    expect(formOf(answer).fields.find(({ name }) => name === 'definition')?.value).toBe('It is new.');
  });

  test('of what is there already says where', async () => {
    const bot = await stage();
    const answer = await suggestedBy(bot, 'alice', { term: 'PDP', expansion: 'policy development process' });
    expect(answer).toMatchObject({ kind: 'again', wrong: { term: expect.stringContaining('/acronym PDP') } });
    // Another sense of a term that is there is a suggestion.
    await suggestedBy(bot, 'alice', { term: 'PDP', expansion: 'Public Dinner Party' });
    expect(staffCards(bot)).toHaveLength(1);
  });

  test('of the same thing joins the first, and its maker hears the outcome too', async () => {
    const bot = await stage();
    await suggestedBy(bot, 'alice');
    const second = await suggestedBy(bot, 'bob', { term: 'xnew', expansion: 'example of the new' }, { locale: 'fr' });
    expect(textOf(cardOf(second))).toContain('avait déjà été suggéré');
    expect(textOf(cardOf(await suggestedBy(bot, 'alice')))).toContain('You have suggested “XNEW” already');
    expect(staffCards(bot)).toHaveLength(1);
    expect(textOf(cardFor(bot))).toContain('Suggested by: @alice, @bob');
    await bot.press('sam', cardFor(bot), 'Accept');
    expect(toldTo(bot, 'alice')).toEqual([expect.stringContaining('is in the glossary. Thank you.')]);
    expect(toldTo(bot, 'bob')).toEqual([expect.stringContaining('est dans le glossaire')]);
  });

  test('of a term alone joins the open one of it, and one that says more completes it', async () => {
    const bot = await stage();
    await suggestedBy(bot, 'alice', { term: 'XNEW' });
    const met = 'At ICANN80.';
    const second = await suggestedBy(bot, 'bob', { term: 'XNew', expansion: 'Example New', definition: 'It is.', met });
    expect(textOf(cardOf(second))).toContain('has been suggested before');
    await suggestedBy(bot, 'carol', { term: 'XNEW', definition: 'Something else.' });
    expect(staffCards(bot)).toHaveLength(1);
    expect(textOf(cardFor(bot))).toMatch(/Example New[\s\S]*It is\.[\s\S]*At ICANN80\./);
    expect(textOf(cardFor(bot))).toContain('Suggested by: @alice, @bob, @carol');
    await bot.press('sam', cardFor(bot), 'Accept');
    expect(await lookUp(bot, 'XNEW')).toContain('XNEW — Example New\nIt is.');
    for (const who of ['alice', 'bob', 'carol']) expect(toldTo(bot, who)).toHaveLength(1);
  });

  test('is completed by its own maker, and is another one where it stands for something else', async () => {
    const bot = await stage();
    await suggestedBy(bot, 'alice', { term: 'XNEW' });
    await suggestedBy(bot, 'alice', { term: 'XNEW', expansion: 'Example New' });
    expect(staffCards(bot)).toHaveLength(1);
    expect(textOf(cardFor(bot))).toContain('Example New');
    await suggestedBy(bot, 'bob', { term: 'XNEW', expansion: 'Something Else' });
    expect(staffCards(bot)).toHaveLength(2);
  });

  test('in two languages is not mixed', async () => {
    const bot = await stage();
    await suggestedBy(bot, 'alice', { term: 'XNEW', definition: 'It is new.' });
    await suggestedBy(bot, 'bob', { term: 'XNEW', expansion: 'Exemple', definition: 'Un exemple.', language: 'fr' });
    expect(staffCards(bot).map(textOf).join()).toMatch(/It is new\.[\s\S]*,[\s\S]*Un exemple\./);
    expect(staffCards(bot)).toHaveLength(2);
  });

  test('that was completed after staff were shown it is not accepted unseen', async () => {
    const bot = await stage();
    await suggestedBy(bot, 'alice', { term: 'XNEW', expansion: 'Example New' });
    const old = cardFor(bot);
    await suggestedBy(bot, 'bob', { term: 'XNEW', definition: 'It is new.' });
    const form = formOf(await bot.press('sam', old, 'Accept'));
    expect(form.fields.find(({ name }) => name === 'definition')?.value).toBe('It is new.');
    await bot.press('sam', cardFor(bot), 'Accept');
    expect(await lookUp(bot, 'XNEW')).toContain('It is new.');
  });

  test('of the same thing by two at once makes one card', async () => {
    const bot = await stage();
    await Promise.all([suggestedBy(bot, 'alice'), suggestedBy(bot, 'bob')]);
    expect(staffCards(bot)).toHaveLength(1);
    expect(textOf(cardFor(bot))).toMatch(/@alice, @bob|@bob, @alice/);
  });

  test('is the sixth of a day for nobody, and the first of the next', async () => {
    const bot = await stage();
    const many = (n: number) => suggestedBy(bot, 'alice', { ...typed, term: `XN${n}` });
    for (let n = 1; n <= 5; n += 1) expect((await many(n)).kind).toBe('say');
    expect(await many(6)).toMatchObject({ kind: 'again', wrong: { '': expect.stringContaining('5 a day') } });
    expect((await suggestedBy(bot, 'bob', { ...typed, term: 'XN7' })).kind).toBe('say');
    await bot.sleepUntil('2026-03-02T00:00:30Z');
    expect((await many(6)).kind).toBe('say');
  });

  test('five of which are sent at once, with a sixth, count five', async () => {
    const bot = await stage();
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7].map((n) => suggestedBy(bot, 'alice', { ...typed, term: `XN${n}` })),
    );
    expect(answers.filter(({ kind }) => kind === 'say')).toHaveLength(5);
  });
});

describe('staff', () => {
  test('accept it as it is: live at once, and the member hears', async () => {
    const bot = await stage();
    await suggestedBy(bot, 'alice');
    const after = cardOf(await bot.press('sam', cardFor(bot), 'Accept'));
    expect(textOf(after)).toContain('Accepted by @sam, 2026-03-01T12:00:00.000Z.');
    expect(buttonsOf(after)).toEqual([]);
    expect(textOf(cardFor(bot))).toContain('Accepted by @sam');
    expect(await lookUp(bot, 'XNEW')).toContain('XNEW — Example of the New\nIt is new.');
    expect(toldTo(bot, 'alice')).toEqual([expect.stringContaining('XNEW — Example of the New')]);
    expect(textOf(cardOf(await bot.type('sam', '/glossary history XNEW')))).toContain('@sam: accepted a suggestion');
  });

  test('edit it, which accepts it as it then reads', async () => {
    const bot = await stage();
    await suggestedBy(bot, 'alice');
    const form = await bot.press('tess', cardFor(bot), 'Edit');
    expect(formOf(form).fields.find(({ name }) => name === 'definition')?.value).toBe('It is new.');
    const after = await submit(bot, 'tess', form, { definition: 'It is rather new.' });
    expect(textOf(cardOf(after))).toContain('Accepted with changes by @tess');
    expect(await lookUp(bot, 'XNEW')).toContain('It is rather new.');
    expect(toldTo(bot, 'alice')).toEqual([expect.stringContaining('with some changes by staff')]);
  });

  test('reject it with a reason, which the member hears', async () => {
    const bot = await stage();
    await suggestedBy(bot, 'alice');
    const form = await bot.press('sam', cardFor(bot), 'Reject');
    expect(await submit(bot, 'sam', form, { reason: ' ' })).toMatchObject({ kind: 'again', wrong: { reason: /./ } });
    await submit(bot, 'sam', form, { reason: 'Nobody calls it so.' });
    expect(textOf(cardFor(bot))).toContain('Rejected by @sam');
    expect(toldTo(bot, 'alice')).toEqual([expect.stringMatching(/was not taken[\s\S]*Reason: Nobody calls it so\./)]);
    expect(await lookUp(bot, 'XNEW')).toContain('is not in the glossary');
  });

  test('complete what the member did not know before it is accepted', async () => {
    const bot = await stage();
    await suggestedBy(bot, 'alice', { term: 'XNEW' });
    const form = await bot.press('sam', cardFor(bot), 'Accept');
    await submit(bot, 'sam', form, { expansion: 'Example of the New' });
    expect(await lookUp(bot, 'XNEW')).toContain('Example of the New');
  });

  test('who press second are told who was quicker, and when; one decision stands', async () => {
    const bot = await stage();
    await suggestedBy(bot, 'alice');
    const card = cardFor(bot);
    const reject = await bot.press('tess', card, 'Reject');
    await bot.press('sam', card, 'Accept');
    const late = await submit(bot, 'tess', reject, { reason: 'No.' });
    expect(late.kind === 'redraw' && late.note && textOf(late.note)).toContain(
      'Somebody was quicker: this suggestion has been decided already.\nAccepted by @sam, 2026-03-01T12:00:00.000Z.',
    );
    const pressed = await bot.press('tess', card, 'Edit');
    expect(pressed.kind === 'redraw' && pressed.note && textOf(pressed.note)).toContain('Accepted by @sam');
    expect(toldTo(bot, 'alice')).toHaveLength(1);
  });

  test('of two who accept at the same instant make one entry and send one message', async () => {
    const bot = await stage();
    await suggestedBy(bot, 'alice');
    const card = cardFor(bot);
    const answers = await Promise.all([bot.press('sam', card, 'Accept'), bot.press('tess', card, 'Accept')]);
    expect(answers.filter((answer) => answer.kind === 'redraw' && answer.note)).toHaveLength(1);
    expect((await lookUp(bot, 'XNEW')).match(/XNEW — /g)).toHaveLength(1);
    expect(toldTo(bot, 'alice')).toHaveLength(1);
  });

  test('accept what has been added in the meantime without doubling it', async () => {
    const bot = await stage();
    await suggestedBy(bot, 'alice');
    await addEntry(bot, 'XNEW', 'Example of the New');
    await bot.press('sam', cardFor(bot), 'Accept');
    expect((await lookUp(bot, 'XNEW')).match(/XNEW — /g)).toHaveLength(1);
  });

  test('decide again on what is suggested again after a decision; the old card decides nothing', async () => {
    const bot = await stage();
    await suggestedBy(bot, 'alice');
    const old = cardFor(bot);
    await submit(bot, 'sam', await bot.press('sam', old, 'Reject'), { reason: 'Not yet.' });
    await suggestedBy(bot, 'bob');
    expect(staffCards(bot)).toHaveLength(2);
    expect(textOf(cardOf(await bot.press('sam', old, 'Accept')))).toContain('nothing under that ID');
    await bot.press('sam', cardFor(bot), 'Accept');
    expect(toldTo(bot, 'bob')).toHaveLength(1);
    expect(toldTo(bot, 'alice')).toHaveLength(1);
  });
});

test('what a crash left undone after a decision is done at the next beat, and once', async () => {
  // The decision is written, and then the process dies: the store takes nothing more.
  const store = memoryStore();
  const collection = store.collection.bind(store);
  let writes = 0;
  let isDying = false;
  store.collection = (kind) => {
    const made = collection(kind);
    return {
      ...made,
      insert: async (id, value) => {
        if (isDying && kind.name === 'glossary-steps') store.break((writes += 1) > 0);
        return made.insert(id, value);
      },
    };
  };
  const bot = await stage({ store });
  await suggestedBy(bot, 'alice');
  const card = cardFor(bot);
  isDying = true;
  const pressed = cardOf(await bot.press('sam', card, 'Accept'));
  expect(textOf(pressed)).toContain('Accepted by @sam');
  expect(writes).toBe(1);
  isDying = false;
  store.break(false);
  expect(await lookUp(bot, 'XNEW')).toContain('is not in the glossary');
  await bot.sleepUntil('2026-03-01T12:02:00Z');
  expect(await lookUp(bot, 'XNEW')).toContain('Example of the New');
  expect(toldTo(bot, 'alice')).toHaveLength(1);
  expect(textOf(cardFor(bot))).toContain('Accepted by @sam');
});

test('what was decided is forgotten after ninety days', async () => {
  const bot = await stage();
  await suggestedBy(bot, 'alice');
  await bot.press('sam', cardFor(bot), 'Accept');
  await bot.bot.features.find(({ name }) => name === 'glossary')?.tick?.(new Date('2026-06-15T00:00:00Z'), bot.bot);
  const kept = await bot.bot.store.collection({ name: 'glossary-suggestions', parse: (raw) => raw }).find();
  expect(kept).toEqual([]);
});
