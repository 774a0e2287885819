// The gateway of the stand-in for Discord: sessions over real WebSockets, with what goes wrong on demand.
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { guildJson, ids, type Json } from './discord-stand-in-world.js';

interface Session {
  readonly id: string;
  socket: WebSocket | undefined;
  sequence: number;
  /** What happened while nobody listened; a resumed session gets it. */
  missed: Json[];
}

export interface GatewayParts {
  readonly accepts: (token: string) => boolean;
  readonly address: () => string;
}

export class StandInGateway {
  /** Intents of every identify. */
  readonly intents: number[] = [];
  resumes = 0;
  /** Closes the next identifies with this code instead of letting them in. */
  closesIdentifyWith: number | undefined;
  /** `silent`: takes sockets and says nothing. `refusing`: takes none. */
  mood: 'well' | 'silent' | 'refusing' = 'well';
  /** A session that is resumed is no longer known. */
  forgetsSessions = false;
  readonly #server: WebSocketServer;
  readonly #sessions = new Map<string, Session>();

  constructor(
    server: Server,
    readonly parts: GatewayParts,
  ) {
    this.#server = new WebSocketServer({ server });
    this.#server.on('connection', (socket) => this.#connected(socket));
  }

  get isConnected(): boolean {
    return this.connections > 0;
  }

  /** Sessions that are connected now. */
  get connections(): number {
    return [...this.#sessions.values()].filter(({ socket }) => socket !== undefined).length;
  }

  send(t: string, d: Json): void {
    for (const session of this.#sessions.values()) this.#dispatch(session, t, d);
  }

  /** Cuts every connection with this close code. */
  drop(code: number): void {
    for (const socket of this.#server.clients) socket.close(code);
  }

  close(): void {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
  }

  #dispatch(session: Session, t: string, d: Json): void {
    session.sequence += 1;
    const event = { op: 0, s: session.sequence, t, d };
    if (session.socket) session.socket.send(JSON.stringify(event));
    else session.missed.push(event);
  }

  #connected(socket: WebSocket): void {
    if (this.mood === 'refusing') socket.terminate();
    if (this.mood !== 'well') return;
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 41_250 } }));
    socket.on('close', (code) => {
      for (const session of this.#sessions.values()) {
        if (session.socket !== socket) continue;
        session.socket = undefined;
        // A client that says goodbye ends its session.
        if (code === 1000 || code === 1001) this.#sessions.delete(session.id);
      }
    });
    socket.on('message', (raw) => {
      const { op, d } = JSON.parse(String(raw)) as { op: number; d: Json };
      if (op === 1) socket.send(JSON.stringify({ op: 11 }));
      if (op === 2) this.#identify(socket, d);
      if (op === 6) this.#resume(socket, d);
    });
  }

  #identify(socket: WebSocket, { token, intents }: Json): void {
    const code = this.parts.accepts(token) ? this.closesIdentifyWith : 4004;
    if (code !== undefined) {
      socket.close(code);
      return;
    }
    this.intents.push(intents);
    const session: Session = { id: `session-${this.intents.length}`, socket, sequence: 0, missed: [] };
    this.#sessions.set(session.id, session);
    const user = { id: ids.application, username: 'Rapporteur', discriminator: '0', avatar: null, bot: true };
    this.#dispatch(session, 'READY', {
      v: 10,
      user,
      guilds: [{ id: ids.guild, unavailable: true }],
      session_id: session.id,
      resume_gateway_url: this.parts.address(),
      application: { id: ids.application, flags: 0 },
    });
    this.#dispatch(session, 'GUILD_CREATE', guildJson());
  }

  #resume(socket: WebSocket, { token, session_id }: Json): void {
    const session = this.#sessions.get(session_id);
    if (!this.parts.accepts(token)) socket.close(4004);
    else if (!session || this.forgetsSessions) socket.send(JSON.stringify({ op: 9, d: false }));
    else {
      this.resumes += 1;
      session.socket = socket;
      for (const event of session.missed.splice(0)) socket.send(JSON.stringify(event));
      this.#dispatch(session, 'RESUMED', {});
    }
  }
}
