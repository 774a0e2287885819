// What the doctor found: one line each, the worst of which decides the exit code.
import { codeOf } from '../../src/store/durable-file.js';

/** `warning`: it works, and its operator should know. `fault`: something does not work until it is mended. */
export type Level = 'ok' | 'warning' | 'fault';

export interface Finding {
  readonly level: Level;
  /** The variable to change where there is one, else the part. */
  readonly about: string;
  /** What is so and, unless all is well, what to do. */
  readonly text: string;
}

const finding =
  (level: Level) =>
  (about: string, text: string): Finding => ({ level, about, text });

export const ok = finding('ok');
export const warning = finding('warning');
export const fault = finding('fault');

/** What is printed, padded so that the eye finds what is not well. */
const marks: Readonly<Record<Level, string>> = { ok: 'ok      ', warning: 'WARNING ', fault: 'FAULT   ' };

export const lineOf = ({ level, about, text }: Finding): string => `${marks[level]}${about}: ${text}`;

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** The last line, and the exit code: 0 all well, 1 with warnings, 2 with faults. */
export function verdictOn(findings: readonly Finding[]): { readonly line: string; readonly code: 0 | 1 | 2 } {
  const count = (level: Level): number => findings.filter((one) => one.level === level).length;
  const [faults, warnings] = [count('fault'), count('warning')];
  if (faults + warnings === 0) return { line: 'all is well', code: 0 };
  return { line: `${counted(faults, 'fault')}, ${counted(warnings, 'warning')}`, code: faults > 0 ? 2 : 1 };
}

/** A word for an error that quotes nothing: the system's or an SDK's code, else the kind of error. */
export function wordFor(error: unknown): string {
  const { cause } = error instanceof Error ? error : {};
  return codeOf(error) ?? codeOf(cause) ?? (error instanceof Error ? error.name : typeof error);
}
