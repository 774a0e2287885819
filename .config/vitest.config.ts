// `npm test`: everything that a fresh machine with Node can run.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/browser/**', 'tests/machine/**', 'tests/nightly/**', 'tests/adapters/load.test.ts'],
    globalSetup: ['tests/support/build.ts'],
    // Most of them wait: for a clock, a socket, a process of their own.
    maxWorkers: 3,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
