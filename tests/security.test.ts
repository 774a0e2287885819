// SECURITY.md, claim by claim; the claims about members, messages and documents are kept in tests/security/.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Ids of all claims, in order. */
const claims = [...readFileSync(join(root, 'SECURITY.md'), 'utf8').matchAll(/^- \*\*(S\d+)\*\* /gm)].map(
  ([, id]) => id,
);

/** Ids of all claims that a test keeps. */
const kept = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .flatMap((name) => [...readFileSync(join(root, 'tests', name), 'utf8').matchAll(/^ *claim\(\s*'(S\d+): /gm)])
  .map(([, id]) => id);

test('claims are numbered in order, none twice', () => {
  expect(claims.length).toBeGreaterThan(20);
  expect(claims).toEqual(claims.map((_, at) => `S${at + 1}`));
});

test('every claim is kept by a test, and every such test keeps a claim', () => {
  expect([...new Set(kept)].sort()).toEqual([...claims].sort());
});
