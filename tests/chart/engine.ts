// The text engine in the test's own process, blind to this machine's fonts like the painter's thread.
process.env.DISABLE_SYSTEM_FONTS_LOAD = '1';

export const { measureIn } = await import('../../src/chart/paint.js');
export const { drawable, familiesFor } = await import('../../src/chart/fonts.js');
