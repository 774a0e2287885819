// The port to a chat platform: what an adapter does for us, and what we do for an adapter.
import type { RequestListener } from 'node:http';
import type { Answer, Args, Call, Incoming, Person, Place, Posted, Space, Target } from './call.js';
import type { Card, Choice, Form } from './card.js';
import type { Feature } from './feature.js';

/** A channel as the bot sees it. `unreachable`: gone, or the bot was never invited; the platforms do not tell which. */
export type ChannelState = 'private' | 'public' | 'unreachable';

/** How someone is in a channel. `guest`: of another workspace, or with fewer rights than a member of this one. */
export type Presence = 'member' | 'guest' | 'absent';

/** What a platform tells of a member. */
export interface Profile {
  /** As the others read it. */
  readonly name: string;
  /** IANA time zone, where the platform knows it. */
  readonly zone?: string;
}

/** Something that is missing and can be mended: a scope, a permission, an intent. */
export interface Lack {
  /** Word key in core's words, with the remedy in the sentence. */
  readonly key: 'lacksScope' | 'lacksPermission' | 'notConnected' | 'commandsNotRegistered';
  readonly args: Args;
}

/** How fast a platform may be spoken to, in milliseconds between two messages of one lane. */
export interface Pace {
  /** Between two posts to one channel. */
  readonly post: number;
  /** Between two edits of one lane. */
  readonly edit: number;
  /** What a platform counts edits by: all of a space together (Slack), or those of a channel (Discord). */
  readonly editsBy: 'space' | 'channel';
}

export interface Platform {
  /** `slack`, `discord`, `local`: the `platform` of every {@link Space} it brings. */
  readonly name: string;
  readonly pace: Pace;
  /** For so many milliseconds the same key gives back the first message instead of a second one; absent: not at all. */
  readonly remembersKeys?: number;
  /** Resolves as soon as it serves, or keeps trying; rejects with {@link BadCredentials} only. */
  start(core: Core): Promise<void>;
  /** Takes no more calls, lets those that run finish for at most 5 s, closes sockets. */
  stop(): Promise<void>;
  connected(): boolean;
  /**
   * Posts to a channel, or to a person in private.
   * @param key the same key means the same message: a platform that knows idempotent posts gives the first one back
   * @throws Undeliverable when trying again is useless; anything else is worth a retry, see {@link PassingFailure}
   */
  post(to: Place | Person, card: Card, key?: string): Promise<Posted>;
  /** @throws Undeliverable when trying again is useless; anything else is worth a retry */
  edit(what: Posted, card: Card): Promise<void>;
  channel(place: Place): Promise<ChannelState>;
  presence(place: Place, person: Person): Promise<Presence>;
  /**
   * Whether the person is no longer of the workspace or server, whatever channels they are in.
   * @throws when that cannot be told: a request is not closed on a guess
   */
  hasLeft(person: Person): Promise<boolean>;
  profile(person: Person): Promise<Profile>;
  isAdmin(person: Person): Promise<boolean>;
  lacks(space: Space): Promise<readonly Lack[]>;
  /** How many requests the platform refused because too many came (429), since the start. */
  readonly limited?: () => number;
  /** `POST /slack/events`: mounted by http.ts. */
  readonly http?: Readonly<Record<string, RequestListener>>;
}

export interface Core {
  readonly features: readonly Feature[];
  answer(incoming: Incoming): Promise<Answer>;
  /** Suggestions for an option as it is being typed, at most 25; never throws. */
  suggest(incoming: Incoming, option: string): Promise<readonly Choice[]>;
  /**
   * Keeps a form with what was typed into it for an hour, where a platform cannot show it now.
   * @returns the target of a button with which its owner, and nobody else, opens it again
   */
  shelve(form: Form, by: Person): Promise<Target>;
  /** The language of a member for what the adapter itself has to say. */
  localeOf(call: Pick<Incoming, 'by' | 'place' | 'platformLocale'>): Promise<Call['locale']>;
}

/** What the outbox looks for in an error that is worth another try. */
export interface PassingFailure {
  /** Seconds, where the platform said how long to wait. */
  readonly retryAfter?: number | undefined;
  /** The request left and no good answer came: the platform may have taken the message, or may yet. */
  readonly mayHaveArrived?: boolean;
}

/** The platform refused the token: nothing will work until the operator changes it. */
export class BadCredentials extends Error {
  override readonly name = 'BadCredentials';
  /** @param variable the environment variable that holds what was refused */
  constructor(
    readonly variable: string,
    readonly reason: string,
  ) {
    super(`${variable}: ${reason}`);
  }
}

/** Why a message can never arrive as things stand. */
export type Obstacle = 'notInvited' | 'gone' | 'forbidden' | 'closed' | 'tooLong';

/** Trying again is useless: the channel is gone, the bot was not invited, direct messages are closed. */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable';
  constructor(
    readonly obstacle: Obstacle,
    readonly code: string,
  ) {
    super(`${obstacle} (${code})`);
  }
}
