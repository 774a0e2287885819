// What the address of a proceeding tells: a name for it, the day on which it opened, and most of its title. Pure.
import { type Day, isDay } from './zone.js';

/** What could be read in an address; the slug is its name for good. */
export interface Read {
  readonly slug: string;
  readonly opening?: Day;
  /** The slug as words, to be put right by hand. */
  readonly title: string;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `-30-06-2025`, `-3-7-2018`: how addresses end today. */
const dayFirst = /-(\d{1,2})-(\d{1,2})-(\d{4})$/;
/** `-2017-10-09`: how they ended until 2020. */
const yearFirst = /-(\d{4})-(\d{2})-(\d{2})$/;
/** `-17jan12`: how they ended until 2013. */
const monthNamed = /-(\d{1,2})([a-z]{3})(\d{2})$/;

/**
 * Reads the address of a proceeding or of its announcement, in whatever language of the site and of whatever year.
 * @returns undefined unless it is an http or https address with a path
 */
export function readAddress(typed: string): Read | undefined {
  if (!/^https?:\/\//i.test(typed) || !URL.canParse(typed)) return undefined;
  const { pathname, search } = new URL(typed);
  const last = lastSegment(pathname)
    .replace(/\.html?$/, '')
    .replace(/-(en|fr|es|zh|ar|ru|pt)$/, '');
  const [opening] = openingIn(sluggish(last));
  // Where a date tells proceedings apart nothing else has to; else pages may differ by their query alone.
  const slug = sluggish(opening === undefined ? `${last}${decoded(search).toLowerCase()}` : last);
  if (slug === '') return undefined;
  const [, name] = openingIn(slug);
  return { slug, title: titled(name), ...(opening === undefined ? {} : { opening }) };
}

const sluggish = (text: string): string =>
  text
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 200);

export const slugOf = (address: string | undefined): string | undefined =>
  address === undefined ? undefined : readAddress(address)?.slug;

function lastSegment(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '');
  // Submissions have an address below that of their proceeding.
  const at = segments.indexOf('submissions');
  return decoded(segments[(at > 0 ? at : segments.length) - 1] ?? '').toLowerCase();
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return segment;
    throw error;
  }
}

/** @returns the opening date, if there is one, and the slug without it */
function openingIn(slug: string): readonly [Day | undefined, string] {
  const pad = (part = ''): string => part.padStart(2, '0');
  const shapes: readonly (readonly [RegExp, (found: RegExpExecArray) => string])[] = [
    [yearFirst, ([, year, month, day]) => `${year}-${month}-${day}`],
    [dayFirst, ([, day, month, year]) => `${year}-${pad(month)}-${pad(day)}`],
    [monthNamed, ([, day, month = '', year]) => `20${year}-${pad(String(months.indexOf(month) + 1))}-${pad(day)}`],
  ];
  for (const [shape, dayOf] of shapes) {
    const found = shape.exec(slug);
    const day = found && dayOf(found);
    if (day && isDay(day)) return [day, slug.replace(shape, '')];
  }
  return [undefined, slug];
}

/** Acronyms of the trade keep their capitals. */
const capitals =
  /^(icann|gnso|ccnso|alac|gac|ssac|rssac|aso|iana|pti|idn|idns|dns|dnssec|gtld|gtlds|cctld|cctlds|epdp|pdp|rdap|whois|npoc|tld)$/;

const titled = (name: string): string =>
  name
    .split('-')
    .map((word) => (capitals.test(word) ? word.toUpperCase().replace(/^(G|CC)(TLD|NSO)/, special) : word))
    .join(' ')
    .replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

/** gTLD and ccTLD, but GNSO. */
const special = (_: string, first: string, second: string): string =>
  first === 'CC' || second === 'TLD' ? `${first.toLowerCase()}${second}` : `${first}${second}`;
