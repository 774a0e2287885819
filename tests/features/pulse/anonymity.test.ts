// The whole program, logging all that it can: every byte that it keeps and every line that it writes is read.
import { createHmac } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { freshFolder, type Program, startProgram } from '../../support/program.js';

const voters = ['newcomer', 'als-rep', 'gac', 'leader', 'admin'] as const;
const asker = 'staff';
const reasonOf = (voter: string): string => `A reason that begins with ${[...voter].reverse().join('')}.`;

const running: Program[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((program) => program.stop()));
});

async function start(folder: string): Promise<Program> {
  const program = await startProgram({ LOG_LEVEL: 'trace', DATA_DIR: folder });
  running.push(program);
  await program.healthy();
  return program;
}

interface Told {
  readonly messages: readonly { id: string; card: { title?: string; blocks: readonly unknown[] } }[];
}

const call = async ({ url }: Program, member: string, body: object): Promise<Told> => {
  const response = await fetch(`${url}/local/call`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ member, channel: 'general', ...body }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Told;
};

const state = async ({ url }: Program, member: string): Promise<Told> =>
  (await (await fetch(`${url}/local/state?member=${member}&channel=general`)).json()) as Told;

/** Every file below the folder: its name and all of its bytes, as one text. */
async function everyByte(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = files.map(async (file) => `${file}\n${await readFile(file, 'latin1').catch(gone)}`);
  return (await Promise.all(texts)).join('\n');
}

/** A file that a write has replaced meanwhile has no bytes any more. */
function gone(error: NodeJS.ErrnoException): string {
  if (error.code !== 'ENOENT') throw error;
  return '';
}

/** Whether a text names somebody, as a word of its own. */
const names = (text: string): readonly string[] =>
  voters.filter((voter) => new RegExp(`(?<![\\w-])${voter}(?![\\w-])`).test(text));

/** What an operator who holds both the key and the salt could work out. */
async function keysOf(folder: string, salt: string): Promise<readonly string[]> {
  const secret = (await readFile(join(folder, 'secret.key'), 'utf8')).trim();
  const keyOf = (voter: string): string => {
    const said = JSON.stringify([salt, `local/local/${voter}`]);
    return createHmac('sha256', secret).update(said).digest('base64url');
  };
  return voters.map(keyOf);
}

const saltIn = (bytes: string): string => /"salt":"([\w-]{43})"/.exec(bytes)?.[1] ?? '';

/** An anonymous pulse that all have answered, changed, seen, withdrawn and answered again, each with a reason. */
async function answered(program: Program): Promise<string> {
  await call(program, asker, { line: '/pulse anonymous "Is the budget fair?" "Yes, it is" "No, it is not"' });
  const card = (await state(program, asker)).messages.find(({ card: one }) => one?.title?.includes('ID'));
  const id = /ID (\w+)/.exec(card?.card.title ?? '')?.[1] ?? '';
  const on = card?.id;
  for (const [n, voter] of voters.entries()) {
    const press = (target: string, fields?: object): Promise<Told> =>
      call(program, voter, { target, on, ...(fields ? { fields } : {}) });
    await press(`pulse.answer?id=${id}&option=${n % 2}`);
    await press(`pulse.mine?id=${id}`);
    await press(`pulse.withdraw?id=${id}`);
    await press(`pulse.answer?id=${id}&option=${(n + 1) % 2}`);
    await press(`pulse.answer?id=${id}&option=${n % 2}`);
    const { messages } = await call(program, voter, {
      ...{ target: `pulse.reasoned?id=${id}`, fields: { reason: reasonOf(voter) } },
    });
    expect(JSON.stringify(messages)).toContain(reasonOf(voter));
    await call(program, voter, { line: '/rapporteur privacy' });
  }
  return id;
}

describe('an anonymous pulse in the whole program', () => {
  test('while it is open, nothing that is kept or logged names who answered', { timeout: 60_000 }, async () => {
    const folder = await freshFolder();
    const program = await start(folder);
    const id = await answered(program);
    const bytes = await everyByte(folder);
    expect(bytes).toContain('Is the budget fair?');
    expect(names(bytes)).toEqual([]);
    const keys = await keysOf(folder, saltIn(bytes));
    // This is what the words about privacy say of whoever holds store and key while it is open.
    for (const key of keys) expect(bytes).toContain(key);
    expect(program.stdout()).not.toContain(id);
    expect(names(program.stdout())).toEqual([]);
    const metrics = await (await fetch(`${program.url}/metrics`)).text();
    expect(metrics).not.toContain(id);
    expect(names(metrics)).toEqual([]);
  });

  test('once it is closed, no byte links an answer to a person, with the key and after a restart', {
    timeout: 60_000,
  }, async () => {
    const folder = await freshFolder();
    const program = await start(folder);
    const id = await answered(program);
    const salt = saltIn(await everyByte(folder));
    const keys = await keysOf(folder, salt);
    expect(salt).toHaveLength(43);
    await call(program, asker, { target: `pulse.close?id=${id}&sure=yes` });
    await vi.waitFor(async () => expect(await everyByte(folder)).toContain('"isSettled":true'), { timeout: 5000 });
    const checked = async (now: Program): Promise<void> => {
      const bytes = await everyByte(folder);
      expect(bytes).toContain('"tally":{"people":5,"counts":[3,2]}');
      for (const secret of [salt, ...keys]) {
        expect(bytes.includes(secret)).toBe(false);
        expect(bytes.includes(Buffer.from(secret, 'base64url').toString('latin1'))).toBe(false);
        expect(bytes.includes(Buffer.from(secret, 'base64url').toString('hex'))).toBe(false);
      }
      expect(names(bytes)).toEqual([]);
      const reasons = /"reasons":(\[[^\]]*\])/.exec(bytes)?.[1] ?? '[]';
      expect((JSON.parse(reasons) as string[]).sort()).toEqual(voters.map(reasonOf).sort());
      expect(names(now.stdout())).toEqual([]);
      expect(now.stdout()).not.toContain('budget');
    };
    await checked(program);
    await program.stop();
    await checked(await start(folder));
  });
});
