// What the bot costs beside bare SDKs that do the least: `npm run bench -- --help`.
import { parseArgs } from 'node:util';
import { type Figure, figureTable } from './figure.js';
import { Stable } from './speed/entrants.js';
import { memoryFigures, startFigures } from './speed/life.js';
import { askMany, type Pace, type Runner, race } from './speed/race.js';

const help = `npm run bench -- [--quick] [--json] [--only PART]

--quick   a fifth of the rounds: a minute
--json    one JSON object instead of the table
--only    http, presses, sockets, discord, start or memory
`;

const terms = 5000;
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

interface Plan {
  readonly rounds: number;
  /** Milliseconds for each turn. */
  readonly turn: number;
  readonly starts: number;
  readonly commands: number;
}

const whole: Plan = { rounds: 15, turn: 500, starts: 9, commands: 20_000 };
const quick: Plan = { rounds: 3, turn: 400, starts: 3, commands: 4000 };

/** Before anything counts: what is compiled and cached at first is. */
async function warm(runners: readonly Runner[]): Promise<void> {
  for (const runner of runners) await askMany(runner, 3000, 16);
}

const between = (a: Pace | undefined, b: Pace | undefined, of: keyof Pace): number => (a?.[of] ?? 0) / (b?.[of] ?? 1);

const pairText = (a: Pace | undefined, b: Pace | undefined, of: keyof Pace): string => {
  const [digits, unit] = of === 'p99' ? [1, ' ms'] : [0, of === 'cpu' ? ' µs' : '/s'];
  return `${(a?.[of] ?? 0).toFixed(digits)} and ${(b?.[of] ?? 0).toFixed(digits)}${unit}`;
};

async function http(plan: Plan): Promise<readonly Figure[]> {
  const stable = new Stable(terms);
  try {
    const runners = await stable.overHttp();
    await warm(runners);
    const figures: Figure[] = [];
    for (const inFlight of [1, 16, 64]) {
      tell(`Slack over HTTP, ${inFlight} in flight`);
      const paces = await race(runners, { ...plan, inFlight });
      const [ours, bolt, chat] = ['rapporteur', 'bolt', 'chat'].map((name) => paces.get(name));
      const ratio = (what: string, of: keyof Pace, wanted: Figure['wanted'], other = bolt, name = 'Bolt'): Figure => ({
        name: `Slack HTTP, ${inFlight} in flight: ${what} / ${name}`,
        of: pairText(ours, other, of),
        value: between(ours, other, of),
        unit: '',
        ...(wanted ? { wanted } : {}),
      });
      figures.push(
        ratio('throughput', 'rate', { atLeast: 0.9 }),
        ratio('CPU for each', 'cpu', { atMost: 1.2 }),
        ratio('p99', 'p99', { atMost: 1.5 }),
        ratio('throughput', 'rate', { atLeast: 2.7 }, chat, 'Chat SDK'),
      );
    }
    return figures;
  } finally {
    await stable.stop();
  }
}

async function presses(plan: Plan): Promise<readonly Figure[]> {
  const stable = new Stable(10);
  try {
    const runners = await stable.pressed();
    await warm(runners);
    const figures: Figure[] = [];
    for (const [inFlight, atLeast] of [
      [1, 0.5],
      [16, 0.8],
    ] as const) {
      tell(`presses over HTTP, ${inFlight} in flight`);
      const paces = await race(runners, { ...plan, inFlight });
      const [ours, counter, durable] = runners.map(({ subject }) => paces.get(subject.name));
      const figure = (name: string, other: Pace | undefined, of: keyof Pace, wanted?: Figure['wanted']): Figure => ({
        name: `press to durable to acknowledged, ${inFlight} in flight: ${name}`,
        of: pairText(ours, other, of),
        value: between(ours, other, of),
        unit: '',
        ...(wanted ? { wanted } : {}),
      });
      figures.push(
        figure("throughput / Bolt's counter", counter, 'rate', { atLeast }),
        figure("CPU for each / Bolt's counter", counter, 'cpu'),
        figure("throughput / Bolt's counter that keeps each press and sends receipts", durable, 'rate'),
      );
    }
    return figures;
  } finally {
    await stable.stop();
  }
}

async function beside(plan: Plan, what: string, sdk: string, enter: (stable: Stable) => Promise<readonly Runner[]>) {
  const stable = new Stable(terms);
  try {
    const runners = await enter(stable);
    await warm(runners);
    const figures: Figure[] = [];
    for (const inFlight of [1, 16, 64]) {
      tell(`${what}, ${inFlight} in flight`);
      const paces = await race(runners, { ...plan, rounds: Math.ceil(plan.rounds / 2), inFlight });
      const [ours, bare] = runners.map(({ subject }) => paces.get(subject.name));
      const figure = (name: string, of: keyof Pace, wanted?: Figure['wanted']): Figure => ({
        name: `${what}, ${inFlight} in flight: ${name} / ${sdk}`,
        of: pairText(ours, bare, of),
        value: between(ours, bare, of),
        unit: '',
        ...(wanted ? { wanted } : {}),
      });
      figures.push(figure('throughput', 'rate', { atLeast: 0.85 }), figure('CPU for each', 'cpu'));
    }
    return figures;
  } finally {
    await stable.stop();
  }
}

const parts: Readonly<Record<string, (plan: Plan) => Promise<readonly Figure[]>>> = {
  http,
  presses,
  sockets: (plan) => beside(plan, 'Socket Mode', 'Bolt', (stable) => stable.overSockets()),
  discord: (plan) => beside(plan, 'Discord', 'discord.js', (stable) => stable.onDiscord()),
  start: ({ starts }) => startFigures(starts, tell),
  memory: ({ commands }) => memoryFigures(terms, commands, tell),
};

async function main(): Promise<void> {
  const flag = { type: 'boolean', default: false } as const;
  const options = { quick: flag, json: flag, help: flag, only: { type: 'string' } } as const;
  const { values } = parseArgs({ options });
  if (values.help) return void process.stdout.write(help);
  const chosen = Object.entries(parts).filter(([name]) => values.only === undefined || values.only === name);
  const figures: Figure[] = [];
  for (const [, part] of chosen) figures.push(...(await part(values.quick ? quick : whole)));
  process.stdout.write(values.json ? `${JSON.stringify({ figures })}\n` : `${figureTable(figures)}\n`);
}

await main();
