// The embedded engine against kill -9, and against a second process.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openEmbedded } from '../../src/store/embedded.js';
import { takeLease } from '../../src/store/folder-lease.js';
import { type Child, compileChild } from './compiled.js';
import { killRounds, survivesKilling, tellKilling } from './kill.js';
import { polls } from './sample.js';

let compiled: Awaited<ReturnType<typeof compileChild>>;
let folder = '';
const children: Child[] = [];
const start = (does: string, round = 0, on = folder) => {
  const child = compiled.start('embedded', on, does, String(round));
  children.push(child);
  return child;
};

beforeAll(async () => {
  compiled = await compileChild();
});
afterAll(() => compiled.clean());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) await child.kill();
  await rm(folder, { recursive: true, force: true });
});

test('killed at any instant, it keeps all it acknowledged', {
  timeout: 30_000 + killRounds.embedded * 5_000,
}, async () => {
  // Half of a round is waiting: two folders at a time.
  const rounds = Math.ceil(killRounds.embedded / 2);
  const folders = [join(folder, 'one'), join(folder, 'other')];
  const acknowledged = await Promise.all(
    folders.map((on) =>
      survivesKilling(
        rounds,
        (round) => start('load', round, on),
        () => openEmbedded(on),
      ),
    ),
  );
  tellKilling(
    'embedded',
    2 * rounds,
    acknowledged.reduce((sum, one) => sum + one),
  );
  for (const on of folders) {
    const [kind = ''] = (await readdir(on)).filter((name) => name.startsWith('kind-'));
    expect((await readdir(join(on, kind))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  }
});

test('a second process is refused, in one line that says who holds the folder', async () => {
  const holder = start('hold');
  await holder.said('open');
  const line = await start('hold').said('failed');
  expect(line).toContain(`process ${holder.process.pid} on ${hostname()} since 20`);
  expect(line).toContain(folder);
  holder.process.stdin?.write('alice');
  await holder.said('voted');
});

test('a folder is refused to the process that already has it open', async () => {
  const store = await openEmbedded(folder);
  await expect(openEmbedded(folder)).rejects.toThrow(`in use by process ${process.pid}`);
  await store.close();
  await (await openEmbedded(folder)).close();
});

test('after kill -9 of the holder the next one gets in at once', async () => {
  const holder = start('hold');
  await holder.said('open');
  await holder.kill();
  const before = Date.now();
  await (await openEmbedded(folder)).close();
  expect(Date.now() - before).toBeLessThan(2_000);
});

test('of four processes that find a dead holder one gets in', async () => {
  const holder = start('hold');
  await holder.said('open');
  await holder.kill();
  const rivals = Array.from({ length: 4 }, () => start('hold'));
  const said = await Promise.allSettled(rivals.map((rival) => rival.said('open')));
  expect(said.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('one who slept so long that it lost the lease writes nothing any more', async () => {
  const holder = start('hold');
  await holder.said('open');
  holder.process.kill('SIGSTOP');
  const lease = await takeLease(folder, { staleMs: 1_000, beatMs: 100 });
  holder.process.kill('SIGCONT');
  holder.process.stdin?.write('alice');
  expect(await holder.said('refused')).toContain('Unrecorded: not recorded: another process took');
  await lease.assertHeld();
  await holder.kill();
  await lease.release();
  const store = await openEmbedded(folder);
  expect((await store.collection(polls).get('p0'))?.value.votes).toEqual({});
  await store.close();
});

test('a holder that beats keeps its lease, however busy', { timeout: 30_000 }, async () => {
  const lease = await takeLease(folder, { beatMs: 50 });
  await expect(takeLease(folder, { staleMs: 1_000 })).rejects.toThrow('in use');
  await sleep(300);
  await lease.assertHeld();
  await lease.release();
});

test('a holder that was killed where its death cannot be seen is waited out', async () => {
  const elsewhere = { token: 't', pid: 1, host: 'container', home: 'another', since: '2026-01-01', beat: '0' };
  await writeFile(join(folder, 'lease.json'), JSON.stringify(elsewhere));
  const before = Date.now();
  const lease = await takeLease(folder, { staleMs: 800 });
  expect(Date.now() - before).toBeGreaterThanOrEqual(800);
  await lease.assertHeld();
  await lease.release();
});

test('a lease file that says nothing is waited out too', async () => {
  await writeFile(join(folder, 'lease.json'), '');
  await (await takeLease(folder, { staleMs: 300 })).release();
  expect(await readdir(folder)).toEqual([]);
});
