// How long a card may become: what is drawn anew in place has to stay one message on every platform. Pure.
import type { Block, Inline, Text } from '../../core/card.js';
import { graphemes } from '../../core/grapheme.js';

/** Discord takes 2,000 characters in one message (TRAPS D19); the rest is left for what frames a text there. */
export const mostWeight = 1900;

/** What the longest rendering of an instant and of a mention takes, in characters. */
const [timeWeight, mentionWeight] = [50, 30];

/** Signs that are escaped somewhere, with one more character each. */
const escaped = /[\\*_~`|<>[\]@&]|:\/\//g;

/** The characters that a text takes where that is most. */
const weightOf = (text: string): number => text.length + (text.match(escaped)?.length ?? 0);

function inlineWeight(part: Inline): number {
  if (typeof part === 'string') return weightOf(part);
  switch (part.kind) {
    case 'bold':
      return weightOf(part.text) + 6;
    case 'link':
      return weightOf(part.text) + part.url.length + 6;
    case 'time':
      return timeWeight;
    default:
      return mentionWeight;
  }
}

const textWeight = (text: Text): number => text.reduce((sum, part) => sum + inlineWeight(part), 6);

/** The characters that the words of these blocks take; buttons take none. */
export const blocksWeight = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, block) => sum + (block.kind === 'text' ? textWeight(block.text) : 0), 0);

/** Cuts between graphemes, and says so, where the text takes more than `most`. */
export function cutTo(text: string, most: number): string {
  if (weightOf(text) <= most) return text;
  let kept = '';
  let weight = 1;
  for (const { segment } of graphemes.segment(text)) {
    weight += weightOf(segment);
    if (weight > most) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** The shortest that a text is cut to, however little room there is. */
const shortestCut = 12;

/** The length to which texts are cut so that together they fit into `room`: the short ones stay whole. */
export function cutLength(texts: readonly string[], room: number): number {
  const weights = texts.map(weightOf);
  for (let most = Math.max(0, ...weights); most > shortestCut; most -= 1) {
    if (weights.reduce((sum, weight) => sum + Math.min(weight, most), 0) <= room) return most;
  }
  return shortestCut;
}
