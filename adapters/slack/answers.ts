// An answer -> the way on which it reaches the one who asked.
import type { Answer, Args, Attachment } from '../../src/core/call.js';
import type { Block, Card, Form } from '../../src/core/card.js';
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import { type Core, Undeliverable } from '../../src/core/platform.js';
import { encodeTarget } from '../../src/core/target.js';
import { within } from '../../src/core/within.js';
import type { Edits } from './edits.js';
import type { Files } from './files.js';
import type { Arrival } from './inbound.js';
import { limits, times } from './limits.js';
import { errorsAt, modalOf } from './modal.js';
import type { Receipt } from './receipt.js';
import { cardModal, type Message, messagesOf } from './render.js';
import { respondTo } from './respond.js';
import type { Sending } from './sending.js';
import { offerOf } from './shelf.js';
import type { Web } from './web.js';

/** Something that a member did, while it is being answered. */
export interface Exchange {
  readonly arrival: Arrival;
  readonly receipt: Receipt;
  /** Milliseconds since it arrived. */
  age(): number;
}

export interface Ways {
  readonly web: Web;
  readonly sending: Sending;
  readonly edits: Edits;
  readonly files: Files;
  readonly core: Core;
  readonly log: Logger;
}

export type Deliver = (exchange: Exchange, answer: Answer) => Promise<void>;

/** For the asker alone; links in what we say are not unfolded. */
const privately = ({ text, blocks }: Message) =>
  ({ response_type: 'ephemeral', unfurl_links: false, unfurl_media: false, text, blocks }) as const;

export function delivery(ways: Ways): Deliver {
  return async (exchange, answer) => {
    switch (answer.kind) {
      case 'say':
        if (answer.files?.length) await tellWith(answer.files, ways, exchange, answer.card);
        else await tell(ways, exchange, answer.card);
        break;
      case 'ask':
        await show(ways, exchange, answer.form, {});
        break;
      case 'again':
        await object(ways, exchange, answer.form, answer.wrong);
        break;
      case 'redraw':
        await drawAnew(ways, exchange, answer);
        break;
      case 'nothing':
        break;
    }
    await exchange.receipt.give();
  };
}

/** To the asker alone, on the shortest way that is open. */
export async function tell(ways: Ways, exchange: Exchange, card: Card): Promise<void> {
  const { arrival, receipt } = exchange;
  if (arrival.surface === 'card' || isHome(arrival)) {
    if (await showCard(ways, exchange, card)) return;
  }
  // A submission's acknowledgement closes the form; it has no room for a message.
  if (arrival.surface === 'form') await receipt.give();
  const pages = messagesOf(card).slice(0, limits.pages);
  for (const [at, page] of pages.entries()) {
    if (at === 0 && (await receipt.give(privately(page)))) continue;
    await whisper(ways, arrival, page);
  }
}

/** A card whose files go by direct message: it says what became of them, and never waits for them beyond its time. */
async function tellWith(files: readonly Attachment[], ways: Ways, exchange: Exchange, card: Card): Promise<void> {
  const { by, surface } = exchange.arrival;
  const below = (...more: readonly Block[]): Card => ({ ...card, blocks: [...card.blocks, ...more] });
  const sending = ways.files.send(by, files, card.locale);
  const outcome = await within(sending, Math.max(0, times.files - exchange.age()));
  await tell(ways, exchange, below(outcome?.remark ?? ways.files.coming(files, card.locale)));
  const { isSent, remark } = outcome ?? (await sending);
  if (outcome || isSent) return;
  try {
    // A modal that shows the card shows it anew; anywhere else the bad news comes after it.
    await tell(ways, exchange, surface === 'card' ? below(remark) : { locale: card.locale, blocks: [remark] });
  } catch (error) {
    ways.log.warn(faultFacts(error), 'that files were not sent could not be told');
  }
}

/** Whatever began in App Home is answered in a modal: there is no channel to say it in. */
const isHome = ({ surface, opened }: Arrival): boolean =>
  surface === 'home' || (surface === 'form' && opened.channel === undefined);

async function whisper({ sending, log }: Ways, arrival: Arrival, page: Message): Promise<void> {
  const url = arrival.responseUrl;
  if (url && (await respondTo(url, { ...privately(page), replace_original: false }, log))) return;
  await sending.whisper(arrival.by, arrival.opened, page);
}

