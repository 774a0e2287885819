// `anonymous closes 3d "Question" "A" "B"`: a whole pulse in one line. Pure.

/** What a line says; what it does not say is undefined. */
export interface Line {
  readonly question: string | undefined;
  readonly options: readonly string[];
  readonly isAnonymous: boolean;
  readonly isMultiple: boolean;
  /** The upper limit behind `multiple`. */
  readonly most: number | undefined;
  readonly isHidden: boolean;
  readonly closes: string | undefined;
  /** Words that mean nothing here. */
  readonly strays: readonly string[];
  /** Whether every quotation mark that opens also closes. */
  readonly isBalanced: boolean;
}

/** What closes what, as keyboards and word processors write it. */
const closers: Readonly<Record<string, string>> = {
  '"': '"',
  '＂': '＂',
  '“': '”',
  '”': '”',
  '„': '“”',
  '‟': '”',
  '«': '»',
  '»': '«',
  '「': '」',
  '『': '』',
};

const anyMark = Object.keys(closers).join('');

type Token = { readonly kind: 'phrase' | 'word'; readonly text: string };

interface Scanned {
  readonly tokens: readonly Token[];
  readonly isBalanced: boolean;
}

/**
 * Whether a text is meant as a whole pulse: it begins as one does, or holds a question and two options. A question that
 * only quotes something is none.
 */
export function isOneLine(text: string): boolean {
  const [first = ''] = text.trim();
  if (Object.hasOwn(closers, first)) return true;
  const line = readLine(text);
  const [, word = ''] = /^\s*(\p{L}+)/u.exec(text) ?? [];
  const begins = flags.has(word.toLowerCase()) || word.toLowerCase() === 'closes';
  return line.options.length > 1 || (begins && line.question !== undefined);
}

/** Question and two options: fewer phrases are no pulse. */
const fewestPhrases = 3;

const phrasesIn = ({ tokens }: Scanned): string[] =>
  tokens.filter(({ kind }) => kind === 'phrase').map((token) => token.text);

/** A phone may open with a curly mark and close with a straight one: where that makes a pulse, any mark closes any. */
export function readLine(text: string): Line {
  const strict = scan(text, (opener) => closers[opener] ?? '');
  const loose = scan(text, () => anyMark);
  const isStrict = strict.isBalanced && (phrasesIn(strict).length >= fewestPhrases || !makesPulse(loose));
  const read = isStrict ? strict : loose;
  const phrases = phrasesIn(read);
  const words = read.tokens.map((token) => (token.kind === 'word' ? token.text : undefined));
  return { question: phrases[0], options: phrases.slice(1), ...readWords(words), isBalanced: read.isBalanced };
}

const makesPulse = (scanned: Scanned): boolean => scanned.isBalanced && phrasesIn(scanned).length >= fewestPhrases;

function scan(text: string, closing: (opener: string) => string): Scanned {
  const tokens: Token[] = [];
  const signs = [...text];
  for (let at = 0; at < signs.length; ) {
    const sign = signs[at] ?? '';
    if (/\s/u.test(sign)) at += 1;
    else if (Object.hasOwn(closers, sign)) {
      const phrase = phraseFrom(signs, at + 1, closing(sign));
      if (!phrase) return { tokens: [...tokens, { kind: 'phrase', text: restOf(signs, at + 1) }], isBalanced: false };
      tokens.push({ kind: 'phrase', text: phrase.text });
      at = phrase.end;
    } else {
      const start = at;
      while (at < signs.length && !/\s/u.test(signs[at] ?? '') && !Object.hasOwn(closers, signs[at] ?? '')) at += 1;
      tokens.push({ kind: 'word', text: signs.slice(start, at).join('') });
    }
  }
  return { tokens, isBalanced: true };
}

/** Up to the closing mark, which something else than a letter or a digit follows; `\"` is a mark of the text itself. */
function phraseFrom(
  signs: readonly string[],
  from: number,
  closing: string,
): { text: string; end: number } | undefined {
  let text = '';
  for (let at = from; at < signs.length; at += 1) {
    const [sign = '', next = ''] = [signs[at], signs[at + 1]];
    if (sign === '\\' && (next === '\\' || Object.hasOwn(closers, next))) {
      text += next;
      at += 1;
    } else if (closing.includes(sign) && !/[\p{L}\p{N}]/u.test(next)) return { text: text.trim(), end: at + 1 };
    else text += sign;
  }
  return undefined;
}

const restOf = (signs: readonly string[], from: number): string => signs.slice(from).join('').trim();

const flags = new Set(['anonymous', 'named', 'multiple', 'single', 'hidden', 'live']);

/** @param words undefined stands for a quoted phrase, which ends what `closes` takes */
function readWords(words: readonly (string | undefined)[]): Omit<Line, 'question' | 'options' | 'isBalanced'> {
  const said = new Set<string>();
  const strays: string[] = [];
  const closes: string[] = [];
  let most: number | undefined;
  let last: string | undefined;
  for (const word of words) {
    const key = word?.toLowerCase();
    if (word === undefined || key === undefined) last = undefined;
    else if (flags.has(key) || key === 'closes') {
      said.add(key);
      last = key;
    } else if (last === 'multiple' && /^\d{1,2}$/.test(key)) {
      most = Number(key);
      last = undefined;
    } else if (last === 'closes') closes.push(word);
    else strays.push(word);
  }
  return {
    isAnonymous: said.has('anonymous'),
    isMultiple: said.has('multiple'),
    most,
    isHidden: said.has('hidden'),
    closes: said.has('closes') ? closes.join(' ') : undefined,
    strays,
  };
}
