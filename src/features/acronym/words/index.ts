// The words of /acronym, by language.
import { wording } from '../../../core/wording.js';
import ar from './ar.js';
import en from './en.js';
import es from './es.js';
import fr from './fr.js';
import pt from './pt.js';
import ru from './ru.js';
import zh from './zh.js';

export type AcronymKey = keyof typeof en;

export const acronymWords = wording<AcronymKey>({ en, fr, es, zh, ar, ru, pt });
