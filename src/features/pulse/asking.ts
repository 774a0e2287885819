// Routes of who asks: the form, the line, the preview and its settings, posting.
import { type Answer, ask, type Call, type Place, redraw, say } from '../../core/call.js';
import type { Card } from '../../core/card.js';
import type { Bot, Route } from '../../core/feature.js';
import { refuse } from '../../core/refusal.js';
import type { Doc } from '../../core/store.js';
import type { Random } from './chance.js';
import { dropSalt } from './closing.js';
import { answerKinds, contentOf, contentOfLine, filledFrom, filledWith, lineIn, refilled } from './content.js';
import { closingAt, closingOf } from './course.js';
import { pulseForm } from './forms.js';
import {
  changePulse,
  keepDraft,
  mostOfOne,
  mostOfSpace,
  openCounts,
  ownPulse,
  pulsesIn,
  refuseOverLimit,
} from './lookup.js';
import { type AskedIn, askedIn, type Content, type Pulse } from './model.js';
import { sentence } from './own-cards.js';
import { post } from './posting.js';
import {
  postedCard,
  previewCard,
  settingsCard,
  type Template,
  templateOptions,
  templates,
  toggleNamed,
} from './preview-cards.js';
import { seated } from './seats.js';

/** An own card that was pressed on is drawn anew; where a form or a command was used there is none. */
export const answerWith = (call: Call, card: Card): Answer => (call.on ? redraw(card) : say(card));

const zoneOf = async (call: Call, bot: Bot): Promise<string | undefined> => (await bot.profile(call.by)).zone;

/** A channel as it is to be asked: in its language, and with a button to translate where it has several. */
export async function askedAt(place: Place, bot: Bot): Promise<AskedIn> {
  const locale = (await bot.settings.channelLocale(place)) ?? 'en';
  return askedIn(place, locale, await bot.settings.isMultilingual(place));
}

/** The channel at hand, where it is one that the caller is in. */
async function placeAt(call: Call, bot: Bot): Promise<AskedIn | undefined> {
  if ((await bot.presence(call.place, call.by)) === 'absent') return undefined;
  return askedAt(call.place, bot);
}

async function preview(doc: Doc<Pulse>, call: Call, bot: Bot): Promise<Card> {
  const closesAt = closingOf(doc.value, bot.clock.now());
  return previewCard(doc, closesAt, await openCounts(call.by, bot), call.locale);
}

/** A button that opens the form may bring a question that looks like a line; only what was typed is one. */
const typedLine = (call: Call) => (call.on ? undefined : lineIn(call.args));

/** The form, with what was typed; of a draft, with what it holds. */
async function formFor(call: Call, bot: Bot) {
  const draft = call.args.id === undefined ? undefined : await ownDraft(call, bot);
  const filled = filledFrom(call.args, draft && filledWith(draft.value), typedLine(call));
  return pulseForm(filled, call.locale, draft ? draft.value.zone : await zoneOf(call, bot), draft?.id);
}

/** @throws Refusal `alreadyPosted` for what is no draft any more */
async function ownDraft(call: Call, bot: Bot): Promise<Doc<Pulse>> {
  const doc = await ownPulse(call, bot);
  if (doc.value.state !== 'draft') throw refuse('alreadyPosted');
  return doc;
}

/** Where nothing can be posted just now, that is said before anything is typed. */
async function overLimit(call: Call, bot: Bot): Promise<Answer | undefined> {
  const { mine, space } = await openCounts(call.by, bot);
  const command = '/pulse list';
  if (mine >= mostOfOne) return say(sentence(call.locale, 'tooManyOfYours', { most: String(mostOfOne), command }));
  if (space >= mostOfSpace) return say(sentence(call.locale, 'tooManyHere', { most: String(mostOfSpace) }));
  return undefined;
}

