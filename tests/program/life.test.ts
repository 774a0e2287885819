// The program as an operator meets it: how it starts, refuses, and stops.
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { freshFolder, type Program, startProgram } from '../support/program.js';

const running: Program[] = [];

const start = async (env?: Record<string, string>): Promise<Program> => {
  const program = await startProgram(env);
  running.push(program);
  return program;
};

afterEach(async () => {
  await Promise.all(running.splice(0).map((program) => program.stop()));
});

const told = async (program: Program): Promise<{ code: number | string; lines: string[] }> => {
  const code = await program.ended;
  return {
    code,
    lines: program
      .stderr()
      .split('\n')
      .filter((line) => line !== ''),
  };
};

describe('with nothing set', () => {
  test('the local workspace opens, and health and metrics are told', async () => {
    const program = await start();
    await program.healthy();
    expect(program.stderr()).toBe(`The local workspace is open at http://localhost:${program.port}/\n`);
    const page = await fetch(program.url);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
    const health = (await (await fetch(`${program.url}/healthz`)).json()) as { ok: boolean; parts: { part: string }[] };
    expect(health.ok).toBe(true);
    expect(health.parts.map(({ part }) => part)).toEqual(['start', 'store', 'ticker', 'local']);
    const metrics = await (await fetch(`${program.url}/metrics`)).text();
    for (const name of [
      'rapporteur_platform_connected',
      'rapporteur_answer_seconds',
      'rapporteur_nodejs_eventloop_lag',
    ]) {
      expect(metrics).toContain(name);
    }
  });

  test('every line of the log is JSON', async () => {
    const program = await start({ LOG_LEVEL: 'trace' });
    await program.healthy();
    await program.stop();
    for (const line of program.stdout().trim().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow();
  });

  test('an unknown path is 404, a wrong method 405', async () => {
    const program = await start();
    await program.healthy();
    expect((await fetch(`${program.url}/nothing`)).status).toBe(404);
    expect((await fetch(`${program.url}/healthz`, { method: 'POST' })).status).toBe(405);
  });

  test('whoever asks for the head alone is given it', async () => {
    const program = await start();
    await program.healthy();
    for (const path of ['/healthz', '/comments.ics', '/']) {
      const [head, whole] = await Promise.all(
        ['HEAD', 'GET'].map((method) => fetch(`${program.url}${path}`, { method })),
      );
      expect(head?.status).toBe(200);
      expect(head?.headers.get('content-type')).toBe(whole?.headers.get('content-type'));
      expect(await head?.text()).toBe('');
    }
  });
});

describe('what stops the start', () => {
  test('every fault of the environment, a line each, with exit code 2 and no secret', async () => {
    const { code, lines } = await told(await start({ SLACK_BOT_TOKEN: 'canary', LOG_LEVEL: 'loud' }));
    expect(code).toBe(2);
    expect(lines.map((line) => line.split(':')[0]).sort()).toEqual([
      'LOG_LEVEL',
      'SLACK_BOT_TOKEN',
      'SLACK_SIGNING_SECRET',
    ]);
    expect(lines.join()).not.toContain('canary');
  });

  test('a port that is taken, in one line that names the variable', async () => {
    const first = await start();
    await first.healthy();
    const { code, lines } = await told(await start({ PORT: String(first.port) }));
    expect(code).toBe(2);
    expect(lines).toEqual([expect.stringMatching(/^PORT: .*in use/)]);
  });

  test('a folder that another process holds, in one line', async () => {
    const DATA_DIR = await freshFolder();
    await (await start({ DATA_DIR })).healthy();
    const { code, lines } = await told(await start({ DATA_DIR }));
    expect(code).toBe(2);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^DATA_DIR: .*\d+/);
  });

  test('a folder that cannot be used, in one line', async () => {
    const folder = await freshFolder();
    await writeFile(join(folder, 'file'), '');
    await chmod(join(folder, 'file'), 0o600);
    const { code, lines } = await told(await start({ DATA_DIR: join(folder, 'file', 'data') }));
    expect(code).toBe(2);
    expect(lines).toEqual([expect.stringMatching(/^DATA_DIR: /)]);
  });
});

test('SIGTERM ends it with exit code 0', async () => {
  const program = await start();
  await program.healthy();
  program.process.kill('SIGTERM');
  expect(await program.ended).toBe(0);
});
