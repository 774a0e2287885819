// The words of /rapporteur, by language.
import { wording } from '../../../core/wording.js';
import ar from './ar.js';
import en from './en.js';
import es from './es.js';
import fr from './fr.js';
import pt from './pt.js';
import ru from './ru.js';
import zh from './zh.js';

export type RapporteurKey = keyof typeof en;

export const rapporteurWords = wording<RapporteurKey>({ en, fr, es, zh, ar, ru, pt });
