// One request with JSON in it, over connections that are kept, on undici's lowest door: members wait for these, and its
// `request` takes twice the time and leaves a kilobyte to the garbage collector for each (`npm run bench`).
import { Agent } from 'undici';

export interface Told {
  readonly status: number;
  /** The header `retry-after`, as it stands. */
  readonly retryAfter: string | undefined;
  readonly body: string;
}

/** Sends it once. @throws undici's error when there is no whole answer in time */
export type PostJson = (url: string, body: object) => Promise<Told>;

/**
 * @param patience how long a connection, an answer's head and each part of its body may take, in milliseconds
 * @param headers beside the content type, in small letters
 */
export function jsonPoster(patience: number, headers: Readonly<Record<string, string>> = {}): PostJson {
  const agent = new Agent({ connect: { timeout: patience }, headersTimeout: patience, bodyTimeout: patience });
  const all = { ...headers, 'content-type': 'application/json; charset=utf-8' };
  return (url, body) =>
    new Promise((resolve, reject) => {
      const { origin, pathname, search } = new URL(url);
      const chunks: Buffer[] = [];
      let status = 0;
      let retryAfter: string | undefined;
      agent.dispatch(
        { origin, path: pathname + search, method: 'POST', headers: all, body: JSON.stringify(body) },
        {
          onRequestStart: () => undefined,
          onResponseStart(_, code, told) {
            status = code;
            retryAfter = [told['retry-after']].flat()[0];
          },
          onResponseData: (_, chunk) => void chunks.push(chunk),
          onResponseEnd: () => resolve({ status, retryAfter, body: Buffer.concat(chunks).toString() }),
          onResponseError: (_, error) => reject(error),
        },
      );
    });
}
