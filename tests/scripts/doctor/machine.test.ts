// What the doctor sees of the machine: variables, files, the folder or the database, the source, the port, the address.
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { examineEnvFile, examineNode } from '../../../scripts/doctor/environment.js';
import { judgeRoom } from '../../../scripts/doctor/folder.js';
import { judgeList } from '../../../scripts/doctor/source.js';
import { spaces } from '../../../src/core/settings.js';
import { openEmbedded } from '../../../src/store/embedded.js';
import { folderName } from '../../../src/store/file-name.js';
import { openPostgres } from '../../../src/store/postgres.js';
import { canMount, mountDisk } from '../../store/disk.js';
import { hasServer, Line, Schema } from '../../store/server.js';
import { freePort, freshFolder, startProgram } from '../../support/program.js';
import { folderOf, many } from '../store/sample.js';
import { about, examined, expectOne, fileOf, levels } from './scene.js';

let env: Record<string, string> = {};
const closing: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  env = { DATA_DIR: await freshFolder(), PORT: String(await freePort()), HOST: '127.0.0.1' };
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

describe('variables', () => {
  test('every fault of the environment is a line, and the rest is looked at all the same', async () => {
    const findings = await examined({ ...env, SLACK_BOT_TOKEN: 'canary', LOG_LEVEL: 'loud', PORT: '99999' });
    expectOne(findings, 'SLACK_BOT_TOKEN', /^fault must start with "xoxb-"$/);
    expectOne(findings, 'LOG_LEVEL', /^fault /);
    expectOne(findings, 'SLACK_SIGNING_SECRET', /^fault is needed/);
    expect(about(findings, 'DATA_DIR').every((line) => line.startsWith('ok'))).toBe(true);
  });

  test('a name that nothing reads is a warning', async () => {
    expectOne(await examined({ ...env, SLACK_TOKEN: 'canary' }), 'SLACK_TOKEN', /^warning is a variable that nothing/);
  });

  test('a local workspace that others can reach is a fault', async () => {
    expectOne(await examined({ ...env, HOST: '0.0.0.0' }), 'HOST', /^fault 0\.0\.0\.0 lets others in/);
  });

  test('a token that would travel without encryption is a warning, on this machine it is none', async () => {
    const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' };
    const plain = { SLACK_API_URL: 'http://127.0.0.1.invalid/api/', DISCORD_API_URL: 'http://discord.invalid/api' };
    const findings = await examined({ ...env, ...slack, DISCORD_TOKEN: 'canary', ...plain });
    for (const name of Object.keys(plain)) expectOne(findings, name, /^warning is not https/);
    const here = { SLACK_API_URL: 'http://127.0.0.1:1/api/' };
    expect(about(await examined({ ...env, ...slack, ...here }), 'SLACK_API_URL')).toEqual([]);
  });

  test.each([
    ['20.19.0', 'ok'],
    ['26.1.0', 'ok'],
    ['20.18.9', 'fault'],
    ['18.20.0', 'fault'],
  ])('Node %s is %s', (version, level) => expect(examineNode(version).level).toBe(level));

  test('a .env file that others can read is a warning', async () => {
    const path = await fileOf('SLACK_BOT_TOKEN=canary');
    await chmod(path, 0o640);
    expect(await examineEnvFile(path)).toEqual([]);
    await chmod(path, 0o644);
    expect(levels(await examineEnvFile(path))).toEqual(['warning']);
  });
});

