import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Feature, Option } from '../../src/core/feature.js';
import { readTyped, typedRoutes, usage } from '../../src/core/typed.js';
import { coreWords } from '../../src/core/words/index.js';
import { features } from '../../src/features/index.js';

const option = (name: string, more: Partial<Option> = {}): Option => ({ name, about: 'fault', ...more });

const route = (...options: Option[]) => ({
  typed: { about: 'fault', options },
  run: async () => ({ kind: 'nothing' }) as const,
});

const wg: Feature = {
  name: 'wg',
  about: 'fault',
  main: 'wg.list',
  words: coreWords as Feature['words'],
  privacy: { exports: async () => undefined, erases: async () => undefined },
  routes: {
    'wg.list': route(),
    'wg.show': route(option('id', { required: true }), option('note', { rest: true })),
    'wg.hidden': { run: async () => ({ kind: 'nothing' }) },
  },
};

const read = (text: string) => readTyped([wg], '/wg', text);

describe('what was typed', () => {
  test('a bare command is its main route', () => expect(read('  ')).toEqual({ to: 'wg.list', args: {} }));

  test('words go to the options in turn, the rest to the last', () => {
    expect(read('show PSWG  please  hurry ')).toEqual({ to: 'wg.show', args: { id: 'PSWG', note: 'please  hurry' } });
  });

  test.each(['"two words"', '“two words”', '«two words»', '„two words“', '「two words」'])(
    '%s is one word',
    (typed) => {
      expect(read(`show ${typed} x`)?.args).toEqual({ id: 'two words', note: 'x' });
    },
  );

  test('only an exact lower-case first word is a subcommand', () => {
    expect(read('SHOW PSWG')).toEqual({ to: 'wg.list', args: { unexpected: 'SHOW PSWG' } });
    expect(read('showing')).toEqual({ to: 'wg.list', args: { unexpected: 'showing' } });
    expect(read('"show" PSWG')).toEqual({ to: 'wg.list', args: { unexpected: '"show" PSWG' } });
    expect(read('hidden')).toEqual({ to: 'wg.list', args: { unexpected: 'hidden' } });
  });

  test.each(['ID', 'id', 'ID:', ' Id '])('%s before an id is what cards write there, and no part of it', (word) => {
    expect(read(`show ${word} 7K3F please`)?.args).toEqual({ id: '7K3F', note: 'please' });
  });

  test('the word alone, or in front of anything else, is what was typed', () => {
    expect(read('show ID')?.args).toEqual({ id: 'ID' });
    expect(read('show IDNA x')?.args).toEqual({ id: 'IDNA', note: 'x' });
    expect(read('show 7K3F ID 7')?.args).toEqual({ id: '7K3F', note: 'ID 7' });
  });

  test('a command that is not ours is nobody’s', () => expect(readTyped([wg], '/poll', '')).toBeUndefined());

  test('whatever is typed reads without a fault, and only into what the route takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const feature of features) {
          const target = readTyped(features, feature.name, text);
          expect(feature.routes[target?.to ?? '']).toBeDefined();
        }
      }),
    );
  });

  test('usage shows what may be left out in brackets', () => {
    expect(typedRoutes(wg).map(usage)).toEqual(['/wg [list]', '/wg show ID [NOTE]']);
  });

  test('usage shows the word by which an option is found behind the rest', () => {
    const options = [option('term', { rest: true, required: true }), option('language', { preposition: 'in' })];
    const only = { ...wg, routes: { 'wg.list': route(...options) } };
    expect(typedRoutes(only).map(usage)).toEqual(['/wg TERM [in LANGUAGE]']);
  });
});
