// A feature that does everything an adapter has to carry, and nothing else.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Attachment, again, ask, type Call, redraw, say } from '../../../src/core/call.js';
import {
  bold,
  button,
  buttons,
  type Card,
  channel,
  type Form,
  facts,
  link,
  mention,
  para,
  quiet,
  time,
  to,
} from '../../../src/core/card.js';
import type { Bot, Feature, Route } from '../../../src/core/feature.js';
import { refuse } from '../../../src/core/refusal.js';
import { wording } from '../../../src/core/wording.js';

const words = wording({
  en: {
    about: 'Shows what an adapter can do',
    aboutEcho: 'Says what was typed',
    explainThis: 'Explain this',
    explainThisAbout: 'What this message says',
    tooShort: 'That is too short: {typed}',
    onTheWhole: 'Not today.',
  },
});

/** What has been done, for tests to look at; one for each feature made. */
export interface Demo {
  readonly feature: Feature;
  /** Calls by route, oldest first. */
  readonly calls: Call[];
  /** Milliseconds that `demo.slow` and `demo.lateform` take. */
  delay: number;
  votes: number;
}

const card = (call: Call, ...blocks: Card['blocks']): Card => ({ locale: call.locale, blocks });
const text = (call: Call, said: string): Card => card(call, para(said));

const form = (call: Call): Form => ({
  locale: call.locale,
  title: 'A form with quite a long title',
  target: to('demo.save', call.args.id ? { id: call.args.id } : {}),
  intro: ['Please fill this in, ', bold('carefully')],
  fields: [
    { name: 'topic', label: 'Topic', kind: 'line', required: true, max: 60, ...value(call.args.topic) },
    { name: 'body', label: 'Body', kind: 'lines', max: 5000, hint: 'Some lines', ...value(call.args.body) },
    {
      name: 'tone',
      label: 'Tone',
      kind: 'choice',
      choices: ['plain', 'warm'].map((v) => ({ value: v, label: `${v}!` })),
    },
    { name: 'where', label: 'Where', kind: 'channel', ...value(call.args.where) },
    {
      name: 'days',
      label: 'Days',
      kind: 'checks',
      choices: ['mon', 'tue', 'wed'].map((v) => ({ value: v, label: `On ${v}` })),
      ...value(call.args.days ?? 'mon'),
    },
  ],
});

const value = (typed: string | undefined) => (typed === undefined ? {} : { value: typed });

/** A table and a picture of it. */
export const files: readonly Attachment[] = [
  { name: 'results.csv', type: 'text/csv', body: new TextEncoder().encode('option,votes\r\n“Ja”,1\r\n') },
  {
    name: 'results.png',
    type: 'image/png',
    body: new Uint8Array([137, 80, 78, 71, 0, 255]),
    alt: `Ja: ${'one vote '.repeat(200)}`,
  },
];

const withFiles: Route['run'] = async (call) =>
  say(card(call, para('Here they are'), buttons(button('Once more', to('demo.files')))), files);

const board = (call: Call, votes: number): Card => ({
  locale: 'en',
  title: 'A board',
  blocks: [
    para('Votes: ', bold(String(votes))),
    buttons(
      button('Vote', to('demo.vote'), 'main'),
      button('Write', to('demo.form', { id: 'b1' })),
      button('Gone', to('demo.gone')),
      button('Files', to('demo.files')),
    ),
    quiet('Made by ', mention(call.by)),
  ],
});

const typed = (run: Route['run'], options: NonNullable<Route['typed']>['options'] = []): Route => ({
  typed: { about: 'aboutEcho', options },
  run,
});

