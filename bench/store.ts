// What a change costs, durable, on both engines, beside what the disk can do: `npm run bench:store -- --help`.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Figure, isMet } from './figure.js';
import { type Contender, embedded, type Maker, plainLowdb, postgres } from './store/contenders.js';
import { embeddedFigures, type FloorPlan, postgresFigures } from './store/floor.js';
import { diskRates, type Load, median, rateOf } from './store/measure.js';
import { printed } from './store/print.js';

const help = `npm run bench:store -- [--quick | --all] [--json] [--folder DIR]

--quick    fewer sizes, one short round each: half a minute
--all      100,000 documents in every table, and longer rounds: ten minutes
--json     one JSON object instead of the tables
--folder   a folder on the disk to be measured; the system's for temporary files when not given
BENCH_DATABASE_URL   a PostgreSQL to be measured too; a schema of its own is made in it and removed
`;

/** Documents stored, changes spread over so many, clients at once; rounds of so many milliseconds. */
interface Plan {
  readonly floor: FloorPlan;
  readonly sizes: readonly number[];
  readonly overs: readonly number[];
  readonly clients: readonly number[];
  readonly rounds: number;
  readonly ms: number;
  readonly starts: readonly number[];
}

const usual: Plan = {
  floor: { few: 100, many: 100_000, rounds: 5, ms: 500 },
  sizes: [100, 10_000],
  overs: [1, 1000],
  clients: [1, 32, 256],
  rounds: 2,
  ms: 300,
  starts: [10_000],
};
const all: Plan = { ...usual, sizes: [100, 10_000, 100_000], rounds: 3, ms: 1000, starts: [10_000, 100_000] };
const quick: Plan = {
  ...usual,
  floor: { few: 100, many: 10_000, rounds: 3, ms: 300 },
  ...{ sizes: [100], clients: [1, 256], rounds: 1, starts: [] },
};

/** Changes per second by contender's name. */
export interface Row extends Load {
  readonly stored: number;
  readonly rates: Readonly<Record<string, number>>;
}

/** From the start of a process to the first document read, and the memory it then has. */
export interface Start {
  readonly stored: number;
  readonly who: string;
  readonly ms: number;
  readonly bytes: number;
}

export interface Results {
  readonly figures: readonly Figure[];
  readonly rounds: number;
  readonly roundMs: number;
  readonly rows: readonly Row[];
  readonly disk: Readonly<Record<string, number>>;
  readonly starts: readonly Start[];
}

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

async function measure(plan: Plan, folder: string, url: string | undefined): Promise<Results> {
  const rows: Row[] = [];
  const starts: Start[] = [];
  const disk: Record<string, number[]> = {};
  tell('the figures that have a bound');
  const figures = [
    ...(await embeddedFigures(folder, plan.floor)),
    ...(url ? await postgresFigures(url, plan.floor) : []),
  ];
  for (const stored of plan.sizes) {
    const makers = [embedded(folder), ...(url ? [postgres(url)] : []), plainLowdb(folder)];
    try {
      for (const maker of makers) {
        tell(`filling ${maker.name} with ${stored} documents`);
        await maker.fill(stored);
      }
      if (plan.starts.includes(stored)) starts.push(...startsOf(makers, stored, plan.rounds));
      rows.push(...(await changesOf(plan, makers, stored)));
    } finally {
      for (const maker of makers) await maker.clear();
    }
    // Between the sizes, since what a disk does changes from minute to minute.
    for (const [name, rate] of Object.entries(diskRates)) {
      disk[name] = [...(disk[name] ?? []), await rate(folder, plan.ms)];
    }
  }
  const medians = Object.fromEntries(Object.entries(disk).map(([name, rates]) => [name, median(rates)]));
  return { figures, rounds: plan.rounds, roundMs: plan.ms, rows, disk: medians, starts };
}

/** The contenders take turns, so that a busy minute of the machine meets all of them. */
async function changesOf(plan: Plan, makers: readonly Maker[], stored: number): Promise<readonly Row[]> {
  const contenders: Contender[] = [];
  const rows: Row[] = [];
  try {
    for (const maker of makers) contenders.push(await maker.open());
    for (const over of plan.overs.map((many) => Math.min(many, stored))) {
      for (const clients of plan.clients) {
        tell(`${stored} documents stored, changing ${over}, ${clients} clients`);
        const rates: Record<string, number[]> = {};
        for (let round = 0; round < plan.rounds; round += 1) {
          for (const one of contenders) {
            rates[one.name] = [...(rates[one.name] ?? []), await rateOf(one, { over, clients }, plan.ms)];
          }
        }
        const medians = Object.entries(rates).map(([name, all]) => [name, median(all)] as const);
        rows.push({ stored, over, clients, rates: Object.fromEntries(medians) });
      }
    }
  } finally {
    for (const one of contenders) await one.close();
  }
  return rows;
}

function startsOf(makers: readonly Maker[], stored: number, rounds: number): readonly Start[] {
  const script = fileURLToPath(new URL('./store/start.js', import.meta.url));
  const all = [{ name: 'nothing', place: '' }, ...makers];
  const seen = all.map(({ name }) => ({ who: name, ms: [] as number[], bytes: [] as number[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, { name, place }] of all.entries()) {
      tell(`starting ${name} with ${stored} documents`);
      const said = execFileSync(process.execPath, [script, name, place], { encoding: 'utf8' });
      const { ms, bytes } = JSON.parse(said) as { ms: number; bytes: number };
      seen[at]?.ms.push(ms);
      seen[at]?.bytes.push(bytes);
    }
  }
  return seen.map(({ who, ms, bytes }) => ({ stored, who, ms: median(ms), bytes: median(bytes) }));
}

async function main(): Promise<void> {
  const flag = { type: 'boolean', default: false } as const;
  const options = {
    quick: flag,
    all: flag,
    json: flag,
    help: flag,
    folder: { type: 'string', default: tmpdir() },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) return void process.stdout.write(help);
  const folder = await mkdtemp(join(values.folder, 'rapporteur-bench-'));
  try {
    // The magic number of tmpfs, see statfs(2).
    if ((await statfs(folder)).type === 0x01021994) tell(`${folder} is in memory: name a folder on a disk by --folder`);
    const results = await measure(
      values.quick ? quick : values.all ? all : usual,
      folder,
      process.env.BENCH_DATABASE_URL,
    );
    const judged = results.figures.map((figure) => ({ ...figure, isMet: isMet(figure) }));
    process.stdout.write(values.json ? `${JSON.stringify({ ...results, figures: judged })}\n` : printed(results));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
