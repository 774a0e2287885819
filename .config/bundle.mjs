// The program in a few files instead of two thousand: to find and read modules was most of what a start took.
import { build } from 'rolldown';

await build({
  input: 'src/main.ts',
  platform: 'node',
  // What is native, or looks for something of its own on the disk; and what the SDKs take only where it is there.
  external: [/^node:/, /^@napi-rs\//, /^pg(-native)?$/, 'bufferutil', 'utf-8-validate', 'zlib-sync'],
  // discord.js has one, for its shards.
  checks: { eval: false },
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
