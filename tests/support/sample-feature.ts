// A small feature with one of everything that a page can show: typed options, suggestions, buttons, a select, a form.
import { type Answer, type Attachment, ask, type Call, redraw, say } from '../../src/core/call.js';
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
} from '../../src/core/card.js';
import { type Feature, need } from '../../src/core/feature.js';
import { refuse } from '../../src/core/refusal.js';
import { wording } from '../../src/core/wording.js';

const words = wording({
  en: {
    about: 'Writes down what is said',
    aboutAdd: 'Adds a note',
    aboutList: 'Lists the notes',
    aboutOffice: 'For the office',
    optionTopic: 'What it is about',
    optionTone: 'How it is meant',
    tooShort: '“{typed}” is too short.',
    inMessage: 'Note this down',
  },
});

const topics = ['agenda', 'accessibility', 'budget'];

/** Hostile in every way that a page may fall for. */
export const hostile =
  '<img src=x onerror="window.__hurt=1"><script>window.__hurt=1</script>" onclick="window.__hurt=1';

const card = (call: Call, topic: string, at: Date): Card => ({
  locale: call.locale,
  title: `Note: ${topic}`,
  blocks: [
    para(bold(topic), ' noted by ', mention(call.by), ' in ', channel(call.place.channel), ' at ', time(at)),
    facts(['Source', [link('the site', 'https://example.org/'), ' and ', link('no site', 'javascript:alert(1)')]]),
    quiet('Kept until it is shared.'),
    {
      kind: 'select',
      label: 'Tone',
      name: 'tone',
      target: to('note.tone', { topic: topic.slice(0, 20) }),
      choices: [
        { value: 'calm', label: 'Calm' },
        { value: 'urgent', label: 'Urgent' },
      ],
    },
    buttons(
      button('Share', to('note.share', { topic: topic.slice(0, 20) }), 'main'),
      button('Details', to('note.ask', { strict: 'yes' })),
      button('Break', to('note.break'), 'danger'),
      button('Export', to('note.export')),
    ),
  ],
});

const form = (call: Call): Form => ({
  locale: call.locale,
  title: 'A new note',
  target: to('note.save'),
  intro: ['Everything that is ', bold('worth'), ' keeping.'],
  fields: [
    { name: 'topic', label: 'Topic', kind: 'line', required: true, max: 80, hint: 'At least three letters.' },
    { name: 'text', label: 'Text', kind: 'lines', max: 500 },
    {
      name: 'tone',
      label: 'Tone',
      kind: 'choice',
      choices: [
        { value: 'calm', label: 'Calm' },
        { value: 'urgent', label: 'Urgent' },
      ],
    },
    { name: 'where', label: 'Channel', kind: 'channel' },
    {
      name: 'days',
      label: 'Days',
      kind: 'checks',
      hint: 'On which to be reminded.',
      required: call.args.strict === 'yes',
      choices: [
        { value: 'mon', label: 'Monday' },
        { value: 'tue', label: 'Tuesday' },
        { value: 'wed', label: 'Wednesday' },
      ],
    },
  ].map((field) => ({ ...field, value: call.args[field.name] ?? '' })) as Form['fields'],
});

/** A picture of 240 by 120 pixels, and a table that is as many kilobytes longer as the call asks for. */
export const exported = (kilobytes = 0): readonly Attachment[] => [
  {
    name: 'notes.png',
    type: 'image/png',
    body: Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAPAAAAB4CAAAAADp3SD7AAAAjUlEQVR42u3PMQEAAAgDoEWzfymt4LcHGpAtmZIICwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwsLCwt/HZ9UG9sD0e84AAAAAElFTkSuQmCC',
      'base64',
    ),
    alt: 'Notes by tone: one calm, none urgent',
  },
  {
    name: 'notes.csv',
    type: 'text/csv',
    body: Buffer.from(`topic,tone\r\n“agenda”,calm\r\n${' '.repeat(kilobytes * 1024)}`),
  },
];

const plain = (call: Call, text: string): Answer => say({ locale: call.locale, blocks: [para(text)] });

export const note: Feature = {
  name: 'note',
  about: 'about',
  main: 'note.add',
  routes: {
    'note.add': {
      typed: {
        about: 'aboutAdd',
        options: [{ name: 'topic', about: 'optionTopic', required: true, rest: true, suggests: true }],
      },
      form: async (call) => form(call),
      run: async (call, bot) => say(card(call, need(call.args, 'topic'), bot.clock.now())),
      suggest: async (call) =>
        topics
          .filter((topic) => topic.startsWith(call.args.topic ?? ''))
          .map((value) => ({ value, label: `${value}: about the ${value}` })),
    },
    'note.list': {
      typed: {
        about: 'aboutList',
        options: [
          { name: 'tone', about: 'optionTone', choices: [{ value: 'calm', label: 'Calm' }] },
          { name: 'topic', about: 'optionTopic' },
        ],
      },
      run: async (call) => plain(call, `Listed: ${call.args.tone ?? 'all'}`),
    },
    'note.office': {
      who: 'staff',
      typed: { about: 'aboutOffice', options: [] },
      async run(call, bot) {
        const staff = await bot.settings.staffPlace(call.by);
        if (staff) await bot.outbox.post(staff, { locale: 'en', blocks: [para('For the office alone')] });
        return { kind: 'nothing' };
      },
    },
    'note.ask': { run: async (call) => ask(form(call)) },
    'note.save': {
      form: async (call) => form(call),
      async run(call) {
        const topic = need(call.args, 'topic');
        if (topic.length < 3) throw refuse('tooShort', { typed: topic }, 'topic');
        return plain(
          call,
          `Saved ${topic} (${call.args.where ?? ''}) ${call.args.text ?? ''} [${call.args.days ?? ''}]`,
        );
      },
    },
    'note.export': {
      run: async (call) => {
        const card: Card = { locale: call.locale, blocks: [para('All notes')] };
        return say(card, exported(Number(call.args.kilobytes ?? 0)));
      },
    },
    'note.tone': { run: async (call) => redraw({ locale: 'en', blocks: [para(`Tone: ${call.args.tone}`)] }) },
    'note.share': {
      async run(call, bot) {
        const topic = need(call.args, 'topic');
        const blocks = [para(bold(topic), ' — shared by ', mention(call.by))];
        await bot.outbox.post(call.place, { locale: 'en', blocks });
        return redraw({ locale: call.locale, blocks: [para(`Shared ${topic}`)] });
      },
    },
    'note.break': {
      async run() {
        throw new Error('broken on purpose');
      },
    },
    'note.message': { menu: 'inMessage', run: async (call) => plain(call, `Noted: ${call.args.text ?? ''}`) },
    'note.hostile': {
      async run(call, bot) {
        const blocks = [para(hostile), facts([hostile, [bold(hostile), link(hostile, 'javascript:alert(1)')]])];
        await bot.outbox.post(call.place, { locale: 'en', title: hostile, blocks });
        return { kind: 'nothing' };
      },
    },
  },
  words,
  privacy: { exports: async () => undefined, erases: async () => undefined },
};
