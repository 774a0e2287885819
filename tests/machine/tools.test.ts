// deploy/ as the tools see it that will read it: Prometheus' own checker, and systemd's.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** Whether a program is installed; where it must be (CI), a test that says so fails. */
function has(program: string): boolean {
  const isThere = spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
  test.runIf(process.env.CI === 'true')(`${program} is installed`, () => expect(isThere).toBe(true));
  return isThere;
}

const run = (program: string, ...args: string[]): { code: number | null; said: string } => {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8' });
  return { code: status, said: stdout + stderr };
};

describe.skipIf(!has('promtool'))('Prometheus', () => {
  test('reads the alerts', () => {
    expect(run('promtool', 'check', 'rules', 'deploy/alerts.yaml')).toMatchObject({ code: 0 });
  });

  test('fires each alert when it should, and not before', () => {
    expect(run('promtool', 'test', 'rules', 'tests/deploy/alerts.test.yaml')).toMatchObject({ code: 0 });
  });

  test('reads every expression of the dashboard', () => {
    const { panels } = JSON.parse(readFileSync(join(root, 'deploy/grafana-dashboard.json'), 'utf8')) as {
      panels: readonly { readonly targets: readonly { readonly expr: string }[] }[];
    };
    const exprs = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr.replaceAll('$__rate_interval', '5m')));
    const rules = exprs.map((expr, at) => ({ record: `dashboard:${at}`, expr }));
    const file = join(mkdtempSync(join(tmpdir(), 'rapporteur-')), 'rules.yaml');
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }));
    expect(run('promtool', 'check', 'rules', file)).toMatchObject({
      code: 0,
      said: expect.stringContaining(`${exprs.length} rules found`),
    });
  });
});

describe.skipIf(!has('systemd-analyze'))('systemd', () => {
  /** The unit as it is, but for the place of Node, which must be there. */
  const unit = (): string => {
    const file = join(mkdtempSync(join(tmpdir(), 'rapporteur-')), 'rapporteur.service');
    const text = readFileSync(join(root, 'deploy/rapporteur.service'), 'utf8');
    writeFileSync(file, text.replace('/usr/bin/node', process.execPath));
    return file;
  };

  test('reads the unit without a complaint', () => {
    expect(run('systemd-analyze', 'verify', '--man=no', unit())).toEqual({ code: 0, said: '' });
  });

  test('finds it little exposed: 1.5 of 10 at most', () => {
    const args = ['security', '--offline=yes', '--threshold=15', unit()];
    expect(execFileSync('systemd-analyze', args, { encoding: 'utf8' })).toContain('Overall exposure level');
  });
});
