// Files that do not come with their answer: what the answer says of them, in the words of every adapter.
import type { Attachment } from './call.js';
import { type Card, para, type Text } from './card.js';
import type { Locale } from './locale.js';
import { type CoreKey, coreWords } from './words/index.js';

/** What may be said of files. */
export type FilesKey = Extract<CoreKey, `files${string}`>;

/** What a sentence of them mentions besides their names: the largest size in megabytes, the scope that is missing. */
export interface FilesDetail {
  readonly most?: number;
  readonly what?: string;
}

/** A sentence about files, by their names. */
export const onFiles = (
  key: FilesKey,
  files: readonly Attachment[],
  locale: Locale,
  { most = 0, what = '' }: FilesDetail = {},
): Text => coreWords(locale).text(key, { files: files.map(({ name }) => name), most, what });

/** The card, with why these files are not with it. */
export const withoutFiles = (card: Card, key: FilesKey, files: readonly Attachment[], detail?: FilesDetail): Card => ({
  ...card,
  blocks: [...card.blocks, para(...onFiles(key, files, card.locale, detail))],
});
