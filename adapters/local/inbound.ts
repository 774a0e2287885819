// What the page sends -> Incoming; what core answers -> the journal and the reply to the page.
import { z } from 'zod';
import type { Answer, Args, Attachment, Incoming, Target } from '../../src/core/call.js';
import { type Card, para } from '../../src/core/card.js';
import type { Locale } from '../../src/core/locale.js';
import { nearest } from '../../src/core/near.js';
import type { Core } from '../../src/core/platform.js';
import { decodeTarget } from '../../src/core/target.js';
import { readTyped } from '../../src/core/typed.js';
import { Refused } from './door.js';
import type { Files } from './files.js';
import type { Journal, Message } from './journal.js';
import { limits } from './limits.js';
import { type DrawnForm, drawCard, drawForm, plainCard } from './render.js';
import { pageWords } from './words/index.js';
import { directId, mayRead, memberOf, personOf, placeOf } from './workspace.js';

const text = z.string().max(limits.text);
const where = { member: z.string(), channel: z.string() };

/** A typed line; a press, a choice or a form with what was filled in; an item of a message's menu. */
const call = z.union([
  z.strictObject({ ...where, line: text }),
  z.strictObject({
    ...where,
    target: z.string().max(200),
    fields: z.record(z.string(), text).optional(),
    on: z.string().optional(),
  }),
  z.strictObject({ ...where, menu: z.string(), about: z.string() }),
]);

const said = z.strictObject({ ...where, text: text.refine((one) => storable(one).trim() !== '') });
const dismissal = z.strictObject({ member: z.string(), message: z.string() });

type Asked = z.infer<typeof call>;

/** What the page is told: messages that came or changed, a form to open. The language may have changed by the call. */
export interface Reply {
  readonly messages: readonly Message[];
  readonly locale: Locale;
  readonly form?: DrawnForm;
  /** What is wrong with the form, by field; `''`: the whole form. */
  readonly wrong?: Args;
}

export interface Inbound {
  /** @throws Refused for what is not ours to answer, and for what the member may not see */
  call(body: unknown): Promise<Reply & { readonly member: string; readonly hasNewLanguage: boolean }>;
  message(body: unknown): Promise<Message>;
  dismiss(body: unknown): Promise<void>;
}

const read = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const { data, success } = schema.safeParse(body);
  if (!success) throw new Refused('unreadable');
  return data;
};

/**
 * Who calls, and where; the language is what the member's own app would say.
 * @throws Refused for an unknown member, or a channel that they may not see
 */
export function callerOf(memberId: string, channel: string): Omit<Incoming, 'to' | 'args'> {
  const member = memberOf(memberId);
  if (!member) throw new Refused('unknownMember');
  if (!mayRead(member.id, channel)) throw new Refused('unknownChannel');
  return { by: personOf(member.id), place: placeOf(channel), platformLocale: member.language };
}

export function inboundTo(core: () => Core, journal: Journal, files: Files): Inbound {
  return {
    async call(body) {
      // Taken once: a call that has begun is finished, also while the program stops.
      const serving = core();
      const asked = read(call, body);
      const caller = callerOf(asked.member, asked.channel);
      const before = await serving.localeOf(caller);
      const incoming = await incomingOf(asked, caller, serving, journal, before);
      const answer = await serving.answer(incoming);
      const answered = await delivered(answer, asked, incoming, journal, files);
      const locale = await serving.localeOf(caller);
      return { ...answered, locale, member: asked.member, hasNewLanguage: locale !== before };
    },
    async message(body) {
      const serving = core();
      const { member, channel, text: typed } = read(said, body);
      const caller = callerOf(member, channel);
      const posted = await journal.post(channel, member, { text: storable(typed) });
      if (channel === directId(member)) {
        const words = pageWords(await serving.localeOf(caller));
        const card = drawCard({ locale: words.locale, blocks: [para(...words.text('directGreeting'))] });
        await journal.post(channel, 'bot', { card });
      }
      return posted;
    },
    async dismiss(body) {
      const { member, message } = read(dismissal, body);
      await journal.dismiss(member, message);
    },
  };
}

/** NUL and lone surrogates are dropped: no store takes them. */
const storable = (typed: string): string => typed.replaceAll('\0', '').toWellFormed().replaceAll('\uFFFD', '');

async function incomingOf(
  asked: Asked,
  caller: Omit<Incoming, 'to' | 'args'>,
  core: Core,
  journal: Journal,
  locale: Locale,
): Promise<Incoming> {
  if ('line' in asked) return { ...caller, ...typedTarget(asked.line, core, locale) };
  if ('menu' in asked) {
    if (!core.features.some(({ routes }) => routes[asked.menu]?.menu)) throw new Refused('unreadable');
    const { card, text: plain } = await visible(asked.about, asked.member, asked.channel, journal);
    return { ...caller, to: asked.menu, args: { text: card ? plainCard(card) : (plain ?? '') } };
  }
  const { to, args } = decodeTarget(asked.target);
  const call = { ...caller, to, args: { ...args, ...asked.fields } };
  if (asked.on === undefined) return call;
  const on = await visible(asked.on, asked.member, asked.channel, journal);
  return { ...call, on: { ...caller.place, message: on.id } };
}

function typedTarget(line: string, core: Core, locale: Locale): Target {
  const [, command = '', rest = ''] = /^(\S+)\s?([\s\S]*)$/.exec(line.trim()) ?? [];
  const target = command.startsWith('/') ? readTyped(core.features, command, rest) : undefined;
  if (!target) throw new Refused('unknownCommand', unknownCommand(command, core, locale));
  return target;
}

function unknownCommand(command: string, { features }: Core, locale: Locale): string {
  const words = pageWords(locale);
  const near = nearest(
    command,
    features.map(({ name }) => `/${name}`),
  );
  return near ? words.label('unknownCommandNear', { command, near }) : words.label('unknownCommand', { command });
}

/** @throws Refused unless the message is in the channel and the member may see it */
async function visible(id: string, member: string, channel: string, journal: Journal): Promise<Message> {
  const message = /^[\x21-\x7e]{1,200}$/.test(id) ? await journal.find(id) : undefined;
  const isTheirs = message && message.channel === channel && (message.only ?? member) === member;
  if (!isTheirs) throw new Refused('unknownMessage');
  return message;
}

async function delivered(
  answer: Answer,
  asked: Asked,
  incoming: Incoming,
  journal: Journal,
  files: Files,
): Promise<Omit<Reply, 'locale'>> {
  const line = 'line' in asked ? { asked: storable(asked.line.trim()) } : {};
  const tell = async (said: Card, attached: readonly Attachment[] = []): Promise<Message> => {
    const { card, marks } = await files.keep(asked.member, said, attached);
    const content = { card: drawCard(card), ...line, ...(marks.length > 0 ? { files: [...marks] } : {}) };
    return journal.tell(asked.member, asked.channel, content, said.isFleeting);
  };
  switch (answer.kind) {
    case 'say':
      return { messages: [await tell(answer.card, answer.files)] };
    case 'ask':
      return { messages: [], form: drawForm(answer.form), wrong: {} };
    case 'again':
      return { messages: [], form: drawForm(answer.form), wrong: answer.wrong };
    case 'redraw': {
      const { card, rev } = answer;
      const how = { rev, isFleeting: card.isFleeting };
      const on = incoming.on && (await journal.redraw(asked.channel, incoming.on.message, drawCard(card), how));
      const note = answer.note && (await tell(answer.note));
      return { messages: [on ?? (await tell(card)), ...(note ? [note] : [])] };
    }
    case 'nothing':
      return { messages: [] };
  }
}
