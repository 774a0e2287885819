// The words of /rapporteur, by language.
import { wording } from '../../../core/wording.js';
import en from './en.js';

export type RapporteurKey = keyof typeof en;

export const rapporteurWords = wording<RapporteurKey>({ en });
