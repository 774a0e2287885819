// Reads a stream of server-sent events (WHATWG HTML, "Server-sent events") as a browser does.

// biome-ignore lint/suspicious/noExplicitAny: whatever the server says is what a test looks at
export type Json = any;

export interface Heard {
  readonly event: string;
  readonly id: string;
  readonly data: Json;
}

export interface EventStream {
  readonly status: number;
  readonly heard: readonly Heard[];
  /** Resolves with the first event that fits, be it heard already or still to come. */
  until(fits: (heard: Heard) => boolean, within?: number): Promise<Heard>;
  readonly ended: Promise<void>;
  close(): void;
}

export async function eventStream(url: string, headers: Record<string, string> = {}): Promise<EventStream> {
  const cut = new AbortController();
  const response = await fetch(url, { headers, signal: cut.signal });
  const heard: Heard[] = [];
  let wake = (): void => undefined;
  const read = async (): Promise<void> => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      heard.push(...blocks.flatMap(readBlock));
      wake();
    }
  };
  // A stream that this side closes ends with an AbortError.
  const ended = read().catch(() => undefined);
  return {
    status: response.status,
    heard,
    ended,
    close: () => cut.abort(),
    async until(fits, within = 3000) {
      const deadline = Date.now() + within;
      for (;;) {
        const found = heard.find(fits);
        if (found) return found;
        const left = deadline - Date.now();
        if (left <= 0) throw new Error(`not heard; heard were: ${heard.map(({ event }) => event).join(', ')}`);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    },
  };
}

function readBlock(block: string): readonly Heard[] {
  const fields = new Map(
    block.split('\n').map((line) => {
      const cut = line.indexOf(': ');
      return [line.slice(0, cut), line.slice(cut + 2)];
    }),
  );
  const data = fields.get('data');
  if (data === undefined) return [];
  return [{ event: fields.get('event') ?? 'message', id: fields.get('id') ?? '', data: JSON.parse(data) }];
}
