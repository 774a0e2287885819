// Every command in README.md and docs/operations.md, run as it stands there in a copy of the repository; those that
// cannot run here are named with the reason.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasServer, Schema } from '../store/server.js';
import { freePort } from '../support/program.js';

const root = join(import.meta.dirname, '..', '..');
const pages = ['README.md', 'docs/operations.md'].map((path) => readFileSync(join(root, path), 'utf8'));

/** A fenced block: its language and its lines. */
const blocks = pages.flatMap((page) =>
  [...page.matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```$/gm)].map(([, , language = '', text = '']) => ({
    language,
    lines: text.split('\n').map((line) => line.replace(/\s{2,}#.*$/, '').trim()),
  })),
);
const typed = blocks.flatMap(({ language, lines }) => (language === 'sh' ? lines.filter((line) => line !== '') : []));
/** Commands in the middle of a sentence, which may be only the beginning of one. */
const mentioned = pages
  .map((page) => page.replace(/^( *)```[\s\S]*?^\1```$/gm, ''))
  .flatMap((prose) => [...prose.matchAll(/`((?:npm|node|docker|sudo) [^`]+)`/g)].map(([, command = '']) => command));

const noEngine =
  'no container engine runs where tests do; tests/machine/image.test.ts runs the image’s steps without one';
const ofSystem = 'it would change this machine; tests/machine/tools.test.ts lets systemd read the unit';
const compose = 'docker compose -f deploy/compose.yaml --env-file .env';

/** Commands that are not run here, and why. */
const exceptions: Readonly<Record<string, string>> = {
  'npm install && npm test': 'CI runs it, of which this is a part',
  [`${compose} up --detach --build --wait`]: noEngine,
  [`${compose} exec bot node dist/scripts/doctor.js`]: noEngine,
  [`${compose} exec --no-TTY bot node dist/scripts/store.js export - > backup.jsonl`]: noEngine,
  [`${compose} up --detach --scale bot=3 --wait`]: `${noEngine}; tests/program/replicas.test.ts runs three processes`,
  [`${compose} build bot`]: noEngine,
  [`old=$(${compose} ps --quiet bot)`]: noEngine,
  [`${compose} up --detach --no-deps --no-recreate --scale bot=2 --wait bot`]: `${noEngine}; tests/program/upgrade.test.ts`,
  'docker stop $old && docker rm $old': noEngine,
  [`${compose} ps`]: noEngine,
  [`${compose} logs --follow bot`]: noEngine,
  'sudo install --directory --mode=700 --owner=rapporteur /var/backups/rapporteur': ofSystem,
  'sudo -u rapporteur node dist/scripts/store.js export /var/backups/rapporteur/$(date +%F).jsonl':
    'it writes beside the folders of tests; the same export is run into one of them',
  'sudo cp --preserve=mode,ownership /opt/rapporteur/.env /opt/rapporteur-next/': ofSystem,
  'sudo systemctl stop rapporteur': ofSystem,
  'sudo mv /opt/rapporteur /opt/rapporteur-before': ofSystem,
  'sudo mv /opt/rapporteur-next /opt/rapporteur': ofSystem,
  'sudo systemctl start rapporteur': ofSystem,
  'sudo useradd --system --shell /usr/sbin/nologin rapporteur': ofSystem,
  'sudo install --mode=640 --group=rapporteur .env.example .env': 'it needs the user that the line before makes',
  'sudo install --mode=644 deploy/rapporteur.service /etc/systemd/system/': ofSystem,
  'sudo systemctl enable --now rapporteur': ofSystem,
  'journalctl --unit=rapporteur --follow': 'it reads the log of a unit that is not installed here',
};

let scratch = '';
let port = '';
const ran: string[] = [];
const schema = hasServer() ? new Schema() : undefined;

beforeAll(async () => {
  scratch = join(mkdtempSync(join(tmpdir(), 'rapporteur-')), 'rapporteur');
  port = String(await freePort());
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  for (const file of files.split('\n').filter((name) => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(scratch, file)), { recursive: true });
    cpSync(join(root, file), join(scratch, file));
  }
  execFileSync('cp', ['--archive', '--reflink=auto', join(root, 'node_modules'), join(root, 'dist'), scratch]);
  // Whoever runs this is root already, or has a copy that is theirs.
  mkdirSync(join(scratch, '..', 'bin'));
  writeFileSync(join(scratch, '..', 'bin', 'sudo'), '#!/bin/sh\n[ "$1" != -u ] || shift 2\nexec "$@"\n');
  chmodSync(join(scratch, '..', 'bin', 'sudo'), 0o755);
  await schema?.empty();
}, 120_000);
afterAll(async () => {
  rmSync(join(scratch, '..'), { recursive: true, force: true });
  await schema?.remove();
});

function begin(command: string, env: Readonly<Record<string, string>>) {
  ran.push(command);
  const { PATH = '', HOME = '' } = process.env;
  const own = { PATH: `${join(scratch, '..', 'bin')}:${PATH}`, HOME, PORT: port, HOST: '127.0.0.1' };
  const child = spawn('sh', ['-c', command], { cwd: scratch, env: { ...own, ...env }, stdio: 'pipe', detached: true });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => void (said += chunk.toString()));
  return { child, ended: once(child, 'close').then(([code]) => ({ code: code as number, said })), said: () => said };
}

