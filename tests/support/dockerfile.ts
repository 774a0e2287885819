// A Dockerfile as its stages; it knows the instructions that ours uses, and no others.
export type Instruction =
  | {
      readonly kind: 'copy';
      readonly from: string | undefined;
      readonly sources: readonly string[];
      readonly to: string;
    }
  | { readonly kind: 'run'; readonly command: string };

export interface Stage {
  readonly name: string;
  readonly base: string;
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: string | undefined;
  readonly volumes: readonly string[];
  readonly ports: readonly number[];
  readonly healthcheck: readonly string[];
  readonly command: readonly string[];
  /** What is done to the stage's files, in order. */
  readonly steps: readonly Instruction[];
}

/** @throws Error for an instruction that it does not know */
export function stagesOf(dockerfile: string): readonly Stage[] {
  const lines = dockerfile
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const stages: Stage[] = [];
  for (const line of lines) {
    const [, word = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    const stage = word === 'FROM' ? begun(rest, stages.length) : stages.pop();
    if (!stage) throw new Error(`before the first FROM: ${line}`);
    stages.push(word === 'FROM' ? stage : { ...stage, ...changed(stage, word, rest) });
  }
  return stages;
}

function begun(rest: string, at: number): Stage {
  const [, base = '', name = String(at)] = /^(\S+)(?:\s+AS\s+(\S+))?$/i.exec(rest) ?? [];
  const nothing = { env: {}, volumes: [], ports: [], healthcheck: [], command: [], steps: [] };
  return { name, base, workdir: '/', user: undefined, ...nothing };
}

function changed(stage: Stage, word: string, rest: string): Partial<Stage> {
  switch (word) {
    case 'WORKDIR':
      return { workdir: rest };
    case 'ENV':
      return { env: { ...stage.env, ...Object.fromEntries(rest.split(/\s+/).map((one) => one.split('='))) } };
    case 'USER':
      return { user: rest };
    case 'VOLUME':
      return { volumes: [...stage.volumes, rest] };
    case 'EXPOSE':
      return { ports: [...stage.ports, Number(rest)] };
    case 'HEALTHCHECK':
      return { healthcheck: JSON.parse(rest.slice(rest.indexOf('['))) as string[] };
    case 'CMD':
      return { command: JSON.parse(rest) as string[] };
    case 'RUN':
      return { steps: [...stage.steps, { kind: 'run', command: rest }] };
    case 'COPY':
      return { steps: [...stage.steps, copied(rest)] };
    default:
      throw new Error(`unknown instruction ${word}`);
  }
}

function copied(rest: string): Instruction {
  const words = rest.split(/\s+/);
  const from = words[0]?.startsWith('--from=') ? words.shift()?.slice('--from='.length) : undefined;
  const to = words.pop() ?? '';
  return { kind: 'copy', from, sources: words, to };
}
