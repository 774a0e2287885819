// A bot on the stand-in for Discord with a small feature that does what the shipped ones seldom do: slow, late, refusing.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect } from 'vitest';
import { type DiscordOptions, discordPlatform } from '../../../adapters/discord/connect.js';
import { assemble } from '../../../src/core/bot.js';
import { type Answer, type Attachment, ask, type Call, redraw, say } from '../../../src/core/call.js';
import { button, buttons, type Card, type Form, para, to } from '../../../src/core/card.js';
import { systemClock } from '../../../src/core/clock.js';
import type { Feature } from '../../../src/core/feature.js';
import { refuse } from '../../../src/core/refusal.js';
import { wording } from '../../../src/core/wording.js';
import { DiscordStandIn, type Exchange, ids, type Message } from '../../support/discord-stand-in.js';
import { logTo } from '../../support/log.js';
import { memoryStore } from '../../support/memory-store.js';
import { testParts } from '../../support/parts.js';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Done after the test, the latest first. */
export const atEnd = (close: () => Promise<unknown>): void => void closing.push(close);

const words = wording({
  en: {
    about: 'Tries things out',
    item: 'Try this message',
    short: '“{typed}” is too short.',
    long: 'This will not do, and it takes more than a hundred characters to say why: {typed} is neither long enough nor is it anything else.',
  },
  fr: { about: 'Fait des essais', item: 'Essayer ce message', short: '« {typed} » est trop court.', long: 'Non.' },
});

export const card = (...lines: string[]): Card => ({ locale: 'en', blocks: lines.map((line) => para(line)) });

export const form = (call: Pick<Call, 'args'>, fields = 1): Form => ({
  locale: 'en',
  title: 'A form',
  target: to('try.save'),
  intro: ['Kept for *thirty* days.'],
  fields: Array.from({ length: fields }, (_, at) => {
    const name = at === 0 ? 'line' : `line${at}`;
    return { name, label: `Line ${at + 1}`, kind: 'line', max: 100, value: call.args[name] ?? '' } as const;
  }),
});

/** The button's route, how long it takes in milliseconds, and which revision it draws. */
const work = (label: string, args: Record<string, string> = {}) => button(label, to('try.work', args));

const board = card('board');

/** A table of so many kilobytes, and a picture. */
export const filesOf = (kilobytes = 1): readonly Attachment[] => [
  { name: 'results.csv', type: 'text/csv', body: new Uint8Array(kilobytes * 1024).fill(0xe9) },
  {
    name: 'results.png',
    type: 'image/png',
    body: new Uint8Array([137, 80, 78, 71, 0]),
    alt: `Ja: ${'one '.repeat(300)}`,
  },
];

/** A form whose boxes are ticked as the call says, else the first one. */
const ticking = (call: Pick<Call, 'args'>): Form => ({
  locale: 'en',
  title: 'Days',
  target: to('try.ticked'),
  fields: [
    {
      name: 'days',
      label: 'Days',
      kind: 'checks',
      required: call.args.kind === 'required',
      choices: ['mon', 'tue', 'wed'].map((value) => ({ value, label: `On ${value}` })),
      value: call.args.days ?? 'mon',
    },
    { name: 'line', label: 'Line', kind: 'line' },
  ],
});

async function run({ args }: Call): Promise<Answer> {
  await sleep(Number(args.ms ?? 0));
  const kilobytes = Number(args.rev) || 1;
  const rev = args.rev === undefined ? {} : { rev: Number(args.rev) };
  switch (args.does) {
    case 'redraw':
      return redraw(card(`drawn ${args.rev ?? ''}`), rev);
    case 'note':
      return redraw(card(`drawn ${args.rev ?? ''}`), { ...rev, note: card('a note') });
    case 'ask':
      return ask(form({ args: { line: 'typed before' } }));
    case 'huge':
      return say({ locale: 'en', blocks: [buttons(button('x', to('try.work', { text: 'x'.repeat(200) })))] });
    case 'files':
      return say(
        card('said', ...(args.rev === 'long' ? ['x'.repeat(1500), 'y'.repeat(1500)] : [])),
        filesOf(kilobytes),
      );
    case 'nothing':
      return { kind: 'nothing' };
    default:
      return say(card('said'));
  }
}

