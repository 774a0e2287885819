import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/core/call.js';
import { features } from '../../../src/features/index.js';
import { openEmbedded } from '../../../src/store/embedded.js';
import { cardOf, textOf } from '../../support/harness.js';
import { localServer } from '../../support/local-server.js';
import { asks, cardIn, formOf, inStaff, type Stage, saidBy, stage } from './stage.js';

const canary = 'canary-7f3a';

const declined = async (on: Stage) => {
  const form = formOf(await cardIn(on).press('sam', 'Decline'));
  const preview = cardOf(await on.send('sam', form, { reason: 'No.' }, inStaff));
  await on.press('sam', preview, 'Decline and send');
};

/** What the store holds under a kind of document. */
const kept = (on: Stage, kind: string): string =>
  JSON.stringify((JSON.parse(on.store.dump()) as [string, unknown][]).find(([name]) => name === kind)?.[1] ?? []);

describe('answers', () => {
  test('of an undecided request are gone after 90 days; the member is told', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG', { why: canary });
    await on.at('2026-05-30T23:59:00Z');
    expect(on.store.dump()).toContain(canary);
    await on.at('2026-05-31T09:00:00Z');
    expect(on.store.dump()).not.toContain(canary);
    expect(cardIn(on).text).toContain('not decided in time; answers erased');
    expect(
      on
        .messages('dm-alice')
        .map(({ card }) => textOf(card))
        .join(),
    ).toContain('nobody had decided in time');
    expect((await on.type('alice', '/wg join PSWG')).kind).toBe('ask');
  });

  test('of a decided request are gone after 30 days, and so is everyone in it', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG', { why: canary });
    await cardIn(on).press('sam', 'Open');
    await declined(on);
    await on.at('2026-03-31T23:59:30Z');
    expect(on.store.dump()).toContain(canary);
    await on.at('2026-04-01T09:00:00Z');
    expect(on.store.dump()).not.toContain(canary);
    const requests = kept(on, 'wg-requests');
    expect(requests).toContain('AFRALO');
    for (const person of ['alice', 'sam']) expect(requests).not.toContain(`"${person}`);
    expect(kept(on, 'deliveries')).not.toContain('"alice');
    expect(cardIn(on).text).toContain('Applicant: (erased)');
    expect(saidBy(await on.type('sam', '/wg record'))).toContain('Requests: hidden');
    expect(saidBy(await on.type('alice', '/wg requests'))).toContain('You have no requests');
  });

  test('of an approved request go by the decision, and its member stays until all is done and told', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG', { why: canary });
    await cardIn(on).press('sam', 'Approve');
    await on.at('2026-04-02T09:00:00Z');
    expect(on.store.dump()).not.toContain(canary);
    expect(saidBy(await cardIn(on).press('sam', 'Open'))).toContain('no longer kept');
    expect(cardIn(on).text).toContain('Applicant: @alice');
    for (const label of ['Done: Send the group’s form', 'Done: Add to the mailing list']) {
      await cardIn(on).press('sam', label);
    }
    expect(on.messages('dm-alice').map(({ card }) => card.title)).toEqual(['Welcome to PSWG']);
    await on.at('2026-05-01T09:00:00Z');
    expect(cardIn(on).text).toContain('Applicant: @alice');
    await on.at('2026-05-03T09:00:00Z');
    expect(cardIn(on).text).toContain('Applicant: (erased)');
    expect(saidBy(await on.type('sam', '/wg record'))).toContain('AFRALO');
  });

  test('and the member of one that is never done stay no longer than an undecided one would', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG', { why: canary });
    await cardIn(on).press('sam', 'Approve');
    for (const at of ['2026-04-02T09:00:00Z', '2026-06-01T09:00:00Z']) await on.at(at);
    expect(cardIn(on).text).toContain('Applicant: (erased)');
    expect(saidBy(await on.type('sam', '/wg requests', inStaff))).toContain('The queue is empty');
  });

  test('are kept as long as staff have set', async () => {
    const on = stage();
    await on.send('sam', formOf(await on.call('sam', 'wg.rules', { p: 'keeping' })), { keepDecided: '7' });
    await asks(on, 'alice', 'PSWG', { why: canary });
    await declined(on);
    await on.at('2026-03-09T09:00:00Z');
    expect(on.store.dump()).not.toContain(canary);
  });

  test('of a form that was never sent go as well', async () => {
    const on = stage();
    const form = formOf(await on.type('alice', '/wg join LSD-PDP'));
    await on.send('alice', form, { capacity: 'member', represents: 'other', process: 'yes' });
    expect(kept(on, 'wg-answers')).toContain('LSD-PDP');
    await on.at('2026-06-01T09:00:00Z');
    expect(kept(on, 'wg-answers')).toBe('[]');
  });

  test('that a crash has left without their request do not stay', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG', { why: canary });
    const broken = on.bot.store.collection({ name: 'wg-requests', parse: (raw) => raw });
    for (const doc of await broken.find()) await broken.remove(doc);
    await on.at('2026-03-03T00:00:00Z');
    expect(on.store.dump()).toContain(canary);
    await on.at('2026-03-04T00:00:00Z');
    expect(on.store.dump()).not.toContain(canary);
  });
});

test('nothing of it is left on the disk of the embedded store, former versions included', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wg-'));
  const store = await openEmbedded(folder);
  const onDisk = (): string =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
      .join();
  try {
    const on = stage({ store });
    await asks(on, 'alice', 'PSWG', { why: canary });
    await asks(on, 'bob', 'PSWG', { why: canary });
    await on.at('2026-03-02T10:00:00Z');
    await declined(on);
    expect(onDisk()).toContain(canary);
    expect(onDisk()).toContain('"alice"');
    await on.at('2026-04-02T09:00:00Z');
    expect(onDisk()).not.toContain('"alice"');
    expect(onDisk()).toContain('"bob"');
    await on.at('2026-06-01T09:00:00Z');
    expect(onDisk()).not.toContain(canary);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
});

