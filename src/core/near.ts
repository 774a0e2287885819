// The word that was probably meant, among the few that a command understands.

/** Longer words are no slips of ours. */
const longest = 40;

/** A beginning of at least so many letters stands for the whole word. */
const beginning = 3;

/**
 * @param typed as it was typed; case does not matter
 * @returns the likeliest of the words, or undefined where none is near: one slip in a short word, two in a longer one
 */
export function nearest(typed: string, words: readonly string[]): string | undefined {
  const asked = typed.toLowerCase();
  if (asked.length > longest) return undefined;
  const most = asked.length <= 4 ? 1 : 2;
  const ranked = words.map((word) => ({ word, away: slips(asked, word.toLowerCase()) }));
  const [best] = ranked.filter(({ away }) => away <= most).sort((a, b) => a.away - b.away);
  if (best) return best.word;
  return asked.length < beginning ? undefined : words.find((word) => word.toLowerCase().startsWith(asked));
}

/** Letters changed, added, left out, or swapped with their neighbour (optimal string alignment distance). */
function slips(from: string, into: string): number {
  let before: number[] = [];
  let row = Array.from({ length: into.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= into.length; j += 1) {
      const isSame = from[i - 1] === into[j - 1];
      const isSwap = i > 1 && j > 1 && from[i - 1] === into[j - 2] && from[i - 2] === into[j - 1];
      const ways = [(row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (isSame ? 0 : 1)];
      if (isSwap) ways.push((before[j - 2] ?? 0) + 1);
      next.push(Math.min(...ways));
    }
    [before, row] = [row, next];
  }
  return row[into.length] ?? 0;
}
