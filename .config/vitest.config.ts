// `npm test`: everything that a fresh machine with Node can run.
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * It takes minutes where CI asks for many rounds. Begun last, it would be waited for alone; begun first, it would take the
 * processors from those that look at the time.
 */
const long = /store\/embedded-kill\.test\.ts$/;

class LongInTheMiddle extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => long.test(moduleId);
    const others = (await super.sort(files)).filter((file) => !isLong(file));
    return others.toSpliced(others.length / 3, 0, ...files.filter(isLong));
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
    sequence: { sequencer: LongInTheMiddle },
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
