// One-way imports, read from every import of the program; and rules that keep their hands off time and chance.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

const files = ['src', 'adapters'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);

/** What a file imports: paths of ours from the root, names of packages as they are. */
const importsOf = (file: string): readonly string[] =>
  ts
    .preProcessFile(readFileSync(join(root, file), 'utf8'))
    .importedFiles.map(({ fileName }) => fileName)
    .map((name) => (name.startsWith('.') ? normalize(join(dirname(file), name)) : name));

/** The files that import something so named. */
const importers = (of: RegExp): readonly string[] =>
  files.filter((file) => importsOf(file).some((name) => of.test(name)));

const isOurs = (name: string): boolean => /^(src|adapters)\//.test(name);
const sdk = { slack: /^@slack\//, discord: /^(discord\.js|@discordjs\/)/ };

/** Where a file may import from, among our own. */
function allowed(file: string): RegExp {
  const [top, second, third] = file.split('/');
  if (file === 'src/main.ts') return /./;
  if (top === 'adapters')
    return new RegExp(`^(src/core/|adapters/${second}/${file.endsWith('manifest.ts') ? '|src/core' : ''})`);
  if (second === 'core') return /^src\/core\//;
  if (second === 'store') return /^src\/(core|store)\//;
  if (second === 'chart') return /^src\/(core|chart)\//;
  if (file === 'src/features/index.ts') return /^src\/(core|features)\//;
  if (second === 'features') return new RegExp(`^src/(core|features/${third})/`);
  return /^src\/core\//;
}

describe('imports', () => {
  test('there are files to read', () => expect(files.length).toBeGreaterThan(30));

  test.each(files)('%s imports only what its place allows', (file) => {
    const strays = importsOf(file).filter((name) => isOurs(name) && !allowed(file).test(name));
    expect(strays).toEqual([]);
  });

  test('nothing imports main, and only main imports config and http', () => {
    expect(importers(/^src\/main\.js$/)).toEqual([]);
    expect(importers(/^src\/(config|http)\.js$/)).toEqual(['src/main.ts']);
  });

  test.each(Object.entries(sdk))('only adapters/%s imports its SDK', (name, pattern) => {
    const strays = files.filter(
      (file) => !file.startsWith(`adapters/${name}/`) && importsOf(file).some((one) => pattern.test(one)),
    );
    expect(strays).toEqual([]);
  });

  test('only src/chart imports the text engine, and only main imports src/chart', () => {
    const isElsewhere = (file: string): boolean => !file.startsWith('src/chart/');
    expect(importers(/^(@napi-rs|@fontsource)/).filter(isElsewhere)).toEqual([]);
    expect(importers(/^src\/chart\//).filter((file) => isElsewhere(file) && file !== 'src/main.ts')).toEqual([]);
  });

  test('the thread of the painter alone loads the text engine', () => {
    expect(importers(/^@napi-rs/)).toEqual(['src/chart/fonts.ts', 'src/chart/paint.ts']);
    expect(importers(/chart\/(fonts|paint)\.js$/)).toEqual(['src/chart/paint.ts', 'src/chart/thread.ts']);
  });

  test('core knows no package but those that it stands on', () => {
    const known = /^(node:|zod$|intl-messageformat$|node-cron$|prom-client$|undici$)/;
    const strays = files
      .filter((file) => file.startsWith('src/core/'))
      .flatMap((file) => importsOf(file).filter((name) => !isOurs(name) && !known.test(name)));
    expect(strays).toEqual([]);
  });
});

describe('what is pure', () => {
  const pure = files.filter((file) =>
    /(features\/.*\/(model|search|scan|reminders)|chart\/(layout|paragraph|picture|text))\.ts$/.test(file),
  );

  test.each(pure)('%s asks neither the clock nor chance', (file) => {
    const text = readFileSync(join(root, file), 'utf8');
    expect(text).not.toMatch(/Date\.now|new Date\(\)|Math\.random|randomBytes|randomUUID|performance\./);
    expect(importsOf(file).filter((name) => /core\/(store|feature|outbox)/.test(name))).toEqual([]);
  });
});

test('the environment is read in config.ts alone', () => {
  const readers = files.filter((file) => readFileSync(join(root, file), 'utf8').includes('process.env'));
  expect(readers).toEqual(['src/config.ts']);
});
