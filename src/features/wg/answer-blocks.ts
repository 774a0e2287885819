// What somebody answered -> blocks for checked staff, and for the member themselves. Never posted anywhere.
import { type Block, facts, type Inline, para, quiet, type Text, time } from '../../core/card.js';
import type { Locale } from '../../core/locale.js';
import { isolatedIn, type Words } from '../../core/wording.js';
import { fieldNames, labelIn, shownValue } from './form.js';
import { type Answers, type Deed, type Group, isSame, type Request, type Step } from './model.js';
import { questionOf } from './own-questions.js';
import { type WgKey, wgWords } from './words/index.js';

/** Rows of one block of facts. */
const mostRows = 10;

/** Of the history and of those who looked, the latest. */
const latest = 12;

/** The fields in the order of the form; of a group that has changed since, what is left over comes last. */
export function fieldBlocks(answers: Answers, group: Group | undefined, locale: Locale): readonly Block[] {
  const w = wgWords(locale);
  const known = group ? fieldNames(group) : [];
  const names = [...known, ...Object.keys(answers.fields).filter((name) => !known.includes(name))];
  const rows = names.flatMap((name): (readonly [string, Text])[] => {
    const value = answers.fields[name];
    if (!value && name !== 'share') return [];
    // Of an answer from before questions were kept with it, what the group asks now is the best there is.
    const own = answers.own[name] ?? (group && questionOf(name, group));
    const label = own ? isolatedIn(locale, own) : labelIn(name, w);
    return [[label, [value ? isolatedIn(locale, shownValue(name, value, w)) : w.label('no')]]];
  });
  return Array.from({ length: Math.ceil(rows.length / mostRows) }, (_, at) =>
    facts(...rows.slice(at * mostRows, (at + 1) * mostRows)),
  );
}

/** Questions of staff and what came back. */
export function questionBlocks({ questions }: Answers, locale: Locale): readonly Block[] {
  const w = wgWords(locale);
  return Object.values(questions).map(({ text, reply }) =>
    facts(
      [w.label('questionWas'), [isolatedIn(locale, text)]],
      [w.label('replyWas'), [reply === undefined ? w.label('noReply') : isolatedIn(locale, reply)]],
    ),
  );
}

const deedKeys: Readonly<Record<Deed, WgKey>> = {
  made: 'deedMade',
  changed: 'deedChanged',
  claimed: 'deedClaimed',
  released: 'deedReleased',
  handedOver: 'deedHandedOver',
  lapsed: 'deedLapsed',
  asked: 'deedAsked',
  answered: 'deedAnswered',
  approved: 'deedApproved',
  ticked: 'deedTicked',
  done: 'deedDone',
  declined: 'deedDeclined',
  lifted: 'deedLifted',
  withdrawn: 'deedWithdrawn',
  left: 'deedLeft',
  expired: 'deedExpired',
  erased: 'deedErased',
};

/** Names of people by the order in which {@link peopleIn} lists them. */
export type NameOf = (step: { readonly by?: Step['by'] }) => Inline;

/** What has happened, and who has looked. */
export function historyBlocks(request: Request, nameOf: NameOf, w: Words<WgKey>): readonly Block[] {
  const steps = request.history.slice(-latest).flatMap((step, at): Text => {
    const isByStaff = step.by && !isSame(step.by, request.by);
    const who: Text = isByStaff ? [' — ', nameOf(step)] : [];
    return [...(at > 0 ? ['; '] : []), time(new Date(step.at)), ' ', ...w.text(deedKeys[step.deed]), ...who];
  });
  const looks = request.looks.slice(-latest).flatMap((look, at): Text => {
    return [...(at > 0 ? ['; '] : []), nameOf(look), ' ', time(new Date(look.at))];
  });
  return [
    quiet(...w.text('historyIs'), ' ', ...steps),
    ...(looks.length > 0 ? [quiet(...w.text('looksAre'), ' ', ...looks)] : []),
  ];
}

/** @param answers undefined once they were erased */
export function insideBlocks(
  answers: Answers | undefined,
  request: Request,
  group: Group | undefined,
  locale: Locale,
): readonly Block[] {
  const w = wgWords(locale);
  if (!answers) return [para(...w.text('answersGone'))];
  const { consentedAt } = answers;
  const reason = request.reason && answers.reasons[request.reason];
  const lacksStatement = group?.asksStatement && !answers.fields.statement;
  return [
    ...fieldBlocks(answers, group, locale),
    ...(lacksStatement ? [quiet(...w.text('noStatement'))] : []),
    ...(consentedAt ? [quiet(...w.text('consentedAt', { when: time(new Date(consentedAt)) }))] : []),
    ...questionBlocks(answers, locale),
    ...(reason ? [facts([w.label('reasonWas'), [isolatedIn(locale, reason)]])] : []),
  ];
}
