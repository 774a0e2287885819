// Ids to file names: injective, safe on disks that ignore case and for names that systems reserve.
import { createHash } from 'node:crypto';

/** The longest encoded id that is a file name as it is; names may have 255 bytes, and endings are added to this. */
const longest = 150;

/**
 * `01JA/b` becomes `id-01_j_a=2fb`; an id too long for a name becomes `hash-` and its SHA-256.
 * The constant beginning keeps clear of reserved names such as `con`.
 */
export function fileName(id: string): string {
  const name = encoded(id);
  return name.length <= longest ? `id-${name}` : `hash-${createHash('sha256').update(id).digest('hex')}`;
}

/** The name of a collection's folder. */
export const folderName = (kind: string): string => `kind-${encoded(kind)}`;

function encoded(id: string): string {
  return id.replace(/[^a-z0-9-]/g, (c) =>
    /[A-Z]/.test(c) ? `_${c.toLowerCase()}` : `=${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
