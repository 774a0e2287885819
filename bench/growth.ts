// What grows with what is stored, and what must not: `npm run bench:growth -- --help`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Figure, figureTable, isMet } from './figure.js';
import { type StartPlan, startFigures } from './growth/begin.js';
import { type LookupPlan, lookupFigures } from './growth/lookup.js';
import { type TickPlan, tickFigures } from './growth/tick.js';
import { type VotePlan, voteFigures } from './growth/vote.js';

const help = `npm run bench:growth -- [--quick] [--json] [--folder DIR]

--quick    smaller sizes, fewer rounds: half a minute
--json     one JSON object instead of the table
--folder   a folder on the disk to be measured; the system's for temporary files when not given
`;

interface Plan {
  readonly lookup: LookupPlan;
  readonly vote: VotePlan;
  readonly tick: TickPlan;
  readonly start: StartPlan;
}

const whole: Plan = {
  lookup: { sizes: [500, 5000, 50_000], calls: 1000, rounds: 7 },
  vote: { few: 10, many: 5000, rounds: 7, alone: 20, atOnce: 256 },
  tick: { proceedings: 100, channels: 1000, starts: 5, looks: 20 },
  start: { stored: 100_000, starts: 5 },
};
const quick: Plan = {
  lookup: { sizes: [500, 5000], calls: 500, rounds: 3 },
  vote: { few: 10, many: 1000, rounds: 3, alone: 10, atOnce: 256 },
  tick: { proceedings: 50, channels: 200, starts: 2, looks: 10 },
  start: { stored: 10_000, starts: 2 },
};

async function measure(plan: Plan, folder: string): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const parts: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
    'look-ups': () => lookupFigures(folder, plan.lookup),
    votes: () => voteFigures(folder, plan.vote),
    'looks of a beat': () => tickFigures(folder, plan.tick),
    starts: () => startFigures(folder, plan.start),
  };
  for (const [name, part] of Object.entries(parts)) {
    process.stderr.write(`${name}\n`);
    figures.push(...(await part()));
  }
  return figures;
}

async function main(): Promise<void> {
  const flag = { type: 'boolean', default: false } as const;
  const options = { quick: flag, json: flag, help: flag, folder: { type: 'string', default: tmpdir() } } as const;
  const { values } = parseArgs({ options });
  if (values.help) return void process.stdout.write(help);
  const folder = await mkdtemp(join(values.folder, 'rapporteur-bench-'));
  try {
    const figures = await measure(values.quick ? quick : whole, folder);
    const judged = figures.map((figure) => ({ ...figure, isMet: isMet(figure) }));
    process.stdout.write(values.json ? `${JSON.stringify({ figures: judged })}\n` : `${figureTable(figures)}\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
