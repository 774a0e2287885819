// One request for a page: bounded in size and time, and what it came to instead of an error.
import { wordFor } from './finding.js';

/** Longest wait for a page, in milliseconds, and the most that is read of it, in bytes. */
const [patience, largest] = [10_000, 5 * 1024 * 1024];

export interface Page {
  readonly status: number;
  /** By the other side's clock. */
  readonly date?: Date;
  readonly text: string;
  /** There was more than is read. */
  readonly isCut: boolean;
}

export type Asked = { readonly page: Page } | { readonly failed: string };

/** Redirects are followed. @returns `failed` with a code where no answer came */
export async function ask(url: string): Promise<Asked> {
  try {
    const response = await fetch(...requestTo(url));
    const { text, isCut } = await textOf(response);
    const date = new Date(response.headers.get('date') ?? '');
    const { status } = response;
    return { page: { status, text, isCut, ...(Number.isNaN(date.getTime()) ? {} : { date }) } };
  } catch (error) {
    return { failed: wordFor(error) };
  }
}

/** `fetch` takes no user and password in an address. */
function requestTo(address: string): [URL, RequestInit] {
  const url = new URL(address);
  const login = [url.username, url.password].map(decodeURIComponent).join(':');
  [url.username, url.password] = ['', ''];
  const headers = login === ':' ? {} : { authorization: `Basic ${Buffer.from(login).toString('base64')}` };
  return [url, { headers, signal: AbortSignal.timeout(patience) }];
}

async function textOf({ body }: Response): Promise<Pick<Page, 'text' | 'isCut'>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > largest) break;
  }
  return { text: Buffer.concat(chunks).toString(), isCut: size > largest };
}

/** Where an address leads, without what may be secret in it. */
export const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : 'that address');

/** Whether others could read along: not https, and not this machine either. */
export const isPlain = (url: string): boolean =>
  url.startsWith('http:') && !/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(new URL(url).hostname);
