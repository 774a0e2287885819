// Which acronyms of the glossary a message holds, in the order in which they come. Pure.
import type { Found, Glossary } from './search.js';

/** A run of letters, digits and the signs that acronyms hold inside: AC-SO, S/MIME, AT&T. */
const token = /[\p{L}\p{N}](?:[\p{L}\p{N}]|[&/.-](?=[\p{L}\p{N}]))*/gu;

/** Code, addresses, links and mentions are not talk. */
const notTalk = /```[\s\S]*?```|`[^`]*`|<[^>\s]*>|\bhttps?:\/\/\S+|\S+@\S+/gu;

/** Longest message that is read, in UTF-16 units: Slack's own limit for a message. */
const longest = 40_000;

/**
 * Finds acronyms by the case in which they are written, so that "it", "so" and "as" are left alone.
 * @param text the message as plain text
 */
export function acronymsIn(glossary: Glossary, text: string): readonly Found[] {
  const talk = text.slice(0, longest).replace(notTalk, ' ');
  const found = new Map<string, Found>();
  for (const [word] of talk.matchAll(token)) {
    if (found.has(word)) continue;
    const senses = written(glossary, word) ?? written(glossary, word.replace(/s$/, ''));
    if (senses) found.set(senses[0]?.acronym ?? word, { term: word, senses, near: [] });
  }
  return [...found.values()];
}

function written(glossary: Glossary, word: string): Found['senses'] | undefined {
  // A plain word such as "registry" is looked up by whoever wonders, not explained to whoever reads.
  if (!/\p{Lu}.*[\p{Lu}\p{N}]|\p{N}.*\p{Lu}/u.test(word)) return undefined;
  const senses = glossary.exact(word).filter(({ acronym, aliases = [] }) => acronym === word || aliases.includes(word));
  return senses.length > 0 ? senses : undefined;
}
