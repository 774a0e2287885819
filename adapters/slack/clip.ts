// Cuts text where a reader would: between graphemes, between words if it can be.
import { boundary as between } from '../../src/core/grapheme.js';

/** Control characters, and line breaks in their other forms. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const unclean = /[\u0000-\u0008\u000b-\u001f\u007f]/;

/** Control characters say nothing and swell as JSON; line breaks come in one form. */
export function cleaned(text: string): string {
  const whole = text.toWellFormed();
  if (!unclean.test(whole)) return whole;
  return (
    whole
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
  );
}

/** The last boundary between graphemes that is not beyond `max`; inside one only where it alone is longer. */
function boundary(text: string, max: number): number {
  const at = between(text, max);
  if (at > 0) return at;
  return /[\udc00-\udfff]/.test(text.charAt(max)) ? max - 1 : max;
}

/**
 * @param max in UTF-16 units
 * @returns the text, or its beginning with … within `max`
 */
export function clip(text: string, max: number): string {
  const whole = cleaned(text);
  return whole.length <= max ? whole : `${whole.slice(0, boundary(whole, max - 1)).trimEnd()}…`;
}

/**
 * @param max in UTF-16 units, at least 1
 * @returns a beginning within `max` that ends after a word where there is one in its last quarter, and the rest
 */
export function divide(text: string, max: number): readonly [head: string, rest: string] {
  if (text.length <= max) return [text, ''];
  const end = boundary(text, max);
  const space = Math.max(text.lastIndexOf(' ', end - 1), text.lastIndexOf('\n', end - 1)) + 1;
  const at = space > end * 0.75 ? space : end;
  return [text.slice(0, at), text.slice(at)];
}
