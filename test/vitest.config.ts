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

/** One process for many files: the book and all packages are loaded once. What a mock was told in one file isn't told in the next. */
const shared = { ...common, isolate: false, clearMocks: true };

const of = (room: string) => `test/${room}.test.ts`;

/** Tests that change nothing that another test could see. */
const QUIET = [
  'cards/*',
  'chat/*',
  'config/{config,host-pages}',
  'conversations/{added-at-once,colleagues,incident-watch,tenants}',
  'desk/!(relay)',
  'dialogs/*',
  // Not the one with a browser: it would be the last, and all others would wait for it.
  'direct-line/!(webchat)',
  'handoff/*',
  'http/{client,warnings}',
  'intake/*',
  'knowledge/*',
  'log/*',
  // Mocks a package that others have loaded: what it sees would be theirs.
  'policy/!(plain-yaml)',
  'promises/*',
  'storage/!(*-faults)',
  // Not the connector's: its far side is plain http, and restify changes `ServerResponse` wherever it was loaded.
  'teams/{again,fit,pace,sender,words-of}',
  'triage/*',
].map(of);

/** Tests that see the house from outside only: a server or a command that is a process of its own, and the pages in a browser. */
const OUTSIDE = [
  'cli/*',
  'config/start',
  'conversations/{after-filing,browser,eleven,incident-end,kills,once,upgrade}',
  'desk/relay',
  'entra/*',
  'http/*',
  'import/*',
  'mail/*',
  'manifest/pack',
  'pages/*',
  'storage/*-faults',
  'teams/{auth,changed,connector,door,faults,notices,playground,service-url,shared}',
  'tickets/webhook',
  'whole/*',
].map(of);

/** Tests with nock, which sits in the process's http as soon as it is loaded: none of the quiet ones is to talk through it. */
const PLAYED = [
  'directory/*',
  'graph/!(conversations|settings)',
  'teams/authorization',
  'tickets/{azure-support,servicenow}',
].map(of);

export default defineConfig({
  test: {
    root,
    globalSetup: 'test/build.ts',
    // One more than the cores of the smallest machine: a third of what a worker does there is waiting (for a lease, a lock, a deadline).
    maxWorkers: 3,
    projects: [
      { test: { ...shared, name: 'quiet', include: QUIET, setupFiles: 'test/left-as-found.ts' } },
      {
        test: {
          ...shared,
          name: 'outside',
          include: OUTSIDE,
          exclude: QUIET,
          setupFiles: 'test/left-as-found.ts',
        },
      },
      { test: { ...shared, name: 'played', include: PLAYED } },
      {
        test: { ...common, name: 'alone', include: ['test/**/*.test.ts'], exclude: [...QUIET, ...OUTSIDE, ...PLAYED] },
      },
    ],
  },
});
