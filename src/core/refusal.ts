// "No, because": the only error that a member ever reads.

/** What a sentence mentions: texts, and names in a row, which its language joins. */
export type Mentions = Readonly<Record<string, string | readonly string[]>>;

/** Thrown for what a member did; dispatch turns it into a private answer in their language. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  /**
   * @param key word key of the sentence, looked up in the words of the feature and then in core's
   * @param args what the sentence mentions
   * @param field the form field it is about, if any
   */
  constructor(
    readonly key: string,
    readonly args: Mentions = {},
    readonly field?: string,
  ) {
    super(key);
  }
}

/** `throw refuse('alreadyClosed')`. */
export const refuse = (key: string, args: Mentions = {}, field?: string): Refusal => new Refusal(key, args, field);
