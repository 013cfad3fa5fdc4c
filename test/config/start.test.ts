import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { within } from '../patience.ts';

const main = fileURLToPath(new URL('../../src/start.js', import.meta.url));

/** Starts the real server with nothing but these settings; waits for its end. */
const run = (env: Record<string, string>) =>
  new Promise<{ code: number | null; printed: string; ms: number }>((resolve) => {
    const started = performance.now();
    const child = spawn(process.execPath, [main], { env: { PATH: process.env['PATH'], ...env } });
    let printed = '';
    const onData = (chunk: Buffer) => (printed += chunk.toString());
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    const timer = setTimeout(() => child.kill('SIGKILL'), 100_000);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve({ code, printed, ms: performance.now() - started });
    });
  });

test.each<[string, Record<string, string>]>([
  ['TOKEN_SIGNING_KEYS', { NODE_ENV: 'production', TOKEN_SIGNING_KEYS: 'canary' }],
  ['MicrosoftAppPassword', { NODE_ENV: 'production', MicrosoftAppPassword: 'canary' }],
  ['NODE_ENV', { NODE_ENV: 'canary' }],
  ['HOST', { HOST: '0.0.0.0', MicrosoftAppPassword: 'canary' }],
])('the server itself refuses to start, soon, naming %s and no value', async (setting, env) => {
  const { code, printed, ms } = await run(env);
  expect(code).toBe(1);
  expect(ms).toBeLessThan(within(3_000));
  expect(printed).toMatch(new RegExp(`^${setting} `, 'm'));
  expect(printed).not.toMatch(/canary| at \S+ \(/);
});
