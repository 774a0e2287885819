// What Slack's refusals mean for us: useless to try again, worth another try, or the end of our token.
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { wasNeverSent } from '../../src/core/never-sent.js';
import { type Obstacle, type PassingFailure, Undeliverable } from '../../src/core/platform.js';

/** Worth another try. */
export class SlackFailure extends Error implements PassingFailure {
  override readonly name = 'SlackFailure';
  /**
   * @param code Slack's word for it, or one of ours: `rate_limited`, `http_503`, `request_failed`
   * @param retryAfter seconds, where Slack said how long to wait
   * @param mayHaveArrived whether Slack may have done all the same what it was asked for
   */
  constructor(
    readonly code: string,
    readonly retryAfter?: number,
    readonly mayHaveArrived = false,
  ) {
    super(code);
  }
}

/** The app was not given what it takes: the workspace has to install it once more. */
export class MissingScope extends Undeliverable {
  /** @param scope as Slack calls it; several, of which one would do, are separated by commas; empty where it does not say */
  constructor(readonly scope: string) {
    super('forbidden', 'missing_scope');
  }
}

/** With these nothing works until the operator changes the token (docs.slack.dev/reference/methods/auth.test). */
const refusals = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'user_removed_from_team',
  'team_disabled',
]);

const obstacles: Readonly<Record<string, Obstacle>> = {
  not_in_channel: 'notInvited',
  channel_not_found: 'notInvited',
  is_archived: 'gone',
  message_not_found: 'gone',
  thread_not_found: 'gone',
  cant_update_message: 'forbidden',
  edit_window_closed: 'forbidden',
  restricted_action: 'forbidden',
  restricted_action_read_only_channel: 'forbidden',
  restricted_action_thread_only_channel: 'forbidden',
  restricted_action_non_threadable_channel: 'forbidden',
  restricted_action_thread_locked: 'forbidden',
  account_inactive: 'forbidden',
  access_denied: 'forbidden',
  no_permission: 'forbidden',
  ekm_access_denied: 'forbidden',
  team_access_not_granted: 'forbidden',
  file_uploads_disabled: 'forbidden',
  file_uploads_except_images_disabled: 'forbidden',
  file_type_not_allowed: 'forbidden',
  file_upload_size_restricted: 'forbidden',
  messages_tab_disabled: 'closed',
  cannot_dm_bot: 'closed',
  user_disabled: 'closed',
  user_not_found: 'closed',
  user_not_visible: 'closed',
  users_not_found: 'closed',
  msg_too_long: 'tooLong',
  msg_blocks_too_long: 'tooLong',
  invalid_blocks: 'tooLong',
  invalid_blocks_format: 'tooLong',
};

/**
 * Of these Slack says itself: "It's possible some aspect of the operation succeeded before the error was raised"
 * (docs.slack.dev/reference/methods/chat.postMessage).
 */
const openEnded = new Set(['internal_error', 'fatal_error']);

/** Slack's word for what went wrong, where it said one. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof WebAPIPlatformError ? String(error.data.error) : undefined;

/** Whether Slack will take this token no more. */
export const isRefusal = (code: string | undefined): code is string => code !== undefined && refusals.has(code);

/** Slack answers these when a token cannot open a socket; the SDK would try again for ever. */
const cannotConnect = new Set(['missing_scope', 'not_allowed_token_type', 'access_denied']);

/** Whether Slack will never open a socket for this token. */
export const isRefusedSocket = (code: string | undefined): code is string =>
  isRefusal(code) || (code !== undefined && cannotConnect.has(code));

/** The SDK's errors carry requests and answers; what leaves here carries a code alone. */
export function failureOf(error: unknown): Undeliverable | SlackFailure {
  if (error instanceof Undeliverable || error instanceof SlackFailure) return error;
  if (error instanceof WebAPIRateLimitedError) return new SlackFailure('rate_limited', error.retryAfter);
  if (error instanceof WebAPIHTTPError) {
    const seconds = Number(error.headers['retry-after']);
    // Whoever answers 5xx may have been behind the one that took it; a 503 is no exception, since proxies say it, too.
    return new SlackFailure(
      `http_${error.statusCode}`,
      Number.isFinite(seconds) ? seconds : undefined,
      error.statusCode >= 500,
    );
  }
  const code = codeOf(error);
  if (code === undefined) return new SlackFailure('request_failed', undefined, !wasNeverSent(original(error)));
  if (code === 'missing_scope') return new MissingScope(neededBy(error));
  const obstacle = Object.hasOwn(obstacles, code) ? obstacles[code] : undefined;
  // A body that is no JSON comes as its own error code; it may hold anything.
  if (obstacle) return new Undeliverable(obstacle, code);
  const isWord = /^[a-z_]{1,60}$/.test(code);
  return new SlackFailure(isWord ? code : 'unknown', undefined, !isWord || openEnded.has(code));
}

const original = (error: unknown): unknown => (error instanceof WebAPIRequestError ? error.original : error);

/** Slack names the scope, or those of which one would do. */
function neededBy(error: unknown): string {
  const { needed } = (error instanceof WebAPIPlatformError ? error.data : {}) as { needed?: unknown };
  return typeof needed === 'string' && /^[a-z:._,]{1,100}$/.test(needed) ? needed : '';
}
