// What the local workspace takes and keeps. There is no platform behind it, so these are our own measures.

export const limits = {
  /** Longest body of a request, in bytes. */
  body: 1_048_576,
  /** How much of a longer body is still read, so that the refusal reaches the sender, in bytes. */
  drained: 8_388_608,
  /** Longest line or message, in UTF-16 units; what Slack takes as a message (chat.postMessage, "Truncating content"). */
  text: 40_000,
  /** Largest card, as JSON, in UTF-16 units. */
  card: 200_000,
  /** Messages kept of a channel, and private answers kept of a member. */
  kept: 200,
  /** Largest file of an answer, in bytes. */
  file: 5_242_880,
  /** Bytes of files that are kept of a member; the oldest go first. */
  filesKept: 20_971_520,
  megabyte: 1_048_576,
  /** Longest line that is completed, in UTF-16 units: it comes in an address, for which Node takes 16 KiB in all. */
  completed: 500,
  /** Completions shown at once. */
  completions: 25,
  /** A live stream says something at least this often, in milliseconds, so that a dead one is noticed. */
  beat: 15_000,
  /** A live stream whose reader has fallen this far behind is cut, in bytes; it comes back and catches up. */
  backlog: 8_388_608,
  /** How long calls that run may take to finish when the program stops, in milliseconds. */
  farewell: 5_000,
} as const;