/** @returns false when no modal could show it */
async function showCard(ways: Ways, exchange: Exchange, card: Card): Promise<boolean> {
  const { arrival, receipt } = exchange;
  const view = cardModal(card, { ...arrival.opened, message: undefined });
  if (arrival.surface === 'form') return receipt.give({ response_action: 'update', view });
  if (arrival.surface === 'home') return openView(ways, exchange, view);
  const id = arrival.view?.id;
  if (id === undefined) return false;
  return done(
    ways,
    ways.web.quick((client) => client.views.update({ view_id: id, view })),
  );
}

async function openView(ways: Ways, exchange: Exchange, view: ReturnType<typeof modalOf>): Promise<boolean> {
  const { triggerId, surface } = exchange.arrival;
  if (!triggerId || exchange.age() > times.trigger) return false;
  const asked = { trigger_id: triggerId, view };
  // On top of the modal that the button sits in.
  return done(
    ways,
    ways.web.quick((client) => (surface === 'card' ? client.views.push(asked) : client.views.open(asked))),
  );
}

async function done({ log }: Ways, call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    log.warn(faultFacts(error), 'a view could not be shown');
    return false;
  }
}

/** A form: in the modal that is open, in a new one, or behind a button where its time is over. */
async function show(ways: Ways, exchange: Exchange, form: Form, wrong: Args): Promise<void> {
  const { arrival, receipt } = exchange;
  const view = modalOf(form, arrival.opened, wrong);
  const isShown =
    arrival.surface === 'form'
      ? await receipt.give({ response_action: 'update', view })
      : await openView(ways, exchange, view);
  if (isShown) return;
  await offer(ways, exchange, form, wrong);
}

async function offer(ways: Ways, exchange: Exchange, form: Form, wrong: Args): Promise<void> {
  const { arrival } = exchange;
  const typed = arrival.surface === 'form' ? arrival.args : {};
  await tell(ways, exchange, await offerOf(form, wrong, typed, arrival.by, ways.core, ways.log));
}

/** The form once more. In an open modal Slack keeps what was typed and shows what is wrong at the fields. */
async function object(ways: Ways, exchange: Exchange, form: Form, wrong: Args): Promise<void> {
  const { arrival, receipt } = exchange;
  const { view } = arrival;
  const isSameForm = arrival.surface === 'form' && view?.callbackId === encodeTarget(form.target);
  const errors = isSameForm ? errorsAt(view.inputs, wrong) : undefined;
  if (!errors) return show(ways, exchange, form, wrong);
  if (await receipt.give({ response_action: 'errors', errors })) return;
  await offer(ways, exchange, form, wrong);
}

/** The message that the button sits on, drawn anew where it is. */
async function drawAnew(ways: Ways, exchange: Exchange, answer: Extract<Answer, { kind: 'redraw' }>): Promise<void> {
  const { arrival, receipt } = exchange;
  const { card, rev, note } = answer;
  const { on, opened, surface } = arrival;
  const isOnMessage = on !== undefined && !opened.isEphemeral && (surface === 'public' || surface === 'form');
  if (surface === 'private') await replace(ways, exchange, card);
  else if (isOnMessage) {
    // The form closes at once; the message may wait for its turn.
    await receipt.give();
    await ways.edits.draw(on, card, rev).catch((error: unknown) => drawElsewhere(ways, exchange, card, error));
  } else {
    const blocks = surface === 'card' && note ? [...note.blocks, ...card.blocks] : card.blocks;
    await tell(ways, exchange, { ...card, blocks });
    if (surface === 'card') return;
  }
  if (note) await tell(ways, exchange, note);
}

/** A message that one person alone sees can be changed through the response_url of a click on it, and no other way. */
async function replace(ways: Ways, exchange: Exchange, card: Card): Promise<void> {
  const { arrival } = exchange;
  const [first, ...others] = messagesOf(card);
  const url = arrival.responseUrl;
  const isReplaced = url && (await respondTo(url, { ...privately(first), replace_original: true }, ways.log));
  if (!isReplaced) await ways.sending.whisper(arrival.by, arrival.opened, first);
  for (const page of others.slice(0, limits.pages - 1)) await whisper(ways, arrival, page);
}

/** Where we may not edit any more, the click itself still lets us. */
async function drawElsewhere(ways: Ways, exchange: Exchange, card: Card, error: unknown): Promise<void> {
  ways.log.warn(faultFacts(error), 'a message could not be drawn anew');
  const url = exchange.arrival.responseUrl;
  if (!(error instanceof Undeliverable) || !url) return;
  const [first] = messagesOf(card);
  await respondTo(url, { replace_original: true, ...first }, ways.log);
}
