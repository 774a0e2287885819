// SECURITY.md, claim by claim; the claims about members, messages and documents are kept in tests/security/.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

const page = readFileSync(join(root, 'SECURITY.md'), 'utf8');
const idsIn = (text: string): readonly string[] => [...text.matchAll(/^- \*\*(S\d+)\*\* /gm)].map(([, id = '']) => id);

/** Ids of all claims, in order. */
const claims = idsIn(page);

/** Files of tests, and the ids of the claims that each keeps. */
const kept = new Map<string, readonly string[]>(
  readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => {
      const text = readFileSync(join(root, 'tests', name), 'utf8');
      return [`tests/${name}`, [...text.matchAll(/^ *claim\(\s*'(S\d+): /gm)].map(([, id = '']) => id)] as const;
    }),
);

/** Parts of the page under one heading: the files that it names, and its claims. */
const parts = page.split(/^### /m).flatMap((part) => {
  const ids = idsIn(part);
  const files = [...part.matchAll(/`(tests\/[\w/.-]+\.test\.ts)`/g)].map(([, file = '']) => file);
  return ids.length === 0 ? [] : [{ ids, files }];
});

test('claims are numbered in order, none twice', () => {
  expect(claims.length).toBeGreaterThan(20);
  expect(claims).toEqual(claims.map((_, at) => `S${at + 1}`));
});

test('every claim is kept by a test, and every such test keeps a claim', () => {
  expect([...new Set([...kept.values()].flat())].sort()).toEqual([...claims].sort());
});

test('files that are named are there, and hold the claims that they are named for', () => {
  expect(parts.flatMap(({ files }) => files).filter((file) => !kept.has(file))).toEqual([]);
  const astray = parts.flatMap(({ ids, files }) =>
    ids.filter((id) => ![...kept].some(([file, keeps]) => files.includes(file) && keeps.includes(id))),
  );
  expect(astray).toEqual([]);
  const unnamed = [...kept].flatMap(([file, ids]) =>
    ids
      .filter((id) => !parts.some((part) => part.ids.includes(id) && part.files.includes(file)))
      .map((id) => [file, id]),
  );
  expect(unnamed).toEqual([]);
});
