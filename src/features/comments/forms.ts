// What staff fill in -> Form.
import type { Call } from '../../core/call.js';
import { type Choice, type Field, type Form, to } from '../../core/card.js';
import { localeNames, locales } from '../../core/locale.js';
import { refuse } from '../../core/refusal.js';
import type { Doc } from '../../core/store.js';
import { commaed } from '../../core/wording.js';
import { readAddress } from './address.js';
import { optionLabel } from './cards.js';
import { categoryKeys, stepName, type W } from './display.js';
import { type Chosen, choosable, type Follow, usualHour } from './listener.js';
import { type Step, writtenSteps } from './milestones.js';
import { categories, factsOf, type Proceeding } from './model.js';
import { writtenMoment } from './moment.js';
import { commentsWords } from './words/index.js';

/** A field that takes what the call brings, else what is known. */
function field(call: Call, base: Omit<Field, 'value'>, known?: string): Field {
  const value = call.args[base.name] ?? known;
  return value === undefined ? base : { ...base, value };
}

const categoryChoices = (w: W): readonly Choice[] =>
  categories.map((value) => ({ value, label: w.label(categoryKeys[value]) }));

const categoryField = (w: W): Omit<Field, 'value'> => ({
  name: 'category',
  label: w.label('fieldCategory'),
  kind: 'choice',
  choices: [{ value: '', label: w.label('categoryUnknown') }, ...categoryChoices(w)],
});

/** What is pasted first tells what can be filled in beforehand. */
export function addForm(call: Call): Form {
  const w = commentsWords(call.locale);
  const read = readAddress(call.args.address ?? '');
  return {
    locale: call.locale,
    title: w.label('titleAdd'),
    target: to('comments.added'),
    fields: [
      field(call, {
        name: 'address',
        label: w.label('fieldAddress'),
        kind: 'line',
        required: true,
        max: 500,
        hint: w.label('hintAddress'),
      }),
      field(call, { name: 'title', label: w.label('fieldTitle'), kind: 'line', required: true, max: 300 }, read?.title),
      field(call, {
        name: 'closing',
        label: w.label('fieldClosing'),
        kind: 'line',
        required: true,
        max: 60,
        hint: w.label('hintClosing'),
      }),
      field(call, categoryField(w)),
      field(call, { name: 'requester', label: w.label('fieldRequester'), kind: 'line', max: 120 }),
    ],
  };
}

/** Its page, its name and when it opens; where it closes is a form of its own, as others are told of that. */
export function editForm(call: Call, { id, value }: Doc<Proceeding>): Form {
  const w = commentsWords(call.locale);
  const { title, address, opening, category, requester } = factsOf(value);
  return {
    locale: call.locale,
    title: w.label('titleEdit'),
    target: to('comments.edited', { id }),
    fields: [
      field(call, { name: 'title', label: w.label('fieldTitle'), kind: 'line', required: true, max: 300 }, title),
      field(call, { name: 'address', label: w.label('fieldAddress'), kind: 'line', max: 500 }, address),
      field(
        call,
        { name: 'opening', label: w.label('fieldOpening'), kind: 'line', max: 60, hint: w.label('hintOpening') },
        opening && writtenMoment(opening),
      ),
      field(call, categoryField(w), category),
      field(call, { name: 'requester', label: w.label('fieldRequester'), kind: 'line', max: 120 }, requester),
    ],
  };
}

export function extendForm(call: Call, { id, value }: Doc<Proceeding>): Form {
  const w = commentsWords(call.locale);
  const { closing } = factsOf(value);
  return {
    locale: call.locale,
    title: w.label('titleExtend'),
    target: to('comments.extended', { id }),
    intro: w.text('extendIntro'),
    fields: [
      field(
        call,
        {
          name: 'closing',
          label: w.label('fieldClosing'),
          kind: 'line',
          required: true,
          max: 60,
          hint: w.label('hintClosing'),
        },
        closing && writtenMoment(closing),
      ),
    ],
  };
}

/** What comes after the closing, and in which languages the documents are. */
export function linksForm(call: Call, { id, value }: Doc<Proceeding>): Form {
  const w = commentsWords(call.locale);
  const { languages, reportDue, reportPublished, report, submissions } = factsOf(value);
  const hint = w.label('hintDay');
  return {
    locale: call.locale,
    title: w.label('titleLinks'),
    target: to('comments.linked', { id }),
    fields: [
      field(
        call,
        {
          name: 'languages',
          label: w.label('fieldLanguages'),
          kind: 'checks',
          choices: locales.map((one) => ({ value: one, label: localeNames[one] })),
        },
        languages?.join(','),
      ),
      field(call, { name: 'submissions', label: w.label('fieldSubmissions'), kind: 'line', max: 500 }, submissions),
      field(call, { name: 'reportDue', label: w.label('fieldReportDue'), kind: 'line', max: 10, hint }, reportDue),
      field(
        call,
        { name: 'reportPublished', label: w.label('fieldReportOut'), kind: 'line', max: 10, hint },
        reportPublished,
      ),
      field(call, { name: 'report', label: w.label('fieldReport'), kind: 'line', max: 500 }, report),
    ],
  };
}

