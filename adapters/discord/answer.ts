// Answer -> the reply to an interaction, within Discord's three seconds.

import type { Answer, Args, Incoming } from '../../src/core/call.js';
import { button, buttons, type Card, type Form, para } from '../../src/core/card.js';
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import type { Core } from '../../src/core/platform.js';
import { within } from '../../src/core/within.js';
import { coreWords } from '../../src/core/words/index.js';
import { times } from './limits.js';
import type { Reply } from './reply.js';

export interface Answering {
  readonly core: Core;
  readonly log: Logger;
  /** Whether this revision may be drawn on the message: nothing newer has been. */
  readonly mayDraw: (message: string, rev: number | undefined) => boolean;
}

/**
 * Waits two seconds for the answer, then defers; so what is ready in time is one exchange.
 * @throws what discord.js threw, 10062 and 40060 included
 */
export async function answerTo(reply: Reply, incoming: Incoming, work: Answering): Promise<void> {
  const answer = work.core.answer(incoming);
  if ((await within(answer, times.answer)) === undefined) {
    try {
      await reply.defer();
    } finally {
      // The work goes on, whether or not its answer can still arrive.
      await Promise.allSettled([answer]);
    }
  }
  await deliver(reply, incoming, await answer, work);
}

async function deliver(reply: Reply, incoming: Incoming, answer: Answer, work: Answering): Promise<void> {
  switch (answer.kind) {
    case 'say':
      return reply.say(answer.card, answer.files);
    case 'ask':
      return showForm(reply, incoming, answer.form, {}, work);
    case 'again':
      return showForm(reply, incoming, answer.form, answer.wrong, work);
    case 'redraw': {
      const { card, rev, note } = answer;
      if (incoming.on && !work.mayDraw(incoming.on.message, rev)) {
        // Somebody else's press has drawn it already, as it is now.
        if (!note) await reply.end();
      } else await reply.redraw(card);
      if (note) await reply.say(note);
      return;
    }
    case 'nothing':
      return reply.end();
  }
}

/** A modal can only be a first reply, and not to a modal; else a button opens it. */
async function showForm(reply: Reply, incoming: Incoming, form: Form, wrong: Args, work: Answering): Promise<void> {
  if (reply.takesForm) await reply.showForm(form, wrong);
  else await reply.say(await doorCard(form, incoming, wrong, work));
}

/** A private card with a button to the form; should the store be down, with what was typed, so that it is not lost. */
async function doorCard(form: Form, { by }: Incoming, wrong: Args, { core, log }: Answering): Promise<Card> {
  const w = coreWords(form.locale);
  const isAgain = Object.keys(wrong).length > 0;
  const labelOf = (name: string): string => form.fields.find((field) => field.name === name)?.label ?? '';
  const problems = Object.entries(wrong).map(([name, what]) =>
    para([labelOf(name), what].filter((part) => part !== '').join(': ')),
  );
  try {
    const target = await core.shelve(form, by);
    const door = buttons(button(w.label(isAgain ? 'backToForm' : 'openForm'), target, 'main'));
    return { locale: form.locale, blocks: isAgain ? [...problems, door] : [para(...w.text('formReady')), door] };
  } catch (error) {
    log.warn(faultFacts(error), 'a form could not be kept');
    const typed = form.fields.flatMap(({ label, value }) => (value ? [para(`${label}: ${value}`)] : []));
    return {
      locale: form.locale,
      blocks: [...problems, ...(typed.length > 0 ? [para(...w.text('formAgain')), ...typed] : [])],
    };
  }
}
