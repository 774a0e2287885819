// The image's steps in a clean folder, and what comes of them started as the image starts it.
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samples } from '../chart/samples.js';
import { claim } from '../support/claim.js';
import { DiscordStandIn } from '../support/discord-stand-in.js';
import { buildImage, type Image } from '../support/image.js';
import { freePort } from '../support/program.js';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: true; readonly optional?: true }>>;
}

let image: Image;
beforeAll(() => {
  image = buildImage();
}, 600_000);
afterAll(() => image.remove());

const app = (...path: string[]): string => join(image.root, image.final.workdir, ...path);

/** Starts it and waits until it is healthy. */
async function started(env: Record<string, string>) {
  const port = await freePort();
  const child = image.start(image.final.command, { PORT: String(port), ...env });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => void (said += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => void (said += chunk.toString()));
  const url = `http://127.0.0.1:${port}`;
  for (let waited = 0; waited < 30_000; waited += 50) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${said}`);
    const response = await fetch(`${url}/healthz`).catch(() => undefined);
    if (response?.status === 200) break;
    await sleep(50);
  }
  const stop = async (): Promise<number> => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const [code] = (await ended) as [number];
    return code;
  };
  return { port, url, child, stop, said: () => said };
}

describe('what is in it', () => {
  test('packages that run, and none that build or test', () => {
    const lock = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package-lock.json'), 'utf8')) as Lock;
    const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
    const isThere = ([path]: readonly [string, unknown]): boolean => existsSync(app(path, 'package.json'));
    expect(packages.filter(([, { dev, optional }]) => !dev && !optional).filter((one) => !isThere(one))).toEqual([]);
    expect(packages.filter(([, { dev }]) => dev).filter(isThere)).toEqual([]);
    expect(readdirSync(app()).sort()).toEqual(['adapters', 'data', 'dist', 'node_modules', 'package.json', 'src']);
    expect(existsSync(app('dist', 'bench'))).toBe(false);
  });

  test('nothing that another user than root may change, but the data', () => {
    const open = readdirSync(app(), { recursive: true, encoding: 'utf8' }).filter((path) => {
      const { uid, mode } = statSync(app(path));
      return path !== 'data' && (uid !== 0 || (mode & 0o022) !== 0 || (mode & 0o044) !== 0o044);
    });
    expect(open).toEqual([]);
  });
});

describe('started with a read-only root, as another user, without capabilities', () => {
  claim(
    'S23: it writes in its volume alone, on a root that is read-only, as a user of its own without capabilities',
    async () => {
      const write = (path: string) => image.run(['node', '-e', `require('fs').writeFileSync('${path}', '')`]);
      expect((await write('/app/x')).said).toContain('EROFS');
      expect((await write('/usr/local/x')).said).toContain('EROFS');
      expect(await write('/app/data/x')).toEqual({ code: 0, said: '' });
      const { said } = await image.run(['cat', '/proc/self/status']);
      expect(image.final.user).toBe('node');
      expect(said).toMatch(/^Uid:\t1000\t1000\t1000\t1000$/m);
      for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd'])
        expect(said).toMatch(new RegExp(`^${set}:\t0+$`, 'm'));
      expect(said).toMatch(/^NoNewPrivs:\t1$/m);
    },
  );

  test('it serves the local workspace, keeps its data over a restart, and ends on SIGTERM', async () => {
    const first = await started({});
    const call = async (url: string, line: string): Promise<string> => {
      const body = JSON.stringify({ member: 'newcomer', channel: 'general', line });
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`${url}/local/call`, { method: 'POST', headers, body })).text();
    };
    expect((await fetch(first.url)).headers.get('content-type')).toContain('text/html');
    expect(await call(first.url, '/rapporteur language fr')).toContain('Votre langue');
    expect(await first.stop()).toBe(0);
    const second = await started({});
    expect(await call(second.url, '/acronym GAC')).toContain('Comité consultatif gouvernemental');
    expect(await second.stop()).toBe(0);
    expect(second.said()).not.toContain('"level":50');
  });

  test('it answers on a platform, and its health check tells', async () => {
    const discord = await new DiscordStandIn().listen();
    const { port, stop } = await started({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl });
    const check = (): Promise<{ code: number }> => image.run(image.final.healthcheck, { PORT: String(port) });
    expect((await check()).code).toBe(0);
    const asked = await discord.command('alice', 'acronym', { term: 'PDP' });
    expect(asked.messages[0]?.content).toContain('Policy Development Process');
    expect(await stop()).toBe(0);
    expect((await check()).code).toBe(1);
    await discord.close();
  });

  test('it draws charts: fonts and engine are there', async () => {
    const script = `import { chartPainter } from '/app/dist/src/chart/painter.js';
      const drawn = await chartPainter()(${JSON.stringify(samples.ar)});
      process.stdout.write(Buffer.from(drawn.slice(1, 4)).toString() + ' ' + (drawn.length > 5000));
      process.exit(0);`;
    expect(await image.run(['node', '--input-type=module', '-e', script])).toEqual({ code: 0, said: 'PNG true' });
  });

  test('the doctor and the store’s commands run in it', async () => {
    const doctor = await image.run(['node', 'dist/scripts/doctor.js'], { PORT: String(await freePort()) });
    expect(doctor).toMatchObject({ code: 0, said: expect.stringMatching(/all is well\n$/) });
    expect(await image.run(['node', 'dist/scripts/store.js', 'check'])).toMatchObject({ code: 0 });
  });
});
