// .env.example and config.ts name the same variables, each with a line on it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { variables } from '../src/config.js';

const lines = readFileSync(join(import.meta.dirname, '..', '.env.example'), 'utf8').split('\n');
const named = lines.flatMap((line) => /^([A-Z_]+)=$/.exec(line)?.[1] ?? []);

test('.env.example names every variable that is read, in the same order', () => expect(named).toEqual(variables));

test('each variable has a line on it', () => {
  const bare = named.filter((name) => !lines[lines.indexOf(`${name}=`) - 1]?.startsWith('# '));
  expect(bare).toEqual([]);
});
