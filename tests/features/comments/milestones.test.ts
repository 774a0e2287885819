import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  defaultSteps,
  mostSteps,
  planned,
  readSteps,
  type Step,
  writtenSteps,
} from '../../../src/features/comments/milestones.js';

const now = new Date('2026-03-01T00:00:00Z');
const named = (name: string) =>
  (['call', 'draft', 'comments', 'vote', 'submission'] as const).find((key) => key === name);
const nameOf = ({ key, name }: Step): string => name ?? key;

describe('At-Large’s dates', () => {
  const list = planned(defaultSteps, '2026-04-12', '2026-03-01');

  test('leave a week for comments on the draft and five days for the vote, and end before the closing', () => {
    expect(list.map(({ step, on, until }) => [step.key, on, until])).toEqual([
      ['call', '2026-03-13', undefined],
      ['draft', '2026-03-25', undefined],
      ['comments', '2026-03-25', '2026-04-01'],
      ['vote', '2026-04-04', '2026-04-09'],
      ['submission', '2026-04-10', undefined],
    ]);
  });

  test('that would lie before the opening come on its day', () => {
    const short = planned(defaultSteps, '2026-03-24', '2026-03-10');
    expect(short.slice(0, 3).map(({ step, on }) => [step.key, on])).toEqual([
      ['call', '2026-03-10'],
      ['draft', '2026-03-10'],
      ['comments', '2026-03-10'],
    ]);
  });
});

describe('typed dates', () => {
  test('are days or calendar dates with a name, in whatever form of dash', () => {
    const steps = readSteps(
      '30 call\n 18–11 Comments on it\n\n2026-04-01 - 2026-04-05 GAC review\n2: submission',
      named,
      now,
    );
    expect(steps).toMatchObject([
      { key: 'call', from: 30 },
      { name: 'Comments on it', from: 18, until: 11 },
      { name: 'GAC review', from: '2026-04-01', until: '2026-04-05' },
      { key: 'submission', from: 2 },
    ]);
  });

  test('none at all is a choice', () => expect(readSteps(' \n', named, now)).toEqual([]));

  test.each([
    ['draft', 1],
    ['18 draft\nvote', 2],
    ['18 draft\n17 draft', 2],
    ['3-8 vote', 1],
    ['400 call', 1],
    ['2026-02-30 call', 1],
    ['2026-04-05 - 2026-04-01 call', 1],
    [`${'x'.repeat(70)}`, 1],
    [Array.from({ length: mostSteps + 1 }, (_, n) => `${n} step ${n}`).join('\n'), mostSteps + 1],
  ])('that cannot be read are named by their line: %s', (typed, line) => {
    expect(readSteps(typed, named, now)).toEqual({ line });
  });

  test('are read as they are written', () => {
    const name = fc.stringMatching(/^[A-Z][a-z]{2,12}( [a-z]{1,8})?$/);
    const day = fc.integer({ min: 0, max: 365 });
    const step = fc.tuple(day, fc.option(day), name);
    fc.assert(
      fc.property(fc.uniqueArray(step, { maxLength: 8, selector: ([, , of]) => of.toLowerCase() }), (list) => {
        const lines = list.map(([from, until, of]) =>
          until === null ? `${from} ${of}` : `${Math.max(from, until)}-${Math.min(from, until)} ${of}`,
        );
        const steps = readSteps(lines.join('\n'), named, now);
        if ('line' in steps) throw new Error(`line ${steps.line}`);
        expect(readSteps(writtenSteps(steps, nameOf), named, now)).toEqual(steps);
      }),
    );
  });
});
