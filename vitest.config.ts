import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/empty-database.ts'],
    setupFiles: ['test/support/setup.ts'],
    // Generous, since machines are busy: a test that waits for something says itself what it waited for.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Tests wait more than they compute: two cores carry four at once, in little more than half the time of two.
    maxWorkers: 4,
    // Nothing of ours keeps anything for the whole process, so files may share one: Bolt is read twice, not 170 times.
    isolate: false,
    // `.ci/run` counts from the report.
    reporters: ['default', ['json', { outputFile: 'node_modules/.vitest/report.json' }]],
  },
});
