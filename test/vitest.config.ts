/**
 * One configuration for the whole suite; files named `*.slow.test.ts` run by `npm run test:all` only, so that the
 * rest stays a matter of minutes. Settings: four workers, since many tests wait for files to age, generous limits, no timed
 * assertions.
 */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    exclude: process.env['COLOPHON_SLOW_TESTS'] === '1' ? [] : ['**/*.slow.test.ts'],
    globalSetup: ['test/support/build.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 4,
    reporters: ['default'],
  },
});
