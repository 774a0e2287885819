// /wg and /wg show: what groups there are.
import { type Answer, type Call, redraw, say } from '../../core/call.js';
import type { Card, Choice } from '../../core/card.js';
import type { Bot, Route } from '../../core/feature.js';
import { listedGroups, needGroup, typedGroupId } from './groups.js';
import { groupCard, listCard } from './list-cards.js';
import { bodies, inLanguage, shut } from './model.js';

/** The answer replaces the card that was pressed on; a command gets a new one. */
export const answerTo = (call: Call, card: Card): Answer => (call.on ? redraw(card) : say(card));

/** Longest label of a suggestion. */
const longestLabel = 75;

/**
 * Ids as they are typed.
 * @param isOpen only groups that one can ask to join
 */
export async function groupSuggestions(
  call: Call,
  bot: Bot,
  typed: string,
  isOpen = false,
): Promise<readonly Choice[]> {
  const start = typedGroupId(typed);
  const now = bot.clock.now();
  const groups = (await listedGroups(bot, call.by)).filter((group) => !isOpen || !shut(group, now));
  const labels = groups.map((group) => ({
    value: group.id,
    label: `${group.id} — ${inLanguage(group.name, call.locale) ?? group.id}`,
  }));
  const fits = labels.filter(({ value, label }) => value.startsWith(start) || label.toUpperCase().includes(start));
  // What begins as it was typed comes first.
  const ordered = [...fits].sort((a, b) => Number(b.value.startsWith(start)) - Number(a.value.startsWith(start)));
  return ordered.map(({ value, label }) => ({
    value,
    label: label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…` : label,
  }));
}

export const list: Route = {
  typed: {
    about: 'aboutList',
    options: [{ name: 'parent', about: 'optionParent', choices: bodies.map((body) => ({ value: body, label: body })) }],
  },
  async run(call, bot) {
    const groups = await listedGroups(bot, call.by);
    const typed = call.args.parent?.toLowerCase();
    const parent = bodies.find((body) => body.toLowerCase() === typed);
    // `/wg PSWG` is meant as the group.
    const isGroup = !parent && call.args.parent !== undefined && typed !== 'all';
    if (isGroup) return show.run({ ...call, args: { id: call.args.parent ?? '' } }, bot);
    const part = { parent, isAll: call.args.all === '1', page: Number(call.args.page) || 0 };
    return answerTo(call, listCard(groups, part, bot.clock.now(), call.locale));
  },
};

export const show: Route = {
  typed: { about: 'aboutShow', options: [{ name: 'id', about: 'optionGroup', suggests: true }] },
  async run(call, bot) {
    if (!call.args.id?.trim()) return list.run({ ...call, args: {} }, bot);
    const group = await needGroup(bot, call.by, call.args.id);
    return say(groupCard(group, bot.clock.now(), call.locale, await bot.is(call, 'staff')));
  },
  suggest: (call, _, bot) => groupSuggestions(call, bot, call.args.id ?? ''),
};
