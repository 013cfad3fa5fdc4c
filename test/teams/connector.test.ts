import { afterEach, describe, expect, test } from 'vitest';
import { callConnector, closeConnections } from '#bot/connector.ts';
import { freePort } from './port.ts';
import { openSink } from './sink.ts';
import type { Sink } from './sink.ts';
import { within } from '../patience.ts';

const open: Sink[] = [];

afterEach(async () => {
  closeConnections();
  for (const far of open.splice(0)) await far.close();
});

async function sink(...given: Parameters<typeof openSink>): Promise<Sink> {
  const made = await openSink(...given);
  open.push(made);
  return made;
}

const call = (url: string) =>
  callConnector({ method: 'POST', url: new URL(url), body: '{"type":"message"}', authorization: 'Bearer secret' });

describe('one call of a connector that is at fault', () => {
  test.each([
    [200, {}, { kind: 'sent', id: null }],
    [201, {}, { kind: 'sent', id: null }],
    [202, {}, { kind: 'sent', id: null }],
    [429, { 'retry-after': '7' }, { kind: 'busy', retryAfterMs: 7_000 }],
    [429, {}, { kind: 'busy', retryAfterMs: null }],
    [429, { 'retry-after': '99999' }, { kind: 'busy', retryAfterMs: 300_000 }],
    [429, { 'retry-after': 'soon' }, { kind: 'busy', retryAfterMs: null }],
    [412, { 'retry-after': '0' }, { kind: 'busy', retryAfterMs: 0 }],
    [400, {}, { kind: 'refused', status: 400 }],
    [401, {}, { kind: 'refused', status: 401 }],
    [403, {}, { kind: 'refused', status: 403 }],
    [404, {}, { kind: 'refused', status: 404 }],
    [413, {}, { kind: 'refused', status: 413 }],
    [408, {}, { kind: 'uncertain' }],
    [500, {}, { kind: 'uncertain' }],
    [502, {}, { kind: 'uncertain' }],
    [503, { 'retry-after': '1' }, { kind: 'uncertain' }],
    [504, {}, { kind: 'uncertain' }],
  ])('%i %j', async (status, headers, outcome) => {
    const far = await sink((_request, response) => response.writeHead(status, { ...headers }).end('{"error":{}}'));
    expect(await call(far.url)).toEqual(outcome);
    expect(far.seen).toHaveLength(1);
    expect(far.seen[0]).toMatchObject({ body: '{"type":"message"}', authorization: 'Bearer secret' });
  });

  test('nobody listens: nothing has arrived', async () => {
    expect(await call(`http://127.0.0.1:${await freePort()}`)).toEqual({ kind: 'unreachable' });
  });

  test('the connection breaks after the body has arrived: uncertain, and not tried again', async () => {
    const far = await sink((request) => request.socket.resetAndDestroy());
    expect(await call(far.url)).toEqual({ kind: 'uncertain' });
    expect(far.seen).toHaveLength(1);
  });

  test('no redirect is followed, and nobody else sees the token', async () => {
    const other = await sink();
    const far = await sink((_request, response) => response.writeHead(307, { location: other.url }).end());
    expect(await call(far.url)).toEqual({ kind: 'refused', status: 307 });
    expect(other.connections()).toBe(0);
  });

  test('HTML with 200, and an empty body', async () => {
    const html = await sink((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
    );
    expect(await call(html.url)).toEqual({ kind: 'sent', id: null });
    const empty = await sink((_request, response) => response.writeHead(202).end());
    expect(await call(empty.url)).toEqual({ kind: 'sent', id: null });
  });

  test('the answer breaks off: its status was heard', async () => {
    const far = await sink((request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{');
      setTimeout(() => request.socket.destroy(), 20);
    });
    expect(await call(far.url)).toEqual({ kind: 'sent', id: null });
  });

  test('it hangs, or answers one byte a second: an end after five seconds', async () => {
    const hangs = await sink(() => undefined);
    const drips = await sink((_request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      const timer = setInterval(() => response.write('x'), 1_000);
      response.on('close', () => clearInterval(timer));
    });
    const began = performance.now();
    expect(await Promise.all([call(hangs.url), call(drips.url)])).toEqual([
      { kind: 'uncertain' },
      { kind: 'sent', id: null },
    ]);
    expect(performance.now() - began).toBeLessThan(within(6_000));
  }, 180_000);
});
