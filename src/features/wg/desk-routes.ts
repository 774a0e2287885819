// /wg settings and /wg staff: the rules of a desk, and handing requests to the staff of another space.
import { type Answer, again, ask, type Call, redraw, say, spaceId } from '../../core/call.js';
import type { Form } from '../../core/card.js';
import { addressId } from '../../core/delivery.js';
import { type Bot, need, type Route } from '../../core/feature.js';
import { refuse } from '../../core/refusal.js';
import { answerTo } from './browse.js';
import { codesOf, desksOf } from './collections.js';
import { changeDesk, deskSpace, handledFor, isSameSpace, seatOf, settingsOf, spaceOf } from './desk.js';
import { type DeskState, deskCard, rulesCard, rulesForm } from './desk-cards.js';
import { sentences } from './member-cards.js';
import { typedRules } from './rules.js';
import { localeFor } from './telling.js';
import { platformName } from './view.js';
import { wgWords } from './words/index.js';

/** A code works for an hour, in milliseconds. */
const codeFor = 3_600_000;

/** Staff and administrators alike. */
async function admit(call: Call, bot: Bot): Promise<void> {
  if (!(await bot.is(call, 'staff')) && !(await bot.is(call, 'admin'))) throw refuse('staffOnly');
}

export const settings: Route = {
  typed: { about: 'aboutSettings', options: [] },
  async run(call, bot) {
    await admit(call, bot);
    const { rules } = await settingsOf(bot, await seatOf(call, bot));
    return say(rulesCard(rules, call.locale, false));
  },
};

const filledRules = async (call: Call, bot: Bot): Promise<Form> => {
  await admit(call, bot);
  const { rules } = await settingsOf(bot, await seatOf(call, bot));
  return rulesForm(rules, call.args.p === 'keeping', call.locale, call.args);
};

export const rules: Route = { run: async (call, bot) => ask(await filledRules(call, bot)) };

/** Rules, filled in. */
export const ruled: Route = {
  form: filledRules,
  async run(call, bot) {
    await admit(call, bot);
    const seat = await seatOf(call, bot);
    const old = (await settingsOf(bot, seat)).rules;
    const { wrong } = typedRules(old, call.args);
    const w = wgWords(call.locale);
    const told = Object.entries(wrong).map(([name, key]) => [name, w.label(key)] as const);
    if (told.length > 0) return again(await filledRules(call, bot), Object.fromEntries(told));
    const desk = await changeDesk(bot, seat, (now) => ({ ...now, rules: typedRules(now.rules, call.args).rules }));
    return answerTo(call, rulesCard(desk.value.rules, call.locale, true));
  },
};

export const staff: Route = {
  typed: { about: 'aboutStaff', options: [{ name: 'code', about: 'optionCode' }] },
  async run(call, bot) {
    const typed = call.args.code?.trim() ?? '';
    if (typed.toLowerCase() === 'here') return handleHere(call, bot);
    if (typed !== '') return takeOn(call, bot, typed);
    await admit(call, bot);
    return say(deskCard(await stateFor(call, bot, await bot.is(call, 'admin')), call.locale));
  },
};

/** @param withCode whether a fresh code is made, which only an administrator may hand out */
async function stateFor(call: Call, bot: Bot, withCode: boolean): Promise<DeskState> {
  const own = spaceOf(call.by);
  const desk = await deskSpace(bot, own);
  const handles = await handledFor(bot, own);
  // Who handles others' requests does not hand on what was handed to them.
  const code = withCode && handles.length === 0 ? await newCode(call, bot) : undefined;
  const [isAdmin, isStaff] = [await bot.is(call, 'admin'), await bot.is(call, 'staff')];
  return { handledBy: isSameSpace(desk, own) ? undefined : desk, handles, code, isAdmin, isStaff };
}

async function newCode(call: Call, bot: Bot): Promise<NonNullable<DeskState['code']>> {
  const code = bot.newId().slice(-12);
  const until = new Date(bot.clock.now().getTime() + codeFor);
  const by = { ...spaceOf(call.by), person: call.by.person };
  await codesOf(bot).insert(code, { space: spaceOf(call.by), by, until: until.toISOString() });
  return { text: `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`, until };
}

/** The requests of this space are handled here again. */
async function handleHere(call: Call, bot: Bot): Promise<Answer> {
  if (!(await bot.is(call, 'admin'))) throw refuse('adminsOnly');
  await unlink(bot, spaceOf(call.by));
  return answerTo(call, deskCard(await stateFor(call, bot, false), call.locale));
}

async function unlink(bot: Bot, space: ReturnType<typeof spaceOf>): Promise<void> {
  if (!(await desksOf(bot).get(spaceId(space)))) return;
  await changeDesk(bot, space, ({ handledBy: _, ...rest }) => rest);
}

/** Somebody of the staff has typed the code of another space, in their own staff channel. */
async function takeOn(call: Call, bot: Bot, typed: string): Promise<Answer> {
  if (!(await bot.is(call, 'staff'))) throw refuse('staffOnly');
  const place = await bot.settings.staffPlace(call.by);
  const { platform, space, channel } = call.place;
  if (!place || addressId(place) !== addressId({ platform, space, channel })) throw refuse('codeElsewhere');
  const seat = await seatOf(call, bot);
  const id = typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
  const code = /^[0-9A-Z]{12}$/.test(id) ? await codesOf(bot).get(id) : undefined;
  if (!code || Date.parse(code.value.until) <= bot.clock.now().getTime()) throw refuse('wrongCode');
  const { space: home, by } = code.value;
  if (isSameSpace(home, seat) || (await handledFor(bot, home)).length > 0) throw refuse('wrongCode');
  // Whoever removes it has used it; it works once.
  if (!(await codesOf(bot).remove(code))) throw refuse('wrongCode');
  await changeDesk(bot, home, (old) => ({ ...old, handledBy: seat }));
  const locale = await localeFor(bot, by, 'en');
  const notice = wgWords(locale).text('codeUsed', { platform: platformName(seat), command: '/wg staff here' });
  await bot.outbox.once(`wg/desk/${id}`, by, sentences(locale, notice));
  return say(deskCard(await stateFor(call, bot, false), call.locale));
}

/** Staff give back what was handed to them. */
export const drop: Route = {
  who: 'staff',
  async run(call, bot) {
    const home = { platform: need(call.args, 'p'), space: need(call.args, 's') };
    const seat = await seatOf(call, bot);
    if (!isSameSpace(await deskSpace(bot, home), seat) || isSameSpace(home, seat)) throw refuse('unknownId');
    await unlink(bot, home);
    return redraw(deskCard(await stateFor(call, bot, false), call.locale));
  },
};