/** What the member may take along. */
const taken = (answer: Answer): string => {
  const [file] = answer.kind === 'say' ? (answer.files ?? []) : [];
  return new TextDecoder().decode(file?.body);
};

describe('privacy', () => {
  test('exports what is kept of the member, without the names of staff', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG', { why: canary });
    await cardIn(on).press('sam', 'Claim');
    await cardIn(on).press('sam', 'Open');
    const answer = await on.type('alice', '/rapporteur privacy');
    const data = JSON.parse(taken(answer)) as { wg: { requests: { answers: object }[] } };
    expect(data.wg.requests[0]?.answers).toMatchObject({ fields: { why: canary } });
    expect(taken(answer)).toContain('"deed": "claimed"');
    expect(taken(answer)).not.toContain('"sam"');
    expect(taken(await on.type('bob', '/rapporteur privacy'))).not.toContain(canary);
    expect(taken(await on.type('sam', '/rapporteur privacy'))).toContain('"asStaff"');
  });

  const erase = async (on: Stage, person: string) => {
    const card = cardOf(await on.type(person, '/rapporteur privacy'));
    const sure = cardOf(await on.press(person, card, 'Erase everything'));
    expect(textOf(sure)).toContain('without your name and your answers, since the decision is also the group’s');
    await on.press(person, sure, 'Yes, erase');
  };

  test('erases an undecided request, its answers, its card and our private messages', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG', { why: canary });
    await on.send(
      'sam',
      formOf(await cardIn(on).press('sam', 'Ask for more')),
      { question: 'Which ministry?' },
      cardIn(on).where,
    );
    await on.type('alice', '/wg join USRWG');
    await erase(on, 'alice');
    expect(on.store.dump()).not.toContain(canary);
    expect(on.store.dump()).not.toContain('Which ministry?');
    // What is left of her are private messages by their channel, which hold nothing any more.
    expect(on.store.dump().replaceAll('dm-alice', '')).not.toContain('alice');
    expect(cardIn(on).text).toContain('Applicant: (erased)');
    expect(cardIn(on).text).toContain('had their data erased');
    expect(on.messages('dm-alice').map(({ card }) => textOf(card))).toEqual([
      'What stood here was erased at your request.',
    ]);
    await on.at('2026-03-20T09:00:00Z');
    expect(on.messages('dm-alice')).toHaveLength(1);
  });

  test('erases what the local workspace has shown to staff and to the member', async () => {
    const server = await localServer({ features });
    const call = async (member: string, channel: string, body: object): Promise<string> =>
      (await server.post('/local/call', { member, channel, ...body })).text();
    const form = { capacity: 'member', represents: 'oneself', process: 'yes', share: '' };
    const more = { region: 'AFRALO', country: canary, languages: 'en', why: canary };
    await call('newcomer', 'general', { target: 'wg.fill?id=PSWG&s=1', fields: form });
    const received = await call('newcomer', 'general', { target: 'wg.fill?id=PSWG&s=2', fields: more });
    const id = /wg\.withdraw\?id=([0-9A-Z]{26})/.exec(received)?.[1];
    expect(await call('staff', 'staff', { target: `wg.open?id=${id}` })).toContain(canary);
    await call('staff', 'staff', { target: `wg.asked?id=${id}&g=PSWG`, fields: { question: `${canary}-question` } });
    await call('staff', 'staff', { target: `wg.preview?id=${id}`, fields: { reason: `${canary}-reason` } });
    await call('staff', 'staff', { line: '/wg requests' });
    expect(await call('newcomer', 'general', { line: '/wg requests' })).toContain(`${canary}-question`);
    await call('newcomer', 'general', { target: 'rapporteur.erase?sure=yes' });
    await expect.poll(() => server.store.dump()).not.toContain(canary);
    // What is left of them is whom the answer to the erasure was for.
    expect(server.store.dump()).not.toContain('Newcomer');
    await server.stop();
  });

  test('leaves of a decision that there was one, and of a pause that it runs, naming nobody', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG', { why: canary });
    await declined(on);
    await erase(on, 'alice');
    expect(on.store.dump().replaceAll('dm-alice', '')).not.toContain('alice');
    expect(cardIn(on).text).toContain('declined by @sam');
    // Whose pause it is, nobody knows any more: it cannot be lifted, and no button says so.
    expect(cardIn(on).text).not.toContain('Lift the pause');
    expect(saidBy(await on.type('alice', '/wg join PSWG'))).toContain('was declined. You can ask again from');
    await on.at('2026-03-10T09:00:00Z');
    expect(kept(on, 'wg-limits')).toBe('[]');
  });

  test('erases what somebody did as staff, and frees what they held', async () => {
    const on = stage();
    await asks(on, 'alice', 'PSWG');
    await asks(on, 'bob', 'PSWG');
    await cardIn(on).press('sam', 'Open');
    await cardIn(on).press('sam', 'Claim');
    await cardIn(on, on.fake, 1).press('sam', 'Approve');
    await erase(on, 'sam');
    expect(on.store.dump().replaceAll('dm-sam', '')).not.toContain('sam');
    expect(cardIn(on).text).toContain('nobody has taken it');
    expect(cardIn(on, on.fake, 1).text).toContain('approved by someone');
    const open = saidBy(await cardIn(on).press('sue', 'Open'));
    expect(open).toContain('Looked at by: someone 2026-03-02');
  });
});
