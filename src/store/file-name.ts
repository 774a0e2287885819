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

/** The id that has this file name; undefined for `hash-…`, which does not tell, and for names that no id has. */
export function idOf(name: string): string | undefined {
  const id = name.startsWith('id-') ? decoded(name.slice('id-'.length)) : '';
  return id !== '' && fileName(id) === name ? id : undefined;
}

/** The kind whose folder has this name; undefined for other folders. */
export function kindOf(name: string): string | undefined {
  const kind = name.startsWith('kind-') ? decoded(name.slice('kind-'.length)) : '';
  return kind !== '' && folderName(kind) === name ? kind : undefined;
}

function encoded(id: string): string {
  return id.replace(/[^a-z0-9-]/g, (c) =>
    /[A-Z]/.test(c) ? `_${c.toLowerCase()}` : `=${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

const decoded = (name: string): string =>
  name.replace(/_([a-z])|=([0-9a-f]{2})/g, (_, letter?: string, code?: string) =>
    letter ? letter.toUpperCase() : String.fromCharCode(Number.parseInt(code ?? '', 16)),
  );
