// A space with two members of staff, sam and tess, and members alice and bob.
import type { Answer, Args, Incoming } from '../../../../src/core/call.js';
import type { Card, Form } from '../../../../src/core/card.js';
import { cardOf, type Harness, harness, textOf } from '../../../support/harness.js';
import type { MemoryStore } from '../../../support/memory-store.js';

export async function stage(options: { now?: string; store?: MemoryStore; staff?: string } = {}): Promise<Harness> {
  const bot = await harness({ staff: 'staff', ...options });
  bot.platform.channels.set('staff', { state: 'private', members: new Set(['sam', 'tess']) });
  return bot;
}

export function formOf(answer: Answer): Form {
  if (answer.kind === 'ask' || answer.kind === 'again') return answer.form;
  throw new Error(`an answer of kind ${answer.kind} has no form`);
}

/** Sends a form as a person would: what it was filled in with, and what they typed. */
export function submit(bot: Harness, person: string, answer: Answer, typed: Args, where = {}): Promise<Answer> {
  const { target, fields } = formOf(answer);
  const filled = fields.flatMap(({ name, value }) => (value ? [[name, value] as const] : []));
  const sent = Object.entries({ ...Object.fromEntries(filled), ...typed }).filter(([, value]) => value !== '');
  return bot.call(person, target.to, { ...target.args, ...Object.fromEntries(sent) }, where);
}

/** An entry of the space's own, made by sam. */
export async function addEntry(bot: Harness, term: string, expansion: string, more: Args = {}): Promise<Card> {
  const answer = await bot.call('sam', 'glossary.save', { term, expansion, language: 'en', stands: 'beside', ...more });
  return cardOf(answer);
}

/** What a member reads who looks a term up. */
export const lookUp = async (bot: Harness, term: string, where = {}): Promise<string> =>
  textOf(cardOf(await bot.type('alice', `/acronym ${term}`, where)));

/** A call from a member of another space, with the same store behind it. */
export function fromElsewhere(bot: Harness, person: string, to: string, args: Args = {}): Promise<Answer> {
  const space = { platform: 'fake', space: 'S2' };
  const incoming: Incoming = { to, args, by: { ...space, person }, place: { ...space, channel: 'general' } };
  return bot.core.answer(incoming);
}

/** The texts of what a person was told in private, oldest first. */
export const toldTo = (bot: Harness, person: string): string[] =>
  bot.platform.messages.filter(({ posted }) => posted.channel === `dm-${person}`).map(({ card }) => textOf(card));

/** Cards in the staff channel as they now read. */
export const staffCards = (bot: Harness): Card[] =>
  bot.platform.messages.filter(({ posted }) => posted.channel === 'staff').map(({ card }) => card);
