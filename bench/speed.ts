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

type Wanted = Figure['wanted'];

/** One of us by one of them. */
function ratio(name: string, [ours, theirs]: readonly (Pace | undefined)[], of: keyof Pace, wanted?: Wanted): Figure {
  const [digits, unit] = of === 'p99' ? [1, ' ms'] : [0, of === 'cpu' ? ' µs' : '/s'];
  const [a, b] = [ours?.[of] ?? Number.NaN, theirs?.[of] ?? Number.NaN];
  const seen = `${a.toFixed(digits)} and ${b.toFixed(digits)}${unit}`;
  return { name, of: seen, value: a / b, unit: '', ...(wanted ? { wanted } : {}) };
}

interface Course {
  readonly what: string;
  readonly terms: number;
  readonly rounds: number;
  readonly turn: number;
  readonly inFlight: readonly number[];
  enter(stable: Stable): Promise<readonly Runner[]>;
  /** @param paces in the order of the runners, the bot's first */
  figures(paces: readonly (Pace | undefined)[], inFlight: number, named: string): readonly Figure[];
}

async function run({ what, inFlight: all, enter, figures, ...plan }: Course): Promise<readonly Figure[]> {
  const stable = new Stable(plan.terms);
  try {
    const runners = await enter(stable);
    await warm(runners);
    const seen: Figure[] = [];
    for (const inFlight of all) {
      const named = `${what}, ${inFlight} in flight`;
      tell(named);
      const paces = await race(runners, { ...plan, inFlight });
      const inOrder = runners.map(({ subject }) => paces.get(subject.name));
      seen.push(...figures(inOrder, inFlight, named));
    }
    return seen;
  } finally {
    await stable.stop();
  }
}

const http = (plan: Plan) =>
  run({
    ...{ what: 'Slack HTTP', terms, rounds: plan.rounds, turn: plan.turn, inFlight: [1, 16, 64] },
    enter: (stable) => stable.overHttp(),
    figures: ([ours, bolt, chat], _, named) => [
      ratio(`${named}: throughput / Bolt`, [ours, bolt], 'rate', { atLeast: 0.9 }),
      ratio(`${named}: CPU for each / Bolt`, [ours, bolt], 'cpu', { atMost: 1.2 }),
      ratio(`${named}: p99 / Bolt`, [ours, bolt], 'p99', { atMost: 1.5 }),
      ratio(`${named}: throughput / Chat SDK`, [ours, chat], 'rate', { atLeast: 2.7 }),
    ],
  });

const presses = (plan: Plan) =>
  run({
    ...{ what: 'press to durable to acknowledged', terms: 10, rounds: plan.rounds, turn: plan.turn, inFlight: [1, 16] },
    enter: (stable) => stable.pressed(),
    figures: ([ours, counter, telling, durable], inFlight, named) => [
      ratio(`${named}: throughput / Bolt's counter`, [ours, counter], 'rate', { atLeast: inFlight === 1 ? 0.5 : 0.8 }),
      ratio(`${named}: CPU for each / Bolt's counter`, [ours, counter], 'cpu'),
      ratio(`${named}: throughput / Bolt's counter that sends receipts`, [ours, telling], 'rate'),
      ratio(`${named}: CPU for each / Bolt's counter that sends receipts`, [ours, telling], 'cpu'),
      ratio(`${named}: throughput / Bolt's counter that keeps each press too`, [ours, durable], 'rate'),
      ratio(`${named}: CPU for each / Bolt's counter that keeps each press too`, [ours, durable], 'cpu'),
    ],
  });

const beside = (plan: Plan, what: string, sdk: string, enter: Course['enter']) =>
  run({
    ...{ what, terms, rounds: Math.ceil(plan.rounds / 2), turn: plan.turn, inFlight: [1, 16, 64], enter },
    figures: ([ours, bare, carded], _, named) => [
      ratio(`${named}: throughput / ${sdk}`, [ours, bare], 'rate', { atLeast: 0.85 }),
      ratio(`${named}: CPU for each / ${sdk}`, [ours, bare], 'cpu'),
      ...(carded
        ? [
            ratio(`${named}: throughput / ${sdk} with a card`, [ours, carded], 'rate'),
            ratio(`${named}: CPU for each / ${sdk} with a card`, [ours, carded], 'cpu'),
          ]
        : []),
    ],
  });

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
  if (chosen.length === 0) {
    process.stderr.write(help);
    process.exit(2);
  }
  const figures: Figure[] = [];
  for (const [, part] of chosen) figures.push(...(await part(values.quick ? quick : whole)));
  process.stdout.write(values.json ? `${JSON.stringify({ figures })}\n` : `${figureTable(figures)}\n`);
}

await main();
