// From an arrival to its answer: asks core, delivers, and says so where that fails.
import { randomBytes } from 'node:crypto';
import type { Incoming } from '../../src/core/call.js';
import { para } from '../../src/core/card.js';
import { faultFacts } from '../../src/core/fault.js';
import { coreWords } from '../../src/core/words/index.js';
import { delivery, type Exchange, tell, type Ways } from './answers.js';
import type { Home } from './home.js';
import type { Arrival } from './inbound.js';
import type { People } from './people.js';

export interface Answering extends Ways {
  readonly people: People;
  readonly home: Home;
  /** The workspace that installed us. */
  readonly space: string;
  /** The workspace has thrown us out. */
  onDead(reason: string): void;
}

/** @returns false when the same may be sent once more: the form came back, or the answer could not be given */
export async function answerTo(own: Answering, exchange: Exchange): Promise<boolean> {
  const { arrival } = exchange;
  const incoming = await incomingOf(own, arrival);
  try {
    const answer = await own.core.answer(incoming);
    await delivery(own)(exchange, answer);
    if (arrival.opened.channel === undefined) await drawHome(own, arrival.by.person, false);
    return answer.kind !== 'again';
  } catch (error) {
    const reference = randomBytes(4).toString('hex');
    own.log.error({ reference, ...faultFacts(error) }, 'an answer could not be delivered');
    const locale = await own.core.localeOf(incoming);
    await tell(own, exchange, { locale, blocks: [para(...coreWords(locale).text('fault', { reference }))] });
    return false;
  }
}

async function incomingOf({ people }: Answering, { to, args, by, place, on }: Arrival): Promise<Incoming> {
  const platformLocale = await people.localeOf(by.person);
  return { to, args, by, place, ...(on ? { on } : {}), ...(platformLocale === undefined ? {} : { platformLocale }) };
}

/** Draws someone's App Home where it differs from what it shows; it is drawn at the next opening if that fails. */
export async function drawHome(own: Answering, user: string, isEmpty: boolean): Promise<void> {
  try {
    await own.home.draw(user, own.space, isEmpty);
  } catch (error) {
    own.log.warn(faultFacts(error), 'App Home could not be drawn');
  }
}
