// Core's own words, by language.
import { wording } from '../wording.js';
import en from './en.js';

export type CoreKey = keyof typeof en;

export const coreWords = wording<CoreKey>({ en });
