// What an asker sees before and right after posting: the preview, its settings, what became of it.
import {
  type Block,
  button,
  buttons,
  type Card,
  type Choice,
  channel,
  facts,
  type Inline,
  para,
  quiet,
  type Text,
  time,
  to,
} from '../../core/card.js';
import type { Locale } from '../../core/locale.js';
import { isolatedIn } from '../../core/wording.js';
import { pulseCard } from './cards.js';
import { mostOfOne, mostOfSpace, type OpenCounts } from './lookup.js';
import { type AskedIn, isIn, isSingle, type Pulse } from './model.js';
import { type Numbered, type PulseWords, pulseWords, shortQuestion } from './phrases.js';

/** Sets of options that are ready to be taken. */
export const templates = {
  yesNo: ['yes', 'no', 'noPosition'],
  support: ['support', 'liveWith', 'oppose', 'noPosition'],
} as const;

export type Template = keyof typeof templates;

export const templateOptions = (name: Template, locale: Locale): string[] =>
  templates[name].map((key) => pulseWords(locale).label(key));

/**
 * Exactly as it will look, and what to do with it.
 * @param closesAt when it would close, were it posted now
 */
export function previewCard({ id, value }: Numbered, closesAt: Date, open: OpenCounts, locale: Locale): Card {
  const w = pulseWords(locale);
  const place = value.places[0] ?? { ...value.home, channel: '', locale, isLost: false };
  const shown = pulseCard({ id, value: { ...value, closesAt: closesAt.toISOString() } }, place);
  return {
    ...shown,
    blocks: [
      ...shown.blocks,
      quiet(...w.text('previewNote')),
      facts([w.label('previewWhere'), placesText(value, w)], [w.label('previewOpen'), openText(open, w)]),
      buttons(
        button(w.label('post'), to('pulse.post', { id }), 'main'),
        button(w.label('edit'), to('pulse.redraft', { id })),
        button(w.label('settings'), to('pulse.settings', { id })),
        button(w.label('discard'), to('pulse.discard', { id })),
      ),
    ],
  };
}

/** Limits are told before they are hit: this one is counted as if it were open. */
const openText = ({ mine, space }: OpenCounts, w: PulseWords): Text =>
  w.text('openOf', { mine: mine + 1, mostMine: mostOfOne, space: space + 1, mostSpace: mostOfSpace });

function placesText({ places, home }: Pulse, w: PulseWords): Text {
  if (places.length === 0) return w.text('nowhereYet');
  return places.flatMap((place, at): readonly Inline[] => [...(at === 0 ? [] : [', ']), placeName(place, home, w)]);
}

/** Channels of another workspace bear no name that means something here. */
export const placeName = (place: AskedIn, here: Pulse['home'], w: PulseWords): Inline =>
  isIn(place, here) ? channel(place.channel) : w.label('otherWorkspace');

const toggles = ['allowsGuests', 'hasNote', 'hasAnnouncement', 'showsFew'] as const;

/** What a press on the settings changes. */
export type Toggle = (typeof toggles)[number];

export const toggleNamed = (name: string | undefined): Toggle | undefined => toggles.find((one) => one === name);

/** What has no room in the form. */
export function settingsCard({ id, value }: Numbered, locale: Locale): Card {
  const w = pulseWords(locale);
  const onOff = (is: boolean): Text => w.text(is ? 'on' : 'off');
  const few = [w.label('factFew'), w.text(value.showsFew ? 'fewYes' : 'fewNo')] as const;
  const toggle = (key: Parameters<PulseWords['label']>[0], name: Toggle) =>
    button(w.label(key), to('pulse.set', { id, toggle: name }));
  return {
    locale,
    title: w.label('settingsTitle'),
    blocks: [
      para(...w.text('settingsOf', { question: shortQuestion(value) })),
      facts(
        [w.label('factGuests'), w.text(value.allowsGuests ? 'guestsYes' : 'guestsNo')],
        [w.label('factNote'), onOff(value.hasNote)],
        [w.label('factAnnouncement'), onOff(value.hasAnnouncement)],
        ...(value.isAnonymous ? [few] : []),
        [w.label('previewWhere'), placesText(value, w)],
      ),
      ...(isSingle(value) ? [] : [mostSelect(id, value, w)]),
      templateSelect(id, value, w),
      buttons(
        toggle('toggleGuests', 'allowsGuests'),
        toggle('toggleNote', 'hasNote'),
        toggle('toggleAnnouncement', 'hasAnnouncement'),
        ...(value.isAnonymous ? [toggle('toggleFew', 'showsFew')] : []),
      ),
      buttons(
        button(w.label('addChannel'), to('pulse.channel', { id })),
        button(w.label('backToPreview'), to('pulse.preview', { id }), 'main'),
      ),
    ],
  };
}

function mostSelect(id: string, { most, options }: Pulse, w: PulseWords): Block {
  const choices = options.map((_, at): Choice => {
    const limit = at + 1;
    const label = limit === options.length ? w.label('mostAny') : w.label('mostUpTo', { most: limit });
    return { value: String(limit), label };
  });
  return {
    kind: 'select',
    label: w.label('selectMost'),
    name: 'most',
    target: to('pulse.set', { id }),
    choices: choices.slice(1),
    value: String(most),
  };
}

function templateSelect(id: string, { options, places }: Pulse, w: PulseWords): Block {
  const locale = places[0]?.locale ?? w.locale;
  const names = Object.keys(templates) as Template[];
  const current = names.find((name) => templateOptions(name, locale).join('\n') === options.join('\n'));
  return {
    kind: 'select',
    label: w.label('selectTemplate'),
    name: 'template',
    target: to('pulse.set', { id }),
    choices: names.map((name) => ({ value: name, label: templateOptions(name, locale).join(' / ') })),
    ...(current ? { value: current } : {}),
  };
}

/** Told to the asker once it is posted; where it could not be posted is said. */
export function postedCard({ id, value }: Numbered, locale: Locale): Card {
  const w = pulseWords(locale);
  const lost = value.places.filter(({ isLost }) => isLost);
  const isThere = value.places.some(({ message }) => message !== undefined);
  return {
    locale,
    blocks: [
      para(...w.text(isThere ? 'posted' : 'postedLater', { id })),
      ...lost.map((place) => quiet(...w.text('postedLost', { where: placeName(place, value.home, w) }))),
      buttons(
        button(w.label('addChannel'), to('pulse.channel', { id })),
        button(w.label('keyButton'), to('pulse.key', { id })),
        button(w.label('close'), to('pulse.close', { id })),
      ),
    ],
  };
}

/** The key with which it is asked in another workspace; shown to its author alone. */
export function keyCard({ id, value }: Numbered, locale: Locale): Card {
  const w = pulseWords(locale);
  const { value: key = '', until = '' } = value.doorKey ?? {};
  const command = isolatedIn(locale, `/pulse add ${id}-${key}`);
  return {
    locale,
    isFleeting: true,
    blocks: [para(...w.text('keyIs', { command: { kind: 'bold', text: command }, at: time(new Date(until)) }))],
  };
}
