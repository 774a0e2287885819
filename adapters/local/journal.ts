// What was posted and what was answered in private, kept in the store; each change is numbered and told to listeners.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../src/core/clock.js';
import { faultFacts } from '../../src/core/fault.js';
import type { Logger } from '../../src/core/feature.js';
import { type Collection, type Kind, type Store, update } from '../../src/core/store.js';
import { type FileMark, type Files, fileMark } from './files.js';
import { shelvesFor } from './fleeting.js';
import { limits } from './limits.js';
import { numbering } from './numbering.js';
import { type DrawnCard, drawnCard } from './render.js';

const message = z.object({
  channel: z.string(),
  /** A member's id, or `bot`. */
  by: z.string(),
  at: z.iso.datetime(),
  /** The number under which it came; messages are shown in this order. */
  born: z.number(),
  /** The number of its last change. */
  seq: z.number(),
  text: z.string().optional(),
  card: drawnCard.optional(),
  /** The revision that the card shows, where its feature counts them. */
  rev: z.number().optional(),
  /** The line that a private answer answers. */
  asked: z.string().optional(),
});

/** `only`: the one member who may see it. */
const answer = message.extend({ only: z.string(), files: z.array(fileMark).optional() });

/** For all who see the channel. Two kinds, so that no search for the one can bring up the other. */
const messages: Kind<z.infer<typeof message>> = {
  name: 'local-messages',
  parse: (raw) => message.parse(raw),
  facets: ({ channel }) => ({ channel }),
};

/** For one member alone. */
const answers: Kind<z.infer<typeof answer>> = {
  name: 'local-answers',
  parse: (raw) => answer.parse(raw),
  facets: ({ only }) => ({ only }),
};

export interface Message extends z.infer<typeof message> {
  readonly id: string;
  readonly only?: string;
  readonly files?: readonly FileMark[] | undefined;
}

/** `gone`: a private answer that its member has dismissed. */
export type Change =
  | { readonly kind: 'message'; readonly seq: number; readonly message: Message }
  | { readonly kind: 'gone'; readonly seq: number; readonly id: string; readonly only: string };

type Content = Pick<Message, 'text' | 'card' | 'asked' | 'rev'>;
type AnswerContent = Content & { readonly files?: FileMark[] };

export interface Journal {
  /** @param key the same key means the same message, which is then given back as it is */
  post(channel: string, by: string, content: Content, key?: string): Promise<Message>;
  /**
   * An answer for one member, in the channel in which it was asked for; given back even where it cannot be kept.
   * @param isFleeting never written down: it is there until the program ends
   */
  tell(only: string, channel: string, content: AnswerContent, isFleeting?: boolean): Promise<Message>;
  /**
   * Draws a message or an answer anew.
   * @param how.rev an older revision never overwrites a newer one
   * @param how.isFleeting only over an answer that is not written down either
   * @returns undefined when there is no such message in the channel
   */
  redraw(
    channel: string,
    id: string,
    card: DrawnCard,
    how?: { readonly rev?: number | undefined; readonly isFleeting?: boolean | undefined },
  ): Promise<Message | undefined>;
  dismiss(only: string, id: string): Promise<void>;
  find(id: string): Promise<Message | undefined>;
  /**
   * Everything in these channels, and the member's answers, that changed after `after`, oldest message first.
   * `then` is told of it before any further change comes, so that who listens from there on misses none.
   */
  read(
    only: string,
    channels: readonly string[],
    after: number,
    then?: (snapshot: Snapshot) => void,
  ): Promise<Snapshot>;
  listen(listener: (change: Change) => void): () => void;
}

export interface Snapshot {
  readonly messages: readonly Message[];
  /** The number of the last change that it holds. */
  readonly seq: number;
}

/** Ids of messages with a key are made from it, so that the insert itself is the claim. */
const idOfKey = (key: string): string => `key-${createHash('sha256').update(key).digest('hex').slice(0, 40)}`;

