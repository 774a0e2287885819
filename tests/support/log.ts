// A log that a test can read.
import type { Logger } from '../../src/core/feature.js';

/** @param write called for each line, with its level, its data and its message */
export function logTo(write: (level: keyof Logger, data: object, message: string) => void): Logger {
  const at = (level: keyof Logger) => (data: object, message: string) => write(level, data, message);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

export const silentLog: Logger = logTo(() => undefined);