const run = (command: string, env: Readonly<Record<string, string>> = {}) => begin(command, env).ended;

/** Runs what stays, says something to the bot, and ends it. @returns what the bot answered */
async function talk(command: string, line: string): Promise<string> {
  const { child, ended, said } = begin(command, {});
  const url = `http://127.0.0.1:${port}`;
  for (let waited = 0; waited < 120_000; waited += 100) {
    if (child.exitCode !== null) throw new Error(said());
    if ((await fetch(`${url}/healthz`).catch(() => undefined))?.ok) break;
    await sleep(100);
  }
  const body = JSON.stringify({ member: 'newcomer', channel: 'general', line });
  const headers = { 'content-type': 'application/json' };
  const answer = await (await fetch(`${url}/local/call`, { method: 'POST', headers, body })).text();
  // The whole group that this has started: npm, its shell, the bot.
  process.kill(-(child.pid ?? 0), 'SIGTERM');
  await ended;
  return answer;
}

describe.sequential('run as they stand there', () => {
  test('the environment of the containers', async () => {
    for (const command of [
      'cp .env.example .env',
      'chmod 600 .env',
      'echo "SECRET_KEY=$(openssl rand -hex 32)" >> .env',
      'echo "POSTGRES_PASSWORD=$(openssl rand -hex 24)" >> .env',
    ]) {
      expect(await run(command)).toEqual({ code: 0, said: '' });
    }
    const env = readFileSync(join(scratch, '.env'), 'utf8');
    expect(statSync(join(scratch, '.env')).mode & 0o777).toBe(0o600);
    expect(env).toMatch(/^SECRET_KEY=[0-9a-f]{64}$/m);
    expect(env).toMatch(/^POSTGRES_PASSWORD=[0-9a-f]{48}$/m);
  });

  test('a Node that is new enough', async () => {
    expect(await run('node --version')).toMatchObject({ code: 0, said: expect.stringMatching(/^v\d+\./) });
  });

  test('installed, started, and asked something', async () => {
    expect(await talk('npm install && npm start', '/rapporteur language fr')).toContain('Votre langue');
  }, 300_000);

  test('looked at by the doctor', async () => {
    expect(await run('npm run doctor')).toMatchObject({ code: 0, said: expect.stringMatching(/\nall is well\n$/) });
  }, 120_000);

  test('backed up, lost, and restored: what a member chose is still there', async () => {
    expect(await run('npm run store -- export backup.jsonl')).toMatchObject({ code: 0 });
    renameSync(join(scratch, 'data'), join(scratch, 'lost'));
    expect(await run('npm run store -- import backup.jsonl')).toMatchObject({ code: 0 });
    expect(await run('npm run store -- check')).toMatchObject({
      code: 0,
      said: expect.stringContaining('all can be read'),
    });
    expect(await talk('npm start', '/acronym GAC')).toContain('Comité consultatif gouvernemental');
  }, 300_000);

  test.skipIf(!schema)(
    'moved to PostgreSQL and back, and looked at',
    async () => {
      const env = { DATABASE_URL: schema?.url() ?? '' };
      const copied = await run('npm run store -- copy to-postgres', env);
      expect(copied).toMatchObject({ code: 0, said: expect.stringContaining('holds the same') });
      expect(await run('npm run doctor', env)).toMatchObject({ code: 0, said: expect.stringContaining('PostgreSQL') });
      rmSync(join(scratch, 'data'), { recursive: true });
      expect(await run('npm run store -- copy to-folder', env)).toMatchObject({ code: 0 });
      expect(await talk('npm start', '/acronym GAC')).toContain('Comité consultatif gouvernemental');
    },
    300_000,
  );

  test('installed for systemd, without what only builds', async () => {
    for (const command of [
      'sudo npm ci --ignore-scripts',
      'sudo npm run build',
      'sudo npm prune --omit=dev --ignore-scripts',
    ]) {
      expect(await run(command)).toMatchObject({ code: 0 });
    }
    expect(existsSync(join(scratch, 'node_modules', 'typescript'))).toBe(false);
    expect(await run('sudo -u rapporteur node dist/scripts/doctor.js')).toMatchObject({ code: 0 });
    expect(await run('node dist/scripts/store.js check')).toMatchObject({ code: 0 });
  }, 300_000);
});

describe('the pages', () => {
  test('say of each block what it is', () => {
    expect(blocks.length).toBeGreaterThan(5);
    expect(blocks.filter(({ language }) => !['sh', 'ini', 'text'].includes(language))).toEqual([]);
  });

  test('hold no command that was neither run nor excepted', () => {
    expect(typed.length).toBeGreaterThan(20);
    expect(typed.filter((command) => !ran.includes(command) && exceptions[command] === undefined)).toEqual([]);
    const begins = (command: string): boolean =>
      [...ran, ...Object.keys(exceptions)].some((one) => one.includes(command));
    expect(mentioned.filter((command) => !begins(command))).toEqual([]);
  });

  test('hold every command that is excepted', () => {
    expect(Object.keys(exceptions).filter((command) => !typed.includes(command))).toEqual([]);
  });
});
