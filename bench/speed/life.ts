// From the start of a process until it is ready, and the memory that it holds.
import type { Figure } from '../figure.js';
import { median } from '../store/measure.js';
import { Stable } from './entrants.js';
import { askMany } from './race.js';
import { startSubject } from './subject.js';

type Tell = (line: string) => void;

/** Started in turns: the bot on both platforms until it is ready, and a program that imports both SDKs. */
export async function startFigures(starts: number, tell: Tell): Promise<readonly Figure[]> {
  const stable = new Stable(0);
  try {
    const [ours, bare]: [number[], number[]] = [[], []];
    for (let nth = 0; nth < starts; nth += 1) {
      tell(`start ${nth + 1} of ${starts}`);
      // In a folder of its own: whoever finds that of one that was killed looks twice before going in.
      const { start } = await stable.both('program/main');
      const subject = await start('rapporteur');
      ours.push(subject.started);
      await subject.stop();
      const imports = await startSubject('imports', 'bench/bare/imports', {});
      bare.push(imports.started);
      await imports.stop();
    }
    const [a, b] = [median(ours), median(bare)];
    const of = `${a.toFixed(0)} and ${b.toFixed(0)} ms`;
    return [{ name: 'start to ready / both SDKs imported', of, value: a / b, unit: '', wanted: { atMost: 1.15 } }];
  } finally {
    await stable.stop();
  }
}

/** Resident memory of the bot and of both SDKs in one process: at start, after so many commands, after as many again. */
export async function memoryFigures(terms: number, commands: number, tell: Tell): Promise<readonly Figure[]> {
  const stable = new Stable(terms);
  try {
    const runners = await stable.onBoth();
    const held = async () =>
      (await Promise.all(runners.map(({ subject }) => subject.used()))).map(({ rss }) => rss / 1e6);
    const stages = [await held()];
    for (let nth = 0; nth < 2; nth += 1) {
      tell(`${commands.toLocaleString('en')} commands to each`);
      for (const runner of runners) await askMany(runner, commands, 16);
      stages.push(await held());
    }
    const [atStart, after, later] = stages.map(([ours = 0, bare = 1]) => ({ ours, bare }));
    if (!atStart || !after || !later) throw new Error('a stage is missing');
    const ratio = (name: string, { ours, bare }: typeof atStart): Figure => ({
      name: `memory ${name} / both SDKs`,
      of: `${ours.toFixed(0)} and ${bare.toFixed(0)} MB`,
      value: ours / bare,
      unit: '',
      wanted: { atMost: 1.3 },
    });
    return [
      ratio('at start', atStart),
      ratio(`after ${commands.toLocaleString('en')} commands`, after),
      {
        name: `memory after as many again / after the first`,
        of: `${later.ours.toFixed(0)} and ${after.ours.toFixed(0)} MB (SDKs ${later.bare.toFixed(0)} and ${after.bare.toFixed(0)})`,
        value: later.ours / after.ours,
        unit: '',
        wanted: { atMost: 1.1 },
      },
    ];
  } finally {
    await stable.stop();
  }
}
