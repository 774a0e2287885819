// A form that cannot be shown just now: a card with a button that opens it.
import type { Args, Person } from '../../src/core/call.js';
import { type Block, button, buttons, type Card, type Form, facts, para } from '../../src/core/card.js';
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import type { Core } from '../../src/core/platform.js';
import { coreWords } from '../../src/core/words/index.js';
import { complaints } from './modal.js';

/**
 * Shelves a form and offers it. What was typed is never lost: where the form cannot be kept it is repeated.
 * @param wrong what is wrong with it, by field
 * @param typed what was filled in, by field
 */
export async function offerOf(
  form: Form,
  wrong: Args,
  typed: Args,
  by: Person,
  core: Core,
  log: Logger,
): Promise<Card> {
  const words = coreWords(form.locale);
  const fields = form.fields.map((field) => ({ ...field, value: typed[field.name] ?? field.value ?? '' }));
  const isAgain = Object.keys(wrong).length > 0;
  const said: readonly Block[] = complaints(form, wrong).map((text) => para(...text));
  try {
    const target = await core.shelve({ ...form, fields }, by);
    const blocks = [
      para(...words.text(isAgain ? 'formAgain' : 'formReady')),
      ...said,
      buttons(button(words.label(isAgain ? 'backToForm' : 'openForm'), target, 'main')),
    ];
    return { locale: form.locale, title: form.title, blocks };
  } catch (error) {
    log.error(faultFacts(error), 'a form could not be kept');
    const filled = fields.filter(({ value }) => value !== '');
    const repeated = filled.length > 0 ? [facts(...filled.map(({ label, value }) => [label, [value]] as const))] : [];
    return {
      locale: form.locale,
      title: form.title,
      blocks: [...said, ...repeated, para(...words.text('notRecorded'))],
    };
  }
}
