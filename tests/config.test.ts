import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { environment, readConfig, readStorePlaces } from '../src/config.js';
import { freshFolder } from './support/program.js';

const faultsOf = (env: Record<string, string>): readonly string[] => {
  const read = readConfig(env);
  return 'faults' in read ? read.faults : [];
};

const configOf = (env: Record<string, string>) => {
  const read = readConfig(env);
  if ('faults' in read) throw new Error(read.faults.join('\n'));
  return read.config;
};

const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'shh' };

describe('the environment', () => {
  test('nothing set is the local workspace on loopback', () => {
    expect(configOf({})).toMatchObject({ port: 3000, host: '127.0.0.1', dataDir: './data', logLevel: 'info' });
    expect(configOf({}).slack).toBeUndefined();
  });

  test('set but empty counts as unset', () => {
    expect(configOf({ SLACK_BOT_TOKEN: '', PORT: ' ', LOG_LEVEL: '' })).toEqual(configOf({}));
  });

  test('with a platform it listens on all addresses, unless told otherwise', () => {
    expect(configOf(slack).host).toBeUndefined();
    expect(configOf({ ...slack, HOST: '127.0.0.1' }).host).toBe('127.0.0.1');
  });

  test('both platforms at once are the normal case', () => {
    const config = configOf({ ...slack, DISCORD_TOKEN: 'abc.def.ghi' });
    expect([config.slack?.token, config.discord?.token]).toEqual(['xoxb-1', 'abc.def.ghi']);
  });

  test('every fault is told at once, a line each, naming its variable', () => {
    const faults = faultsOf({ SLACK_BOT_TOKEN: 'nope', PORT: '70000', LOG_LEVEL: 'loud', PUBLIC_URL: 'javascript:1' });
    expect(faults.map((fault) => fault.split(':')[0]).sort()).toEqual([
      'LOG_LEVEL',
      'PORT',
      'PUBLIC_URL',
      'SLACK_BOT_TOKEN',
      'SLACK_SIGNING_SECRET',
    ]);
    for (const fault of faults) expect(fault).not.toMatch(/\n/);
  });

  test.each([
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_SIGNING_SECRET'],
    [{ SLACK_SIGNING_SECRET: 'shh' }, 'SLACK_BOT_TOKEN'],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN'],
    [{ DATABASE_URL: 'postgres://localhost/x' }, 'SECRET_KEY'],
    [{ ...slack, SLACK_API_URL: 'http://localhost:1/' }, 'SLACK_API_URL'],
    [{ DISCORD_TOKEN: 'x', DISCORD_API_URL: 'http://localhost:1/api/v10' }, 'DISCORD_API_URL'],
    [{ DISCORD_TOKEN: 'x', DISCORD_GUILD_ID: '12' }, 'DISCORD_GUILD_ID'],
    [{ COMMENTS_SOURCE: 'http://lists.example.org/all.csv?key=canary' }, 'COMMENTS_SOURCE'],
    [{ COMMENTS_SOURCE: 'HTTP://127.0.0.1.example.org/all.csv' }, 'COMMENTS_SOURCE'],
    [{ COMMENTS_SOURCE: 'ftp://lists.example.org/all.csv' }, 'COMMENTS_SOURCE'],
    [{ COMMENTS_SOURCE: 'file:///srv/all.csv' }, 'COMMENTS_SOURCE'],
    [{ COMMENTS_SOURCE: 'https://' }, 'COMMENTS_SOURCE'],
    [{ PORT: '0x10' }, 'PORT'],
    [{ PORT: '1e3' }, 'PORT'],
    [{ SECRET_KEY: 'short' }, 'SECRET_KEY'],
    [{ SLACK_BOT_TOKEN: 'xoxb-…', SLACK_SIGNING_SECRET: 'shh' }, 'SLACK_BOT_TOKEN'],
    [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'shh\u200b' }, 'SLACK_SIGNING_SECRET'],
    [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1 "' }, 'SLACK_APP_TOKEN'],
    [{ DISCORD_TOKEN: 'Bot abc' }, 'DISCORD_TOKEN'],
    [{ DISCORD_TOKEN: 'abc\u200b' }, 'DISCORD_TOKEN'],
    [{ SLACK_STAFF_CHANNEL: 'C0123456789' }, 'SLACK_BOT_TOKEN'],
    [{ DISCORD_GUILD_ID: '123456789012345678' }, 'DISCORD_TOKEN'],
    [{ DISCORD_STAFF_CHANNEL: '123456789012345678' }, 'DISCORD_TOKEN'],
    [{ PUBLIC_URL: 'https://bot.example.org/?a=1' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'https://me:canary@bot.example.org' }, 'PUBLIC_URL'],
  ])('%o is a fault of %s', (env, variable) => {
    expect(faultsOf(env as Record<string, string>).join('\n')).toContain(`${variable}: `);
  });

  test('what is set for the other platform does not stop the start', () => {
    expect(configOf({ ...slack, DISCORD_GUILD_ID: '123456789012345678' }).discord).toBeUndefined();
  });

  test('a .env file that cannot be read is a fault that names it', async () => {
    const folder = await freshFolder();
    expect(environment(join(folder, 'none')).faults).toBeUndefined();
    expect(environment(folder).faults).toEqual([`.env: ${folder} is a folder; put the file in its place`]);
  });

  test('no secret is ever repeated', () => {
    const env = {
      SLACK_BOT_TOKEN: 'canary-1',
      SLACK_APP_TOKEN: 'canary-2',
      SECRET_KEY: 'canary-3',
      DATABASE_URL: 'canary-4',
      COMMENTS_SOURCE: 'http://canary-5.example.org/',
    };
    expect(faultsOf(env).join('\n')).not.toContain('canary');
    expect(faultsOf(env).length).toBeGreaterThan(3);
  });

  test('addresses of this machine are fine', () => {
    const config = configOf({ ...slack, SLACK_API_URL: 'http://127.0.0.1:4000/api/' });
    expect(config.slack?.apiUrl).toBe('http://127.0.0.1:4000/api/');
  });

  test.each([
    'lists/all.csv',
    '/srv/all.csv',
    'C:\\lists\\all.csv',
    'https://somebody:secret@lists.example.org/all?key=1',
    'http://127.0.0.1:8080/all.csv',
    'http://localhost/all.csv',
    'http://[::1]:8080/all.csv',
  ])('%s may be a source of proceedings', (COMMENTS_SOURCE) => {
    expect(configOf({ COMMENTS_SOURCE }).operator.commentsSource).toBe(COMMENTS_SOURCE);
  });
});

describe('the part of it that a store needs', () => {
  test('is read as the whole is', () => {
    expect(readStorePlaces({ DATA_DIR: ' ', LOG_LEVEL: 'info' })).toEqual({ places: { dataDir: './data' } });
    const DATABASE_URL = 'postgres://localhost/x';
    expect(readStorePlaces({ DATABASE_URL, DATA_DIR: '/d' })).toEqual({
      places: { dataDir: '/d', databaseUrl: DATABASE_URL },
    });
  });

  test('has no faults but its own', () => {
    expect(readStorePlaces({ SLACK_BOT_TOKEN: 'nope', PORT: 'x' })).toEqual({ places: { dataDir: './data' } });
    expect(readStorePlaces({ DATABASE_URL: 'canary', PORT: 'x' })).toEqual({
      faults: ['DATABASE_URL: must start with "postgres://"'],
    });
  });
});
