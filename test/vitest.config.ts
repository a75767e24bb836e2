/**
 * One configuration for the whole suite: generous limits, no timed assertions, four workers, since many tests wait
 * for processes. Test files share a worker's modules, which have no state; those that replace modules, or look at
 * what their own process uses, run apart.
 */
import { defineConfig } from 'vitest/config';

const apart = [
  'test/engine/closure.test.ts',
  'test/executors/usage.test.ts',
  'test/stages/figures.test.ts',
  'test/store/files.test.ts',
];

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    globalSetup: ['test/support/build.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 4,
    reporters: ['default'],
    projects: [
      { extends: true, test: { name: 'apart', include: apart } },
      {
        extends: true,
        test: { name: 'together', include: ['test/**/*.test.ts'], exclude: apart, isolate: false },
      },
    ],
  },
});
