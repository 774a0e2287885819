// What staff do with a request: Claim, Release, Hand over, Approve, and the ticks after it.
import { type Answer, ask, type Call, type Person, say } from '../../core/call.js';
import { type Card, type Choice, time } from '../../core/card.js';
import { type Bot, need, type Route } from '../../core/feature.js';
import { refuse } from '../../core/refusal.js';
import { noteStaff, requestAt, settingsOf, spaceOf } from './desk.js';
import { groupOf } from './groups.js';
import { allows } from './machine.js';
import { sentences } from './member-cards.js';
import { isSame, isUndecided, isUnfinished, type Request } from './model.js';
import { noteAbsence } from './presence.js';
import { make, type Outcome, shown } from './pressing.js';
import { absentCard, handForm } from './staff-cards.js';
import { tellOwed, tellStaff, toldCard } from './telling.js';
import { nameFor, viewOf } from './view.js';
import { wgWords } from './words/index.js';

/** A press that needs nothing but itself. */
const press = (deed: 'claimed' | 'released'): Route => ({
  who: 'staff',
  async run(call, bot) {
    const { id } = await requestAt(call, bot, need(call.args, 'id'));
    const outcome = await make(call, bot, id, { deed });
    if (deed === 'claimed' && !outcome.isLate) await noteAbsence(bot, id);
    return shown(call, bot, outcome);
  },
});

export const claim = press('claimed');
export const release = press('released');

/** To one of the staff who have been at work here, oneself included. */
export const hand: Route = {
  who: 'staff',
  async run(call, bot) {
    const doc = await requestAt(call, bot, need(call.args, 'id'));
    if (!allows(doc.value, 'handedOver')) return shown(call, bot, { doc, isLate: true });
    await noteStaff(bot, spaceOf(call.by), call.by);
    const staff = await colleagues(call, bot, doc.value);
    if (staff.length === 0) throw refuse('nobodyElse');
    return ask(handForm(doc.id, choicesOf(staff), call.locale));
  },
};

const choicesOf = (staff: readonly Colleague[]): readonly Choice[] =>
  staff.map(({ key, name }) => ({ value: key, label: name }));

/** The one who was chosen gets it. */
export const give: Route = {
  who: 'staff',
  form: async (call, bot) => {
    const doc = await requestAt(call, bot, need(call.args, 'id'));
    return handForm(doc.id, choicesOf(await colleagues(call, bot, doc.value)), call.locale);
  },
  async run(call, bot) {
    const doc = await requestAt(call, bot, need(call.args, 'id'));
    const staff = await colleagues(call, bot, doc.value);
    const chosen = staff.find(({ key }) => key === call.args.to)?.person;
    if (!chosen) throw refuse('noLongerStaff', {}, 'to');
    const outcome = await make(call, bot, doc.id, { deed: 'handedOver', to: chosen });
    const { since } = outcome.doc.value;
    if (!outcome.isLate && !isSame(chosen, call.by)) {
      await tellStaff(bot, outcome.doc, chosen, `handed/${since}`, 'noticeHanded');
    }
    return shown(call, bot, outcome);
  },
};

interface Colleague {
  readonly key: string;
  readonly person: Person;
  readonly name: string;
}

/** Who is staff now, has worked here before, and neither holds the request nor made it. */
async function colleagues(call: Call, bot: Bot, request: Request): Promise<readonly Colleague[]> {
  const { seen } = await settingsOf(bot, spaceOf(call.by));
  const others = seen.filter((one) => !isSame(one, request.holder) && !isSame(one, request.by));
  const checked = await Promise.all(
    others.map(async (person) => ({ person, isStaff: await bot.is({ by: person }, 'staff') })),
  );
  return Promise.all(
    checked
      .filter(({ isStaff }) => isStaff)
      .map(async ({ person }) => ({ key: person.person, person, name: (await bot.profile(person)).name })),
  );
}

export const approve: Route = {
  who: 'staff',
  async run(call, bot) {
    const found = await requestAt(call, bot, need(call.args, 'id'));
    const doc = await noteAbsence(bot, found.id);
    const isOwn = isSame(doc.value.by, call.by);
    if (doc.value.absences.length > 0 && isUndecided(doc.value) && call.args.sure !== '1' && !isOwn) {
      return say(absentCard(await viewOf(bot, doc, call.by, call.locale), call.locale));
    }
    const group = await groupOf(bot, doc.value.home, doc.value.group);
    const outcome = await make(call, bot, doc.id, { deed: 'approved', tasks: group?.tasks ?? [] });
    if (outcome.isLate || !isUnfinished(outcome.doc.value)) return finished(call, bot, outcome);
    const untold = wgWords(call.locale).text('approvedNow', { command: '/wg requests' });
    return shown(call, bot, outcome, sentences(call.locale, untold));
  },
};

/** A tick at something that was done outside. */
export const tick: Route = {
  who: 'staff',
  async run(call, bot) {
    const doc = await requestAt(call, bot, need(call.args, 'id'));
    const [task, isDone] = [Number(call.args.n), call.args.d === '1'];
    // A button of before it said what it does; the card is drawn anew with ones that do.
    if (call.args.d === undefined) return shown(call, bot, { doc, isLate: true });
    const outcome = await make(call, bot, doc.id, { deed: 'ticked', task, isDone });
    const { value } = outcome.doc;
    if (!outcome.isLate || !isUnfinished(value)) return finished(call, bot, outcome);
    return shown(call, bot, outcome, await soAlready(call, bot, value, task));
  },
};

/** Who was quicker to tick the same, and when. */
async function soAlready(call: Call, bot: Bot, { history }: Request, task: number): Promise<Card | undefined> {
  const step = history.findLast((one) => one.deed === 'ticked' && (one.task ?? task) === task);
  if (!step) return undefined;
  const who = await nameFor(bot, spaceOf(call.by), step.by, call.locale);
  const text = wgWords(call.locale).text('tickedAlready', { who, when: time(new Date(step.at)) });
  return { ...sentences(call.locale, text), isFleeting: true };
}

/** Once all is done, the member is told. */
async function finished(call: Call, bot: Bot, outcome: Outcome): Promise<Answer> {
  const { value } = outcome.doc;
  if (outcome.isLate || value.state !== 'approved' || isUnfinished(value)) return shown(call, bot, outcome);
  const doc = await tellOwed(bot, outcome.doc);
  return shown(call, bot, { doc, isLate: false }, toldCard(doc, call.locale));
}
