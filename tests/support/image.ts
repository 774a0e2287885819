// The image of deploy/Dockerfile without a container engine: its steps in clean folders, and what it starts behind
// chroot, with a root that is read-only, another user, no capabilities, and the volume alone to write in. Linux, root.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { type Stage, stagesOf } from './dockerfile.js';

const context = join(import.meta.dirname, '..', '..');

/** The user `node` of the official image. */
const uid = 1000;

/** Around a folder: the system's programs to read, one Node, no other user's files; then, as root or not, a command. */
const container = `
set -eu
root=$1 node=$2 writable=$3 volume=$4 user=$5
shift 5
mount --bind "$root" "$root"
for folder in usr bin sbin lib lib64; do
  if [ -L "/$folder" ]; then ln -sfn "$(readlink "/$folder")" "$root/$folder"
  elif [ -d "/$folder" ]; then mkdir -p "$root/$folder"; mount --bind -o ro "/$folder" "$root/$folder"; fi
done
mkdir -p "$root/proc" "$root/dev" "$root/tmp"
mount -t tmpfs tmpfs "$root/usr/local"
mkdir "$root/usr/local/bin"
touch "$root/usr/local/bin/node"
mount --bind -o ro "$node" "$root/usr/local/bin/node"
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
if [ "$writable" = no ]; then
  mount -o remount,bind,ro "$root"
  mount -o remount,ro "$root/usr/local"
  mount --bind "$volume" "$root/app/data"
fi
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
if [ "$user" = 0 ]; then exec chroot "$root" "$@"; fi
exec chroot "$root" setpriv --reuid="$user" --regid="$user" --clear-groups --no-new-privs --bounding-set=-all "$@"
`;

export interface Image {
  /** The root of the image's files. */
  readonly root: string;
  readonly final: Stage;
  /** Runs a command in it as its user, with what the image and these variables set. */
  start(command: readonly string[], env?: Readonly<Record<string, string>>): ChildProcess;
  /** @returns exit code and what was written; as `start` */
  run(command: readonly string[], env?: Readonly<Record<string, string>>): Promise<{ code: number; said: string }>;
  remove(): void;
}

/** Needs the npm registry. */
export function buildImage(): Image {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-image-'));
  chmodSync(folder, 0o755);
  const stages = stagesOf(readFileSync(join(context, 'deploy', 'Dockerfile'), 'utf8'));
  const rootOf = (stage: Stage): string => join(folder, stage.name);
  const final = stages.at(-1);
  if (!final) throw new Error('deploy/Dockerfile has no stage');
  const root = rootOf(final);
  const volume = join(folder, 'volume');
  for (const stage of stages) {
    mkdirSync(join(rootOf(stage), stage.workdir), { recursive: true });
    if (stage === final) furnish(root);
    for (const step of stage.steps) {
      if (step.kind === 'copy') copy(step, stage, rootOf(stage), step.from ? join(folder, step.from) : context);
      else if (stage === final)
        execFileSync(...inside({ root, volume, stage, user: 0, command: ['sh', '-c', step.command] }));
      // The other stage has the tools of this machine, and no root but its folder.
      else
        runOutside(
          step.command.replaceAll(` ${stage.workdir}`, ` ${join(rootOf(stage), stage.workdir)}`),
          rootOf(stage),
          stage,
        );
    }
  }
  // As Docker does it: a new volume begins with what the image has there.
  execFileSync('cp', ['--archive', '--no-target-directory', join(root, final.volumes[0] ?? ''), volume]);
  const start: Image['start'] = (command, env = {}) => {
    const [program, args] = inside({ root, volume, stage: final, user: uid, command, env });
    return spawn(program, args, { stdio: 'pipe' });
  };
  return {
    root,
    final,
    start,
    async run(command, env) {
      const child = start(command, env);
      let said = '';
      child.stdout?.on('data', (chunk: Buffer) => void (said += chunk.toString()));
      child.stderr?.on('data', (chunk: Buffer) => void (said += chunk.toString()));
      const [code] = (await once(child, 'close')) as [number];
      return { code, said };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The users of the base image, and where a name like localhost is looked up. */
function furnish(root: string): void {
  mkdirSync(join(root, 'etc'));
  writeFileSync(join(root, 'etc', 'passwd'), `root:x:0:0::/root:/bin/sh\nnode:x:${uid}:${uid}::/home/node:/bin/sh\n`);
  writeFileSync(join(root, 'etc', 'group'), `root:x:0:\nnode:x:${uid}:\n`);
  writeFileSync(join(root, 'etc', 'hosts'), '127.0.0.1 localhost\n');
}

function copy(
  { sources, to }: { readonly sources: readonly string[]; readonly to: string },
  stage: Stage,
  root: string,
  from: string,
): void {
  const target = isAbsolute(to) ? join(root, to) : join(root, stage.workdir, to);
  for (const source of sources) {
    const into = to.endsWith('/') ? join(target, source.split('/').at(-1) ?? '') : target;
    mkdirSync(dirname(into), { recursive: true });
    cpSync(join(from, source), into, { recursive: true, verbatimSymlinks: true });
  }
}

function runOutside(command: string, root: string, { workdir, env }: Stage): void {
  const { PATH = '', HOME = '' } = process.env;
  execFileSync('sh', ['-c', command], { cwd: join(root, workdir), env: { PATH, HOME, ...env }, stdio: 'pipe' });
}

interface Inside {
  readonly root: string;
  readonly volume: string;
  readonly stage: Stage;
  readonly user: number;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

function inside({ root, volume, stage, user, command, env = {} }: Inside): [string, string[]] {
  const variables = Object.entries({ PATH: '/usr/local/bin:/usr/bin:/bin', ...stage.env, ...env });
  const given = ['env', '-i', `--chdir=${stage.workdir}`, ...variables.map(([name, value]) => `${name}=${value}`)];
  const head = [root, process.execPath, user === 0 ? 'yes' : 'no', volume, String(user)];
  return ['unshare', ['--mount', 'sh', '-c', container, 'container', ...head, ...given, ...command]];
}
