// The page's own words, by language.
import { wording } from '../../../src/core/wording.js';
import ar from './ar.js';
import en from './en.js';
import es from './es.js';
import fr from './fr.js';
import pt from './pt.js';
import ru from './ru.js';
import zh from './zh.js';

export type PageKey = keyof typeof en;

/** Every key, for the page, which is handed them all. */
export const pageKeys = Object.keys(en) as readonly PageKey[];

export const pageWords = wording<PageKey>({ en, fr, es, zh, ar, ru, pt });
