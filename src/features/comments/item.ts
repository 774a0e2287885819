// One item of a list, of whatever format -> the facts of a proceeding, or what is wrong with it. Pure.
import { z } from 'zod';
import { asLocale, locales } from '../../core/locale.js';
import { readAddress, slugOf } from './address.js';
import { type Category, categories, type Facts, factsSchema, type Moment } from './model.js';
import { readMoment, readMonth } from './moment.js';

/** Named values of one item, as a format brings them. */
export type Raw = Readonly<Record<string, string>>;

export interface Item {
  readonly slug: string;
  readonly facts: Facts;
}

/** @returns the field that cannot be used: told by its name, never by what it holds */
export type ReadItem = { readonly item: Item } | { readonly wrong: string };

/** Other names of columns, as lists that communities keep have them. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  id: ['slug', 'uid'],
  title: ['name', 'summary'],
  address: ['url', 'link', 'page'],
  category: ['categories'],
  requester: ['body', 'organization', 'organisation', 'requested_by'],
  languages: ['language'],
  opening: ['open', 'opens', 'open_utc', 'open_date', 'opening_date'],
  closing: ['close', 'closes', 'close_utc', 'close_date', 'closing_date', 'deadline'],
  original_closing: ['original_close'],
  precision: ['close_precision'],
  state: ['status'],
  month: [],
  report_due: [],
  report_published: [],
  report: ['report_url'],
  submissions: ['submissions_url'],
};

/** Invisible characters and line breaks have no business in a title. */
const cleaned = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const columnNamed = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

/** Whether one of the columns has titles: without any, what was read is no list of proceedings. */
export const namesTitle = (names: readonly string[]): boolean =>
  names.map(columnNamed).some((name) => name === 'title' || aliases.title?.includes(name));

function valuesOf(raw: Raw): (name: string) => string | undefined {
  const byName = new Map(Object.entries(raw).map(([name, value]) => [columnNamed(name), value]));
  return (name) => {
    const found = [name, ...(aliases[name] ?? [])]
      .map((one) => cleaned(byName.get(one) ?? ''))
      .find((one) => one !== '');
    return found;
  };
}

/** A text that `read` makes something of, or that is wrong. */
const readAs = <T>(read: (text: string) => T | undefined) =>
  z.string().transform((text, context) => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: 'cannot be read' });
    return z.NEVER;
  });

const webText = readAs((text) => (/^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text).href : undefined));

const rowSchema = z.object({
  id: readAs(slugIn).optional(),
  title: z.string(),
  address: webText.optional(),
  category: readAs(categoryIn).optional(),
  requester: z.string().optional(),
  languages: readAs(languagesIn).optional(),
  opening: readAs(readMoment).optional(),
  closing: readAs(readMoment).optional(),
  original_closing: readAs(readMoment).optional(),
  precision: z.string().optional(),
  state: z.string().optional(),
  month: readAs(readMonth).optional(),
  report_due: z.iso.date().optional(),
  report_published: z.iso.date().optional(),
  report: webText.optional(),
  submissions: webText.optional(),
});

/** Reads one item; whatever is there has to be right, what is not there may be missing. */
export function readItem(raw: Raw): ReadItem {
  const value = valuesOf(raw);
  const row = rowSchema.safeParse(
    Object.fromEntries(
      Object.keys(rowSchema.shape).flatMap((name) => (value(name) === undefined ? [] : [[name, value(name)]])),
    ),
  );
  if (!row.success) return { wrong: fieldOf(row.error) };
  const facts = factsSchema.safeParse(factsIn(row.data));
  if (!facts.success) return { wrong: fieldOf(facts.error) };
  const slug = row.data.id ?? slugOf(row.data.address);
  return slug === undefined ? { wrong: 'id' } : { item: { slug, facts: facts.data } };
}

const fieldOf = ({ issues }: z.ZodError): string => String(issues[0]?.path[0] ?? 'item');

/** An id is a slug, whatever signs it came with. */
function slugIn(id: string): string | undefined {
  const slug = id
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 200);
  return slug || undefined;
}

function factsIn(row: z.infer<typeof rowSchema>): object {
  const { original_closing, precision, state, report_due, report_published, closing, id: _, ...rest } = row;
  const opened = openedBy(row.address);
  const given = {
    ...rest,
    opening: row.opening ?? (opened === undefined ? undefined : { on: opened, zone: 'UTC', exact: 'date' }),
    closing: closing && withPrecision(closing, precision),
    originalClosing: original_closing,
    isWithdrawn: /^(withdrawn|cancel+ed)$/i.test(state ?? '') || undefined,
    reportDue: report_due,
    reportPublished: report_published,
  };
  return Object.fromEntries(Object.entries(given).filter(([, one]) => one !== undefined));
}

/** The address of a proceeding ends with the day on which it opened; that of an announcement with its own. */
const openedBy = (address: string | undefined): string | undefined =>
  address !== undefined && /\/public-comments?\//.test(address) ? readAddress(address)?.opening : undefined;

/** A column may say that the time follows from the rule; that a date has no time needs no column. */
const withPrecision = (closing: Moment, precision: string | undefined): Moment =>
  closing.time !== undefined && (precision === 'rule' || precision === 'date')
    ? { ...closing, exact: precision }
    : closing;

/** A category that is not one of ours is another one. */
function categoryIn(typed: string): Category {
  const name = typed.toLowerCase().replace(/[\s_]+/g, '-');
  return categories.find((one) => one === name) ?? 'other';
}

function languagesIn(typed: string): Facts['languages'] {
  const codes = typed.split(/[\s,;]+/).flatMap((code) => asLocale(code) ?? []);
  const list = locales.filter((one) => codes.includes(one));
  return list.length > 0 ? list : undefined;
}
