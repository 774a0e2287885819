// The way by which calls come in: HTTP or Socket Mode. And what watches that it stays open.
import type { RequestListener } from 'node:http';
import type { Receiver } from '@slack/bolt';
import type { BadCredentials } from '../../src/core/platform.js';

export interface Door {
  readonly receiver: Receiver;
  /** For the program's one HTTP server; absent in Socket Mode. */
  readonly http?: RequestListener;
  isOpen(): boolean;
  /** Counts the connections made so far: what came over one can hardly be acknowledged over the next. */
  line(): number;
  /**
   * Opens it and keeps it open until `signal` is aborted.
   * @returns as soon as it is open, or is being tried again; the refusal, where there is no use in trying
   */
  open(signal: AbortSignal): Promise<BadCredentials | undefined>;
  /** Resolves when nothing is open any more, at the latest after 3 s. */
  closed(): Promise<void>;
}

/**
 * Watches a connection that mends itself, for the case that it does not.
 * @param longest milliseconds without a connection that are too long
 */
export function watchOver(isConnected: () => boolean, longest: number, signal: AbortSignal, onLost: () => void): void {
  let last = performance.now();
  const timer = setInterval(() => {
    if (isConnected()) last = performance.now();
    else if (performance.now() - last >= longest) {
      clearInterval(timer);
      onLost();
    }
  }, longest / 20);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
