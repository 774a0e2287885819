// This machine's clock against those of others, told by the dates of their answers.
import type { Clock } from '../../src/core/clock.js';
import { type Finding, fault, ok, warning } from './finding.js';
import { ask } from './web.js';

/**
 * In milliseconds. Dates of answers have whole seconds, and travel; Slack's signatures are void after five minutes, and
 * deadlines are told by this clock.
 */
const [unremarkable, bearable] = [5_000, 120_000];

/** @param whose clock, as in “Slack's clock” */
export function judgeClock(whose: string, theirs: Date, ours: Date): Finding {
  const apart = ours.getTime() - theirs.getTime();
  const text = `is ${Math.round(Math.abs(apart) / 1000)} s ${apart < 0 ? 'behind' : 'ahead of'} ${whose}`;
  if (Math.abs(apart) <= unremarkable) return ok('clock', `agrees with ${whose}`);
  const remedy = 'let the machine keep its time by NTP (timedatectl set-ntp true)';
  return Math.abs(apart) <= bearable ? warning('clock', `${text}; ${remedy}`) : fault('clock', `${text}; ${remedy}`);
}

/** What cannot be reached is told elsewhere. @param url any page; what it says does not matter */
export async function examineClock(whose: string, url: string, clock: Clock): Promise<readonly Finding[]> {
  const before = clock.now().getTime();
  const asked = await ask(url);
  if (!('page' in asked) || !asked.page.date) return [];
  // Half way between question and answer, and in the middle of the second that the date names.
  const ours = new Date((before + clock.now().getTime()) / 2 - 500);
  return [judgeClock(whose, asked.page.date, ours)];
}
