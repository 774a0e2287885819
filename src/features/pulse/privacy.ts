// What is kept of a person: the pulses they asked, their answers; and taking all of it out again.
import { type Person, personId } from '../../core/call.js';
import type { Bot, Privacy } from '../../core/feature.js';
import { answerOf, forgotten } from './answering.js';
import { dropSalt } from './closing.js';
import { drawAll } from './drawing.js';
import { changePulse, keyFor, pulsesIn } from './lookup.js';
import type { Pulse } from './model.js';
import { forgetSeats } from './seats.js';

export const pulsePrivacy: Privacy = {
  tells: ['privacyNamed', 'privacyAnonymous', 'privacyLimits'],

  async exports(of, bot) {
    const asked: object[] = [];
    const answered: object[] = [];
    for (const { id, value } of await pulsesIn(bot).find()) {
      if (value.author === personId(of)) asked.push(authored(id, value));
      const key = await answerKey(id, value, of, bot);
      const answer = key === undefined ? undefined : answerOf(value, key);
      if (!answer) continue;
      const options = answer.options.map((option) => value.options[option] ?? '');
      const reason = answer.reason === undefined ? {} : { reason: answer.reason };
      answered.push({ id, question: value.question, isAnonymous: value.isAnonymous, answer: options, ...reason });
    }
    return asked.length + answered.length === 0 ? undefined : { asked, answered };
  },

  async erases(of, bot) {
    await forgetSeats(of, bot);
    for (const { id, value } of await pulsesIn(bot).find()) {
      if (value.author === personId(of) && value.state === 'draft') await removeDraft(id, bot);
      else await erase(id, value, of, bot);
    }
  },
};

const authored = (id: string, { question, options, state, createdAt }: Pulse): object => ({
  ...{ id, question, options, state, createdAt },
});

/** Of an anonymous pulse only while it is open: after that nothing can tell whose an answer was. */
const answerKey = (id: string, pulse: Pulse, of: Person, bot: Bot): Promise<string | undefined> =>
  pulse.answers.length === 0 ? Promise.resolve(undefined) : keyFor(id, pulse, of, bot);

async function removeDraft(id: string, bot: Bot): Promise<void> {
  const doc = await pulsesIn(bot).get(id);
  if (doc?.value.state === 'draft' && (await pulsesIn(bot).remove(doc))) await dropSalt(id, bot);
}

/** Their answer is withdrawn, the tally counted anew, their name taken off the card; the pulse itself stays. */
async function erase(id: string, pulse: Pulse, of: Person, bot: Bot): Promise<void> {
  const key = await answerKey(id, pulse, of, bot);
  const isAuthors = pulse.author === personId(of);
  if (!isAuthors && (key === undefined || !answerOf(pulse, key))) return;
  const doc = await changePulse(id, bot, (old) => {
    const { author, ...rest } = key === undefined ? old : forgotten(old, key);
    return author === personId(of) ? { ...rest, face: rest.face + 1 } : { ...rest, ...(author ? { author } : {}) };
  });
  // Waited for: the last copy of the name is in the card that the outbox keeps.
  await drawAll(doc, bot);
}
