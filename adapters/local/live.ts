// Server-sent events: every open window hears at once of what its member may see, and of nothing else.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Change, Journal, Message } from './journal.js';
import { limits } from './limits.js';
import { channelIdsOf, mayRead } from './workspace.js';

export interface Live {
  /** Streams to one window; first what changed after the last event that it has seen. */
  open(memberId: string, request: IncomingMessage, response: ServerResponse, after: number): Promise<void>;
  /** Tells the member's windows to read everything anew: their language has changed. */
  refresh(memberId: string): void;
  stop(): void;
}

interface Stream {
  readonly member: string;
  send(event: string, data: unknown, seq?: number): void;
  end(): void;
}

/** Everything that is kept with the message, but for what only the journal needs. */
export const shown = ({ only, rev: _rev, ...message }: Message): object => ({
  ...message,
  isPrivate: only !== undefined,
});

/** The one place that decides who hears of a change. */
function mayHear(memberId: string, change: Change): boolean {
  const only = change.kind === 'gone' ? change.only : change.message.only;
  if (only !== undefined) return only === memberId;
  return change.kind === 'message' && mayRead(memberId, change.message.channel);
}

export function liveFrom(journal: Journal): Live {
  const streams = new Set<Stream>();
  const tell = (stream: Stream, change: Change): void => {
    if (change.kind === 'gone') stream.send('gone', { id: change.id }, change.seq);
    else stream.send('message', shown(change.message), change.seq);
  };
  const stopListening = journal.listen((change) => {
    for (const stream of streams) if (mayHear(stream.member, change)) tell(stream, change);
  });
  const beat = setInterval(() => {
    for (const stream of streams) stream.send('beat', {});
  }, limits.beat);
  beat.unref();

  return {
    async open(memberId, request, response, after) {
      const stream = streamTo(memberId, response);
      response.once('close', () => streams.delete(stream));
      await journal.read(memberId, channelIdsOf(memberId), after, ({ messages, seq }) => {
        if (request.destroyed || response.destroyed) return;
        response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
        response.write('retry: 1000\n\n');
        for (const message of [...messages].sort((a, b) => a.seq - b.seq)) {
          response.write(eventText('message', shown(message), message.seq));
        }
        response.write(eventText('ready', {}, seq));
        streams.add(stream);
      });
    },
    refresh(memberId) {
      for (const stream of streams) if (stream.member === memberId) stream.send('refresh', {});
    },
    stop() {
      clearInterval(beat);
      stopListening();
      for (const stream of streams) stream.end();
      streams.clear();
    },
  };
}

function streamTo(member: string, response: ServerResponse): Stream {
  return {
    member,
    send(event, data, seq) {
      if (response.writableLength > limits.backlog) return void response.destroy();
      response.write(eventText(event, data, seq));
    },
    end: () => void response.end(),
  };
}

/** JSON has no line breaks outside its strings, and escapes those inside, so that one `data` line holds it all. */
function eventText(event: string, data: unknown, seq?: number): string {
  const id = seq === undefined ? '' : `id: ${seq}\n`;
  return `${id}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
