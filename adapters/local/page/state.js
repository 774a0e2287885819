// @ts-check
// What the page knows: who one is, where, what was said. Everything drawn is drawn from here.

/**
 * @typedef {string | { kind: 'bold', text: string } | { kind: 'link', text: string, url: string }
 *   | { kind: 'person' | 'channel', id: string, name: string } | { kind: 'time', at: string }} Inline
 * @typedef {{ value: string, label: string }} Choice
 * @typedef {{ label: string, target: string, tone?: 'main' | 'danger' }} Button
 * @typedef {{ kind: 'select', label: string, target: string, name: string, choices: Choice[], value?: string }} Select
 * @typedef {{ kind: 'text', text: Inline[], quiet: boolean } | { kind: 'buttons', buttons: Button[] } | Select
 *   | { kind: 'facts', facts: { label: string, value: Inline[] }[] }} Block
 * @typedef {{ locale: string, dir: 'ltr' | 'rtl', title?: string, blocks: Block[] }} Card
 * @typedef {{ name: string, label: string, kind: 'line' | 'lines' | 'choice' | 'checks' | 'channel', required?: boolean,
 *   max?: number, choices?: Choice[], value?: string, hint?: string }} Field
 * @typedef {{ locale: string, dir: 'ltr' | 'rtl', title: string, target: string, intro: Inline[], fields: Field[],
 *   submit?: string }} Form
 * @typedef {{ id: string, name: string, type: string, size: number, alt?: string, width?: number, height?: number }} File
 * @typedef {{ id: string, channel: string, by: string, at: string, born: number, seq: number, text?: string,
 *   card?: Card, asked?: string, files?: File[], isPrivate: boolean }} Message
 * @typedef {{ id: string, name: string, language: string, zone: string, isStaff: boolean, isAdmin: boolean }} Member
 * @typedef {{ id: string, kind: 'public' | 'private' | 'direct', about: string, placeholder: string }} Channel
 * @typedef {{ member: string, members: Member[], locale: string, dir: 'ltr' | 'rtl', words: Record<string, string>,
 *   channels: Channel[], menus: { to: string, label: string }[], examples: { line: string, about: string }[],
 *   isExposed: boolean, maxText: number, messages: Message[], seq: number }} Outlook
 */

/** @type {Outlook} */
const nothing = {
  member: '',
  members: [],
  locale: 'en',
  dir: 'ltr',
  words: {},
  channels: [],
  menus: [],
  examples: [],
  isExposed: false,
  maxText: 0,
  messages: [],
  seq: 0,
};

export const state = {
  outlook: nothing,
  channel: 'general',
  /** The number of the last change that was heard of. */
  seq: 0,
  /** @type {Map<string, Message>} */
  messages: new Map(),
  /** @type {Map<string, number>} */
  unread: new Map(),
};

/** A sentence of the page in the member's language. @param {string} key */
export const word = (key) => state.outlook.words[key] ?? key;

/** @param {string} id */
export const memberOf = (id) => state.outlook.members.find((one) => one.id === id);

export const channelNow = () => state.outlook.channels.find((one) => one.id === state.channel);

/** @param {Channel} channel */
export const channelName = (channel) => (channel.kind === 'direct' ? 'Rapporteur' : channel.id);

/** @param {Outlook} outlook */
export function enter(outlook) {
  if (outlook.member !== state.outlook.member) state.unread.clear();
  state.outlook = outlook;
  state.seq = outlook.seq;
  state.messages = new Map(outlook.messages.map((message) => [message.id, message]));
  if (!channelNow()) state.channel = outlook.channels[0]?.id ?? '';
}

/**
 * Takes in messages that came or changed.
 * @param {readonly Message[]} messages
 * @returns {Message[]} those that are new here
 */
export function take(messages) {
  const fresh = [];
  for (const message of messages) {
    const known = state.messages.get(message.id);
    if (known && known.seq >= message.seq) continue;
    state.messages.set(message.id, message);
    if (known) continue;
    fresh.push(message);
    const isElsewhere = message.channel !== state.channel && message.by !== state.outlook.member;
    if (isElsewhere) state.unread.set(message.channel, (state.unread.get(message.channel) ?? 0) + 1);
  }
  return fresh;
}

/** The number under which the newest message came, wherever that was. */
export const newest = () => Math.max(0, ...[...state.messages.values()].map(({ born }) => born));

/** The messages of the channel one is in, oldest first. */
export const messagesHere = () =>
  [...state.messages.values()].filter(({ channel }) => channel === state.channel).sort((a, b) => a.born - b.born);
