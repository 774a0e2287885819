import { expect, test } from 'vitest';
import { progressOf } from '../../../scripts/store/progress.js';

function stage() {
  let now = 0;
  const lines: string[] = [];
  const progress = progressOf({ now: () => new Date(now) }, (line) => lines.push(line));
  const pass = (ms: number) => {
    now += ms;
  };
  return { progress, lines, pass };
}

test('nothing is said of what is done within a second', () => {
  const { progress, lines, pass } = stage();
  const done = progress.begin('copying', 1000);
  for (let n = 0; n < 1000; n += 1) {
    pass(1);
    done();
  }
  expect(lines).toEqual([]);
});

test('after a second there is a line, and then one each second, however many documents are done', () => {
  const { progress, lines, pass } = stage();
  const done = progress.begin('copying', 12_000);
  for (let n = 0; n < 12_000; n += 1) {
    if (n % 4 === 0) pass(1);
    done();
  }
  expect(lines).toEqual(['copying: 4,001 of 12,000 documents', 'copying: 8,005 of 12,000 documents']);
});

test('the second counts from the start of the command, not of its part', () => {
  const { progress, lines, pass } = stage();
  progress.begin('comparing', 1)();
  pass(1001);
  progress.begin('copying')();
  expect(lines).toEqual(['copying: 1 documents']);
});
