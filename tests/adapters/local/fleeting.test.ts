// Private answers of which nothing may keep a copy: they are shown and can be pressed on, and are never written down.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pulse } from '../../../src/features/pulse/feature.js';
import { rapporteur } from '../../../src/features/rapporteur/feature.js';
import { type LocalServer, localServer } from '../../support/local-server.js';

let server: LocalServer;
beforeEach(async () => {
  server = await localServer({ features: [pulse] });
});
afterEach(() => server.stop());

interface Shown {
  readonly id: string;
  readonly card: { readonly title?: string; readonly blocks: readonly unknown[] };
}

async function call(member: string, body: object): Promise<readonly Shown[]> {
  const response = await server.post('/local/call', { member, channel: 'general', ...body });
  return ((await response.json()) as { messages: readonly Shown[] }).messages;
}

async function seenBy(member: string): Promise<readonly Shown[]> {
  const response = await server.get(`/local/state?member=${member}&channel=general`);
  return ((await response.json()) as { messages: readonly Shown[] }).messages;
}

/** A pulse that a newcomer has answered; their receipt. */
async function receipt(): Promise<{ readonly id: string; readonly shown: Shown }> {
  await call('staff', { line: '/pulse anonymous "Shall we?" "Certainly" "Never"' });
  const card = (await seenBy('newcomer')).find(({ card: one }) => one.title?.includes('ID'));
  const id = /ID (\w+)/.exec(card?.card.title ?? '')?.[1] ?? '';
  const [shown] = await call('newcomer', { target: `pulse.answer?id=${id}&option=1`, on: card?.id });
  if (!shown) throw new Error('no receipt');
  return { id, shown };
}

test('is shown to its member alone, and is nowhere in the store', async () => {
  const { shown } = await receipt();
  expect(JSON.stringify(shown)).toContain('2. Never');
  expect((await seenBy('newcomer')).map(({ id }) => id)).toContain(shown.id);
  expect((await seenBy('gac')).map(({ id }) => id)).not.toContain(shown.id);
  expect(server.store.dump()).not.toContain(shown.id);
  expect(server.store.dump()).not.toContain('newcomer');
});

test('can be pressed on, and is drawn anew where it is', async () => {
  const { id, shown } = await receipt();
  const [again] = await call('newcomer', { target: `pulse.withdraw?id=${id}&own=1`, on: shown.id });
  expect(again?.id).toBe(shown.id);
  expect(JSON.stringify(again)).toContain('is withdrawn');
  expect(server.store.dump()).not.toContain('newcomer');
});

test('takes the place of no answer that is kept', async () => {
  const { id } = await receipt();
  const [kept] = await call('newcomer', { line: '/pulse list' });
  expect(server.store.dump()).toContain(kept?.id);
  const [own] = await call('newcomer', { target: `pulse.answer?id=${id}&option=0&own=1`, on: kept?.id });
  expect(own?.id).not.toBe(kept?.id);
  expect(server.store.dump()).not.toContain('Your answer');
});

test('can bring a file, for its member alone and for as long as the answer', async () => {
  const other = await localServer({ features: [rapporteur] });
  const asked = { member: 'newcomer', channel: 'general' };
  await other.post('/local/call', { ...asked, line: '/rapporteur language en' });
  const response = await other.post('/local/call', { ...asked, line: '/rapporteur privacy' });
  const [shown] = ((await response.json()) as { messages: { id: string; files: { id: string; name: string }[] }[] })
    .messages;
  const [mark] = shown?.files ?? [];
  expect(mark?.name).toBe('my-data.json');
  const file = (member: string) => other.get(`/local/file?member=${member}&id=${mark?.id}`);
  expect(await (await file('newcomer')).json()).toEqual({ rapporteur: { language: 'en' } });
  expect((await file('gac')).status).toBe(404);
  expect(other.store.dump()).not.toContain(mark?.id);
  await other.post('/local/dismiss', { member: 'newcomer', message: shown?.id });
  expect((await file('newcomer')).status).toBe(404);
  await other.stop();
});

test('can be dismissed by its member', async () => {
  const { shown } = await receipt();
  await server.post('/local/dismiss', { member: 'gac', message: shown.id });
  expect((await seenBy('newcomer')).map(({ id }) => id)).toContain(shown.id);
  await server.post('/local/dismiss', { member: 'newcomer', message: shown.id });
  expect((await seenBy('newcomer')).map(({ id }) => id)).not.toContain(shown.id);
});
