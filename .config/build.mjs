// Compiles what runs into dist/. Types are stripped, not checked: `npm run check` does that.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'rolldown';

const root = join(import.meta.dirname, '..');

/** Those that are there: an image is built without bench. */
const folders = ['src', 'adapters', 'scripts', 'bench'];

const modules = readdirSync(root)
  .filter((name) => folders.includes(name))
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((name) => join(root, folder, name)))
  .filter((path) => path.endsWith('.ts'));

// Each module as a file of its own, for scripts, threads and the bench.
await build({
  cwd: root,
  input: modules,
  platform: 'node',
  external: /^[^./]/,
  treeshake: false,
  output: { dir: 'dist', format: 'esm', sourcemap: true, preserveModules: true, preserveModulesRoot: root },
});

/**
 * discord.js and its REST client each bring an undici. Nothing is sent through either, since adapters/discord/client.ts
 * says how to send: ours is enough.
 */
const oneUndici = {
  name: 'one-undici',
  resolveId: (source) => (source === 'undici' ? createRequire(join(root, 'package.json')).resolve(source) : null),
};

/** Bolt brings Express for a receiver that nobody here asks for, and with it tables of every encoding there is. */
const leftOut = ['express', 'iconv-lite'];

const withoutThem = {
  name: 'without-them',
  resolveId: (source) => (leftOut.includes(source) ? `\0${source}` : null),
  load(id) {
    const name = leftOut.find((one) => id === `\0${one}`);
    if (!name) return null;
    const code = `module.exports = () => { throw new Error('${name} is left out: see .config/build.mjs'); };`;
    return { code, moduleType: 'js' };
  },
};

// The program in a few files instead of two thousand: to find and read modules was most of what a start took.
await build({
  cwd: root,
  input: 'src/main.ts',
  platform: 'node',
  // What is native, or looks for something of its own on the disk; and what the SDKs take only where it is there.
  external: [/^node:/, /^@napi-rs\//, /^pg(-native)?$/, 'bufferutil', 'utf-8-validate', 'zlib-sync'],
  // discord.js has one, for its shards.
  checks: { eval: false },
  plugins: [oneUndici, withoutThem],
  output: {
    dir: 'dist/program',
    format: 'esm',
    sourcemap: true,
    cleanDir: true,
    // Sources stay in memory, twice as long with a single character that is not Latin: this is worth 10 MB.
    charset: 'ascii',
    comments: { legal: true, annotation: false, jsdoc: false },
  },
});
