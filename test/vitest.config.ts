import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What holds for every test. */
const common = {
  root,
  // Machines are shared: what is waited for comes when it comes; a few seconds are no verdict.
  expect: { poll: { timeout: 10_000 } },
  // Nothing is timed here: a machine that is busy elsewhere makes no test fail.
  testTimeout: 120_000,
  hookTimeout: 120_000,
};

/** Rooms whose tests change nothing that another test could see: their files share a process, and the book and all packages are loaded once. */
const QUIET = ['cards', 'dialogs', 'handoff', 'intake', 'knowledge', 'log', 'policy', 'promises', 'triage'].map(
  (room) => `test/${room}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    root,
    globalSetup: 'test/build.ts',
    // Both cores: one worker alone would take more than ten minutes.
    maxWorkers: 2,
    projects: [
      { test: { ...common, name: 'quiet', include: QUIET, isolate: false } },
      { test: { ...common, name: 'alone', include: ['test/**/*.test.ts'], exclude: QUIET } },
    ],
  },
});