/** @param id of the proceeding, or none for the community's usual dates */
export function stepsForm(call: Call, steps: readonly Step[], id?: string): Form {
  const w = commentsWords(call.locale);
  return {
    locale: call.locale,
    title: w.label('titleDates'),
    target: to('comments.dated', id === undefined ? {} : { id }),
    intro: w.text(id === undefined ? 'datesIntroUsual' : 'datesIntro'),
    fields: [
      field(
        call,
        { name: 'steps', label: w.label('fieldSteps'), kind: 'lines', max: 1500, hint: w.label('hintSteps') },
        writtenSteps(steps, (step) => stepName(w, step)),
      ),
    ],
  };
}

export const dayLabel = (w: W, day: Chosen): string => {
  if (day === 'opens') return w.label('dayOpens');
  if (day === 'closes') return w.label('dayCloses');
  return day === 'own' ? w.label('dayOwn') : w.label('dayBefore', { count: Number(day) });
};

const hours: readonly Choice[] = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));

const daysField = (w: W): Omit<Field, 'name' | 'label'> => ({
  kind: 'checks',
  required: true,
  choices: choosable.map((day) => ({ value: day, label: dayLabel(w, day) })),
});

/** In the form of settings: when channels are reminded that begin to follow. */
export function usualDaysField(call: Call, days: readonly Chosen[]): Field {
  const w = commentsWords(call.locale);
  const named = { name: usualDaysName, label: w.label('fieldUsualDays'), hint: w.label('hintUsualDays') };
  return field(call, { ...named, ...daysField(w) }, days.join(','));
}

/** The name of that field among those of other features. */
export const usualDaysName = 'reminderDays';

/**
 * @param usual what is ticked for a channel that does not follow yet
 * @param zone of whoever asks, where the platform knows it
 */
export function followForm(
  call: Call,
  old: Follow | undefined,
  usual: readonly Chosen[],
  zone: string | undefined,
): Form {
  const w = commentsWords(call.locale);
  const days = old ? choosable.filter((day) => old.days[day]) : usual;
  return {
    locale: call.locale,
    title: w.label('titleFollow'),
    target: to('comments.followed'),
    fields: [
      field(call, { name: 'days', label: w.label('fieldDays'), ...daysField(w) }, days.join(',')),
      field(
        call,
        {
          name: 'hour',
          label: w.label('fieldHour'),
          kind: 'choice',
          required: true,
          choices: hours,
          hint: w.label('hintHour'),
        },
        String(old?.hour ?? usualHour),
      ),
      field(
        call,
        { name: 'zone', label: w.label('fieldZone'), kind: 'line', required: true, max: 60, hint: w.label('hintZone') },
        old?.zone ?? zone ?? 'UTC',
      ),
      field(
        call,
        {
          name: 'category',
          label: w.label('fieldOnly'),
          kind: 'choice',
          choices: [{ value: '', label: w.label('categoryAll') }, ...categoryChoices(w)],
        },
        old?.category ?? '',
      ),
      field(
        call,
        { name: 'words', label: w.label('fieldWords'), kind: 'line', max: 200, hint: w.label('hintWords') },
        old?.words && commaed(call.locale, old.words),
      ),
    ],
  };
}

export function importForm(call: Call): Form {
  const w = commentsWords(call.locale);
  return {
    locale: call.locale,
    title: w.label('titleImport'),
    target: to('comments.imported'),
    fields: [
      field(call, {
        name: 'list',
        label: w.label('fieldList'),
        kind: 'lines',
        required: true,
        max: 3000,
        hint: w.label('hintList'),
      }),
    ],
  };
}

/** Which proceeding is meant, where none was named. */
export function pickForm(call: Call, docs: readonly Doc<Proceeding>[], route: string): Form {
  const w = commentsWords(call.locale);
  if (docs.length === 0) throw refuse('nothingToPick');
  return {
    locale: call.locale,
    title: w.label('titlePick'),
    target: to(route),
    fields: [
      {
        name: 'id',
        label: w.label('fieldWhich'),
        kind: 'choice',
        required: true,
        choices: docs.slice(0, 25).map(({ id, value }) => ({ value: id, label: optionLabel(id, value) })),
      },
    ],
  };
}
