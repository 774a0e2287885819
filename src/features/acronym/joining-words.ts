// Words that people put between and around terms, and ask with: nobody wants them explained. Pure.
import type { Locale } from '../../core/locale.js';
import { fold } from './fold.js';

/**
 * Few on purpose: articles, "and" and "or", the commonest prepositions, and what a question is asked with ("what is the
 * GNSO"). A word that says what is looked for ("policy") must never stand here; AS, DES, IT and UN, which are acronyms
 * too, are told apart by their capitals in look-up.ts.
 */
const words: Readonly<Record<Locale, string>> = {
  en: 'a an and or and/or the of for in on to with vs versus is are it what which who do does mean means stand stands about please explain define',
  fr: 'le la les l un une des du de d et ou à au aux en pour avec sur est sont que qu quoi qui quel quelle ce c qu’est-ce c’est signifie veut dire',
  es: 'el la los las un una unos unas y e o u del de al a en para con es son qué que cuál significa quiere decir',
  zh: '和 与 及 或 或者 以及 跟 是 的 在 什么 什么是 是什么 是什么意思 什么意思 请问',
  ar: 'و أو في من إلى عن مع ال ما هو هي ماذا هل يعني تعني معنى',
  ru: 'и или а в на с о об для от из что такое это как значит означает',
  pt: 'o a os as um uma e ou de do da dos das em no na nos nas para com é são que qual significa quer dizer',
};

const joining: ReadonlySet<string> = new Set(Object.values(words).flatMap((list) => list.split(' ').map(fold)));

/** Whether a word joins terms rather than being one, in any of the languages; so does a sign without a letter: `+`. */
export function isJoining(word: string): boolean {
  const key = fold(word);
  return key === '' || joining.has(key);
}
