// docs/metrics.md, the dashboard and the alerts against what the program really tells.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { DiscordStandIn } from '../support/discord-stand-in.js';
import { type Program, startProgram } from '../support/program.js';
import { slackStandIn } from '../support/slack-stand-in.js';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** A row of the table: the metric, its kind, its labels. */
const rows = [...read('docs/metrics.md').matchAll(/^\| `(\w+)` +\| (\w+) +\| ([^|]*)\|/gm)].map(
  ([, name = '', kind = '', labels = '']) => ({
    name,
    kind,
    labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label).sort(),
  }),
);

interface Panel {
  readonly title: string;
  readonly description: string;
  readonly targets: readonly { readonly expr: string }[];
}
interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string };
}
const { panels } = JSON.parse(read('deploy/grafana-dashboard.json')) as { panels: readonly Panel[] };
const { groups } = parse(read('deploy/alerts.yaml')) as { groups: readonly { readonly rules: readonly Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);

let told = '';
let program: Program;
const closing: (() => Promise<unknown>)[] = [];

/** A program on both platforms that has answered, refused, posted and been refused by Slack. */
beforeAll(async () => {
  const slack = await slackStandIn();
  const discord = await new DiscordStandIn().listen();
  const app = slack.install();
  program = await startProgram({
    SLACK_BOT_TOKEN: app.options.botToken,
    SLACK_APP_TOKEN: app.options.appToken,
    SLACK_API_URL: slack.apiUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
  });
  closing.push(
    () => program.stop(),
    () => slack.close(),
    () => discord.close(),
  );
  await program.healthy();
  await app.command('UANN', '/acronym', 'PDP');
  slack.fail('chat.postMessage', { kind: 'rateLimited', retryAfter: 1 });
  const [shown] = slack.shownTo('UANN');
  if (!shown) throw new Error('no answer');
  await app.press('UANN', shown, 'Share');
  discord.failing.push({ path: /\/channels\/\d+\/messages$/, status: 429, code: 0, times: 1, retryAfter: 0.05 });
  const asked = await discord.command('alice', 'acronym', { term: 'PDP' });
  const [answer] = asked.messages;
  if (!answer) throw new Error('no answer');
  await discord.press('alice', answer, 'Share');
  for (let waited = 0; waited < 200 && !/limited_total\{platform="discord"\} 1/.test(told); waited += 1) {
    told = await (await fetch(`${program.url}/metrics`)).text();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}, 60_000);
afterAll(async () => {
  for (const close of closing) await close();
});

const isOfNode = (name: string): boolean => /^rapporteur_(process|nodejs)_/.test(name);

/** Names and kinds as the program tells them. */
const kinds = (): ReadonlyMap<string, string> =>
  new Map([...told.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', kind = '']) => [name, kind]));

/** Metrics that an expression asks for, by the names under which they are declared. */
function askedBy(expr: string): readonly string[] {
  const names = expr.match(/\brapporteur_\w+/g) ?? [];
  return names.map((name) => (kinds().has(name) ? name : name.replace(/_(bucket|sum|count)$/, '')));
}

describe('the table of metrics', () => {
  test('names every metric of ours that the program tells, and none that it does not', () => {
    const ours = [...kinds().keys()].filter((name) => !isOfNode(name));
    expect(
      rows
        .map(({ name }) => name)
        .filter((name) => !isOfNode(name))
        .sort(),
    ).toEqual(ours.sort());
    expect(rows.filter(({ name }) => !kinds().has(name))).toEqual([]);
  });

  test.each(rows.map((row) => [row.name, row] as const))(
    '%s is of its kind, with its labels',
    (name, { kind, labels }) => {
      expect(kinds().get(name)).toBe(kind);
      const samples = [...told.matchAll(new RegExp(`^${name}(?:_bucket|_sum|_count)?(?:\\{(.*)\\})? `, 'gm'))];
      expect(samples.length).toBeGreaterThan(0);
      const found = samples.flatMap(([, text = '']) => [...text.matchAll(/(\w+)="/g)].map(([, label = '']) => label));
      expect([...new Set(found)].filter((label) => label !== 'le').sort()).toEqual(labels);
    },
  );
});

describe('the figures', () => {
  test('tell what has happened', () => {
    expect(told).toMatch(/^rapporteur_calls_total\{platform="slack",route="acronym.explain",outcome="answered"\} 1$/m);
    expect(told).toMatch(/^rapporteur_messages_total\{platform="slack",fate="putOff"\} 1$/m);
    expect(told).toMatch(/^rapporteur_rate_limited_total\{platform="slack"\} 1$/m);
    expect(told).toMatch(/^rapporteur_rate_limited_total\{platform="discord"\} 1$/m);
    expect(told).toMatch(/^rapporteur_store_failures_total\{operation="change"\} 0$/m);
    expect(Number(/^rapporteur_store_seconds_count\{operation="change"\} (\d+)$/m.exec(told)?.[1])).toBeGreaterThan(1);
  });
});

describe('the dashboard', () => {
  test.each(panels.map((panel) => [panel.title, panel] as const))('%s asks for metrics that are there', (_, panel) => {
    expect(panel.description).toMatch(/\S/);
    for (const { expr } of panel.targets) {
      expect(askedBy(expr)).not.toEqual([]);
      expect(askedBy(expr).filter((name) => !kinds().has(name))).toEqual([]);
    }
  });

  test('shows every metric of ours', () => {
    const shown = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => askedBy(expr)));
    expect(rows.filter(({ name }) => !isOfNode(name) && !shown.includes(name))).toEqual([]);
  });
});

describe('the alerts', () => {
  test.each(rules.map((rule) => [rule.alert, rule] as const))('%s asks for metrics that are there', (_, rule) => {
    expect(askedBy(rule.expr)).not.toEqual([]);
    expect(askedBy(rule.expr).filter((name) => !kinds().has(name))).toEqual([]);
    expect(['page', 'look']).toContain(rule.labels.severity);
    expect(rule.annotations.summary).toMatch(/\.$/);
  });

  test('cover ticks, due messages, answers, 429s, the store and the event loop', () => {
    const watched = new Set(rules.flatMap(({ expr }) => askedBy(expr)));
    expect(rows.filter(({ name }) => !isOfNode(name) && !watched.has(name))).toEqual([]);
    expect(watched).toContain('rapporteur_nodejs_eventloop_lag_p99_seconds');
  });

  test('docs/operations.md says of each what to do', () => {
    const said = read('docs/operations.md');
    expect(rules.filter(({ alert }) => !said.includes(`\`${alert}\``))).toEqual([]);
  });

  test('each has a case in alerts.test.yaml, which promtool runs', () => {
    const cases = read('tests/deploy/alerts.test.yaml');
    expect(rules.filter(({ alert }) => cases.split(alert).length < 3)).toEqual([]);
  });
});
