// Where a text may be cut: between graphemes, as a reader sees them.

/** Made once: a segmenter is dear to make and cheap to use. */
export const graphemes = new Intl.Segmenter();

/**
 * @param max in UTF-16 units
 * @returns the last place between two graphemes that is not beyond `max`; 0 where the first grapheme alone is longer
 */
export const boundary = (text: string, max: number): number =>
  graphemes.segment(text).containing(max)?.index ?? text.length;
