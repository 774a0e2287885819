// What Discord's errors mean: trying again is useless, the token is no good, or it will pass.
import {
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  HTTPError,
  RateLimitError,
  RESTJSONErrorCodes,
} from 'discord.js';
import { type Obstacle, Undeliverable } from '../../src/core/platform.js';

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
};

/** A passing failure that says how long to wait. */
class Limited extends Error {
  override readonly name = 'Limited';
  constructor(readonly retryAfter: number) {
    super('rate limited');
  }
}

/** The error as the outbox knows errors; a request's body and address stay behind. */
export function meantBy(error: unknown): unknown {
  if (error instanceof DiscordAPIError) {
    const obstacle = obstacles[Number(error.code)];
    return obstacle ? new Undeliverable(obstacle, String(error.code)) : error;
  }
  return error instanceof RateLimitError ? new Limited(error.retryAfter / 1000) : error;
}

/** The interaction is void (10062) or somebody has answered it already (40060): nothing is left to be done. */
export const isTooLate = (error: unknown): boolean =>
  error instanceof DiscordAPIError &&
  (error.code === RESTJSONErrorCodes.UnknownInteraction ||
    error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged);

/** Why Discord will never let this token in; undefined when it may the next time. */
export function refusalOf(error: unknown): string | undefined {
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid)
    return 'Discord refuses this token; reset it under “Bot” and set the new one';
  if ((error instanceof DiscordAPIError || error instanceof HTTPError) && error.status === 401) {
    return 'Discord refuses this token; reset it under “Bot” and set the new one';
  }
  const text = error instanceof Error ? error.message : '';
  if (/disallowed intents/i.test(text)) return 'Discord refuses the intents of this bot';
  if (/expected token to be set|invalid token|token.*invalid/i.test(text))
    return 'Discord refuses this token; reset it under “Bot” and set the new one';
  return undefined;
}
