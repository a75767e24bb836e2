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

/** What takes longest by itself begins first, so that nothing is waited for at the end. */
const long = [
  'test/cli/audit.test.ts',
  'test/engine/random-runs.test.ts',
  'test/pipeline/killed.test.ts',
  'test/pipeline/memo.test.ts',
  'test/science/certificate/certify.test.ts',
  'test/science/series/series.test.ts',
  'test/store/killed.test.ts',
];

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    globalSetup: ['test/support/build.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 4,
    reporters: ['default'],
    // They run in the order of their names.
    projects: [
      { extends: true, test: { name: 'apart', include: apart } },
      { extends: true, test: { name: 'long', include: long, isolate: false } },
      {
        extends: true,
        test: {
          name: 'others',
          include: ['test/**/*.test.ts'],
          exclude: [...apart, ...long],
          isolate: false,
        },
      },
    ],
  },
});
