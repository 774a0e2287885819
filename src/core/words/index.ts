// Core's own words, by language.
import { wording } from '../wording.js';
import ar from './ar.js';
import en from './en.js';
import es from './es.js';
import fr from './fr.js';
import pt from './pt.js';
import ru from './ru.js';
import zh from './zh.js';

export type CoreKey = keyof typeof en;

export const coreWords = wording<CoreKey>({ en, fr, es, zh, ar, ru, pt });
