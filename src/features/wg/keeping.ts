// /wg add, edit, remove: staff keep the list of groups.
import { type Answer, ask, type Call, say } from '../../core/call.js';
import type { Form } from '../../core/card.js';
import { type Bot, need, type Route } from '../../core/feature.js';
import { asLocale } from '../../core/locale.js';
import { refuse } from '../../core/refusal.js';
import { answerTo, groupSuggestions, list } from './browse.js';
import { queueOf, seatOf } from './desk.js';
import { addedGroup, addForm, changedGroup, type Part, partForm, parts } from './group-form.js';
import { addGroup, changeGroup, needGroup } from './groups.js';
import { editCard, removeCard } from './list-cards.js';
import { sentences } from './member-cards.js';
import { isUndecided } from './model.js';
import { type WgKey, wgWords } from './words/index.js';

const groupOption = { name: 'id', about: 'optionGroup', suggests: true } as const;

export const add: Route = {
  who: 'staff',
  typed: { about: 'aboutAdd', options: [] },
  async run(call, bot) {
    await seatOf(call, bot);
    return ask(addForm(call.locale, {}));
  },
};

/** The form of a new group, sent. */
export const added: Route = {
  who: 'staff',
  form: async (call) => addForm(call.locale, call.args),
  async run(call, bot) {
    const seat = await seatOf(call, bot);
    const group = addedGroup(call.args, call.locale);
    await addGroup(bot, seat, group);
    return say(
      editCard(group, bot.clock.now(), call.locale, wgWords(call.locale).text('groupAdded', { group: group.id })),
    );
  },
};

export const edit: Route = {
  who: 'staff',
  typed: { about: 'aboutEdit', options: [groupOption] },
  async run(call, bot) {
    if (!call.args.id?.trim()) return list.run({ ...call, args: { all: '1' } }, bot);
    const group = await needGroup(bot, await seatOf(call, bot), call.args.id);
    return say(editCard(group, bot.clock.now(), call.locale));
  },
  suggest: (call, _, bot) => groupSuggestions(call, bot, call.args.id ?? ''),
};

/** The form for one part of a group. */
export const part: Route = {
  who: 'staff',
  run: async (call, bot) => ask(await formOf(call, bot)),
};

/** What was filled into it. */
export const save: Route = {
  who: 'staff',
  form: (call, bot) => formOf(call, bot),
  async run(call, bot) {
    const seat = await seatOf(call, bot);
    const which = partOf(call);
    const group = await changeGroup(bot, seat, need(call.args, 'id'), (old) => changedGroup(old, which, call.args));
    return answerTo(call, editCard(group, bot.clock.now(), call.locale, wgWords(call.locale).text('saved')));
  },
};

async function formOf(call: Call, bot: Bot): Promise<Form> {
  const group = await needGroup(bot, await seatOf(call, bot), need(call.args, 'id'));
  return partForm(group, partOf(call), asLocale(call.args.in) ?? call.locale, call.locale, call.args);
}

function partOf(call: Call): Part {
  const found = parts.find((one) => one === call.args.p);
  if (!found) throw refuse('oldButton');
  return found;
}

export const remove: Route = {
  who: 'staff',
  typed: { about: 'aboutRemove', options: [groupOption] },
  async run(call, bot) {
    if (!call.args.id?.trim()) return list.run({ ...call, args: { all: '1' } }, bot);
    const seat = await seatOf(call, bot);
    const group = await needGroup(bot, seat, call.args.id);
    if (call.args.sure !== '1') {
      const queue = await queueOf(bot, seat);
      const waiting = queue.filter(({ value }) => value.group === group.id && isUndecided(value)).length;
      return say(removeCard(group, waiting, call.locale));
    }
    await changeGroup(bot, seat, group.id, (old) => ({ ...old, isRemoved: true }));
    return told(call, 'groupRemoved', group.id);
  },
  suggest: (call, _, bot) => groupSuggestions(call, bot, call.args.id ?? ''),
};

const told = (call: Call, key: WgKey, group: string): Answer =>
  answerTo(call, sentences(call.locale, wgWords(call.locale).text(key, { group })));
