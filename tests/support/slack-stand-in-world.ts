// What exists in the workspace that the stand-in for Slack plays: people, channels, messages, open modals.
import type { Json } from './slack-stand-in-blocks.js';
import type { Upload } from './slack-stand-in-files.js';

export interface SlackUser {
  readonly id: string;
  readonly team?: string;
  readonly locale?: string;
  readonly displayName?: string;
  readonly realName?: string;
  /** IANA time zone. */
  readonly zone?: string;
  readonly isAdmin?: boolean;
  readonly isOwner?: boolean;
  /** A guest of several channels. */
  readonly isRestricted?: boolean;
  /** A guest of one channel. */
  readonly isUltraRestricted?: boolean;
  /** Somebody of a connected workspace. */
  readonly isStranger?: boolean;
  isDeleted?: boolean;
}

export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  isPrivate?: boolean;
  isArchived?: boolean;
  isShared?: boolean;
  /** Direct messages with an app: whose. */
  readonly directWith?: string;
  /** People, and apps by their bot's user id. */
  readonly members: Set<string>;
}

/** A file as it was shared. */
export interface SlackFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly altText?: string;
  readonly bytes: Buffer;
}

/** A message as it now reads. */
export interface SlackMessage {
  readonly ts: string;
  readonly channel: string;
  readonly app: string;
  readonly thread?: string;
  /** Set when one person alone sees it. */
  readonly onlyFor?: string;
  readonly files?: readonly SlackFile[];
  text: string;
  blocks: readonly Json[];
  /** How many times it was changed. */
  edits: number;
}

/** A modal or a home view as it is shown to someone. */
export interface SlackView {
  readonly id: string;
  readonly app: string;
  readonly user: string;
  hash: string;
  view: Json;
}

interface Trigger {
  readonly user: string;
  readonly until: number;
  isUsed: boolean;
}

/** What a response_url leads to. */
export interface ResponseUrl {
  readonly app: string;
  readonly user: string;
  readonly channel: string;
  /** The message that was pressed on. */
  readonly message?: SlackMessage;
  uses: number;
  until: number;
}

/** A call of the Web API as it came in. */
export interface SlackCall {
  readonly method: string;
  readonly args: Json;
  readonly at: number;
}

/** trigger_id: 3 s, one use. response_url: 30 minutes, five uses. */
const triggerLasts = 3000;
const responseLasts = 1_800_000;

export class World {
  readonly team = 'T1';
  readonly users = new Map<string, SlackUser>();
  readonly channels = new Map<string, SlackChannel>();
  readonly messages: SlackMessage[] = [];
  readonly modals: SlackView[] = [];
  readonly homes = new Map<string, SlackView>();
  /** Files on their way, by the last part of the address that they are brought to. */
  readonly uploads = new Map<string, Upload>();
  readonly responses = new Map<string, ResponseUrl>();
  readonly calls: SlackCall[] = [];
  /** What Slack would have refused, or a member would have seen as a failure. */
  readonly faults: string[] = [];
  /** Where the stand-in itself is reached. */
  address = '';
  readonly #triggers = new Map<string, Trigger>();
  #count = 0;

  /** A number that nothing else has. */
  next(): number {
    this.#count += 1;
    return this.#count;
  }

  ts = (): string => `1700000000.${String(this.next()).padStart(6, '0')}`;

  trigger(user: string): string {
    const id = `${this.next()}.1.trigger`;
    this.#triggers.set(id, { user, until: Date.now() + triggerLasts, isUsed: false });
    return id;
  }

  /** @returns the user whose trigger it was, or Slack's error */
  useTrigger(id: unknown): { readonly user: string } | { readonly error: string } {
    const trigger = this.#triggers.get(String(id));
    if (!trigger) return { error: 'invalid_trigger_id' };
    if (trigger.until < Date.now()) return { error: 'expired_trigger_id' };
    if (trigger.isUsed) return { error: 'exchanged_trigger_id' };
    trigger.isUsed = true;
    return { user: trigger.user };
  }

  /** @returns the last part of the address */
  responseUrl(of: Omit<ResponseUrl, 'uses' | 'until'>): string {
    const id = `response-${this.next()}`;
    this.responses.set(id, { ...of, uses: 5, until: Date.now() + responseLasts });
    return id;
  }

  post(message: Omit<SlackMessage, 'ts' | 'edits'>): SlackMessage {
    const posted = { ...message, ts: this.ts(), edits: 0 };
    this.messages.push(posted);
    return posted;
  }

  /** The direct messages between an app and a user. */
  direct(bot: string, user: string): SlackChannel {
    const id = `D${bot.slice(1)}${user.slice(1)}`;
    const channel = this.channels.get(id) ?? { id, name: id, directWith: user, members: new Set([bot, user]) };
    this.channels.set(id, channel);
    return channel;
  }

  /** The modal on top at someone's. */
  topModal = (user: string, app?: string): SlackView | undefined =>
    this.modals.filter((one) => one.user === user && (app === undefined || one.app === app)).at(-1);

  closeModal(view: SlackView): void {
    const at = this.modals.indexOf(view);
    if (at >= 0) this.modals.splice(at, 1);
  }
}

/** Ann and Bob are members, Ada is an administrator, Gus and Una are guests, Stan is of another workspace, Lea has left. */
export function populate(world: World): void {
  const users: readonly SlackUser[] = [
    { id: 'UANN', locale: 'en-US', displayName: 'Ann', realName: 'Ann Example', zone: 'Africa/Nairobi' },
    { id: 'UBOB', locale: 'fr-FR', realName: 'Bob Exemple', zone: 'Europe/Brussels' },
    { id: 'UADA', locale: 'en-GB', isAdmin: true },
    { id: 'UGUS', locale: 'en-US', isRestricted: true, isAdmin: true },
    { id: 'UUNA', locale: 'en-US', isUltraRestricted: true },
    { id: 'USTAN', locale: 'en-US', team: 'T2', isStranger: true, isOwner: true },
    { id: 'ULEA', locale: 'en-US', isDeleted: true },
  ];
  for (const user of users) world.users.set(user.id, user);
  const everyone = users.map(({ id }) => id);
  const channels: readonly SlackChannel[] = [
    { id: 'CGENERAL', name: 'general', members: new Set(everyone) },
    { id: 'CSTAFF', name: 'staff', isPrivate: true, members: new Set(['UADA', 'UGUS', 'UUNA', 'USTAN', 'ULEA']) },
    { id: 'CSECRET', name: 'secret', isPrivate: true, members: new Set(['UANN']) },
    { id: 'COLD', name: 'old', isArchived: true, members: new Set(everyone) },
    { id: 'CSHARED', name: 'shared', isPrivate: true, isShared: true, members: new Set(['UANN', 'USTAN']) },
  ];
  for (const channel of channels) world.channels.set(channel.id, channel);
}
