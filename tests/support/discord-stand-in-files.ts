// Files as the stand-in for Discord takes them: multipart bodies with `payload_json` and `files[n]`, each file named by
// an attachment with the same `id` (developer docs, "Uploading Files" and "Attachment Object").
import type { Json, Message } from './discord-stand-in-world.js';

/** A file as somebody received it. */
export interface DiscordFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  /** What a picture shows, in words. */
  readonly description?: string;
}

/** What is wrong with a request, as Discord answers it. */
export interface Wrong {
  readonly status: number;
  readonly code: number;
  readonly fault: string;
}

interface Part {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** Under which the bytes of an attachment travel on from here. */
const content = Symbol('content');

/**
 * Reads a body.
 * @param most what is taken of one file, in bytes
 */
export async function bodyOf(raw: Buffer, type: string, most: number): Promise<Json | { readonly wrong: Wrong }> {
  if (raw.length === 0) return undefined;
  if (!type.startsWith('multipart/form-data')) return checked(JSON.parse(raw.toString()), new Map(), most);
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
  const payload = form.get('payload_json');
  if (typeof payload !== 'string') return invalid('a multipart body without payload_json');
  const parts = new Map<string, Part>();
  for (const [name, value] of form) {
    if (name === 'payload_json') continue;
    const id = /^files\[(\d+)\]$/.exec(name)?.[1];
    if (id === undefined || typeof value === 'string') return invalid(`a part “${name}”`);
    parts.set(id, { name: value.name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()) });
  }
  return checked(JSON.parse(payload), parts, most);
}

const invalid = (fault: string): { wrong: Wrong } => ({ wrong: { status: 400, code: 50035, fault } });

/** @returns the body with the bytes in its attachments, or what is wrong with it */
function checked(body: Json, parts: ReadonlyMap<string, Part>, most: number): Json | { readonly wrong: Wrong } {
  const message = body?.data ?? body;
  const attachments: Json[] = message?.attachments ?? [];
  if (attachments.length > 10 || parts.size > 10) return invalid('more than ten files');
  if ([...parts.values()].some(({ bytes }) => bytes.length > most)) {
    return { wrong: { status: 413, code: 40005, fault: 'a file too large' } };
  }
  for (const { description } of attachments) {
    if (description && description.length > 1024) return invalid('a description of more than 1,024 characters');
  }
  const named = new Set(attachments.map(({ id }) => String(id)));
  const stray = [...parts.keys()].find((id) => !named.has(id));
  if (stray !== undefined) return invalid(`files[${stray}] without its attachment`);
  // What is longer is an id of Discord's: a file that the message has already.
  const lost = [...named].find((id) => id.length < 17 && !parts.has(id));
  if (lost !== undefined) return invalid(`attachment ${lost} without its file`);
  for (const attachment of attachments) attachment[content] = parts.get(String(attachment.id));
  return body;
}

/**
 * The files that a message has after a request.
 * @param before those that it had; a request that names some keeps no others, one that names none keeps all
 */
export function filesAfter(
  attachments: Json[] | undefined,
  before: readonly DiscordFile[],
  newId: () => string,
): readonly DiscordFile[] {
  if (!attachments) return before;
  return attachments.flatMap(({ id, description, [content]: part }: Json) => {
    if (!part) return before.filter((file) => file.id === String(id));
    return [{ id: newId(), ...part, ...(description ? { description } : {}) }];
  });
}

export const attachmentJson = ({ id, name, type, bytes, description }: DiscordFile): Json => {
  const url = `https://cdn.discordapp.com/ephemeral-attachments/1/${id}/${name}`;
  const said = description === undefined ? {} : { description };
  return { id, filename: name, size: bytes.length, url, proxy_url: url, content_type: type, ...said };
};

/** Files of these messages, oldest first. */
export const filesOf = (messages: readonly Message[]): readonly DiscordFile[] =>
  messages.flatMap(({ files = [] }) => files);
