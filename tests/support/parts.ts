// What every bot in a test is put together with, unless the test brings its own.
import type { Parts } from '../../src/core/bot.js';

/** A key as long as SECRET_KEY has to be, and a painter that writes down what it was to draw. */
export const testParts = {
  secretKey: 'k'.repeat(32),
  draw: async (chart) => new TextEncoder().encode(JSON.stringify(chart)),
  operator: {},
} satisfies Partial<Parts>;
