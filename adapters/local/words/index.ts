// The page's own words, by language.
import { wording } from '../../../src/core/wording.js';
import en from './en.js';

export type PageKey = keyof typeof en;

/** Every key, for the page, which is handed them all. */
export const pageKeys = Object.keys(en) as readonly PageKey[];

export const pageWords = wording<PageKey>({ en });
