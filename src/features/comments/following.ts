// A channel follows, and what staff choose for it.

import { randomBytes } from 'node:crypto';
import { type Answer, ask, type Call, say } from '../../core/call.js';
import { type Card, facts, link, para, quiet } from '../../core/card.js';
import type { Bot, Route, Setting } from '../../core/feature.js';
import { refuse } from '../../core/refusal.js';
import { update } from '../../core/store.js';
import { listed } from '../../core/wording.js';
import { categoryKeys } from './display.js';
import { enrolRhythm, followId, follows, lookAnew, setUsualDays, usualDaysIn } from './documents.js';
import { daysIn, wishesIn } from './filled.js';
import { dayLabel, followForm, usualDaysField, usualDaysName } from './forms.js';
import { choosable, type Follow, followed, refollowed } from './listener.js';
import { told } from './view.js';
import { commentsWords } from './words/index.js';

/** Bytes of the address of a channel's own calendar: 144 bits that nobody guesses. */
const tokenBytes = 18;

async function form(call: Call, bot: Bot) {
  const old = (await follows(bot).get(followId(call.place)))?.value;
  return followForm(call, old, await usualDaysIn(call.by, bot), (await bot.profile(call.by)).zone);
}

/** When the channels of a space are reminded that begin to follow; each may choose otherwise. */
export const reminderDays: Setting = {
  field: async (call, bot) => usualDaysField(call, await usualDaysIn(call.by, bot)),
  async save(call, bot) {
    const typed = call.args[usualDaysName];
    if (typed !== undefined) await setUsualDays(call.by, daysIn(typed, usualDaysName), bot);
  },
};

export const follow: Route = {
  who: 'staff',
  typed: { about: 'aboutFollow', options: [{ name: 'words', about: 'optionWords', rest: true }] },
  async run(call, bot) {
    await needPosting(call, bot);
    return ask(await form(call, bot));
  },
};

/** @throws Refusal with the remedy where the bot could not post */
async function needPosting({ place }: Call, bot: Bot): Promise<void> {
  if ((await bot.channelState(place)) === 'unreachable') throw refuse('inviteMe');
}

export const followedRoute: Route = {
  who: 'staff',
  form,
  async run(call, bot): Promise<Answer> {
    const wishes = wishesIn(call.args);
    await needPosting(call, bot);
    const [id, now] = [followId(call.place), bot.clock.now()];
    await enrolRhythm(bot, { ...wishes, to: call.place });
    const fresh = followed(call.place, wishes, randomBytes(tokenBytes).toString('base64url'), now);
    const isNew = await follows(bot).insert(id, fresh);
    const again = (old: Follow): Follow => refollowed({ ...old, to: fresh.to }, wishes, now);
    const { value } = isNew ? { value: fresh } : await update(follows(bot), id, again);
    if (!isNew) await lookAnew(bot);
    return say(savedCard(call, value, bot));
  },
};

/** What the channel gets from now on. */
function savedCard({ locale }: Call, follow: Follow, bot: Bot): Card {
  const w = commentsWords(locale);
  const days = choosable.filter((day) => follow.days[day]).map((day) => dayLabel(w, day));
  const only = [
    ...(follow.category ? [w.label(categoryKeys[follow.category])] : []),
    ...(follow.words ? [listed(locale, follow.words)] : []),
  ];
  const { publicUrl } = bot.operator;
  return {
    locale,
    blocks: [
      para(...w.text('followSaved')),
      facts(
        [w.label('fieldDays'), [days.join(' · ')]],
        [
          w.label('fieldHour'),
          w.text('hourIn', { hour: `${String(follow.hour).padStart(2, '0')}:00`, zone: follow.zone }),
        ],
        [w.label('fieldOnly'), [only.length > 0 ? only.join(' · ') : w.label('categoryAll')]],
      ),
      quiet(...w.text('followNote')),
      ...(publicUrl
        ? [
            quiet(
              ...w.text('calendarSubscribe'),
              ' ',
              link(w.label('calendarChannel'), `${publicUrl}/comments/${follow.token}.ics`),
            ),
          ]
        : []),
    ],
  };
}

export const unfollow: Route = {
  who: 'staff',
  typed: { about: 'aboutUnfollow', options: [] },
  async run(call, bot) {
    const doc = await follows(bot).get(followId(call.place));
    if (!doc) throw refuse('notFollowing');
    if (!(await follows(bot).remove(doc))) return unfollow.run(call, bot);
    return told(call.locale, 'unfollowed');
  },
};
