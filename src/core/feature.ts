// What a feature is, and what it is handed.
import type { Answer, Args, Call, Person, Place, Posted, Role, Space } from './call.js';
import type { Card, Choice, Field, Form, Text } from './card.js';
import type { Draw } from './chart.js';
import type { Clock } from './clock.js';
import type { Blocked } from './delivery.js';
import type { Locale } from './locale.js';
import type { OwnPrivacy } from './own-privacy.js';
import type { ChannelState, Lack, Presence, Profile } from './platform.js';
import type { Settings } from './settings.js';
import type { Store } from './store.js';
import type { Words } from './wording.js';

export interface Feature {
  /** The slash command, and the prefix of its routes. */
  readonly name: string;
  /** Word key: what the command is for, for help and the platforms' command lists. */
  readonly about: string;
  /** The route of the bare command. */
  readonly main: string;
  readonly routes: Readonly<Record<string, Route>>;
  readonly words: (locale: Locale) => Words;
  /** Required: no feature can forget it. */
  readonly privacy: Privacy;
  /** Makes ready what the first caller would have to wait for. Called once, when the program serves; gives way to others. */
  prepare?(): Promise<void>;
  tick?(now: Date, bot: Bot): Promise<void>;
  /**
   * What a pulse about something of this feature asks, in the asker's language. A button of `pulse.about` with `from`,
   * this feature's name, and `id` leads there.
   * @returns undefined when there is no such thing for the asker
   */
  questionFor?(id: string, call: Call, bot: Bot): Promise<string | undefined>;
  /** What administrators choose about it for their space, in `/rapporteur settings`. */
  readonly setting?: Setting;
  /**
   * What the caller could not be told in private: it is said at the head of the answer to their next command, of whatever
   * feature. Asked at every command, so it is one quick look.
   */
  notice?(call: Call, bot: Bot): Promise<Text | undefined>;
  /** Pages for other programs, by path; one that ends in `/*` takes every path below it. They have no login. */
  readonly feeds?: Readonly<Record<string, Feed>>;
}

/** One field of the form of settings. */
export interface Setting {
  /** Filled in with what the call brings, else with what was chosen before. */
  field(call: Call, bot: Bot): Promise<Field>;
  /** @throws Refusal at the field */
  save(call: Call, bot: Bot): Promise<void>;
}

/** @returns undefined when there is nothing at this path */
export type Feed = (bot: Bot, path: string) => Promise<{ readonly type: string; readonly body: string } | undefined>;

export interface Route {
  /** `anyone` when absent; dispatch checks it before run. */
  readonly who?: Role;
  /** How it is typed; absent: buttons and forms only. */
  readonly typed?: { readonly about: string; readonly options: readonly Option[] };
  /**
   * Word key: also an item in a message's menu, called with the message as the argument `text`. What it does stands under
   * the same key with `About` behind it.
   */
  readonly menu?: string;
  /** Where Slack's App Home is drawn from; at most one route of the program. */
  readonly home?: true;
  run(call: Call, bot: Bot): Promise<Answer>;
  /** For a route that takes a submitted form: that form, filled in with the call's arguments. */
  form?(call: Call, bot: Bot): Promise<Form>;
  suggest?(call: Call, option: string, bot: Bot): Promise<readonly Choice[]>;
}

export interface Option {
  /** Where the first one is `id`, the word `ID` that cards write before one may be typed, too. */
  readonly name: string;
  /** Word key. */
  readonly about: string;
  readonly required?: boolean;
  /** Takes everything that is left of what was typed. */
  readonly rest?: boolean;
  /** For what is typed behind an option that takes the rest, where the route finds it by this word: `[in LANGUAGE]`. */
  readonly preposition?: string;
  readonly choices?: readonly Choice[];
  /** Suggestions come from the route's `suggest` as one types. */
  readonly suggests?: boolean;
}

export interface Privacy {
  /** Word keys, a paragraph each: what is kept of members, and what can be known by whom. */
  readonly tells?: readonly string[];
  /** What is kept of the person, as JSON; undefined when nothing is. */
  exports(of: Person, bot: Bot): Promise<unknown>;
  erases(of: Person, bot: Bot): Promise<void>;
  /** Word key: what stays after an erasure, naming nobody, and why. */
  readonly stays?: string;
}

/** Structured logging as pino has it: data first, then a constant message. */
export interface Logger {
  debug(data: object, message: string): void;
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

export interface Outbox {
  /** Posts now. @throws Undeliverable, or what the platform threw. */
  post(to: Place | Person, card: Card): Promise<Posted>;
  /**
   * Draws a message of ours anew, soon: it is kept when this resolves, and drawn when its turn comes. Edits that pile up
   * become one, an older revision never overwrites a newer one, and the last one always lands, also after a restart.
   */
  edit(what: Posted, card: Card, rev: number): Promise<void>;
  /**
   * Posts exactly once for this key, over restarts and replicas: kept first, then sent, tried again after passing
   * failures. Asking again for a key that failed gives it another chance.
   * @param urgency smaller goes first where a platform's pace makes messages wait; 5 when absent
   */
  once(key: string, to: Place | Person, card: Card, urgency?: number): Promise<Delivered>;
  /**
   * Takes back a message that has not left: it never will.
   * @returns undefined when it is taken back, or there was none; else how far it has come: `waiting` when it is being sent
   * just now, which is to be asked again
   */
  recall(key: string): Promise<Delivered | undefined>;
  /** Places and people of a space that could not be reached when last tried. */
  blocked(space: string): Promise<readonly Blocked[]>;
}

/** How far a message has come. `waiting`: kept, and sent as soon as it can be. */
export type Delivered =
  | { readonly state: 'sent'; readonly posted?: Posted }
  | { readonly state: 'waiting' }
  | { readonly state: 'failed'; readonly obstacle: string };

/** A platform as it stands in `/rapporteur status`. */
export interface PlatformState {
  readonly name: string;
  readonly connected: boolean;
  readonly lacks: readonly Lack[];
}

/** What the operator has set, as far as it concerns members. */
export interface Operator {
  /** Where people reach our pages, without a slash at the end; without it there are no links to them. */
  readonly publicUrl?: string;
  /** A file, or an https address, of public-comment proceedings. */
  readonly commentsSource?: string;
}

/** All that a handler may touch. */
export interface Bot {
  readonly store: Store;
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly settings: Settings;
  readonly log: Logger;
  readonly features: readonly Feature[];
  newId(): string;
  /** Resolves after so many milliseconds; in a test sooner. */
  sleep(milliseconds: number): Promise<void>;
  /** Whether the caller holds the role, checked anew (access.ts). */
  is(call: Pick<Call, 'by'>, role: Role): Promise<boolean>;
  channelState(place: Place): Promise<ChannelState>;
  presence(place: Place, person: Person): Promise<Presence>;
  hasLeft(person: Person): Promise<boolean | undefined>;
  profile(person: Person): Promise<Profile>;
  /** What stands for a person where nobody may learn who it is (secret.ts). */
  hash(of: Person, salt: string): string;
  /** Draws a chart as PNG. */
  readonly draw: Draw;
  readonly operator: Operator;
  /** What no feature keeps, and is a person's all the same. */
  readonly ownPrivacy: OwnPrivacy;
  states(space: Space): Promise<readonly PlatformState[]>;
}

/** A required argument; dispatch has made sure that it is there. */
export function need(args: Args, name: string): string {
  const value = args[name];
  if (value === undefined) throw new Error(`route called without ${name}`);
  return value;
}
