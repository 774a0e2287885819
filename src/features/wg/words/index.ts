// The words of /wg, by language.
import { wording } from '../../../core/wording.js';
import ar from './ar.js';
import en from './en.js';
import es from './es.js';
import fr from './fr.js';
import pt from './pt.js';
import ru from './ru.js';
import zh from './zh.js';

export type WgKey = keyof typeof en;

export const wgWords = wording<WgKey>({ en, fr, es, zh, ar, ru, pt });
