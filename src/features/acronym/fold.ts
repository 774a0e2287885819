// What stays of a text when the ways of writing it do not count. Pure.

/** Arabic letters that are typed for one another, and kashida, which only stretches a word; and two Persian ones. */
const letterForms: Readonly<Record<string, string>> = {
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ة: 'ه',
  ک: 'ك',
  ـ: '',
};

/** Arabic and Persian digits, each in the order of its value. */
const digitsOf = (digit: string): string => String((digit.codePointAt(0) ?? 0) & 0xf);

/**
 * What stays of a term when case, accents, punctuation and spaces do not count: `e.p.d.p.` and `EPDP` are the same, and
 * `ё` is `е`. Arabic vowel signs go, and hamza with them, whatever letter carries it.
 */
export function fold(term: string): string {
  if (/^[a-z0-9]*$/i.test(term)) return term.toLowerCase();
  // Signs above letters go first: putting a long row of them in order would take time that grows with its square.
  return term
    .replace(/\p{M}+/gu, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[ٱىیةکـ]/g, (letter) => letterForms[letter] ?? letter)
    .replace(/[٠-٩۰-۹]/g, digitsOf)
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** A run of Chinese, which has no spaces, or a word of any other script. */
const run = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+/gu;

/** The article that Arabic writes together with its word, alone or behind one of the prefixes. */
const article = /^(?:[وفبك]?ال|لل)(?=\p{L}{2})/u;

/** Pairs of neighbouring characters: two runs that share all of them hold one another, nearly always. */
function pairs(text: string): readonly string[] {
  const signs = [...text];
  return signs.length < 2 ? signs : signs.slice(1).map((sign, at) => `${signs[at]}${sign}`);
}

/** Whether the text is written in Chinese characters. */
const isHan = (text: string): boolean => /^\p{Script=Han}/u.test(text);

/**
 * The words of a text as they are searched, folded: those of Chinese are pairs of characters, and single ones too where
 * the text is to be found by them.
 * @param hasSingles whether to give the single characters of Chinese beside the pairs
 */
export function wordsOf(text: string, hasSingles = false): readonly string[] {
  return [...text.matchAll(run)].flatMap(([found]) => {
    const word = fold(found);
    if (word === '') return [];
    if (!isHan(word)) return [word.replace(article, '')];
    return hasSingles && word.length > 1 ? [...pairs(word), ...word] : pairs(word);
  });
}

/** The Chinese runs of what is looked for, which must stand in what is found just as they are. */
export const hanRuns = (text: string): readonly string[] =>
  [...text.matchAll(run)].map(([found]) => fold(found)).filter(isHan);

/** Full-width letters and digits, which Chinese keyboards write, in as many characters. */
export const narrowed = (text: string): string =>
  text.replace(/[Ａ-Ｚａ-ｚ０-９]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

/** What a word that ends with an s may be the plural or the genitive of: RALOs, ccTLD's, ALSes. */
export function singularsOf(word: string): readonly string[] {
  const one = word.replace(/['’]?s$/u, '');
  return /(?:[sxz]|[cs]h)es$/iu.test(word) ? [one, one.slice(0, -1)] : [one];
}

/** A name in the one way in which it is looked for in a text; case counts. */
export const asWritten = (name: string): string => narrowed(name.normalize('NFC'));

/** A word as acronyms are written: with a capital, and another capital or a digit. */
const shaped = /\p{Lu}.*[\p{Lu}\p{N}]|\p{N}.*\p{Lu}/u;

/** Whether a name would be noticed as an acronym in a text: `PDP`, `ccTLD`, `GAC Advice`; not `registry`. */
export const isShaped = (name: string): boolean => name.split(/\s+/u).some((word) => shaped.test(word));

/**
 * Letters of one script, and digits: what a name is made of, with signs and spaces between. Chinese has no spaces, so
 * that a name may begin and end with any of its characters.
 */
const token =
  /[\p{Script=Latin}\p{M}\p{N}]+|[\p{Script=Cyrillic}\p{M}\p{N}]+|[\p{Script=Greek}\p{M}\p{N}]+|\p{Script=Han}|[\p{Script=Arabic}\p{M}]+/gu;

export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** @param from what is added to the places of the tokens */
export const tokensOf = (text: string, from = 0): readonly Token[] =>
  Array.from(text.matchAll(token), ({ 0: found, index }) => ({
    text: found,
    start: from + index,
    end: from + index + found.length,
  }));
