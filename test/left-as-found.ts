import assert from 'node:assert/strict';
import http from 'node:http';
import { afterAll } from 'vitest';

/** What a file could leave changed for the next one in its process; nock changes `request` as soon as it is loaded. */
const found = () => ({
  env: { ...process.env },
  folder: process.cwd(),
  date: globalThis.Date,
  fetch: globalThis.fetch,
  request: http.request,
  timer: globalThis.setTimeout,
});

const before = found();
afterAll(() => assert.deepEqual(found(), before, 'what belongs to the process is left as it was found'));
