// `npm run test:machine`: what needs more than Node: a browser, the npm registry, root, Debian's tools, much of the machine.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/browser/**/*.test.ts', 'tests/machine/**/*.test.ts', 'tests/adapters/load.test.ts'],
    // Some of them wait half of the time.
    maxWorkers: 2,
    globalSetup: ['tests/support/build.ts'],
    // A browser on a busy machine is late now and then; what is really broken fails three times.
    retry: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
