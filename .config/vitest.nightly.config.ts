// `npm run soak`: mixed traffic for SOAK_MINUTES (60 when unset), during which memory and handles must stay flat.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['tests/nightly/**/*.test.ts'],
    globalSetup: ['tests/support/build.ts'],
    hookTimeout: 60_000,
  },
});
