// The PostgreSQL server of TEST_DATABASE_URL: a schema of a test file's own, and a line to it that can be cut.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import pg from 'pg';
import { expect, test } from 'vitest';

const url = process.env.TEST_DATABASE_URL;

/** Whether there is a server; with REQUIRE_POSTGRES=1 its absence is a failure. */
export function hasServer(): boolean {
  test.runIf(process.env.REQUIRE_POSTGRES === '1')('TEST_DATABASE_URL is set', () => expect(url).toBeTruthy());
  return Boolean(url);
}

/** A schema that is empty whenever asked, and removed in the end. */
export class Schema {
  readonly name = `store_${randomBytes(6).toString('hex')}`;
  readonly #admin = new pg.Client({ connectionString: url });
  #isConnected = false;

  /** @param port another one leads to a line */
  url(port?: number): string {
    const here = new URL(url ?? 'postgres://localhost');
    here.searchParams.set('options', `-c search_path=${this.name}`);
    if (port !== undefined) here.host = `127.0.0.1:${port}`;
    return here.href;
  }

  async query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    if (!this.#isConnected) await this.#admin.connect();
    this.#isConnected = true;
    return (await this.#admin.query<Row>(sql, values)).rows;
  }

  async empty(): Promise<void> {
    await this.query(`drop schema if exists ${this.name} cascade`);
    await this.query(`create schema ${this.name}`);
    await this.query(`set search_path = ${this.name}`);
  }

  async remove(): Promise<void> {
    await this.query(`drop schema if exists ${this.name} cascade`);
    await this.#admin.end();
  }
}

/** What the line does with a statement that holds a given text, once. */
export type Fault =
  | 'loses the answer'
  | 'loses the answer and stays down'
  | 'loses the question'
  | 'delivers the question late';

/** A TCP line to the server. */
export class Line {
  #fault: { readonly kind: Fault; readonly text: string } | undefined;
  #isDown = false;
  readonly #sockets = new Set<net.Socket>();
  readonly #server = net.createServer((near) => this.#connect(near));

  async open(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  /** The next statement that holds `text` meets the fault. */
  breakAt(text: string, kind: Fault): void {
    this.#fault = { kind, text };
  }

  /** Cuts what is connected. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Cuts what is connected, and takes no one until it is up again. */
  down(isDown: boolean): void {
    this.#isDown = isDown;
    if (isDown) this.cut();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #connect(near: net.Socket): void {
    if (this.#isDown) {
      near.destroy();
      return;
    }
    const server = new URL(url ?? 'postgres://localhost');
    const far = net.connect(Number(server.port || 5432), server.hostname);
    for (const [one, other] of [[near, far] as const, [far, near] as const]) {
      this.#sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
    let lost: Fault | undefined;
    near.on('data', (data) => {
      const fault = this.#fault;
      if (!fault || !data.includes(fault.text)) return void far.write(data);
      this.#fault = undefined;
      if (fault.kind === 'loses the question') return void near.destroy();
      if (fault.kind === 'delivers the question late') return this.#late(near, far, data);
      lost = fault.kind;
      return void far.write(data);
    });
    far.on('data', (data) => {
      if (lost === 'loses the answer and stays down') this.down(true);
      if (lost) near.destroy();
      else near.write(data);
    });
  }

  /** The asker loses the connection now; the server hears the question half a second later. */
  #late(near: net.Socket, far: net.Socket, data: Buffer): void {
    near.removeAllListeners('close');
    near.destroy();
    setTimeout(() => far.end(data), 500);
  }
}
