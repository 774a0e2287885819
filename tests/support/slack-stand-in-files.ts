// Files as the stand-in for Slack takes them: a place for each, the bytes to that place once, then the sharing
// (docs.slack.dev/reference/methods/files.getUploadURLExternal and files.completeUploadExternal).
import { type Answer, fault, type Installed, type Method, refused, seen } from './slack-stand-in-answers.js';
import type { Json } from './slack-stand-in-blocks.js';
import type { SlackFile, World } from './slack-stand-in-world.js';

/** A file on its way. */
export interface Upload {
  readonly id: string;
  readonly app: string;
  readonly name: string;
  /** As it was announced, in bytes. */
  readonly length: number;
  readonly altText: string | undefined;
  /** What came; undefined until then. */
  bytes: Buffer | undefined;
  isShared: boolean;
}

const longestAltText = 1000;

const isPicture = (name: string): boolean => /\.(png|jpe?g|gif|webp)$/i.test(name);

function place({ filename, length, alt_txt: altText }: Json, app: Installed, world: World): Answer {
  const bytes = Number(length);
  if (typeof filename !== 'string' || filename === '' || !Number.isInteger(bytes) || bytes < 1) {
    return fault(world, `files.getUploadURLExternal: ${String(filename)} of ${String(length)}`, 'missing_argument');
  }
  if (altText !== undefined && String(altText).length > longestAltText) {
    return fault(world, 'files.getUploadURLExternal: alt_txt too long', 'alt_txt_too_large');
  }
  const id = `F${world.next()}`;
  const words = altText === undefined ? undefined : String(altText);
  const upload = { id, app: app.id, name: filename, length: bytes, altText: words, bytes: undefined, isShared: false };
  const ticket = `ticket-${world.next()}`;
  world.uploads.set(ticket, upload);
  return { ok: true, file_id: id, upload_url: `${world.address}/upload/${ticket}` };
}

/** What is brought to the address of an upload. @returns the HTTP status */
export function takeUpload(world: World, ticket: string, body: Buffer): number {
  const upload = world.uploads.get(ticket);
  if (!upload || upload.bytes) {
    world.faults.push(upload ? 'an address of an upload was used twice' : 'an upload without a place for it');
    return 404;
  }
  if (body.length !== upload.length) {
    world.faults.push(`${upload.name}: ${body.length} bytes came, ${upload.length} were announced`);
    return 400;
  }
  upload.bytes = body;
  return 200;
}

function share({ files, channel_id: id, initial_comment: comment = '' }: Json, app: Installed, world: World): Answer {
  const asked = Array.isArray(files) ? (files as readonly Json[]) : [];
  if (asked.length === 0) return fault(world, 'files.completeUploadExternal: no files', 'invalid_arguments');
  // As Slack words it; a real id is longer than those of this workspace.
  if (!/^[CGDZ][A-Z0-9]{3,}$/.test(String(id))) {
    return fault(
      world,
      `input must match regex pattern [json-pointer:/channel_id]: ${String(id)}`,
      'invalid_arguments',
    );
  }
  const uploads = asked.map((one) => [...world.uploads.values()].find((upload) => upload.id === one.id));
  const ready = uploads.flatMap((one) => (one?.bytes && !one.isShared && one.app === app.id ? [one] : []));
  if (ready.length < asked.length) return fault(world, 'files.completeUploadExternal: not uploaded', 'file_not_found');
  const channel = seen(world, app, id);
  if (!channel?.members.has(app.bot)) return refused('channel_not_found');
  if (channel.directWith && !app.hasMessagesTab) return refused('messages_tab_disabled');
  for (const upload of ready) upload.isShared = true;
  // What has words although it is no picture is taken and shown to nobody (slackapi/python-slack-sdk#1818).
  const shown = ready.filter(({ name, altText }) => altText === undefined || isPicture(name));
  if (shown.length < ready.length) world.faults.push('alt_txt for a file that is no picture: it is never shared');
  const made = shown.map(({ id: file, name, altText, bytes = Buffer.alloc(0) }): SlackFile => {
    const title = String(asked.find((one) => one.id === file)?.title ?? name);
    return { id: file, name, title, bytes, ...(altText === undefined ? {} : { altText }) };
  });
  world.post({ channel: channel.id, app: app.id, text: String(comment), blocks: [], files: made });
  return { ok: true, files: ready.map(({ id: file, name }) => ({ id: file, title: name })) };
}

export const fileMethods: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': place,
  'files.completeUploadExternal': share,
};
