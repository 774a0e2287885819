// `npm test`: everything that a fresh machine with Node can run.
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** These take a minute or more where CI asks for many rounds: begun last, one of them would be waited for alone. */
const long = /(store\/embedded-kill|program\/\w+|comments\/year|store\/postgres-faults)\.test\.ts$/;

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): number => Number(long.test(moduleId));
    return (await super.sort(files)).sort((a, b) => isLong(b) - isLong(a));
  }
}

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/browser/**', 'tests/machine/**', 'tests/nightly/**', 'tests/adapters/load.test.ts'],
    globalSetup: ['tests/support/build.ts'],
    // Most of them wait: for a clock, a socket, a process of their own.
    maxWorkers: 3,
    sequence: { sequencer: LongFirst },
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
