// The words of /acronym, by language.
import { wording } from '../../../core/wording.js';
import en from './en.js';

export type AcronymKey = keyof typeof en;

export const acronymWords = wording<AcronymKey>({ en });
