// A sense -> blocks: in full, for who asks for it, or short, for who meets it in a message.
import { type Block, bold, type Inline, link, para, quiet, type Text } from '../../core/card.js';
import { graphemes } from '../../core/grapheme.js';
import { byLocale, type Locale, localeNames } from '../../core/locale.js';
import { isolatedIn, type Words } from '../../core/wording.js';
import { markOf } from './fallback.js';
import { inLanguage, isOurTranslation, type Said, type Sense, sourceAddress } from './model.js';
import { type AcronymKey, acronymWords } from './words/index.js';

/** How an answer is to be told. */
export interface Manner {
  /** The language of labels and remarks. */
  readonly locale: Locale;
  /** The language of expansions and definitions. */
  readonly textLocale: Locale;
  /** Set when that language was asked for by name, so that a shared answer keeps it. */
  readonly isChosen?: boolean;
}

/** Everything about a sense: what it stands for, what it is, other names, whose it is and where that was read. */
export function senseBlocks(sense: Sense, { textLocale, locale }: Manner): readonly Block[] {
  const w = acronymWords(locale);
  const expansion = inLanguage(sense.expansion, textLocale);
  const definition = sense.definition && inLanguage(sense.definition, textLocale);
  const isName = expansion.text === sense.acronym;
  const lead: Text = isName ? [bold(sense.acronym)] : [bold(sense.acronym), ' — ', isolatedIn(locale, expansion.text)];
  const others = sense.aliases?.[textLocale] ?? [];
  return [
    para(...lead),
    ...(definition ? [para(isolatedIn(locale, definition.text))] : []),
    ...englishName(sense, expansion, w),
    ...(others.length > 0 ? [quiet(...w.text('alsoCalled', { names: others }))] : []),
    quiet(...origin(sense, locale, w)),
    ...otherLanguage([expansion, definition], textLocale, w),
  ];
}

/** A name in another language comes with the English one, which the acronym is made of, and says whose it is. */
function englishName(sense: Sense, { locale, text }: Said, w: Words<AcronymKey>): readonly Block[] {
  const name = sense.expansion.en;
  if (locale === 'en' || name === undefined || name === text) return [];
  return [quiet(...w.text(isOurTranslation(sense, locale) ? 'ours' : 'inEnglish', { name }))];
}

/** Says so where a text is not there in the language asked for. */
function otherLanguage(said: readonly (Said | undefined)[], asked: Locale, w: Words<AcronymKey>): readonly Block[] {
  const other = said.find((one) => one && one.locale !== asked);
  if (!other) return [];
  const language = localeNames[asked];
  const text =
    other.locale === 'en'
      ? w.text('onlyEnglish', { language })
      : w.text('onlyOther', { language, shown: localeNames[other.locale] });
  return [quiet(...text)];
}

/** Months as they are written, by language and month: there are few, and a format is dear to make and to use. */
const months = new Map<string, string>();

/** `March 2026`, of a date such as 2026-03-01. */
function monthOf(date: string, locale: Locale): string {
  const month = `${locale} ${date.slice(0, 7)}`;
  const known = months.get(month);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat(`${locale}-u-nu-latn`, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const written = format.format(new Date(date));
  months.set(month, written);
  return written;
}

/** Who uses it, where it was read, and when. */
function origin(sense: Sense, locale: Locale, w: Words<AcronymKey>): Text {
  const month = monthOf(sense.seen, locale);
  if (sense.body === 'own') return [...w.text('ofOwn'), ' · ', ...w.text('changed', { month })];
  const address = sourceAddress(sense);
  const source = address ? link(new URL(address).hostname.replace(/^www\./, ''), address) : (sense.sources[0] ?? '');
  return [
    ...w.text('usedBy', { body: bodyName(sense, w) }),
    ' · ',
    ...w.text('source'),
    source,
    ' · ',
    ...w.text('seen', { month }),
  ];
}

function bodyName({ body }: Sense, w: Words<AcronymKey>): string {
  const names: Partial<Record<Sense['body'], string>> = { general: w.label('bodyGeneral'), RIR: w.label('bodyRir') };
  return names[body] ?? body;
}

/** `PDP: Policy Development Process`: a sense on a button or in a list of choices. */
export function senseLabel({ acronym, expansion }: Sense, locale: Locale, otherName?: string): string {
  const { text } = inLanguage(expansion, locale);
  const name = otherName === undefined ? acronym : `${acronym} (${otherName})`;
  return text === acronym ? name : `${name}: ${text}`;
}

/** What marks a name as a translation of ours, where there is no room to say so. */
export const oursMark = '*';

/** Longest piece of a definition where many senses are told, in graphemes. */
const longestPiece = 200;

const sentences = byLocale((locale) => new Intl.Segmenter(locale, { granularity: 'sentence' }));

function firstSentence({ text, locale }: Said): string {
  let sentence = '';
  // "e.g." and the like end no sentence: a short one is taken together with the next.
  for (const { segment } of sentences(locale).segment(text)) {
    sentence += segment;
    if (sentence.length >= 30) break;
  }
  const seen = Array.from(graphemes.segment(sentence.trim()), ({ segment }) => segment);
  return seen.length <= longestPiece
    ? seen.join('')
    : `${seen
        .slice(0, longestPiece - 1)
        .join('')
        .trimEnd()}…`;
}

/** One paragraph: the acronym, its name, the first sentence about it. */
export function briefBlock(sense: Sense, { locale, textLocale }: Manner): Block {
  const expansion = inLanguage(sense.expansion, textLocale);
  const definition = sense.definition && inLanguage(sense.definition, textLocale);
  const name: readonly Inline[] = expansion.text === sense.acronym ? [] : [' — ', isolatedIn(locale, expansion.text)];
  const english = expansion.locale === 'en' ? undefined : sense.expansion.en;
  const mark = isOurTranslation(sense, expansion.locale) ? oursMark : '';
  const otherName = markOf(expansion, textLocale);
  const otherText = otherName === '' ? markOf(definition, textLocale) : '';
  return para(
    bold(sense.acronym),
    ...name,
    otherName,
    ...(english === undefined ? [] : [mark, ' (', isolatedIn(locale, english), ')']),
    ...(definition ? ['. ', isolatedIn(locale, firstSentence(definition)), otherText] : []),
  );
}

/** Whether any of these names is marked as a translation of ours. */
export const hasOurs = (senses: readonly Sense[], { textLocale }: Manner): boolean =>
  senses.some((sense) => isOurTranslation(sense, inLanguage(sense.expansion, textLocale).locale));
