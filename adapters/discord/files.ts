// Files of a private answer: what Discord takes goes with its first message; of the rest the asker is told in words.
import { Buffer } from 'node:buffer';
import type { AttachmentPayload } from 'discord.js';
import type { Attachment } from '../../src/core/call.js';
import type { Card } from '../../src/core/card.js';
import { withoutFiles } from '../../src/core/unsent.js';
import type { Refusal } from './failure.js';
import { limits } from './limits.js';
import { clip } from './markup.js';

/** A card with the files that fit. */
export interface Accompanied {
  /** With a word about those that do not. */
  readonly card: Card;
  readonly files: readonly Attachment[];
  /** All files together, in bytes. */
  readonly weight: number;
}

/** @param most what Discord takes of one file here, in bytes */
export function accompanied(card: Card, files: readonly Attachment[], most: number): Accompanied {
  const fits = ({ body }: Attachment): boolean => body.byteLength <= most;
  const kept = files.filter(fits);
  const left = files.filter((file) => !fits(file));
  return {
    card: left.length > 0 ? refusedWith(card, 'filesTooLarge', left, most) : card,
    files: kept,
    weight: kept.reduce((sum, { body }) => sum + body.byteLength, 0),
  };
}

/** The card with why Discord did not take the files. */
export const refusedWith = (card: Card, why: Refusal, files: readonly Attachment[], most: number): Card =>
  withoutFiles(card, why, files, { most: most / limits.megabyte });

/** A file as discord.js takes it: bytes, since it would open a text as a path or an address. */
export const payloadOf = ({ name, body, type, alt }: Attachment): AttachmentPayload => ({
  name,
  attachment: Buffer.from(body.buffer, body.byteOffset, body.byteLength),
  ...(alt && type.startsWith('image/') ? { description: clip(alt, limits.altText) } : {}),
});
