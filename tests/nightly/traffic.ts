// What members do all day, and what goes wrong meanwhile: endless rounds for each platform, until it is over.
import { setTimeout as sleep } from 'node:timers/promises';
import { shippedGlossary } from '../../src/features/acronym/glossary.js';
import { type DiscordStandIn, ids } from '../support/discord-stand-in.js';
import type { SlackStandIn } from '../support/slack-stand-in.js';
import type { StandInApp } from '../support/slack-stand-in-app.js';
import { discordFeatures, isPulse, localFeatures, slackFeatures } from './features.js';

const terms = shippedGlossary.complete('', Number.POSITIVE_INFINITY).map(({ acronym }) => acronym);
const locales = ['en', 'fr', 'es', 'zh', 'ar', 'ru', 'pt'] as const;

/** What a stand-in remembers of each kind; more would only make it slow. */
const remembered = 100;

export interface Traffic {
  /** What has been done. */
  done: number;
  /** What was not answered. */
  failed: number;
}

const termAt = (turn: number): string => terms[turn % terms.length] ?? 'PDP';
const localeAt = (turn: number): string => locales[turn % locales.length] ?? 'en';

/** Does one thing after the other until the signal says that it is over, each with its number. */
export async function rounds(
  things: readonly ((turn: number) => Promise<unknown>)[],
  traffic: Traffic,
  signal: AbortSignal,
): Promise<void> {
  for (let turn = 0; !signal.aborted; turn += 1) {
    try {
      await things[turn % things.length]?.(turn);
      traffic.done += 1;
    } catch {
      traffic.failed += 1;
    }
    await sleep(20);
  }
}

export function slackRounds(slack: SlackStandIn, app: StandInApp): readonly ((turn: number) => Promise<unknown>)[] {
  const last = () => slack.shownTo('UANN').at(-1);
  return [
    (turn) => app.command('UANN', '/acronym', termAt(turn)),
    // Once in a while: each is kept by the store for months.
    async (turn) => (turn % 20 < 10 ? undefined : pressed(app, last(), 'Share')),
    (turn) => app.command('UBOB', '/acronym', `${termAt(turn).slice(0, -1)}X`),
    (turn) => app.command('UBOB', '/acronym', `${termAt(turn)} ${termAt(turn + 1)} ${termAt(turn + 2)}`),
    (turn) => app.command('UANN', '/acronym', `${termAt(turn)} in ${localeAt(turn)}`),
    (turn) => app.command('UANN', '/rapporteur', `language ${localeAt(turn)}`),
    () => app.command('UANN', '/rapporteur', 'language en'),
    () => app.command('UANN', '/rapporteur', 'privacy'),
    () => app.command('UADA', '/rapporteur', 'status'),
    () => app.command('UADA', '/rapporteur', 'settings'),
    () => app.submit('UADA'),
    (turn) =>
      app.shortcut('UBOB', 'explain_acronyms', `${termAt(turn)} and ${termAt(turn + 3)}, ${'word '.repeat(200)}`),
    () => app.openHome('UBOB'),
    () => app.deliverAgain(),
    () => app.command('UUNA', '/rapporteur', 'settings'),
    ...slackFeatures(slack, app),
    async () => forget(slack),
  ];
}

async function pressed(app: StandInApp, on: ReturnType<SlackStandIn['shownTo']>[number] | undefined, label: string) {
  if (on && JSON.stringify(on.blocks).includes(`"${label}"`)) await app.press('UANN', on, label);
}

function forget({ world }: SlackStandIn): void {
  world.calls.length = 0;
  const [old, fresh] = [world.messages.slice(0, -remembered), world.messages.slice(-remembered)];
  // What may be pressed again stays.
  world.messages.splice(0, world.messages.length, ...old.filter(({ blocks }) => isPulse(blocks)).slice(0, 1), ...fresh);
  for (const id of [...world.responses.keys()].slice(0, -remembered)) world.responses.delete(id);
}

/** What comes to the one port from anywhere. */
export function strangerRounds(url: string): readonly (() => Promise<unknown>)[] {
  const asked = async (path: string, status: number, init: RequestInit = {}): Promise<void> => {
    const response = await fetch(`${url}${path}`, init);
    await response.arrayBuffer();
    if (response.status !== status) throw new Error(`${path} answered ${response.status}`);
  };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  return [
    () => asked('/healthz', 200),
    () => asked('/metrics', 200),
    () => asked('/nothing', 404),
    () => asked('/healthz', 405, { method: 'POST' }),
    () => asked('/slack/events', 401, { method: 'POST', body: 'command=%2Facronym', headers: form }),
    () => asked('/slack/events', 413, { method: 'POST', body: 'x'.repeat(1_100_000), headers: form }),
    () => sleep(100),
  ];
}

export function discordRounds(discord: DiscordStandIn): readonly ((turn: number) => Promise<unknown>)[] {
  const answered = async (asking: Promise<{ readonly type: number }>): Promise<void> => {
    if ((await asking).type === 0) throw new Error('no answer');
  };
  const where = { mayFail: true } as const;
  return [
    (turn) => answered(discord.command('alice', 'acronym', { term: termAt(turn) }, where)),
    (turn) => discord.typeahead('sam', 'acronym', 'term', termAt(turn).slice(0, 2), where),
    (turn) => answered(discord.menu('alice', 'Explain acronyms', `${termAt(turn)} and ${termAt(turn + 5)}`, where)),
    (turn) =>
      answered(discord.command('sam', 'rapporteur', { language: localeAt(turn) }, { sub: 'language', ...where })),
    () => answered(discord.command('root', 'rapporteur', {}, { sub: 'status', ...where })),
    (turn) => shared(discord, turn),
    ...discordFeatures(discord),
    async () => {
      discord.requests.length = 0;
      const old = Math.max(0, discord.messages.length - remembered);
      const kept = discord.messages.slice(0, old).filter(({ content }) => isPulse(content));
      discord.messages.splice(0, old, ...kept.slice(0, 1));
      discord.posts.splice(0, old);
    },
  ];
}

async function shared(discord: DiscordStandIn, turn: number): Promise<void> {
  if (turn % 45 !== 5) return;
  const asked = await discord.command(
    'alice',
    'acronym',
    { term: termAt(turn) },
    { channel: ids.general, mayFail: true },
  );
  const [answer] = asked.messages;
  if (answer) await discord.press('alice', answer, 'Share', { mayFail: true });
}

export function localRounds(url: string): readonly ((turn: number) => Promise<unknown>)[] {
  const where = 'member=newcomer&channel=general';
  const get = async (path: string): Promise<void> => void (await (await fetch(`${url}${path}`)).arrayBuffer());
  return [
    () => get('/'),
    () => get(`/local/state?${where}`),
    (turn) => {
      const body = JSON.stringify({ member: 'newcomer', channel: 'general', line: `/acronym ${termAt(turn)}` });
      return fetch(`${url}/local/call`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    },
    // A window that is opened and closed again.
    async () => {
      const window = new AbortController();
      await fetch(`${url}/local/live?${where}`, { signal: window.signal });
      await sleep(50);
      window.abort();
    },
    ...localFeatures(url),
  ];
}
