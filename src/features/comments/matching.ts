// Which entries are about the same proceeding: by their slug, and by their page, since lists change their IDs. Pure.
import { type Space, spaceId } from '../../core/call.js';
import { readAddress } from './address.js';
import type { Item } from './item.js';
import { Lately } from './lately.js';
import { everywhere, type Facts, factsOf, type Proceeding } from './model.js';

interface Entry {
  readonly value: Proceeding;
}

const pages = new Lately<string | undefined>();

/** What the page at an address is called, in whatever language; undefined when it is no address. */
export function pageOf(address: string | undefined): string | undefined {
  return address === undefined ? undefined : pages.of(address, () => pageAt(address));
}

/** A name with a date in it is that of one proceeding wherever it stands; any other one goes with its host. */
function pageAt(address: string): string | undefined {
  const read = readAddress(address);
  if (!read) return undefined;
  const { host, pathname, search } = new URL(address);
  return read.opening ? read.slug : `${host.replace(/^www\./, '')}${pathname.replace(/\/$/, '')}${search}`;
}

/** By the name of their page, those that have one for themselves: several on one page are not told apart by it. */
function byPage<T>(all: readonly T[], addressOf: (one: T) => string | undefined): ReadonlyMap<string, T> {
  const found = new Map<string, T | undefined>();
  for (const one of all) {
    const page = pageOf(addressOf(one));
    if (page !== undefined) found.set(page, found.has(page) ? undefined : one);
  }
  return new Map([...found].flatMap(([page, one]) => (one === undefined ? [] : [[page, one] as const])));
}

const addressOf = ({ value }: Entry): string | undefined => factsOf(value).address;

/** What something calls a proceeding. */
interface Named {
  readonly slug: string;
  readonly facts: Pick<Facts, 'address'>;
}

/** Finds entries of one scope by their slug, else by their page. */
export function finderIn<T extends Entry>(docs: readonly T[]): (of: Named) => T | undefined {
  const pages = byPage(docs, addressOf);
  const slugs = new Map(docs.map((doc) => [doc.value.slug, doc]));
  return ({ slug, facts }) => {
    const page = pageOf(facts.address);
    return slugs.get(slug) ?? (page === undefined ? undefined : (pages.get(page) ?? slugs.get(page)));
  };
}

/** Finds, for entries of one scope, the one of another scope that is about the same; several on one page have none by it. */
function twinsAmong<T extends Entry>(others: readonly T[], docs: readonly T[]): (of: T) => T | undefined {
  const find = finderIn(others);
  const alone = new Set(byPage(docs, addressOf).values());
  return (doc) => find({ slug: doc.value.slug, facts: alone.has(doc) ? factsOf(doc.value) : {} });
}

/** What a list says of the entries of one scope. */
export interface Matched<T> {
  readonly pairs: ReadonlyMap<T, Facts>;
  /** What none of them is about. */
  readonly news: readonly Item[];
}

/** An item goes first to the entry of its slug, then to the one of its page, each to one at most. */
export function matched<T extends Entry>(items: readonly Item[], docs: readonly T[]): Matched<T> {
  const pairs = new Map<T, Facts>();
  const slugs = new Map(docs.map((doc) => [doc.value.slug, doc]));
  const others = items.filter(({ slug, facts }) => {
    const doc = slugs.get(slug);
    if (doc) pairs.set(doc, facts);
    return !doc;
  });
  const find = finderIn(docs.filter((doc) => !pairs.has(doc)));
  const alone = new Set(byPage(items, ({ facts }) => facts.address).values());
  const news = others.filter((item) => {
    const doc = alone.has(item) ? find(item) : undefined;
    if (!doc || pairs.has(doc)) return true;
    pairs.set(doc, item.facts);
    return false;
  });
  return { pairs, news };
}

/**
 * What a space sees: what its own staff added, and the operator's. Where staff had added one before the source gave it,
 * theirs stands for both.
 */
export function visibleIn<T extends Entry>(docs: readonly T[], space: Space | string): T[] {
  const id = typeof space === 'string' ? space : spaceId(space);
  const own = docs.filter(({ value }) => value.scope === id);
  const shared = docs.filter(({ value }) => value.scope === everywhere);
  if (own.length === 0) return shared;
  if (shared.length === 0) return own;
  const twinOf = twinsAmong(own, shared);
  return docs.filter((doc) => doc.value.scope === id || (doc.value.scope === everywhere && twinOf(doc) === undefined));
}

/** Entries of whatever scopes, put together where they are about the same proceeding. */
export function together<T extends Entry>(docs: readonly T[]): readonly (readonly T[])[] {
  const scopes = new Map<string, T[]>();
  for (const doc of docs) scopes.set(doc.value.scope, [...(scopes.get(doc.value.scope) ?? []), doc]);
  const groups: T[][] = [];
  for (const list of scopes.values()) {
    const twinOf = twinsAmong(
      groups.flatMap(([first]) => first ?? []),
      list,
    );
    const of = new Map(groups.map((group) => [group[0], group]));
    for (const doc of list) {
      const twin = twinOf(doc);
      const group = twin && of.get(twin);
      if (group) group.push(doc);
      else groups.push([doc]);
    }
  }
  return groups;
}