export function askingRoutes(random: Random): Readonly<Record<string, Route>> {
  /** `/pulse "Question" "A" "B"`: posted at once. */
  const postLine = async (call: Call, content: Content, bot: Bot): Promise<Answer> => {
    await refuseOverLimit(call.by, bot);
    const place = await placeAt(call, bot);
    if (!place) throw refuse('cannotWriteThere');
    const zone = await zoneOf(call, bot);
    closingAt(content.closes, bot.clock.now(), zone);
    const draft = await keepDraft(content, { by: call.by, place, zone }, bot);
    return say(postedCard(await seated(draft.id, call.by, bot, () => post(draft.id, bot, random)), call.locale));
  };

  return {
    'pulse.new': {
      typed: {
        about: 'aboutNew',
        options: [
          { name: 'question', about: 'optionQuestion', rest: true },
          { name: 'options', about: 'optionOptions' },
          { name: 'kind', about: 'optionKind', choices: answerKinds.map((value) => ({ value, label: value })) },
          {
            name: 'results',
            about: 'optionResults',
            choices: ['live', 'hidden'].map((value) => ({ value, label: value })),
          },
          { name: 'closes', about: 'optionCloses' },
        ],
      },
      form: formFor,
      async run(call, bot) {
        const full = await overLimit(call, bot);
        if (full) return full;
        const line = typedLine(call);
        if (!line) return ask(await formFor(call, bot));
        return postLine(call, contentOfLine(line, call.args.question ?? ''), bot);
      },
    },
    'pulse.draft': { form: formFor, run: draft },
    'pulse.about': { run: (call, bot) => about(call, bot) },
    'pulse.redraft': { run: async (call, bot) => ask(await formFor(call, bot)) },
    'pulse.preview': {
      run: async (call, bot) => answerWith(call, await preview(await ownDraft(call, bot), call, bot)),
    },
    'pulse.settings': {
      run: async (call, bot) => answerWith(call, settingsCard(await ownDraft(call, bot), call.locale)),
    },
    'pulse.set': { run: set },
    'pulse.discard': { run: discard },
    'pulse.post': {
      async run(call, bot) {
        const { id } = await ownDraft(call, bot);
        const posted = await seated(id, call.by, bot, () => post(id, bot, random));
        return answerWith(call, postedCard(posted, call.locale));
      },
    },
  };
}

/** A button on something of another feature: the form, with what that feature would ask. */
async function about(call: Call, bot: Bot): Promise<Answer> {
  const { from, id = '' } = call.args;
  const question = await bot.features.find(({ name }) => name === from)?.questionFor?.(id, call, bot);
  if (question === undefined) throw refuse('oldButton');
  return (await overLimit(call, bot)) ?? ask(await formFor({ ...call, args: { question } }, bot));
}

/** A form that was filled in: the preview, of a new draft or of the one that the form was opened from. */
async function draft(call: Call, bot: Bot): Promise<Answer> {
  const old = call.args.id === undefined ? undefined : await ownDraft(call, bot);
  const place = old ? old.value.places[0] : await placeAt(call, bot);
  const zone = old ? old.value.zone : await zoneOf(call, bot);
  const locale = place?.locale ?? call.locale;
  const content = contentOf(filledFrom(call.args), templateOptions('yesNo', locale));
  closingAt(content.closes, bot.clock.now(), zone);
  if (!old) {
    // The message that the form was opened from is not ours to change: it may be a reminder that all see.
    return say(await preview(await keepDraft(content, { by: call.by, place, zone }, bot), call, bot));
  }
  const doc = await changePulse(old.id, bot, (pulse) => asDraft(pulse, refilled(pulse, content, bot.clock.now())));
  return answerWith(call, await preview(doc, call, bot));
}

/** @throws Refusal `alreadyPosted` when it has been posted meanwhile */
function asDraft(before: Pulse, after: Pulse): Pulse {
  if (before.state !== 'draft') throw refuse('alreadyPosted');
  return after;
}

/** A press on the settings, or a choice there. */
async function set(call: Call, bot: Bot): Promise<Answer> {
  const { id, value } = await ownDraft(call, bot);
  const toggle = toggleNamed(call.args.toggle);
  const most = Number(call.args.most);
  const template = Object.keys(templates).find((name): name is Template => name === call.args.template);
  const options = template && templateOptions(template, value.places[0]?.locale ?? call.locale);
  const doc = await changePulse(id, bot, (pulse) => {
    if (toggle) return asDraft(pulse, { ...pulse, [toggle]: !pulse[toggle] });
    if (options) return asDraft(pulse, withOptions(pulse, options));
    const isLimit = pulse.most > 1 && Number.isInteger(most) && most > 1 && most <= pulse.options.length;
    return isLimit ? asDraft(pulse, { ...pulse, most }) : pulse;
  });
  return answerWith(call, settingsCard(doc, call.locale));
}

const withOptions = (pulse: Pulse, options: string[]): Pulse => ({
  ...pulse,
  options,
  most: pulse.most > 1 ? options.length : 1,
});

async function discard(call: Call, bot: Bot): Promise<Answer> {
  const doc = await ownDraft(call, bot);
  if (await pulsesIn(bot).remove(doc)) await dropSalt(doc.id, bot);
  return answerWith(call, sentence(call.locale, 'discarded'));
}