describe('the folder', () => {
  const dataDir = async (): Promise<readonly string[]> => about(await examined(env), 'DATA_DIR');

  test('that is not there yet is made by the first start, where it can be', async () => {
    env.DATA_DIR = join(env.DATA_DIR ?? '', 'deep', 'data');
    expect(await dataDir()).toEqual([expect.stringMatching(/^ok .*will be made/)]);
    env.DATA_DIR = join(await fileOf(''), 'data');
    expect(await dataDir()).toEqual([expect.stringMatching(/^fault .*cannot/)]);
  });

  test('that a running bot holds is left alone: it goes on, and nothing of ours stays', async () => {
    const store = await openEmbedded(env.DATA_DIR ?? '');
    closing.push(() => store.close());
    await store.collection(spaces).insert('slack/T1', { channels: {} });
    const before = await readdir(env.DATA_DIR ?? '');
    expect(await dataDir()).toEqual([
      expect.stringMatching(new RegExp(`^ok .*held by process ${process.pid} .*running`)),
      expect.stringMatching(/^ok holds 1 documents/),
      'ok can be written',
    ]);
    expect(await readdir(env.DATA_DIR ?? '')).toEqual(before);
    expect(await store.collection(spaces).insert('slack/T2', { channels: {} })).toBe(true);
  });

  test('that was left by a crash is free', async () => {
    const program = await startProgram(env);
    await program.healthy();
    program.process.kill('SIGKILL');
    await program.ended;
    expect((await dataDir())[0]).toMatch(/^ok .*was left by process \d+ .*takes it over/);
  });

  test('with a document that cannot be read says how many, and which command names them', async () => {
    await folderOf(many(3), env.DATA_DIR ?? '');
    const [kind = ''] = (await readdir(env.DATA_DIR ?? '')).filter((name) => name.startsWith(folderName('')));
    const folder = join(env.DATA_DIR ?? '', kind);
    const [file = ''] = (await readdir(folder)).filter((name) => name.endsWith('.json'));
    await writeFile(join(folder, file), 'canary');
    expect((await dataDir()).join('\n')).toMatch(/fault 1 of 3 documents cannot be read: npm run store -- check/);
  });

  test('that others can look into is a warning', async () => {
    await chmod(env.DATA_DIR ?? '', 0o755);
    expect((await dataDir()).at(-1)).toMatch(/^warning .*chmod 700/);
  });

  test.skipIf(!canMount())('that takes no changes, or is nearly full, is a fault', async () => {
    const disk = mountDisk(1000);
    if (!disk) throw new Error('no disk');
    closing.push(async () => disk.remove());
    env.DATA_DIR = join(disk.folder, 'data');
    await mkdir(env.DATA_DIR, { mode: 0o700 });
    expectOne(await examined(env), 'free space', /^fault 1 MB are left/);
    disk.readOnly(true);
    expect((await dataDir()).join('\n')).toMatch(/fault .* takes no changes \(EROFS\)/);
  });

  test('little room is a warning, hardly any a fault, and so are names that run out', () => {
    const judged = (bytes: number, names?: number) => judgeRoom(bytes, names).level;
    expect([judged(1e9), judged(999e6), judged(100e6), judged(99e6)]).toEqual(['ok', 'warning', 'warning', 'fault']);
    expect([judged(1e12, 1000), judged(1e12, 999)]).toEqual(['ok', 'fault']);
  });

  test('with a key that is not the one of SECRET_KEY is a warning, and neither is told', async () => {
    const kept = 'k'.repeat(40);
    await writeFile(join(env.DATA_DIR ?? '', 'secret.key'), `${kept}\n`);
    const findings = await examined({ ...env, SECRET_KEY: 's'.repeat(40) });
    expectOne(findings, 'SECRET_KEY', /^warning differs from .*secret\.key/);
    expect(JSON.stringify(findings)).not.toMatch(/k{10}|s{10}/);
    expect(about(await examined({ ...env, SECRET_KEY: kept }), 'SECRET_KEY')).toEqual([]);
  });
});

describe('the database', () => {
  const SECRET_KEY = 'a key of more than thirty-two characters';

  test('that does not answer is a fault without its password', async () => {
    const findings = await examined({ ...env, SECRET_KEY, DATABASE_URL: 'postgres://me:canary@127.0.0.1:1/nowhere' });
    expectOne(findings, 'DATABASE_URL', /^fault postgres:\/\/127\.0\.0\.1:1\/nowhere cannot be used \(ECONNREFUSED\)/);
  });

  test('a key that is no random text is a warning', async () => {
    const findings = await examined({ ...env, SECRET_KEY: 'x'.repeat(32), DATABASE_URL: 'postgres://127.0.0.1:1/a' });
    expectOne(findings, 'SECRET_KEY', /^warning is no random text/);
  });

  describe.skipIf(!hasServer())('that answers', () => {
    const schema = new Schema();
    beforeEach(async () => {
      await schema.empty();
      env = { ...env, SECRET_KEY, DATABASE_URL: schema.url() };
    });
    afterAll(() => schema.remove());
    const found = async (): Promise<readonly string[]> => about(await examined(env), 'DATABASE_URL');

    test('and is empty will hold a store, and still holds none afterwards', async () => {
      expect(await found()).toEqual([
        expect.stringMatching(/^ok .*PostgreSQL \d+.*/),
        expect.stringMatching(/^ok holds no store yet/),
      ]);
      expect(await schema.query(`select to_regclass('documents') as made`)).toEqual([{ made: null }]);
    });

    test('and is used is read while the bot runs, staff channels and all', async () => {
      const store = await openPostgres(schema.url());
      closing.push(() => store.close());
      await store.collection(spaces).insert('slack/T1', { channels: {} });
      const findings = await examined(env);
      expect(about(findings, 'DATABASE_URL')).toEqual([
        expect.stringMatching(/^ok .*connections of running bots/),
        expect.stringMatching(/^ok holds 1 documents, all can be read/),
      ]);
      expectOne(findings, 'clock', /^ok agrees with the database/);
    });

    test('and lets the bot change nothing is a fault', async () => {
      await (await openPostgres(schema.url())).close();
      const locked = new URL(schema.url());
      locked.searchParams.set('options', `-c search_path=${schema.name} -c default_transaction_read_only=on`);
      env.DATABASE_URL = locked.href;
      expect((await found()).join('\n')).toMatch(/fault the database is read-only/);
    });

    test('and hears and says nothing is given up', async () => {
      const line = new Line();
      const port = await line.open();
      closing.push(async () => line.close());
      line.breakAt('server_version', 'loses the question');
      env.DATABASE_URL = schema.url(port);
      expect((await found()).join('\n')).toMatch(/^fault .*cannot be used/);
    });
  });
});

