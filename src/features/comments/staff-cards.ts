// What staff are told of the source, and what they are asked -> Card.
import { type Block, bold, button, buttons, type Card, facts, para, quiet, type Text, to } from '../../core/card.js';
import { type Locale, localeNames } from '../../core/locale.js';
import type { Doc } from '../../core/store.js';
import { instantIn, isolatedIn, listed } from '../../core/wording.js';
import { categoryKeys, clipped, dayText, idText, instantText, monthText, type W } from './display.js';
import {
  closingInstant,
  closingOf,
  type Fact,
  factsOf,
  type Moment,
  type Proceeding,
  type SomeFacts,
  shortId,
} from './model.js';
import { differences } from './proceedings.js';
import type { Fault, News, SourceState } from './source-state.js';
import { type CommentsKey, commentsWords } from './words/index.js';

const faultKeys = {
  unreachable: 'faultUnreachable',
  unreadable: 'faultUnreadable',
  emptied: 'faultEmptied',
  shrunken: 'faultShrunken',
} as const satisfies Record<Fault, CommentsKey>;

/** The source is broken, or well again. */
export function newsCard(news: News, { goodAt }: SourceState, locale: Locale): Card {
  const w = commentsWords(locale);
  const last =
    goodAt === undefined ? w.text('neverRead') : w.text('lastGood', { at: instantIn(locale, new Date(goodAt)) });
  if (news.kind === 'well') return { locale, title: w.label('titleSource'), blocks: [para(...w.text('sourceWell'))] };
  return {
    locale,
    title: w.label('titleSource'),
    blocks: [para(...w.text(faultKeys[news.fault])), quiet(...last)],
  };
}

const heading = (w: W, { id, value }: Doc<Proceeding>): Block =>
  para(bold(clipped(factsOf(value).title, 250)), ' · ', idText(w, id));

/** How many of those that are gone one card tells, and up to how many have buttons of their own. */
const [mostGone, mostOffered] = [20, 5];

/** Gone from the source: perhaps withdrawn, perhaps a slip of whoever keeps the list. */
export function vanishedCard(docs: readonly Doc<Proceeding>[], locale: Locale): Card {
  const w = commentsWords(locale);
  const suffix = (id: string): string => (docs.length > 1 ? ` (${shortId(id)})` : '');
  const offers = docs.map(({ id }) =>
    button(`${w.label('withdraw')}${suffix(id)}`, to('comments.withdraw', { id }), 'danger'),
  );
  return {
    locale,
    title: w.label('titleSource'),
    blocks: [
      ...docs.slice(0, mostGone).map((doc) => heading(w, doc)),
      ...(docs.length > mostGone ? [para('…')] : []),
      para(...w.text('vanished', { count: docs.length })),
      ...(docs.length <= mostOffered ? [buttons(...offers)] : []),
    ],
  };
}

/** Still in the source, which does not say any more when they close. */
export function undatedCard(docs: readonly Doc<Proceeding>[], locale: Locale): Card {
  const w = commentsWords(locale);
  const shown = docs.slice(0, mostGone).map((doc) => heading(w, doc));
  const more = docs.length > mostGone ? [para('…')] : [];
  return { locale, title: w.label('titleSource'), blocks: [...shown, ...more, para(...w.text('closingLost'))] };
}

/** What the source did not have is there again: all of it, or its closing. */
export function foundCard(doc: Doc<Proceeding>, locale: Locale): Card {
  const w = commentsWords(locale);
  const key = doc.value.missing?.what === 'closing' ? 'closingFound' : 'foundAgain';
  return { locale, title: w.label('titleSource'), blocks: [heading(w, doc), para(...w.text(key))] };
}

const factLabels: Readonly<Record<Fact, CommentsKey>> = {
  title: 'fieldTitle',
  address: 'fieldAddress',
  category: 'fieldCategory',
  requester: 'fieldRequester',
  languages: 'fieldLanguages',
  opening: 'fieldOpening',
  closing: 'fieldClosing',
  originalClosing: 'original',
  month: 'expected',
  isWithdrawn: 'stateWithdrawn',
  reportDue: 'fieldReportDue',
  reportPublished: 'fieldReportOut',
  report: 'fieldReport',
  submissions: 'fieldSubmissions',
};

/** What staff entered beside what the source says now. */
export function differenceCard(doc: Doc<Proceeding>, locale: Locale): Card {
  const w = commentsWords(locale);
  const { source = {} as SomeFacts, staff } = doc.value;
  const rows = differences(doc.value).map((name): readonly [string, Text] => [
    w.label(factLabels[name]),
    w.text('oursAndTheirs', { ours: shown(w, staff, name), theirs: shown(w, source, name) }),
  ]);
  if (rows.length === 0) return { locale, blocks: [heading(w, doc), para(...w.text('noDifference'))] };
  return {
    locale,
    title: w.label('titleDiffers'),
    blocks: [
      heading(w, doc),
      para(...w.text('differs')),
      facts(...rows),
      buttons(
        button(w.label('takeSource'), to('comments.take', { id: doc.id })),
        button(w.label('keepOurs'), to('comments.keep', { id: doc.id })),
      ),
    ],
  };
}

/** A fact as text. */
function shown(w: W, facts: SomeFacts, name: Fact): string {
  const value = facts[name];
  if (name === 'isWithdrawn') return w.label(value ? 'yes' : 'no');
  if (value === undefined) return '–';
  if (name === 'languages')
    return listed(
      w.locale,
      (facts.languages ?? []).map((one) => localeNames[one]),
    );
  if (name === 'category' && facts.category) return w.label(categoryKeys[facts.category]);
  if (name === 'month' && facts.month) return monthText(w.locale, facts.month);
  if (name === 'reportDue' || name === 'reportPublished') return dayText(w.locale, String(value));
  if (typeof value === 'object') return isolatedIn(w.locale, instantIn(w.locale, closingInstant(value as Moment)));
  return isolatedIn(w.locale, String(value));
}

/**
 * What a look at the source has shown.
 * @param hint which file or host it is, without what an address may hold in secret
 * @param next the one that closes next
 */
export function sourceCard(
  state: SourceState | undefined,
  hint: string | undefined,
  next: Doc<Proceeding> | undefined,
  locale: Locale,
): Card {
  const w = commentsWords(locale);
  const at = (instant: string | undefined): string => (instant ? instantIn(locale, new Date(instant)) : '–');
  const closing = next && closingOf(next.value);
  const row =
    next && closing && facts([w.label('nextClosing'), [...instantText(locale, closing.at), ' · ', idText(w, next.id)]]);
  const soonest = row ? [row] : [];
  if (hint === undefined) {
    return { locale, title: w.label('titleSource'), blocks: [para(...w.text('sourceNone')), ...soonest] };
  }
  const fault = state?.fault;
  return {
    locale,
    title: w.label('titleSource'),
    blocks: [
      ...(fault ? [para(...w.text(faultKeys[fault.kind]))] : []),
      facts(
        [w.label('sourceIs'), [isolatedIn(locale, hint)]],
        [w.label('sourceRead'), [at(state?.readAt)]],
        [w.label('sourceGood'), [at(state?.goodAt)]],
        [w.label('sourceItems'), w.text('itemsRead', { count: state?.count ?? 0, skipped: state?.skipped ?? 0 })],
      ),
      ...soonest,
    ],
  };
}