/** @param files forgets the files of answers that go */
export function journalIn(store: Store, clock: Clock, newId: () => string, log: Logger, files: Files): Journal {
  const posted = store.collection(messages);
  const told = shelvesFor(answers, store.collection(answers));
  const listeners = new Set<(change: Change) => void>();
  const newest = async (): Promise<number> => {
    const all = [...(await posted.find()), ...(await told.find({}))];
    return all.reduce((most, { value }) => Math.max(most, value.seq), 0);
  };
  const { inTurn, still } = numbering(newest, clock);

  const publish = (made: Message): Message => {
    for (const listener of listeners) listener({ kind: 'message', seq: made.seq, message: made });
    return made;
  };
  const fresh = <C extends Content>(channel: string, by: string, content: C, seq: number) => {
    return { channel, by, at: clock.now().toISOString(), born: seq, seq, ...content };
  };
  return {
    post: (channel, by, content, key) =>
      inTurn(async (seq) => {
        const id = key === undefined ? newId() : idOfKey(key);
        const value = fresh(channel, by, content, seq);
        if (!(await posted.insert(id, value))) return { id, ...((await posted.get(id))?.value ?? value) };
        await prune(posted, { channel });
        return publish({ id, ...value });
      }),
    async tell(only, channel, content, isFleeting = false) {
      const id = newId();
      try {
        return await inTurn(async (seq) => {
          const value = { ...fresh(channel, 'bot', content, seq), only };
          const shelf = isFleeting ? told.fleeting : told.kept;
          await shelf.insert(id, value);
          for (const gone of await prune(shelf, { only })) await files.drop(gone.files ?? []);
          return publish({ id, ...value });
        });
      } catch (error) {
        // The answer may well be that the store is down: it reaches the asker all the same.
        log.warn(faultFacts(error), 'a private answer was not kept');
        return { id, ...fresh(channel, 'bot', content, clock.now().getTime()), only };
      }
    },
    redraw: (channel, id, card, { rev, isFleeting } = {}) =>
      inTurn(async (seq) => {
        const drawn: Drawn = { card, seq, ...(rev === undefined ? {} : { rev }) };
        const shelf = await told.holding(id);
        if (isFleeting && shelf !== told.fleeting) return undefined;
        const made = (await redrawIn(posted, channel, id, drawn)) ?? (await redrawIn(shelf, channel, id, drawn));
        return made?.seq === seq ? publish(made) : made;
      }),
    dismiss: (only, id) =>
      inTurn(async (seq) => {
        const shelf = await told.holding(id);
        const doc = await shelf.get(id);
        if (doc?.value.only !== only || !(await shelf.remove(doc))) return;
        for (const listener of listeners) listener({ kind: 'gone', seq, id, only });
        await files.drop(doc.value.files ?? []);
      }),
    async find(id) {
      const doc = (await posted.get(id)) ?? (await (await told.holding(id)).get(id));
      return doc && { id, ...doc.value };
    },
    read: (only, channels, after, then) =>
      still(async (seq) => {
        const inChannels = await Promise.all(channels.map((channel) => posted.find({ channel })));
        const found: Message[] = [...inChannels.flat(), ...(await told.find({ only }))].map(({ id, value }) => ({
          id,
          ...value,
        }));
        const snapshot = { messages: found.filter((one) => one.seq > after).sort((a, b) => a.born - b.born), seq };
        then?.(snapshot);
        return snapshot;
      }),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

type Drawn = Pick<Message, 'card' | 'rev' | 'seq'>;

async function redrawIn<T extends z.infer<typeof message>>(
  collection: Collection<T>,
  channel: string,
  id: string,
  drawn: Drawn,
): Promise<Message | undefined> {
  if ((await collection.get(id))?.value.channel !== channel) return undefined;
  const isNewer = (old: T): boolean => (old.rev ?? 0) > (drawn.rev ?? Number.POSITIVE_INFINITY);
  const doc = await update(collection, id, (old) => (isNewer(old) ? old : { ...old, ...drawn }));
  return { id, ...doc.value };
}

/**
 * Removes what is more than the channel or the member keeps, oldest first.
 * @returns what was removed
 */
async function prune<T extends { born: number }>(
  collection: Collection<T>,
  where: Readonly<Record<string, string>>,
): Promise<readonly T[]> {
  const docs = [...(await collection.find(where))].sort((a, b) => a.value.born - b.value.born);
  const gone = docs.slice(0, Math.max(0, docs.length - limits.kept));
  for (const doc of gone) await collection.remove(doc);
  return gone.map(({ value }) => value);
}
