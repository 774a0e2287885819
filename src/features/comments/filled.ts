// What was filled into a form -> facts and wishes, or a refusal at the field that cannot be read. Pure.
import type { Args } from '../../core/call.js';
import { ticksOf } from '../../core/card.js';
import { locales } from '../../core/locale.js';
import { refuse } from '../../core/refusal.js';
import { type Chosen, choosable, usualHour, type Wishes } from './listener.js';
import { type Category, categories, type Facts, type SomeFacts } from './model.js';
import { readMoment, readMonth } from './moment.js';
import { isDay, zoneNamed } from './zone.js';

/** @throws Refusal at the field that cannot be read */
export function closingIn(args: Args): Pick<Facts, 'closing' | 'month'> {
  const typed = args.closing ?? '';
  const month = readMonth(typed);
  if (month) return { month };
  const closing = readMoment(typed);
  if (!closing) throw refuse('badMoment', { typed: typed.slice(0, 60) }, 'closing');
  return { closing };
}

const blank = (typed: string | undefined): string | undefined => typed?.trim() || undefined;

/** @throws Refusal unless it is a web address */
export function addressIn(args: Args, name: string): string | undefined {
  const typed = blank(args[name]);
  if (typed === undefined) return undefined;
  if (!/^https?:\/\/\S+$/i.test(typed) || !URL.canParse(typed)) throw refuse('badAddress', {}, name);
  return new URL(typed).href;
}

export const categoryIn = (args: Args): Category | undefined => categories.find((one) => one === args.category);

/** What the edit form says. @throws Refusal at the field that cannot be read */
export function editedFacts(args: Args): SomeFacts {
  const typed = blank(args.opening);
  const opening = typed === undefined ? undefined : readMoment(typed);
  if (typed !== undefined && !opening) throw refuse('badMoment', { typed: typed.slice(0, 60) }, 'opening');
  return {
    title: (args.title ?? '').trim().slice(0, 300),
    address: addressIn(args, 'address'),
    opening,
    category: categoryIn(args),
    requester: blank(args.requester)?.slice(0, 120),
  };
}

/** What the form of links says. @throws Refusal at the field that cannot be read */
export function linkedFacts(args: Args): SomeFacts {
  const day = (name: string): string | undefined => {
    const typed = blank(args[name]);
    if (typed !== undefined && !isDay(typed)) throw refuse('badDay', { typed: typed.slice(0, 60) }, name);
    return typed;
  };
  const ticked = (args.languages ?? '').split(',');
  const languages = locales.filter((one) => ticked.includes(one));
  return {
    languages: languages.length > 0 ? languages : undefined,
    submissions: addressIn(args, 'submissions'),
    reportDue: day('reportDue'),
    reportPublished: day('reportPublished'),
    report: addressIn(args, 'report'),
  };
}

/** The days that are ticked, the most urgent last. @throws Refusal at the field when there is none */
export function daysIn(ticks: string, name: string): readonly Chosen[] {
  const ticked = ticksOf(ticks);
  const days = choosable.filter((day) => ticked.includes(day));
  if (days.length === 0) throw refuse('noDays', {}, name);
  return days;
}

/** What a channel wishes. @throws Refusal at the field that cannot be read */
export function wishesIn(args: Args): Wishes {
  const days = daysIn(args.days ?? '', 'days');
  const zone = zoneNamed((args.zone ?? '').trim());
  if (zone === undefined) throw refuse('badZone', { typed: (args.zone ?? '').slice(0, 60) }, 'zone');
  const hour = Number(args.hour ?? usualHour);
  if (!/^\d{1,2}$/.test(args.hour ?? '') || hour > 23) throw refuse('badHour', {}, 'hour');
  const words = (args.words ?? '')
    .split(/[,;،、，]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const category = categoryIn(args);
  return { days, zone, hour, ...(category ? { category } : {}), ...(words.length > 0 ? { words } : {}) };
}
