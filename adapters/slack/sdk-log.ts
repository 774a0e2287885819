// The SDK's logger, mapped onto ours: pinned to warnings, and only the constant beginnings of its sentences.
import { LogLevel, type Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from '../../src/core/feature.js';

/**
 * What the SDK says from `debug` to `info` carries request bodies, and behind its colons stand messages of errors, which
 * quote what could not be parsed. Neither may be printed.
 */
const beginning = (said: unknown): string =>
  typeof said === 'string' ? (/^[A-Za-z ,.'!-]{0,120}/.exec(said)?.[0] ?? '').trim() : '';

export function sdkLogger(log: Logger): SlackLogger {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...said) => log.warn({ said: beginning(said[0]) }, 'the Slack SDK warns'),
    error: (...said) => log.error({ said: beginning(said[0]) }, 'the Slack SDK reports an error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
