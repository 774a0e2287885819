// One node:http server for everything: it mounts the routes that core, features and adapters bring.
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listeners by `METHOD /path`; one at `/path/*` takes what lies directly below. */
export type Mounts = Readonly<Record<string, RequestListener>>;

/** The port is taken or may not be used; the message is one line for the operator. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

export interface HttpServer {
  readonly port: number;
  /** Stops listening; connections that are still open after `within` milliseconds are cut. */
  close(within: number): Promise<void>;
}

/**
 * @param host address to listen on; undefined: all
 * @throws PortTaken with the variable to change
 */
export async function serve(mounts: Mounts, port: number, host: string | undefined): Promise<HttpServer> {
  const paths = new Set(Object.keys(mounts).map((key) => key.slice(key.indexOf(' ') + 1)));
  const server = createServer((request, response) => {
    const path = pathOf(request);
    // Whoever asks for the head alone is answered as by GET: Node leaves the body out.
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const listener = mounts[`${method} ${path}`] ?? mounts[`${method} ${path.replace(/[^/]*$/, '*')}`];
    if (listener) return void listener(request, response);
    response.writeHead(paths.has(path) ? 405 : 404, { 'content-type': 'text/plain' }).end();
  });
  // Longer than the idle time of the usual balancers, so that they and not we close a connection.
  server.keepAliveTimeout = 75_000;
  await listening(server, port, host);
  return {
    port: (server.address() as AddressInfo).port,
    close: (within) =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), within);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

const listening = (server: Server, port: number, host: string | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const where = host ? `${host}:${port}` : `port ${port}`;
      const reasons: Record<string, string> = {
        EADDRINUSE: `PORT: ${where} is already in use; set PORT to a free one, or stop what listens there`,
        EACCES: `PORT: listening on ${where} is not allowed; set PORT to 1024 or above`,
        EADDRNOTAVAIL: `HOST: ${where} is not an address of this machine; set HOST to one that is`,
        EINVAL: `HOST: ${host} is not an address to listen on; set HOST to one of this machine`,
        ENOTFOUND: `HOST: ${host} cannot be resolved; set HOST to an address of this machine`,
      };
      reject(new PortTaken(reasons[error.code ?? ''] ?? `PORT: cannot listen on ${where} (${error.code})`));
    });
    server.listen(port, host, resolve);
  });

/** What is at a path, or undefined when there is nothing. */
export type MakePage = (path: string) => Promise<{ type: string; body: string; status?: number } | undefined>;

/** A listener that answers with what `make` gives. */
export function page(make: MakePage): RequestListener {
  return (request, response) => {
    make(pathOf(request)).then(
      (made) => {
        if (!made) response.writeHead(404, { 'content-type': 'text/plain' }).end();
        else response.writeHead(made.status ?? 200, { 'content-type': made.type }).end(made.body);
      },
      () => response.writeHead(500).end(),
    );
  };
}

const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?')[0] ?? '/';
