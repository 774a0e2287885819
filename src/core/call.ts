// What someone did, and what they get: the two values that every platform, feature and test speaks in.
import type { Card, Form } from './card.js';
import type { Locale } from './locale.js';

/** What a route may ask of the caller. Staff and admins are decided in access.ts, at every call. */
export type Role = 'anyone' | 'staff' | 'admin';

/** Named values, all of them text: typed options, what a button carries, what was filled into a form. */
export type Args = Readonly<Record<string, string>>;

/** A Slack workspace or a Discord server; the boundary that nothing private may cross. */
export interface Space {
  readonly platform: string;
  readonly space: string;
}

/** A channel of a space; `thread` where the call was made inside a thread that is not a channel itself. */
export interface Place extends Space {
  readonly channel: string;
  readonly thread?: string | undefined;
  /** The channel in which this one is a thread, where a platform takes threads for channels, as Discord does. */
  readonly parent?: string | undefined;
}

/** A message of ours that was posted. */
export interface Posted extends Place {
  readonly message: string;
}

/** A member, as their platform names them. */
export interface Person extends Space {
  readonly person: string;
}

/** The address of a route with its arguments: `{ to: 'pulse.vote', args: { id, option } }`. */
export interface Target {
  readonly to: string;
  readonly args: Args;
}

/** How the language of a call was found: the member chose it, else the platform says it, else the channel; else English. */
export type LocaleSource = 'chosen' | 'platform' | 'channel' | 'fallback';

/** A command, a press, a submitted form, a menu item: all alike. */
export interface Call extends Target {
  readonly by: Person;
  readonly locale: Locale;
  readonly localeFrom: LocaleSource;
  /** What the platform says of the member's language, if it says anything. */
  readonly platformLocale?: string | undefined;
  readonly place: Place;
  /** The message that the pressed button sits on. */
  readonly on?: Posted;
}

/** A call as an adapter brings it: in which language it is answered is found in dispatch. */
export type Incoming = Omit<Call, 'locale' | 'localeFrom'>;

/** A file for the asker alone. */
export interface Attachment {
  /** With its ending, in ASCII. */
  readonly name: string;
  readonly type: 'text/csv' | 'image/png' | 'application/json' | 'text/calendar';
  readonly body: Uint8Array;
  /** What an image shows, in words. */
  readonly alt?: string;
}

/** What a route gives back. `say` is always private; words for all leave only by the outbox. */
export type Answer =
  | { readonly kind: 'say'; readonly card: Card; readonly files?: readonly Attachment[] }
  | { readonly kind: 'ask'; readonly form: Form }
  | { readonly kind: 'redraw'; readonly card: Card; readonly rev?: number; readonly note?: Card }
  | { readonly kind: 'again'; readonly form: Form; readonly wrong: Args }
  | { readonly kind: 'nothing' };

/** A private answer to the asker. */
export const say = (card: Card, files?: readonly Attachment[]): Answer => ({
  kind: 'say',
  card,
  ...(files ? { files } : {}),
});

/** A form for the asker to fill in. */
export const ask = (form: Form): Answer => ({ kind: 'ask', form });

/** The same form once more, with what was typed still in it and what is wrong by field (`''`: the whole form). */
export const again = (form: Form, wrong: Args): Answer => ({ kind: 'again', form, wrong });

/** The message that the button sits on, drawn anew; `note` is told to the presser alone. */
export const redraw = (card: Card, extra: { readonly rev?: number; readonly note?: Card } = {}): Answer => ({
  kind: 'redraw',
  card,
  ...extra,
});

/** `slack/T1`: the id under which things of a space are kept. */
export const spaceId = (of: Space): string => `${of.platform}/${of.space}`;

/** `slack/T1/U1`: the id under which things of a member are kept. */
export const personId = (of: Person): string => `${spaceId(of)}/${of.person}`;
