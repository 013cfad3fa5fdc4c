import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { errorOf, memoryOf, raw, start, type Started } from './started.ts';
import { within } from '../patience.ts';

let server: Started;
afterEach(() => server.stop());

const slow = () =>
  fetch(`${server.url}/slow`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }).then(
    (r) => r.status,
  );
const exit = async () => {
  await once(server.child, 'exit');
  return server.child.exitCode;
};
const soon = <T>(ms: number, what: Promise<T>) => Promise.race([what, sleep(ms, 'too late', { ref: false })]);
const begun = async () => (await memoryOf(server)).begun;

/** Times hold for a machine of its own, and are checked there. */
const TIMED = process.env['FRONTDESK_FULL'] === '1';

const DRAINING = [503, 'draining', 'close'];

/** What it says to the first who ask after a signal; where this process is starved, the door may be shut by then. */
async function notReady(): Promise<Response | null> {
  for (;;) {
    const ready = await fetch(`${server.url}/readyz`, { headers: { connection: 'close' } }).catch(() => null);
    if (ready?.status !== 200) return ready;
  }
}

test('SIGTERM: not ready at once, accepted requests finish, sockets end, exit 0', async () => {
  server = await start({ HOLD: '1', LIMIT_DRAIN_MS: '300000' });
  const sockets = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws?t=ok`);
      await once(socket, 'open');
      return socket;
    }),
  );
  const codes = Promise.all(sockets.map((socket) => new Promise<number>((resolve) => socket.once('close', resolve))));
  const stream = await fetch(`${server.url}/events`);
  const turns = Array.from({ length: 200 }, slow);
  await expect.poll(begun).toBe(200);
  const ended = exit();
  server.child.kill('SIGTERM');
  const asked = performance.now();
  const ready = await notReady();
  expect(performance.now() - asked).toBeLessThan(within(100));
  const said = ready && [ready.status, await errorOf(ready), ready.headers.get('connection')];
  expect(TIMED ? [DRAINING] : [DRAINING, null]).toContainEqual(said);
  server.child.kill('SIGUSR2');
  expect(new Set(await Promise.all(turns))).toEqual(new Set([200]));
  expect(new Set(await codes)).toEqual(new Set([1012]));
  await stream.text().catch(() => undefined);
  expect(await soon(within(5_000), ended)).toBe(0);
});

test('a second SIGTERM exits at once', async () => {
  server = await start({ HOLD: '1', LIMIT_DRAIN_MS: '300000' });
  void slow().catch(() => undefined);
  await expect.poll(begun).toBe(1);
  const ended = exit();
  server.child.kill('SIGTERM');
  await notReady();
  const asked = performance.now();
  server.child.kill('SIGTERM');
  expect(await soon(within(1_000), ended)).toBe(1);
  expect(performance.now() - asked).toBeLessThan(within(300));
});

test('slow headers and slow bodies are cut', async () => {
  server = await start({ LIMIT_HEADERS_MS: '600', LIMIT_REQUEST_MS: '900' });
  const [headers, body] = await Promise.all([
    raw(server.port, ['GET /things/1 HTTP/1.1\r\nHost: x\r\nX-'], { patience: 60_000 }),
    raw(
      server.port,
      ['POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{'],
      { patience: 60_000 },
    ),
  ]);
  expect([headers.status, body.status]).toEqual([408, 408]);
  expect(Math.max(headers.ms, body.ms)).toBeLessThan(within(2_800));
});

test('two thousand silent sockets displace each other, not the people', async () => {
  server = await start({ LIMIT_CONNECTIONS: '100' });
  const crowd: Socket[] = [];
  let cut = 0;
  for (let n = 0; n < 2_000; n++) {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined).once('close', () => (cut += 1));
    socket.write('POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{');
    crowd.push(socket);
    if (n % 200 === 0) await once(socket, 'connect');
  }
  // Our own side has as much to do with two thousand sockets as the server: ask when it is done.
  await vi.waitFor(() => expect(cut).toBeGreaterThan(1_850), { timeout: 60_000 });
  const times: number[] = [];
  for (let n = 0; n < 5; n++) {
    const asked = performance.now();
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    times.push(performance.now() - asked);
  }
  expect(times.toSorted((a, b) => a - b)[2]).toBeLessThan(within(200));
  expect(await slow()).toBe(200);
  const { rss } = await memoryOf(server);
  expect(rss).toBeLessThan(300_000_000);
  for (const socket of crowd) socket.destroy();
});
