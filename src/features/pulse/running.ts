// Routes of who runs a pulse: close, extend, reopen, mend, further channels.
import { type Answer, ask, type Call, say } from '../../core/call.js';
import { para } from '../../core/card.js';
import { type Bot, type Feature, need, type Route } from '../../core/feature.js';
import { refuse } from '../../core/refusal.js';
import { answerWith, askedAt } from './asking.js';
import { timing } from './cards.js';
import { doorKeyIn, newKey, type Random } from './chance.js';
import { closePulse } from './closing.js';
import { optionsIn, questionIn } from './content.js';
import { alsoIn, entered, extended, keyed, keyReturned, mended, refuseUnmendable, reopened } from './course.js';
import { drawSoon } from './drawing.js';
import { channelForm, closingForm, mendForm } from './forms.js';
import {
  changePulse,
  isAuthor,
  keyFor,
  ownPulse,
  pulsesIn,
  refuseFullSpace,
  refuseOverLimit,
  runPulse,
} from './lookup.js';
import type { Pulse } from './model.js';
import { closeCard, sentence } from './own-cards.js';
import { pulseWords, shortQuestion } from './phrases.js';
import { joinChannel } from './posting.js';
import { keyCard, placeName, settingsCard } from './preview-cards.js';
import { seated } from './seats.js';
import { idOption, resultsFor, suggestIds } from './telling.js';

export function runningRoutes(random: Random): Feature['routes'] {
  return {
    'pulse.close': {
      typed: { about: 'aboutClose', options: [idOption] },
      suggest: suggestIds,
      async run(call, bot) {
        const doc = await runPulse(call, bot);
        if (doc.value.state !== 'open') throw refuse(doc.value.state === 'draft' ? 'stillDraft' : 'alreadyClosed');
        if (call.args.sure !== 'yes') return say(closeCard(doc, call.locale));
        const closed = await closePulse(doc.id, isAuthor(doc.value, call) ? 'author' : 'staff', bot, random);
        return say(await resultsFor(closed, call, bot));
      },
    },
    'pulse.extend': { ...postponing('extend', extended), suggest: suggestIds },
    'pulse.reopen': { ...postponing('reopen', reopened), suggest: suggestIds },
    'pulse.edit': {
      typed: { about: 'aboutEdit', options: [idOption] },
      suggest: suggestIds,
      form: async (call, bot) => mendForm(await ownPulse(call, bot), call.args, call.locale),
      run: mend,
    },
    'pulse.add': {
      typed: { about: 'aboutAdd', options: [{ name: 'id', about: 'optionKey', required: true }] },
      run: add,
    },
    'pulse.channel': {
      form: async (call) => channelForm(need(call.args, 'id'), call.args.channel ?? '', call.locale),
      run: addNamed,
    },
    'pulse.key': {
      async run(call, bot) {
        const { id } = await ownPulse(call, bot);
        const value = newKey(random);
        const doc = await changePulse(id, bot, (pulse) => {
          if (pulse.state !== 'open') throw refuse('alreadyClosed');
          return keyed(pulse, value, bot.clock.now());
        });
        return say(keyCard(doc, call.locale));
      },
    },
  };
}

/** What `extend` and `reopen` have in common: a form for the closing unless it was typed, and the change. */
function postponing(what: 'extend' | 'reopen', change: typeof extended): Route {
  return {
    typed: {
      about: what === 'extend' ? 'aboutExtend' : 'aboutReopen',
      options: [idOption, { name: 'closes', about: 'optionCloses', rest: true }],
    },
    form: async (call, bot) => {
      const { id, value } = await ownPulse(call, bot);
      return closingForm(id, what, call.args.closes ?? '', call.locale, value);
    },
    async run(call, bot) {
      const { id, value } = await ownPulse(call, bot);
      if (what === 'reopen') await refuseOverLimit(call.by, bot);
      const now = bot.clock.now();
      if (!call.args.closes) {
        refuseHopeless(value, what);
        return ask(closingForm(id, what, '', call.locale, value));
      }
      const typed = call.args.closes;
      const changed = () => changePulse(id, bot, (pulse) => change(pulse, typed, now));
      const doc = what === 'reopen' ? await seated(id, call.by, bot, changed) : await changed();
      drawSoon(doc, bot);
      return say({ locale: call.locale, blocks: timing(doc.value, pulseWords(call.locale)) });
    },
  };
}

/** Nobody fills in a form for what is not possible. */
function refuseHopeless({ state, isAnonymous }: Pulse, what: 'extend' | 'reopen'): void {
  if (what === 'extend' && state !== 'open') throw refuse(state === 'draft' ? 'stillDraft' : 'alreadyClosed');
  if (what === 'reopen' && state !== 'closed') throw refuse('stillOpen');
  if (what === 'reopen' && isAnonymous) throw refuse('noReopening');
}

async function mend(call: Call, bot: Bot): Promise<Answer> {
  const doc = await ownPulse(call, bot);
  if (call.args.question === undefined) {
    refuseUnmendable(doc.value, bot.clock.now());
    return ask(mendForm(doc, {}, call.locale));
  }
  const question = questionIn(call.args.question);
  const options = optionsIn(call.args.options ?? '', { before: doc.value.options });
  const own = await keyFor(doc.id, doc.value, call.by, bot);
  const after = await changePulse(doc.id, bot, (pulse) => mended(pulse, { question, options }, own, bot.clock.now()));
  drawSoon(after, bot);
  return say(sentence(call.locale, 'mended'));
}

/** Typed in the channel in which it is to be asked: by its author there, or elsewhere with the key. */
async function add(call: Call, bot: Bot): Promise<Answer> {
  const door = doorKeyIn(need(call.args, 'id'));
  const here = await askedAt(call.place, bot);
  const w = pulseWords(call.locale);
  if (!door) {
    const doc = await ownPulse(call, bot);
    await joinChannel(doc, here, call, bot, { join: (pulse) => alsoIn(pulse, here) });
    return say({ locale: call.locale, blocks: [para(...w.text('added', { where: placeName(here, call.by, w) }))] });
  }
  const doc = await pulsesIn(bot).get(door.id);
  if (!doc) throw refuse('unknownKey');
  const now = bot.clock.now();
  await refuseFullSpace(call.by, bot);
  let used: Pulse['doorKey'];
  await joinChannel(doc, here, call, bot, {
    join: (pulse) => {
      used = pulse.doorKey;
      return entered(pulse, door.key, here, now);
    },
    undo: (pulse) => keyReturned(pulse, used),
  });
  const question = shortQuestion(doc.value);
  return say({ locale: call.locale, blocks: [para(...w.text('addedHere', { question }))] });
}

/** A channel that was chosen in a form: of the caller's own workspace. */
async function addNamed(call: Call, bot: Bot): Promise<Answer> {
  const doc = await ownPulse(call, bot);
  const { channel } = call.args;
  if (!channel) return ask(channelForm(doc.id, '', call.locale));
  const { platform, space } = call.by;
  const place = { platform, space, channel };
  const there = await askedAt(place, bot);
  const after = await joinChannel(doc, there, call, bot, { join: (pulse) => alsoIn(pulse, there) });
  if (after.value.state === 'draft') return answerWith(call, settingsCard(after, call.locale));
  const w = pulseWords(call.locale);
  return say({ locale: call.locale, blocks: [para(...w.text('added', { where: placeName(there, call.by, w) }))] });
}
