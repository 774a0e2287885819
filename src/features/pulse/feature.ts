// /pulse: informal polls that bind nobody, anonymous where they say so, and closed on time.
import { randomBytes } from 'node:crypto';
import { faultFacts } from '../../core/fault.js';
import type { Bot, Feature } from '../../core/feature.js';
import type { Doc } from '../../core/store.js';
import { askingRoutes } from './asking.js';
import type { Random } from './chance.js';
import { closePulse, dropSalt, settle, tellChannels } from './closing.js';
import { middleOf } from './course.js';
import { drawSoon } from './drawing.js';
import { changePulse, pulsesIn } from './lookup.js';
import { isOver, type Pulse, type Stage } from './model.js';
import { postRest } from './posting.js';
import { pulsePrivacy } from './privacy.js';
import { runningRoutes } from './running.js';
import { tellingRoutes } from './telling.js';
import { votingRoutes } from './voting.js';
import { pulseWords } from './words/index.js';

/** A draft that nobody has posted is forgotten after this long, in milliseconds. */
const draftLasts = 86_400_000;

/** @param chance where salts, keys and lots come from */
export const pulseFeature = ({ random = randomBytes }: { readonly random?: Random } = {}): Feature => ({
  name: 'pulse',
  about: 'about',
  main: 'pulse.new',
  routes: {
    ...askingRoutes(random),
    ...votingRoutes(random),
    ...tellingRoutes,
    ...runningRoutes(random),
  },
  words: pulseWords,
  privacy: pulsePrivacy,
  async tick(now, bot) {
    await closeDue(now, bot, random);
    await tendOpen(now, bot, random);
    await forgetDrafts(now, bot);
  },
});

export const pulse = pulseFeature();

/** What is over, and what closed without being finished; first, since nothing else is as pressing. */
async function closeDue(now: Date, bot: Bot, random: Random): Promise<void> {
  await forEach('open', bot, async ({ id, value }) => {
    if (isOver(value, now)) await closePulse(id, 'time', bot, random);
  });
  await forEach('closing', bot, (doc) => settle(doc, bot));
}

/** Cards that are not posted or not drawn yet, and the note at half-time. */
async function tendOpen(now: Date, bot: Bot, random: Random): Promise<void> {
  await forEach('open', bot, async (doc) => {
    await postRest(doc, bot, random);
    drawSoon(doc, bot);
    const { hasNote, isNoted } = doc.value;
    if (!hasNote || isNoted || now.getTime() < middleOf(doc.value).getTime()) return;
    await tellChannels(doc, 'midway', bot);
    await changePulse(doc.id, bot, (pulse) => ({ ...pulse, isNoted: true }));
  });
}

async function forgetDrafts(now: Date, bot: Bot): Promise<void> {
  await forEach('draft', bot, async (doc) => {
    if (now.getTime() - Date.parse(doc.value.createdAt) < draftLasts) return;
    if (await pulsesIn(bot).remove(doc)) await dropSalt(doc.id, bot);
  });
}

/** What goes wrong with one pulse keeps the others from nothing; the next beat comes back to it. */
async function forEach(stage: Stage, bot: Bot, work: (doc: Doc<Pulse>) => Promise<void>): Promise<void> {
  const done = await Promise.allSettled((await pulsesIn(bot).find({ stage })).map(work));
  for (const one of done) {
    if (one.status === 'rejected')
      bot.log.error({ stage, ...faultFacts(one.reason) }, 'a pulse could not be tended now');
  }
}
