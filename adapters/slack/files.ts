// Files of a private answer: no message that one person alone sees can carry any, so they go by direct message.
import type { FilesGetUploadURLExternalResponse } from '@slack/web-api';
import type { Attachment, Person } from '../../src/core/call.js';
import { type Block, para, quiet, type Text } from '../../src/core/card.js';
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import type { Locale } from '../../src/core/locale.js';
import { Undeliverable } from '../../src/core/platform.js';
import { onFiles } from '../../src/core/unsent.js';
import { coreWords } from '../../src/core/words/index.js';
import { clip } from './clip.js';
import { failureOf, MissingScope, SlackFailure } from './failure.js';
import { limits, times } from './limits.js';
import { botScopes } from './manifest.js';
import { escaped } from './pieces.js';
import type { Sending } from './sending.js';
import type { Web } from './web.js';

export interface Files {
  /** Sends them as one direct message, all or none. Never rejects: what became of them is said below the card. */
  send(to: Person, files: readonly Attachment[], locale: Locale): Promise<Outcome>;
  /** What is said below a card that goes out before its files have arrived. */
  coming(files: readonly Attachment[], locale: Locale): Block;
}

export interface Outcome {
  readonly isSent: boolean;
  readonly remark: Block;
}

export function filesOver(web: Web, sending: Sending, log: Logger): Files {
  return {
    async send({ person }, files, locale) {
      try {
        const channel = await sending.directWith(person);
        const comment = coreWords(locale).label('filesHere');
        await share(web, channel, files, comment);
        return { isSent: true, remark: quiet(...onFiles('filesSent', files, locale)) };
      } catch (error) {
        log.warn(faultFacts(error), 'the files of an answer could not be sent');
        return { isSent: false, remark: para(...reasonFor(error, files, locale)) };
      }
    },
    coming: (files, locale) => quiet(...onFiles('filesComing', files, locale)),
  };
}

function reasonFor(error: unknown, files: readonly Attachment[], locale: Locale): Text {
  if (error instanceof MissingScope) {
    const wanted = error.scope.split(',');
    // Where any of several would do, the one that our manifest asks for.
    const what = botScopes.find((own) => wanted.includes(own)) ?? 'files:write';
    return onFiles('filesLackScope', files, locale, { what });
  }
  const obstacle = error instanceof Undeliverable ? error.obstacle : undefined;
  if (obstacle === 'closed') return onFiles('filesClosed', files, locale);
  return onFiles(obstacle === 'forbidden' ? 'filesForbidden' : 'filesNotNow', files, locale);
}

/** Asks for a place for each, brings them there, and shares what is there (docs.slack.dev/messaging/working-with-files). */
async function share(web: Web, channel: string, files: readonly Attachment[], comment: string): Promise<void> {
  const ids = await Promise.all(files.map((file) => upload(web, file)));
  const [first, ...others] = files.map(({ name }, at) => ({ id: ids[at] ?? '', title: name }));
  if (!first) return;
  await web.patient((client) =>
    client.files.completeUploadExternal({
      files: [first, ...others],
      channel_id: channel,
      initial_comment: escaped(comment),
    }),
  );
}

/**
 * `files.uploadV2` of the SDK would send the words for a picture as `alt_text`, which Slack does not know, and our token
 * to the address of the upload, which has no need of it.
 */
async function upload(web: Web, { name, type, body, alt }: Attachment): Promise<string> {
  // With words for what is no picture Slack takes the file and never shares it (slackapi/python-slack-sdk#1818).
  const words = alt && type.startsWith('image/') ? { alt_txt: clip(alt, limits.altText) } : {};
  const asked = { filename: name, length: body.byteLength, ...words };
  const { file_id: id, upload_url: url }: FilesGetUploadURLExternalResponse = await web.quick((client) =>
    client.apiCall('files.getUploadURLExternal', asked),
  );
  if (!id || !url) throw new SlackFailure('no_upload_url');
  await bring(url, body);
  return id;
}

async function bring(url: string, body: Uint8Array): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(times.upload),
  }).catch((error: unknown) => {
    throw failureOf(error);
  });
  await response.arrayBuffer();
  if (!response.ok) throw new SlackFailure(`http_${response.status}`);
}
