// What Discord's errors mean: trying again is useless, the token is no good, or it will pass.
import {
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  HTTPError,
  RateLimitError,
  RESTJSONErrorCodes,
} from 'discord.js';
import { wasNeverSent } from '../../src/core/never-sent.js';
import { type Obstacle, type PassingFailure, Undeliverable } from '../../src/core/platform.js';
import type { FilesKey } from '../../src/core/unsent.js';

/** Codes from Discord's "Opcodes and Status Codes" after which the same message can never arrive. */
const obstacles: Readonly<Record<number, Obstacle>> = {
  [RESTJSONErrorCodes.MissingAccess]: 'notInvited',
  [RESTJSONErrorCodes.MissingPermissions]: 'forbidden',
  [RESTJSONErrorCodes.UnknownChannel]: 'gone',
  [RESTJSONErrorCodes.UnknownMessage]: 'gone',
  [RESTJSONErrorCodes.UnknownGuild]: 'gone',
  [RESTJSONErrorCodes.UnknownUser]: 'gone',
  [RESTJSONErrorCodes.CannotSendMessagesToThisUser]: 'closed',
  /** No server in common any more. */
  50278: 'closed',
  [RESTJSONErrorCodes.CannotSendMessagesInNonTextChannel]: 'forbidden',
  [RESTJSONErrorCodes.CannotExecuteActionOnThisChannelType]: 'forbidden',
  [RESTJSONErrorCodes.ThreadLocked]: 'forbidden',
  /** What Discord does not take today it does not take tomorrow. */
  [RESTJSONErrorCodes.InvalidFormBodyOrContentType]: 'tooLong',
  [RESTJSONErrorCodes.RequestEntityTooLarge]: 'tooLong',
};

/** A passing failure that says how long to wait. */
class Limited extends Error implements PassingFailure {
  override readonly name = 'Limited';
  constructor(
    readonly retryAfter: number,
    readonly mayHaveArrived: boolean,
  ) {
    super('rate limited');
  }
}

/** No answer, or none that tells what was done. */
export class Unanswered extends Error implements PassingFailure {
  override readonly name = 'Unanswered';
  readonly mayHaveArrived = true;
  readonly code: string | number | undefined;
  readonly status: number | undefined;

  constructor(cause: unknown) {
    super('unanswered');
    const { code, status, name } = (typeof cause === 'object' && cause ? cause : {}) as Record<string, unknown>;
    this.code = typeof code === 'string' || typeof code === 'number' ? code : String(name);
    this.status = typeof status === 'number' ? status : undefined;
  }
}

/**
 * The error as the outbox knows errors; a request's body and address stay behind.
 * @param isBegun whether a part has arrived already
 */
export function meantBy(error: unknown, isBegun = false): unknown {
  if (error instanceof DiscordAPIError) {
    const obstacle = obstacles[Number(error.code)];
    if (obstacle) return new Undeliverable(obstacle, String(error.code));
    return isBegun || error.status >= 500 ? new Unanswered(error) : error;
  }
  if (error instanceof RateLimitError) return new Limited(error.retryAfter / 1000, isBegun);
  return isBegun || isOpen(error) ? new Unanswered(error) : error;
}

/** Whether what was asked for may have been done: the answer was no answer, or did not come. */
const isOpen = (error: unknown): boolean =>
  error instanceof HTTPError ? error.status >= 500 : isOfNetwork(error) && !wasNeverSent(error);

/** A bug of ours has neither; what a cut connection or a time-out brings has one of them. */
const isOfNetwork = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError' || 'code' in error);

/** Codes that say: it is not there, or not for us to see. */
const unseen: ReadonlySet<number | string> = new Set([
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownGuild,
  RESTJSONErrorCodes.UnknownMember,
  RESTJSONErrorCodes.UnknownUser,
]);

/** Whether what was asked for is not there for us; anything else leaves open whether it is. */
export const isUnseen = (error: unknown): boolean =>
  (error instanceof DiscordAPIError && unseen.has(error.code)) ||
  (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.GuildChannelUnowned);

/** Whether the server has no such member, or nobody has such an account any more. */
export const isNobody = (error: unknown): boolean =>
  error instanceof DiscordAPIError &&
  (error.code === RESTJSONErrorCodes.UnknownMember || error.code === RESTJSONErrorCodes.UnknownUser);

/** The interaction is void (10062) or somebody has answered it already (40060): nothing is left to be done. */
export const isTooLate = (error: unknown): boolean =>
  error instanceof DiscordAPIError &&
  (error.code === RESTJSONErrorCodes.UnknownInteraction ||
    error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged);

/** Why a message may not bring its files, as core words it. */
export type Refusal = Extract<FilesKey, 'filesTooLarge' | 'filesForbidden' | 'filesNotNow'>;

/** Why Discord refused a message with files; undefined where it is not known that it did. */
export function refusalOfFiles(error: unknown): Refusal | undefined {
  if (!(error instanceof DiscordAPIError) || isTooLate(error)) return undefined;
  if (error.status === 413 || error.code === RESTJSONErrorCodes.RequestEntityTooLarge) return 'filesTooLarge';
  return unseen.has(error.code) ? 'filesForbidden' : 'filesNotNow';
}

export const refusedToken = 'Discord refuses this token; reset it under “Bot” and set the new one';

/** What `@discordjs/ws` says when the gateway closes for good (4004, 4010 to 4014), and what an operator is told of it. */
const closings: readonly (readonly [RegExp, string])[] = [
  [/authentication failed|expected token to be set|token.*invalid|invalid.*token/i, refusedToken],
  [/(disallowed|invalid) intents/i, 'Discord refuses the intents of this bot'],
  [/sharding is required|invalid shard/i, 'this bot is in more servers than one connection may serve'],
  [/invalid api version/i, 'Discord no longer speaks version 10 of its API; a newer Rapporteur is needed'],
];

/** Why Discord will never let this token in; undefined when it may the next time. */
export function refusalOf(error: unknown): string | undefined {
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) return refusedToken;
  if ((error instanceof DiscordAPIError || error instanceof HTTPError) && error.status === 401) return refusedToken;
  const text = error instanceof Error ? error.message : '';
  return closings.find(([said]) => said.test(text))?.[1];
}
