// A look at 100,000 pairs of a proceeding and a channel that follows it, with nothing due.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEmbedded } from '../../src/store/embedded.js';
import type { Figure } from '../figure.js';
import { median } from '../store/measure.js';
import { type Held, type Scene, sceneOn } from './scene.js';

export interface TickPlan {
  readonly proceedings: number;
  readonly channels: number;
  readonly starts: number;
  readonly looks: number;
}

const zones = (
  'UTC Africa/Nairobi America/Lima America/New_York America/Sao_Paulo Asia/Kolkata Asia/Tokyo Australia/Sydney ' +
  'Europe/Berlin Europe/London Pacific/Auckland'
).split(' ');
const [filledAt, lookedAt] = ['2026-03-03T12:00:00Z', '2026-03-03T12:01:00Z'];

async function fill(scene: Scene, { proceedings, channels }: TickPlan): Promise<void> {
  const rows = Array.from({ length: proceedings }, (_, n) => {
    const closing = `2026-05-${String(1 + (n % 28)).padStart(2, '0')}`;
    return { id: `p-${n}`, title: `Report ${n}`, opening: '2026-03-01', closing };
  });
  await scene.call('sam', 'comments.imported', { list: JSON.stringify(rows) });
  const follow = (n: number) => {
    const rhythm = { hour: String(8 + (n % 2)), zone: zones[n % zones.length] ?? 'UTC' };
    const wishes = { days: '14,7,3,1,closes', category: '', words: '', ...rhythm };
    return scene.call('sam', 'comments.followed', wishes, `c${n}`);
  };
  for (let n = 0; n < channels; n += 50) await Promise.all(Array.from({ length: 50 }, (_, at) => follow(n + at)));
}

async function filled(place: string, plan: TickPlan): Promise<void> {
  const store = await openEmbedded(place);
  await fill(
    sceneOn(store, () => new Date(filledAt)),
    plan,
  );
  const follows = await store.collection({ name: 'comments-follows', parse: (raw) => raw }).find();
  if (follows.length !== plan.channels) throw new Error(`${follows.length} channels follow, not ${plan.channels}`);
  await store.close();
}

/** Each start is a process of its own, as the first look of a process is the one that has everything to work out. */
export async function tickFigures(folder: string, plan: TickPlan): Promise<readonly Figure[]> {
  const place = join(folder, 'tick');
  await filled(place, plan);
  const script = fileURLToPath(new URL('./look.js', import.meta.url));
  const looks = Array.from({ length: plan.starts }, () => {
    const said = execFileSync(process.execPath, [script, place, lookedAt, String(plan.looks)], { encoding: 'utf8' });
    return JSON.parse(said) as Held[];
  });
  const firsts = looks.flatMap((all) => all.slice(0, 1));
  const later = looks.flatMap((all) => all.slice(1).map(({ hold }) => hold));
  const pairs = (plan.proceedings * plan.channels).toLocaleString('en');
  const figure = (name: string, value: number): Figure => ({
    name: `loop held by a look at ${pairs} pairs, nothing due: ${name}`,
    value,
    unit: 'ms',
    wanted: { atMost: 10 },
  });
  return [
    figure(`the first of a process, median of ${plan.starts}`, median(firsts.map(({ hold }) => hold))),
    {
      name: "the garbage collector's longest pause in it",
      value: median(firsts.map(({ pause }) => pause)),
      unit: 'ms',
    },
    figure('each one after it, median', median(later)),
    figure(`the longest of ${later.length} after it`, Math.max(...later)),
  ];
}
