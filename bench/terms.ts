// The terms that are looked up: the same for the bot and for those beside it.

export interface Term {
  readonly acronym: string;
  readonly expansion: string;
  readonly definition: string;
}

/** The nth term, such as QAAB. */
export function termAt(nth: number): Term {
  const letters = [nth / 676, nth / 26, nth].map((part) => String.fromCharCode(65 + (Math.floor(part) % 26)));
  return {
    acronym: `Q${letters.join('')}`,
    expansion: `Questions About Names ${nth}`,
    definition: `A group that was made up to be looked up; it is number ${nth} of those that the community works in.`,
  };
}

/** What the ones beside the bot answer with. */
export const toldOf = ({ acronym, expansion, definition }: Term): string => `${acronym}: ${expansion}\n${definition}`;
