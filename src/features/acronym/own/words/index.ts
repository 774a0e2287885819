// The words of /glossary, by language.
import { wording } from '../../../../core/wording.js';
import ar from './ar.js';
import en from './en.js';
import es from './es.js';
import fr from './fr.js';
import pt from './pt.js';
import ru from './ru.js';
import zh from './zh.js';

export type GlossaryKey = keyof typeof en;

export const glossaryWords = wording<GlossaryKey>({ en, fr, es, zh, ar, ru, pt });
