// A pulse as plain data, and what becomes of it.
import { Refusal } from '../../../src/core/refusal.js';
import { cast } from '../../../src/features/pulse/answering.js';
import { closed, opened } from '../../../src/features/pulse/course.js';
import { askedIn, drafted, type Pulse } from '../../../src/features/pulse/model.js';

export const t0 = new Date('2026-03-01T12:00:00Z');
export const minutesOn = (minutes: number): Date => new Date(t0.getTime() + minutes * 60_000);
export const place = (channel: string) => askedIn({ platform: 'fake', space: 'S1', channel }, 'en');
const by = { platform: 'fake', space: 'S1', person: 'alice' };

/** A pulse with three options that has just been posted. */
export function open(change: Partial<Pulse> = {}): Pulse {
  const content = {
    question: 'Q?',
    options: ['A', 'B', 'C'],
    isAnonymous: false,
    most: 1,
    isHidden: false,
    closes: '7d',
  };
  const draft = drafted(content, { by, place: place('general'), zone: 'Africa/Nairobi' }, t0);
  return { ...opened(draft, t0), ...change };
}

/** A lot that is always drawn from the end. */
const last = (below: number): number => below - 1;

export const end = (pulse: Pulse, minutes = 60): Pulse =>
  closed(pulse, { at: minutesOn(minutes), by: 'time', pick: last });

export const answered = (pulse: Pulse, ...presses: readonly (readonly [key: string, option: number])[]): Pulse =>
  presses.reduce((one, [key, option]) => cast(one, { key, option, place: 0 }, minutesOn(1)), pulse);

/** Why something is refused; undefined when it is not. */
export const why = (run: () => unknown): string | undefined => {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error.key;
    throw error;
  }
  return undefined;
};
