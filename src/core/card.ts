// Cards and forms as plain data. Strings are plain text, escaped by every renderer; markup exists only as data.
import type { Person, Target } from './call.js';
import type { Locale } from './locale.js';

export type Inline =
  | string
  | { readonly kind: 'bold'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  | { readonly kind: 'person'; readonly person: Person }
  | { readonly kind: 'channel'; readonly channel: string }
  | { readonly kind: 'time'; readonly at: Date };

export type Text = readonly Inline[];

export interface Button {
  readonly label: string;
  readonly target: Target;
  readonly tone?: 'main' | 'danger';
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export type Block =
  | { readonly kind: 'text'; readonly text: Text; readonly quiet?: boolean }
  | { readonly kind: 'facts'; readonly facts: readonly { readonly label: string; readonly value: Text }[] }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  /** One choice out of a list; choosing calls `target` with the value as the argument `name`; both have to fit a button together. */
  | {
      readonly kind: 'select';
      readonly label: string;
      readonly target: Target;
      readonly name: string;
      readonly choices: readonly Choice[];
      readonly value?: string;
    };

export interface Card {
  readonly locale: Locale;
  readonly title?: string;
  /** A private answer that nothing may keep a copy of: what somebody answered in secret, a key. */
  readonly isFleeting?: boolean;
  readonly blocks: readonly Block[];
}

/**
 * A field of a form. `channel` lets the member pick a channel of the space; its value is the channel's id. `checks` lets
 * them tick any number of the choices, at most ten; its value is those values joined by commas, so they hold none.
 */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly kind: 'line' | 'lines' | 'choice' | 'checks' | 'channel';
  readonly required?: boolean;
  /** Longest text, in UTF-16 units. */
  readonly max?: number;
  readonly choices?: readonly Choice[];
  readonly value?: string;
  readonly hint?: string;
}

/** At most five fields: Discord's limit for a modal (developer docs, "Component reference") is everyone's. */
export interface Form {
  readonly locale: Locale;
  readonly title: string;
  /** The route that takes what was filled in; its arguments are these and the fields, by name. */
  readonly target: Target;
  readonly fields: readonly Field[];
  readonly intro?: Text;
  /** What the button says that sends it, `Send` unless given; Discord's own cannot be named. */
  readonly submit?: string;
}

/** The values of the choices that are ticked, of the value of a field of the kind `checks`. */
export const ticksOf = (value: string | undefined): readonly string[] => (value ? value.split(',') : []);

export const bold = (text: string): Inline => ({ kind: 'bold', text });
export const link = (text: string, url: string): Inline => ({ kind: 'link', text, url });
export const mention = (person: Person): Inline => ({ kind: 'person', person });
export const channel = (id: string): Inline => ({ kind: 'channel', channel: id });
export const time = (at: Date): Inline => ({ kind: 'time', at });

/** A paragraph. */
export const para = (...text: Text): Block => ({ kind: 'text', text });

/** A paragraph that stands back: a source, a date, a remark. */
export const quiet = (...text: Text): Block => ({ kind: 'text', text, quiet: true });

export const facts = (...rows: readonly (readonly [label: string, value: Text])[]): Block => ({
  kind: 'facts',
  facts: rows.map(([label, value]) => ({ label, value })),
});

export const buttons = (...list: readonly Button[]): Block => ({ kind: 'buttons', buttons: list });

export const button = (label: string, target: Target, tone?: 'main' | 'danger'): Button =>
  tone ? { label, target, tone } : { label, target };

/** A target written short: `to('pulse.vote', { id, option })`. */
export const to = (route: string, args: Target['args'] = {}): Target => ({ to: route, args });

/**
 * The address of a link as it may be followed.
 * @param most the longest that the platform takes, in UTF-16 units
 * @returns undefined for anything but http and https, and for what is too long: that is shown as its text
 */
export function webAddress(url: string, most: number): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  return /^https?:$/.test(protocol) && href.length <= most ? href : undefined;
}
