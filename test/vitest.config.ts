import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/build.ts',
    // Machines are shared: what is waited for comes when it comes; a few seconds are no verdict.
    expect: { poll: { timeout: 10_000 } },
    // Both cores: one worker alone would take more than ten minutes.
    maxWorkers: 2,
    // Nothing is timed here: a machine that is busy elsewhere makes no test fail.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