function routes(demo: Demo): Record<string, Route> {
  const save: Route = {
    form: async (call) => form(call),
    async run(call, bot) {
      const { topic = '', body } = call.args;
      if (topic === 'whole') throw refuse('onTheWhole');
      if (topic.length < 3) throw refuse('tooShort', { typed: topic }, 'topic');
      if (topic === 'next')
        return ask({ ...form(call), title: 'The next step', target: to('demo.save', { id: 'step2' }) });
      if (topic === 'other') return again({ ...form(call), target: to('demo.other') }, { nowhere: 'Start over' });
      if (topic === 'files') return withFiles(call, bot);
      if (topic === 'slow') await sleep(demo.delay);
      if (topic === 'slow wrong') {
        await sleep(demo.delay);
        throw refuse('tooShort', { typed: topic }, 'topic');
      }
      if (topic === 'redraw') return redraw(board(call, demo.votes), { rev: demo.votes });
      return say(card(call, para('Saved ', bold(topic)), facts(['Body', [body ?? '']])));
    },
  };
  return {
    'demo.echo': typed(
      async (call) => say(text(call, call.args.text ?? 'Nothing')),
      [{ name: 'text', about: 'aboutEcho', rest: true }],
    ),
    'demo.rich': typed(async (call) =>
      say({
        ...card(
          call,
          para(bold('Hello '), mention(call.by), ' in ', channel('CGENERAL'), ' at ', time(new Date(0)), ' <!channel>'),
          quiet('Source: ', link('example.org', 'https://example.org/a|b'), ' and ', link('no', 'javascript:alert(1)')),
          facts(['One', ['1']], ['Two', [time(new Date(86_400_000))]]),
        ),
        title: 'A title',
      }),
    ),
    'demo.slow': typed(async (call) => {
      await sleep(demo.delay);
      return say(text(call, 'At last'));
    }),
    'demo.long': typed(async (call) =>
      say(card(call, ...Array.from({ length: 120 }, (_, n) => para(`Line ${n} ${'word '.repeat(40)}`)))),
    ),
    'demo.form': typed(async (call) => ask(form(call))),
    'demo.lateform': typed(async (call) => {
      await sleep(demo.delay);
      return ask(form({ ...call, args: { topic: 'kept' } }));
    }),
    'demo.mistake': typed(async (call) =>
      again(form({ ...call, args: { topic: 'x' } }), { topic: 'Too short', '': 'Alas' }),
    ),
    'demo.save': save,
    'demo.files': typed(withFiles),
    'demo.board': typed(async (call, bot: Bot) => {
      await bot.outbox.post(call.place, board(call, demo.votes));
      return say(text(call, 'Posted'));
    }),
    'demo.vote': {
      async run(call) {
        demo.votes += 1;
        return redraw(board(call, demo.votes), {
          rev: demo.votes,
          note: text(call, `Your vote is number ${demo.votes}`),
        });
      },
    },
    'demo.menu': typed(async (call) =>
      say(
        card(call, {
          kind: 'select',
          label: 'Choose',
          name: 'fruit',
          target: to('demo.pick', { from: 'menu' }),
          choices: [
            { value: 'apple', label: 'An apple' },
            { value: '', label: 'Nothing' },
          ],
          value: 'apple',
        }),
      ),
    ),
    'demo.pick': {
      run: async (call) => redraw(text(call, `Picked ${call.args.fruit || 'nothing'} from ${call.args.from}`)),
    },
    'demo.inmessage': { menu: 'explainThis', run: async (call) => say(text(call, `It says: ${call.args.text}`)) },
    'demo.home': {
      home: true,
      run: async (call) =>
        say({
          ...card(
            call,
            para(`Votes: ${demo.votes}`),
            buttons(
              button('Write', to('demo.form')),
              button('Menu', to('demo.menu')),
              button('Count', to('demo.count')),
              button('Files', to('demo.files')),
            ),
          ),
          title: 'Home',
        }),
    },
    'demo.count': {
      async run(call) {
        demo.votes += 1;
        return say(card(call, para(`Counted ${demo.votes}`), buttons(button('Once more', to('demo.count')))));
      },
    },
    'demo.silent': typed(async () => ({ kind: 'nothing' })),
    'demo.toomuch': typed(async (call) =>
      say(card(call, buttons(button('No', to('demo.vote', { id: 'x'.repeat(100) }))))),
    ),
  };
}

export function demoFeature(): Demo {
  const calls: Call[] = [];
  const demo: Demo = { calls, delay: 0, votes: 0, feature: undefined as never };
  const watched = Object.entries(routes(demo)).map(([name, route]) => [
    name,
    {
      ...route,
      run: (call: Call, bot: Bot) => {
        calls.push(call);
        return route.run(call, bot);
      },
    },
  ]);
  const feature: Feature = {
    name: 'demo',
    about: 'about',
    main: 'demo.echo',
    routes: Object.fromEntries(watched) as Feature['routes'],
    words: words as Feature['words'],
    privacy: { exports: async () => undefined, erases: async () => undefined },
  };
  return Object.assign(demo, { feature });
}
