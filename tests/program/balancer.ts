// A balancer as docs/operations.md asks for: each in turn, the next one where one breaks the connection or answers 503.
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export class Balancer {
  /** Ports of the processes behind it. */
  readonly behind = new Set<number>();
  readonly #server = createServer((asked, answer) => void this.#pass(asked, answer));
  #turn = 0;

  async listen(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = Buffer.concat(await asked.toArray());
    const ports = [...this.behind];
    this.#turn += 1;
    for (let nth = 0; nth < ports.length; nth += 1) {
      const port = ports[(this.#turn + nth) % ports.length] ?? 0;
      const told = await tell(port, asked, body);
      if (!told || told.status === 503) continue;
      answer.writeHead(told.status, told.headers).end(told.body);
      return;
    }
    answer.writeHead(502).end();
  }
}

interface Told {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** @returns undefined where the connection is refused, or broken before there was an answer */
function tell(port: number, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Told | undefined> {
  return new Promise((resolve) => {
    const passed = request({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, async (response) => {
      const whole = Buffer.concat(await response.toArray());
      resolve({ status: response.statusCode ?? 502, headers: response.headers, body: whole });
    });
    passed.on('error', () => resolve(undefined));
    passed.end(body);
  });
}
