/** A started server with the real door and routes made up for the tests; prints its port as one JSON line. */
import { WebSocketServer } from 'ws';
import { Readable } from 'node:stream';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '#src/config.ts';
import { Refusal, type Route } from '#src/http/call.ts';
import { createDoor } from '#src/http/door.ts';
import { healthRoutes } from '#src/http/health.ts';
import { onSignals } from '#src/http/lifecycle.ts';
import { createLog } from '#src/http/log.ts';
import { createMetrics } from '#src/http/metrics.ts';
import { createRates } from '#src/http/rates.ts';

const config = readConfig(process.env);
const log = createLog(config);
const metrics = createMetrics();
const rates = createRates(config);
const door = createDoor({ config, log, answered: metrics.answered });
const sockets = new WebSocketServer({ noServer: true });
let begun = 0;
let done = 0;
/** Where `HOLD` is set, what is slow ends when the test says so, with a SIGUSR2. */
const released = process.env['HOLD'] === undefined ? null : once(process, 'SIGUSR2');
let broken = false;

const routes: Route[] = [
  { method: 'POST', path: '/echo', body: 'json', handle: ({ json }) => ({ status: 200, json: { got: json ?? null } }) },
  {
    method: 'POST',
    path: '/slow',
    body: 'json',
    handle: async () => {
      begun += 1;
      await (released ?? sleep(400));
      done += 1;
      return { status: 200, json: { done } };
    },
  },
  {
    method: 'GET',
    path: '/things/:id',
    handle: ({ params, query }) => ({ status: 200, json: { id: params['id'], q: query.get('q') } }),
  },
  { method: 'GET', path: '/shared/:id', cors: 'embed', handle: ({ ip }) => ({ status: 200, json: { ip } }) },
  { method: 'POST', path: '/shared/:name', cors: 'embed', body: 'json', handle: () => ({ status: 200, json: {} }) },
  {
    method: 'GET',
    path: '/throws',
    handle: () => {
      throw new Error('canary-internal /etc/passwd SELECT 1');
    },
  },
  { method: 'GET', path: '/rejects', handle: () => Promise.reject(new TypeError('canary-internal')) },
  {
    method: 'GET',
    path: '/refuses',
    handle: () => {
      throw new Refusal(409, 'taken', 'Somebody else has it.');
    },
  },
  {
    method: 'POST',
    path: '/mint',
    body: 'json',
    handle: async ({ ip }) => {
      await rates.mint(ip);
      return { status: 200, json: {} };
    },
  },
  {
    method: 'POST',
    path: '/message',
    body: 'json',
    handle: async () => {
      await rates.message('p1');
      return { status: 200, json: {} };
    },
  },
  {
    method: 'GET',
    path: '/page',
    kind: 'page',
    handle: () => ({ status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' }, text: '<p>x' }),
  },
  {
    method: 'GET',
    path: '/frame',
    kind: 'embeddable-page',
    handle: () => ({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, text: '<p>x' }),
  },
  {
    method: 'GET',
    path: '/file.js',
    kind: 'asset',
    handle: () => ({
      status: 200,
      headers: { 'Content-Type': 'text/javascript', 'Cache-Control': 'max-age=60' },
      bytes: Buffer.from('1'),
    }),
  },
  {
    method: 'GET',
    path: '/large',
    handle: () => ({ status: 200, stream: Readable.from([Buffer.alloc(1_000), Buffer.alloc(1_000)]) }),
  },
  {
    method: 'GET',
    path: '/events',
    handle: () => ({
      status: 200,
      headers: { 'Content-Type': 'text/event-stream' },
      stream: new Readable({ read() {} }),
    }),
  },
  {
    method: 'POST',
    path: '/break',
    handle: () => {
      broken = true;
      return { status: 204 };
    },
  },
  {
    method: 'POST',
    path: '/block',
    handle: () => {
      const until = Date.now() + 2_600;
      while (Date.now() < until);
      return { status: 204 };
    },
  },
  {
    method: 'GET',
    path: '/memory',
    handle: () => {
      globalThis.gc?.();
      return { status: 200, json: { rss: process.memoryUsage.rss(), pid: process.pid, begun } };
    },
  },
];

door.routes(routes);
door.routes(metrics.routes(config));
metrics.watch({ pending: () => 3, jobs: async () => ({ ready: 2, dead: 1 }) });
const storage = {
  name: 'storage',
  run: () => {
    if (broken) throw new Error('canary-internal database is locked');
  },
};
door.routes(healthRoutes({ draining: () => door.draining, checks: [storage] }));
door.upgrades([
  {
    path: /^\/ws$/,
    handle: async ({ request, socket, head, url }) => {
      if (url.searchParams.get('t') === 'throw') throw new Error('canary-internal');
      if (url.searchParams.get('t') !== 'ok') throw new Refusal(403, 'token', 'No.');
      sockets.handleUpgrade(request, socket, head, (ws) => ws.on('message', (data) => ws.send(data)));
    },
  },
]);
onSignals(door, {
  log,
  within: config.LIMIT_DRAIN_MS,
  closing: () => sockets.clients.forEach((ws) => ws.close(1012)),
});
const { port } = await door.listen();
process.stdout.write(`${JSON.stringify({ port })}\n`);
