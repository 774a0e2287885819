// The page itself: its files, its headers, and that its scripts hold what their types say.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalServer, localServer } from '../../support/local-server.js';

const folder = join(import.meta.dirname, '..', '..', '..', 'adapters', 'local');
const scripts = [
  join(folder, 'page.js'),
  ...readdirSync(join(folder, 'page')).map((name) => join(folder, 'page', name)),
].filter((path) => path.endsWith('.js'));

let server: LocalServer;
beforeAll(async () => {
  server = await localServer();
});
afterAll(() => server.stop());

describe('what is served', () => {
  test('the page and everything that it names', async () => {
    const page = await server.get('/');
    expect(page.status).toBe(200);
    const html = await page.text();
    const named = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(named.length).toBeGreaterThan(5);
    for (const path of named) expect([path, (await server.get(path)).status]).toEqual([path, 200]);
  });

  test.each(scripts)('every module that %s imports', async (path) => {
    const own = path.slice(folder.length);
    const imports = ts.preProcessFile(readFileSync(path, 'utf8')).importedFiles.map(({ fileName }) => fileName);
    for (const name of imports) {
      const asked = new URL(name, `${server.url}/local${own}`).pathname;
      const response = await server.get(asked);
      expect([asked, response.status]).toEqual([asked, 200]);
      expect(response.headers.get('content-type')).toMatch(/^text\/javascript/);
    }
  });

  test('nothing that was not meant to be', async () => {
    for (const path of ['/local/connect.ts', '/local/page/', '/local/page/../connect.ts', '/local/words/en.ts']) {
      expect((await server.get(path)).status).toBe(404);
    }
  });

  test('an unchanged file is not sent twice', async () => {
    const etag = (await server.get('/local/page.js')).headers.get('etag') ?? '';
    expect((await server.get('/local/page.js', { 'if-none-match': etag })).status).toBe(304);
  });
});

describe('headers', () => {
  test.each(['/', '/local/page.js', '/local/state?member=newcomer', '/local/state?member=nobody'])(
    '%s leaves under a policy that runs and frames nothing foreign',
    async (path) => {
      const { headers } = await server.get(path);
      const policy = headers.get('content-security-policy') ?? '';
      for (const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ]) {
        expect(policy.split('; ')).toContain(rule);
      }
      expect(policy).not.toMatch(/unsafe/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    },
  );
});

describe('the sources', () => {
  test('no inline script, style or handler', () => {
    const html = readFileSync(join(folder, 'page.html'), 'utf8');
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/i);
  });

  test('no text becomes markup', () => {
    for (const path of scripts) {
      expect(readFileSync(path, 'utf8')).not.toMatch(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser/,
      );
    }
  });

  test('every word that the scripts ask for is there', async () => {
    const { pageKeys } = await import('../../../adapters/local/words/index.js');
    const keys = new Set<string>([...pageKeys, 'send', 'cancel']);
    const asked = scripts.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/\bword\('(\w+)'\)/g)].map(([, key]) => key ?? ''),
    );
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter((key) => !keys.has(key))).toEqual([]);
  });

  test('the scripts hold what their types say', () => {
    const program = ts.createProgram(scripts, {
      allowJs: true,
      checkJs: true,
      strict: true,
      noEmit: true,
      noUncheckedIndexedAccess: true,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2024.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      module: ts.ModuleKind.ES2022,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: [],
    });
    const faults = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    expect(faults).toEqual([]);
  });
});