describe('the source of proceedings', () => {
  test.each([
    ['BEGIN:VCALENDAR\r\nEND:VCALENDAR', /^ok .*iCalendar/],
    ['\uFEFF[{"title":"a"}]', /^ok .*JSON/],
    ['title;closes\na;b', /^ok .*CSV/],
    ['{"title":', /^fault .*begins as JSON and is none/],
    ['<!doctype html>', /^fault .*web page/],
    ['  \n', /^fault .*is empty/],
    ['nothing of the kind', /^fault .*neither/],
  ])('%j', (text, said) => {
    const { level, text: told } = judgeList('the file', text);
    expect(`${level} ${told}`).toMatch(said);
  });

  test('a file is read; one that is not there, or too long, is a fault', async () => {
    const path = await fileOf('title,closes\n');
    expectOne(await examined({ ...env, COMMENTS_SOURCE: path }), 'COMMENTS_SOURCE', /^ok the file is read as CSV/);
    expectOne(await examined({ ...env, COMMENTS_SOURCE: `${path}.not` }), 'COMMENTS_SOURCE', /^fault .*ENOENT/);
    const long = await fileOf('x,'.repeat(3_000_000));
    expectOne(await examined({ ...env, COMMENTS_SOURCE: long }), 'COMMENTS_SOURCE', /^fault is larger than 5 MB/);
  });

  test('an address without encryption is refused, and one that does not answer is told without its secrets', async () => {
    const plain = await examined({ ...env, COMMENTS_SOURCE: 'http://127.0.0.1/list?key=canary' });
    expectOne(plain, 'COMMENTS_SOURCE', /^fault must be .*https:/);
    const away = await examined({ ...env, COMMENTS_SOURCE: 'https://127.0.0.1:1/list?key=canary' });
    expectOne(away, 'COMMENTS_SOURCE', /^fault https:\/\/127\.0\.0\.1:1 does not answer/);
    expect(JSON.stringify([plain, away])).not.toContain('canary');
  });
});

describe('the port and the public address', () => {
  const listening = async (): Promise<string> => {
    const server = createServer((_, response) => response.end('somebody else')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    closing.push(async () => server.close());
    return String((server.address() as AddressInfo).port);
  };

  test('a port that somebody else has is a fault', async () => {
    env.PORT = await listening();
    expectOne(await examined(env), 'PORT', /^fault .*already in use; set PORT/);
  });

  test('a bot that runs there is told, and how it is', async () => {
    const program = await startProgram(env);
    closing.push(() => program.stop());
    await program.healthy();
    const findings = await examined({ ...env, PUBLIC_URL: `${program.url}/` });
    expectOne(findings, 'PORT', /^ok Rapporteur answers on \d+, and all of its parts are well/);
    expectOne(findings, 'PUBLIC_URL', /^ok Rapporteur answers at /);
    expect(new Set(levels(findings))).toEqual(new Set(['ok']));
  });

  test('a bot that is ill is a fault that names the part', async () => {
    const program = await startProgram({
      ...env,
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 'secret',
      SLACK_API_URL: 'http://127.0.0.1:1/api/',
    });
    closing.push(() => program.stop());
    for (let waited = 0; waited < 200; waited += 1) {
      if (await fetch(`${program.url}/healthz`).catch(() => undefined)) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expectOne(await examined(env), 'PORT', /^fault Rapporteur answers .*slack not connected/);
  });

  test('an address at which nobody answers is a warning before the start, and a fault after it', async () => {
    env.PUBLIC_URL = 'http://127.0.0.1:1';
    expectOne(await examined(env), 'PUBLIC_URL', /^warning nothing answers .*start the bot/);
    const program = await startProgram(env);
    closing.push(() => program.stop());
    await program.healthy();
    expectOne(await examined(env), 'PUBLIC_URL', /^fault no Rapporteur answers/);
  });

  test('in HTTP mode Slack’s path has to be passed on, and an address that is not set is a warning', async () => {
    const http = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's', SLACK_API_URL: 'http://127.0.0.1:1/api/' };
    expectOne(await examined({ ...env, ...http }), 'PUBLIC_URL', /^warning is not set/);
    // The local workspace stands for a proxy that passes on everything but Slack's path.
    const program = await startProgram(env);
    closing.push(() => program.stop());
    await program.healthy();
    const findings = await examined({ ...env, ...http, PUBLIC_URL: program.url });
    expect(about(findings, 'PUBLIC_URL').at(-1)).toMatch(/^fault \/slack\/events is not passed on \(404\)/);
  });
});
