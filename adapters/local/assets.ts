// The files of the page, read once from beside the sources, wherever the compiled program lies.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname } from 'node:path';

const { resolve } = createRequire(import.meta.url);

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Listeners by path. @throws when a file is missing: the program was not installed whole */
export function assets(): readonly (readonly [path: string, serve: Serve])[] {
  const parts = readdirSync(dirname(resolve('#assets/page/dom.js'))).filter((name) => extname(name) in types);
  return [
    ['/', serving('page.html')],
    ['/local/page.css', serving('page.css')],
    ['/local/page.js', serving('page.js')],
    ...parts.map((name) => [`/local/page/${name}`, serving(`page/${name}`)] as const),
  ];
}

function serving(name: string): Serve {
  const body = readFileSync(resolve(`#assets/${name}`));
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const headers = { 'content-type': types[extname(name)] ?? 'text/plain', 'cache-control': 'no-cache', etag };
  return async (request, response) => {
    if (request.headers['if-none-match'] === etag) response.writeHead(304, headers).end();
    else response.writeHead(200, headers).end(body);
  };
}
