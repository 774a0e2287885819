// Files of private answers: each for its member alone, kept for as long as its answer, and no more of them than there is
// room for.
import { Buffer } from 'node:buffer';
import { z } from 'zod';
import type { Attachment } from '../../src/core/call.js';
import type { Card } from '../../src/core/card.js';
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import type { Collection, Kind, Store } from '../../src/core/store.js';
import { withoutFiles } from '../../src/core/unsent.js';
import { shelvesFor } from './fleeting.js';
import { limits } from './limits.js';

const types = ['text/csv', 'image/png', 'application/json', 'text/calendar'] as const satisfies Attachment['type'][];

/** A file as the page is told of it. */
export const fileMark = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(types),
  /** Bytes. */
  size: z.number(),
  /** What an image shows, in words. */
  alt: z.string().optional(),
  /** Of an image, in pixels, so that the page can keep its place. */
  width: z.number().optional(),
  height: z.number().optional(),
});

export type FileMark = z.infer<typeof fileMark>;

const schema = z.object({ only: z.string(), name: z.string(), type: z.enum(types), data: z.string() });
type Kept = z.infer<typeof schema>;

const kept: Kind<Kept> = {
  name: 'local-files',
  parse: (raw) => schema.parse(raw),
  facets: ({ only }) => ({ only }),
};

export interface Files {
  /**
   * Keeps the files of a member's answer; those of a fleeting one are never written down, and there until the program
   * ends. Never rejects: what could not be kept is said in the card.
   */
  keep(only: string, card: Card, files: readonly Attachment[]): Promise<{ card: Card; marks: readonly FileMark[] }>;
  /** @returns undefined for one that is not there any more, or somebody else's */
  find(only: string, id: string): Promise<{ name: string; type: string; body: Buffer } | undefined>;
  /** Forgets files whose answer is gone; what cannot be forgotten now goes when there is no more room for it. */
  drop(marks: readonly FileMark[]): Promise<void>;
}

export function filesIn(store: Store, newId: () => string, log: Logger): Files {
  const shelves = shelvesFor(kept, store.collection(kept));

  /** The oldest go first; ids tell their age. */
  const prune = async (collection: Collection<Kept>, only: string): Promise<void> => {
    let room: number = limits.filesKept;
    for (const doc of [...(await collection.find({ only }))].reverse()) {
      room -= Buffer.byteLength(doc.value.data, 'base64');
      if (room < 0) await collection.remove(doc);
    }
  };

  return {
    async keep(only, card, files) {
      const fitting = files.filter(({ body }) => body.byteLength <= limits.file);
      const large = files.filter(({ body }) => body.byteLength > limits.file);
      const most = limits.file / limits.megabyte;
      const told = large.length > 0 ? withoutFiles(card, 'filesTooLarge', large, { most }) : card;
      const shelf = card.isFleeting ? shelves.fleeting : shelves.kept;
      try {
        const marks = fitting.map((file) => markOf(file, newId()));
        for (const [at, { name, type, body }] of fitting.entries()) {
          const data = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64');
          await shelf.insert(marks[at]?.id ?? '', { only, name, type, data });
        }
        if (marks.length > 0) await prune(shelf, only);
        return { card: told, marks };
      } catch (error) {
        log.warn(faultFacts(error), 'the files of an answer were not kept');
        return { card: withoutFiles(told, 'filesNotNow', fitting), marks: [] };
      }
    },
    async find(only, id) {
      const value = /^[\x21-\x7e]{1,200}$/.test(id) ? (await (await shelves.holding(id)).get(id))?.value : undefined;
      if (value?.only !== only) return undefined;
      return { name: value.name, type: value.type, body: Buffer.from(value.data, 'base64') };
    },
    async drop(marks) {
      try {
        for (const { id } of marks) {
          const shelf = await shelves.holding(id);
          const doc = await shelf.get(id);
          if (doc) await shelf.remove(doc);
        }
      } catch (error) {
        log.warn(faultFacts(error), 'the files of an answer that is gone are still kept');
      }
    },
  };
}

const markOf = ({ name, type, body, alt }: Attachment, id: string): FileMark => ({
  id,
  name,
  type,
  size: body.byteLength,
  ...(alt === undefined ? {} : { alt }),
  ...(type === 'image/png' ? extentOf(body) : {}),
});

/** Width and height as a PNG tells them: behind its signature, in its first chunk (W3C, PNG, 11.2.1 IHDR). */
function extentOf(body: Uint8Array): { width?: number; height?: number } {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  if (body.byteLength < 24 || !signature.every((byte, at) => body[at] === byte)) return {};
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