export const trial: Feature = {
  name: 'try',
  about: 'about',
  main: 'try.list',
  words: words as Feature['words'],
  privacy: { exports: async () => undefined, erases: async () => undefined },
  routes: {
    'try.list': { typed: { about: 'about', options: [] }, run: async () => say(card('listed')) },
    'try.work': {
      typed: {
        about: 'about',
        options: ['does', 'ms', 'rev'].map((name) => ({ name, about: 'about', suggests: name === 'rev' })),
      },
      run,
      async suggest(call) {
        await sleep(Number(call.args.rev ?? 0));
        return [{ value: '1', label: 'one' }];
      },
    },
    'try.board': {
      typed: { about: 'about', options: [] },
      async run(call, bot) {
        const row = buttons(
          work('Slow', { does: 'redraw', ms: '2300' }),
          work('Say', { ms: '2300' }),
          work('First', { does: 'redraw', rev: '1', ms: '300' }),
          work('Second', { does: 'note', rev: '2' }),
          button('Form', to('try.form')),
          work('Files', { does: 'files' }),
          work('Slow files', { does: 'files', ms: '2300' }),
        );
        await bot.outbox.post(call.place, { ...board, blocks: [...board.blocks, row] });
        return { kind: 'nothing' };
      },
    },
    'try.form': { typed: { about: 'about', options: [] }, run: async (call) => ask(form(call)) },
    'try.save': {
      form: async (call) => form(call, Number(call.args.fields ?? 1)),
      async run({ args }) {
        const line = args.line ?? '';
        if (line === 'slow') await sleep(2300);
        if (line === 'files') return say(card('said'), filesOf());
        if (line.startsWith('draw') || line === 'slow') return redraw(card(`saved ${line}`));
        throw refuse('short', { typed: line }, line === 'whole' ? '' : 'line');
      },
    },
    'try.ticks': {
      typed: { about: 'about', options: [{ name: 'kind', about: 'about' }] },
      run: async (call) => ask(ticking(call)),
    },
    'try.ticked': {
      form: async (call) => ticking(call),
      async run({ args }) {
        if (args.line === 'no') throw refuse('short', { typed: 'no' }, 'line');
        return say(card(`ticked “${args.days}”`));
      },
    },
    'try.refuse': {
      typed: { about: 'about', options: [{ name: 'line', about: 'about' }] },
      form: async (call) => form(call, call.args.line === 'full' ? 5 : 1),
      run: async ({ args }) => {
        throw refuse(args.line === 'short' ? 'short' : 'long', { typed: args.line ?? '' }, 'line');
      },
    },
    'try.message': { menu: 'item', run: async ({ args }) => say(card(args.text ?? '')) },
  },
};

export interface Options extends Partial<DiscordOptions> {
  readonly discord?: DiscordStandIn;
  readonly features?: readonly Feature[];
}

/** A bot that is not started yet, with all that it logs and everything that it said was the end. */
export async function scene({ discord: given, features = [trial], ...options }: Options = {}) {
  const discord = given ?? (await new DiscordStandIn().listen());
  if (!given) closing.push(() => discord.close());
  const lines: string[] = [];
  const log = logTo((level, data, message) => void lines.push(`${level} ${message} ${JSON.stringify(data)}`));
  const dead: string[] = [];
  const store = options.store ?? memoryStore();
  const { token, apiUrl } = discord;
  const onDead = (reason: string): void => void dead.push(reason);
  const platform = discordPlatform({ token, apiUrl, log, clock: systemClock, ...options, store, onDead });
  const parts = { features, platforms: [platform], store, clock: systemClock, log };
  const { core, bot } = assemble({ ...testParts, ...parts, staffChannels: { discord: ids.staff } });
  closing.push(() => platform.stop());
  return { discord, platform, core, bot, lines, dead, store };
}

/** The same, connected. */
export async function connected(options: Options = {}) {
  const all = await scene(options);
  await all.platform.start(all.core);
  expect(all.platform.connected()).toBe(true);
  return all;
}

/** A message in the channel that has buttons of every kind. */
export async function withBoard(discord: DiscordStandIn): Promise<Message> {
  await discord.command('alice', 'try', {}, { sub: 'board' });
  const message = discord.messages.at(-1);
  if (!message) throw new Error('nothing was posted');
  return message;
}

/** Waits for something to become so. */
export async function until(holds: () => boolean, milliseconds = 8000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!holds() && Date.now() < end) await sleep(10);
  expect(holds()).toBe(true);
}

/** What was said in private. */
export const read = ({ messages }: Exchange): string => messages.map(({ content }) => content).join('\n');

export const general = { platform: 'discord', space: ids.guild, channel: ids.general };
export const alice = { platform: 'discord', space: ids.guild, person: ids.alice };
