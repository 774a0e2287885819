// A start with many documents, beside a start with none.
import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figure } from '../figure.js';
import { idOf, kind, poll } from '../store/documents.js';
import { median } from '../store/measure.js';
import { fillFolder } from './fill.js';

export interface StartPlan {
  readonly stored: number;
  readonly starts: number;
}

const script = fileURLToPath(new URL('../store/start.js', import.meta.url));

/** From the start of a process to its first document, in milliseconds. */
function startOf(place: string): number {
  const said = execFileSync(process.execPath, [script, 'embedded', place], { encoding: 'utf8' });
  return (JSON.parse(said) as { ms: number }).ms;
}

/** In turns, so that a busy minute meets both. What is started with is in the system's memory: it was just written. */
export async function startFigures(folder: string, { stored, starts }: StartPlan): Promise<readonly Figure[]> {
  const [full, empty] = [join(folder, 'full'), join(folder, 'empty')];
  const docs = Array.from({ length: stored }, (_, n) => [idOf(n), poll(n)] as const);
  try {
    fillFolder(full, kind.name, docs);
    fillFolder(empty, kind.name, docs.slice(0, 1));
    const seen = Array.from({ length: starts }, () => ({ full: startOf(full), empty: startOf(empty) }));
    const [long, short] = [median(seen.map((one) => one.full)), median(seen.map((one) => one.empty))];
    return [
      { name: 'a start with one document', value: short, unit: 'ms' },
      { name: `a start with ${stored.toLocaleString('en')} documents`, value: long, unit: 'ms' },
      {
        name: `a start with ${stored.toLocaleString('en')} documents, beyond one with one`,
        value: long - short,
        unit: 'ms',
        wanted: { atMost: 2000 },
      },
    ];
  } finally {
    await rm(full, { recursive: true, force: true });
  }
}
