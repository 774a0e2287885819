// A group's own questions and the answers to them: staff may edit, add and reorder questions at any time. Pure.
import { createHash } from 'node:crypto';
import type { Args } from '../../core/call.js';
import type { Answers, Group } from './model.js';

const fieldAt = (at: number): string => `q${at + 1}`;

export const isOwnField = (name: string): boolean => /^q\d$/.test(name);

/** The group's own question that a field stands for. */
export const questionOf = (name: string, group: Group): string | undefined =>
  isOwnField(name) ? group.questions[Number(name.slice(1)) - 1] : undefined;

/** Questions by their fields, as far as these are among `names`: kept with the answers. */
export const asAsked = (group: Group, names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    group.questions.map((text, at) => [fieldAt(at), text] as const).filter(([name]) => names.includes(name)),
  );

/** What a form carries, so that one that was drawn before the questions changed is known when it is sent. */
export const editionOf = ({ questions }: Group): string =>
  createHash('sha256').update(JSON.stringify(questions)).digest('base64url').slice(0, 6);

/** What was filled in, for a new form: each answer under its question, whatever number that has now. */
export function realigned({ fields, own }: Pick<Answers, 'fields' | 'own'>, group: Group): Args {
  const others = Object.entries(fields).filter(([name]) => !isOwnField(name));
  const answers = group.questions.flatMap((text, at) => {
    const name = fieldAt(at);
    const had = Object.keys(own).find((one) => own[one] === text);
    // Answers from before questions were kept with them can only go by their number.
    const value = had === undefined ? (own[name] === undefined ? fields[name] : undefined) : fields[had];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries([...others, ...answers]);
}
