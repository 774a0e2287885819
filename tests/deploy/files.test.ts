// What lies in deploy/, read: the image, the compose file and the unit keep what docs/operations.md promises.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { stagesOf } from '../support/dockerfile.js';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const dockerfile = read('deploy/Dockerfile');
const stages = stagesOf(dockerfile);
const [build, image] = stages;
if (!build || !image) throw new Error('deploy/Dockerfile has no two stages');

describe('the image', () => {
  test('stands on the current LTS of Node, which CI tests too, under a plain name', () => {
    const lts = /^lts=(\d+)$/m.exec(read('.ci/run'))?.[1];
    expect(stages.map(({ base }) => base)).toEqual([`node:${lts}-slim`, `node:${lts}-slim`]);
  });

  test('gets nothing from the context but what the other stage has made of it', () => {
    expect(image.steps.filter((step) => step.kind === 'copy' && step.from !== 'build')).toEqual([]);
  });

  test('runs as a user of its own, and writes in its volume alone', () => {
    expect([image.user, image.volumes, image.ports]).toEqual(['node', [join(image.workdir, 'data')], [3000]]);
  });

  test('is asked for its health, and started without a shell or npm', () => {
    expect(image.healthcheck.join(' ')).toContain('/healthz');
    expect(image.command).toEqual(['node', 'dist/program/main.js']);
  });

  test('the context holds what is copied, and no secret', () => {
    const [first, ...others] = read('deploy/Dockerfile.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    const copied = build.steps.flatMap((step) => (step.kind === 'copy' ? step.sources : []));
    expect(first).toBe('*');
    expect(others.sort()).toEqual(copied.map((path) => `!${path}`).sort());
    expect(copied.filter((path) => !readdirSync(root).includes(path))).toEqual([]);
  });

  test('holds every folder that the imports of package.json lead to', () => {
    const { imports } = JSON.parse(read('package.json')) as { imports: Readonly<Record<string, string>> };
    const there = image.steps.flatMap((step) => (step.kind === 'copy' ? [step.to] : []));
    const missing = Object.values(imports).filter((path) => !there.includes(path.split('/')[1] ?? ''));
    expect(missing).toEqual([]);
  });
});

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly ports?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly healthcheck?: unknown;
  readonly stop_grace_period: string;
}

describe('the compose file', () => {
  const { services } = parse(read('deploy/compose.yaml')) as { services: Readonly<Record<'bot' | 'db', Service>> };
  const { bot, db } = services;

  test('builds the image, and hardens it', () => {
    expect(bot.build).toEqual({ context: '..', dockerfile: 'deploy/Dockerfile' });
    expect([bot.read_only, bot.cap_drop, bot.security_opt]).toEqual([true, ['ALL'], ['no-new-privileges:true']]);
  });

  test('lets nobody but the bot reach the database, and nobody but this machine the bot', () => {
    expect(db.ports).toBe(undefined);
    expect(bot.ports?.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  test('holds no password and no key, and stops without them', () => {
    for (const value of [bot.environment.DATABASE_URL, bot.environment.SECRET_KEY, db.environment.POSTGRES_PASSWORD]) {
      expect(value).toMatch(/\$\{(POSTGRES_PASSWORD|SECRET_KEY):\?[^}]+\}/);
    }
  });

  test('gives the bot more time to stop than it needs', () => {
    expect(Number.parseInt(bot.stop_grace_period, 10)).toBeGreaterThan(10);
  });
});

describe('the unit', () => {
  const settings = new Map(
    read('deploy/rapporteur.service')
      .split('\n')
      .flatMap((line) => [/^(\w+)=(.*)$/.exec(line)?.slice(1) ?? []])
      .filter((pair) => pair.length === 2)
      .map(([name = '', value = '']) => [name, value] as const),
  );

  test('starts what the image starts', () => {
    expect(settings.get('ExecStart')).toBe(`/usr/bin/${image.command.join(' ')}`);
  });

  test('starts anew after a crash, and not over a wrong configuration', () => {
    expect([settings.get('Restart'), settings.get('RestartPreventExitStatus')]).toEqual(['always', '2']);
    expect(Number(settings.get('TimeoutStopSec'))).toBeGreaterThan(10);
  });

  test('keeps its data where it alone may write, and nobody else may read', () => {
    expect([settings.get('ProtectSystem'), settings.get('StateDirectory'), settings.get('StateDirectoryMode')]).toEqual(
      ['strict', 'rapporteur', '0700'],
    );
  });
});
