// @ts-check
// News as it comes. A browser opens only six connections to one server, over all its windows: a few windows hold a
// stream open, and those that come later ask every other second, so that the last one can still post.
import { get } from './server.js';
import { state } from './state.js';

const streams = 3;
const askEvery = 2000;
const retryAfter = 2000;

/**
 * @typedef {{ take(messages: import('./state.js').Message[]): void, drop(id: string): void, refresh(): void,
 *   online(isOnline: boolean): void }} Ears
 */

let generation = 0;
let close = () => {};
/** Whether this window may hold a stream; asked once, and again while it is refused. */
let mayStream = !('locks' in navigator);

/** Listens for the member one is from now on, and for nobody else. @param {Ears} ears */
export async function listen(ears) {
  close();
  generation += 1;
  const mine = generation;
  const isOver = () => mine !== generation;
  if (!mayStream) mayStream = await claim();
  if (isOver()) return;
  if (mayStream) stream(ears, isOver);
  else poll(ears, isOver);
}

/** Takes one of the places, for as long as the window is open. @returns {Promise<boolean>} */
async function claim() {
  for (let place = 0; place < streams; place += 1) {
    const isMine = await new Promise((resolve) => {
      navigator.locks
        .request(`rapporteur-live-${place}`, { ifAvailable: true }, (lock) => {
          resolve(lock !== null);
          return lock && new Promise(() => {});
        })
        .catch(() => resolve(false));
    });
    if (isMine) return true;
  }
  return false;
}

/** @param {Ears} ears @param {() => boolean} isOver */
function stream(ears, isOver) {
  const query = new URLSearchParams({ member: state.outlook.member, after: String(state.seq) });
  const source = new EventSource(`/local/live?${query}`);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again;
  close = () => {
    clearTimeout(again);
    source.close();
  };
  /** @param {MessageEvent} event */
  const heard = (event) => {
    if (event.lastEventId) state.seq = Number(event.lastEventId);
    return JSON.parse(event.data);
  };
  source.addEventListener('message', (event) => ears.take([heard(event)]));
  source.addEventListener('gone', (event) => ears.drop(heard(event).id));
  source.addEventListener('refresh', () => ears.refresh());
  source.addEventListener('ready', (event) => {
    heard(event);
    ears.online(true);
  });
  source.addEventListener('error', () => {
    if (isOver()) return;
    ears.online(false);
    // A browser comes back by itself after a cut, but gives up after a refusal, as while the program starts.
    if (source.readyState === EventSource.CLOSED) again = setTimeout(() => void listen(ears), retryAfter);
  });
}

/** @param {Ears} ears @param {() => boolean} isOver */
function poll(ears, isOver) {
  const ask = async () => {
    const reply = await get('/local/state', { member: state.outlook.member, after: String(state.seq) });
    if (isOver()) return;
    ears.online(reply.ok);
    if (reply.ok) {
      state.seq = reply.data.seq;
      ears.take(reply.data.messages);
      if (reply.data.locale !== state.outlook.locale) return ears.refresh();
    }
    if (!mayStream && (await claim())) {
      mayStream = true;
      return void listen(ears);
    }
    timer = setTimeout(() => void ask(), askEvery);
  };
  let timer = setTimeout(() => void ask(), 0);
  close = () => clearTimeout(timer);
}
