// Routes of those who are asked: answer, my answer, withdraw, a reason.
import { ask, type Call, redraw, type Answer as Said, say } from '../../core/call.js';
import type { Card } from '../../core/card.js';
import { type Bot, need, type Route } from '../../core/feature.js';
import { Refusal, refuse } from '../../core/refusal.js';
import type { Doc } from '../../core/store.js';
import { answerOf, cast, dropped, reasoned, withdrawn } from './answering.js';
import { pulseCard } from './cards.js';
import type { Random } from './chance.js';
import { closePulse } from './closing.js';
import { drawSoon, noteCard } from './drawing.js';
import { reasonForm } from './forms.js';
import { changePulse, keyFor, pulseFor, seatOf } from './lookup.js';
import { type Answer, isOver, isSameChannel, type Pulse } from './model.js';
import { answeringCard, closedNote, ownCard } from './own-cards.js';

/** Who answers which pulse, from where. */
interface Voter {
  readonly doc: Doc<Pulse>;
  readonly key: string;
  readonly place: number;
}

export function votingRoutes(random: Random): Readonly<Record<string, Route>> {
  /** @throws Refusal for who may not answer; @returns the answer for who comes too late */
  const admitted = async (call: Call, bot: Bot): Promise<Voter | Said> => {
    const doc = await pulseFor(call, bot);
    if (doc.value.state === 'draft') throw refuse('stillDraft');
    const place = await seatOf(doc.value, call, bot);
    if (isOver(doc.value, bot.clock.now())) return late(call, bot);
    const key = await keyFor(doc.id, doc.value, call.by, bot);
    return key === undefined ? late(call, bot) : { doc, key, place };
  };

  /** Says when it closed, and heals the message that was pressed on. Closes it, should nobody have done so. */
  const late = async (call: Call, bot: Bot): Promise<Said> => {
    const found = await pulseFor(call, bot);
    if (!isOver(found.value, bot.clock.now())) throw new Error('an anonymous pulse has lost its salt');
    const doc = found.value.state === 'closed' ? found : await closePulse(found.id, 'time', bot, random);
    const note = closedNote(doc, call.locale);
    const place = doc.value.places.find((one) => isSameChannel(one, call.place));
    if (!isOnCard(call) || !place) return say(note);
    return redraw(pulseCard(doc, place), { rev: doc.value.face, note });
  };

  const change = async (call: Call, bot: Bot, make: (pulse: Pulse, voter: Voter) => Pulse): Promise<Said> => {
    const voter = await admitted(call, bot);
    if ('kind' in voter) return voter;
    let before: Answer | undefined;
    try {
      const doc = await changePulse(voter.doc.id, bot, (pulse) => {
        before = answerOf(pulse, voter.key);
        return make(pulse, voter);
      });
      if (isOnCard(call) && call.on) await noteCard(doc, call.on, bot);
      drawSoon(doc, bot);
      return answered(doc, voter.key, before, call);
    } catch (error) {
      if (error instanceof Refusal && error.key === 'alreadyClosed') return late(call, bot);
      throw error;
    }
  };

  return {
    'pulse.answer': {
      run: (call, bot) => {
        const option = Number(need(call.args, 'option'));
        return change(call, bot, (pulse, { key, place }) => cast(pulse, { key, option, place }, bot.clock.now()));
      },
    },
    'pulse.withdraw': {
      run: (call, bot) => change(call, bot, (pulse, { key }) => withdrawn(pulse, key, bot.clock.now())),
    },
    'pulse.drop': {
      run: (call, bot) => {
        const option = Number(need(call.args, 'option'));
        return change(call, bot, (pulse, { key }) => dropped(pulse, key, option, bot.clock.now()));
      },
    },
    'pulse.mine': {
      async run(call, bot) {
        const voter = await admitted(call, bot);
        if ('kind' in voter) return voter;
        const receipt = { answer: answerOf(voter.doc.value, voter.key) };
        const isAfar = call.args.own === 'note';
        return say((isAfar ? answeringCard : ownCard)(voter.doc, receipt, call.locale));
      },
    },
    'pulse.reason': {
      async run(call, bot) {
        const voter = await admitted(call, bot);
        if ('kind' in voter) return voter;
        const own = answerOf(voter.doc.value, voter.key);
        if (!own) throw refuse('answerFirst');
        return ask(reasonForm(voter.doc, own.reason, call.locale));
      },
    },
    // Without `form`: what somebody typed here must not be kept as a draft with their name on it.
    'pulse.reasoned': {
      run: (call, bot) => {
        const reason = call.args.reason ?? '';
        return change({ ...call, args: { ...call.args, own: 'form' } }, bot, (pulse, { key }) =>
          reasoned(pulse, key, reason, bot.clock.now()),
        );
      },
    },
  };
}

/** Whether the button that was pressed sits on the card that all see, rather than on a private answer. */
const isOnCard = ({ args, on }: Call): boolean => on !== undefined && args.own === undefined;

/** A press on a private answer changes that answer; anything else gets a new one. */
function answered(doc: Doc<Pulse>, key: string, before: Answer | undefined, call: Call): Said {
  const answer = answerOf(doc.value, key);
  const isChanged = JSON.stringify(before) !== JSON.stringify(answer);
  const isReason = before?.options.join() === answer?.options.join() && isChanged;
  const receipt = isReason || !before ? { answer } : { answer, before: before.options, isChanged };
  const card: Card = ownCard(doc, receipt, call.locale);
  return call.args.own === '1' && call.on ? redraw(card) : say(card);
}
