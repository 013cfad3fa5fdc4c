import type { ServerResponse } from 'node:http';
import type { Request, Response } from 'restify';
import type { Config } from '#src/config.ts';
import { write, writeError } from './answer.ts';
import { Gone, readJson } from './body.ts';
import { Refusal, type Answer, type Call, type Route } from './call.ts';
import { clientAddress } from './client.ts';
import type { Connections } from './connections.ts';
import { securityHeaders, type HeaderSet, type Kind } from './headers.ts';
import type { Log } from './log.ts';
import { callerOf, type Caller } from './origins.ts';

/** What every request needs and none changes. */
export interface Site {
  readonly config: Config;
  readonly log: Log;
  readonly connections: Connections;
  readonly headers: Readonly<Record<Kind, HeaderSet>>;
  readonly draining: () => boolean;
  /** Notes a finished answer: for metrics, and in the log when it failed or was slow. */
  tell(request: Request, response: ServerResponse, started: number): void;
  /** Remembers an answer that has no end of its own, such as server-sent events. */
  stream(response: ServerResponse): void;
  endStreams(): void;
}

type SiteParts = Pick<Site, 'config' | 'log' | 'connections' | 'draining'> & {
  readonly answered?: ((status: number, seconds: number) => void) | undefined;
};

const SLOW_MS = 1_000;

export function createSite(parts: SiteParts): Site {
  const { config, log, connections, draining, answered } = parts;
  const streams = new Set<ServerResponse>();
  return {
    config,
    log,
    connections,
    draining,
    headers: securityHeaders(config),
    tell: (request, response, started) => {
      const ms = performance.now() - started;
      answered?.(response.statusCode, ms / 1_000);
      if (response.statusCode < 400 && ms < SLOW_MS) return;
      const fields = { status: response.statusCode, method: request.method, ms: Math.round(ms) };
      log.info('answered', { ...fields, route: request.route?.path, client: request.socket.remoteAddress });
    },
    stream: (response) => {
      streams.add(response);
      response.once('close', () => streams.delete(response));
    },
    endStreams: () => streams.forEach((response) => response.destroy()),
  };
}

/** Which pages may call a route: those of EMBED_ORIGINS only where it says so, strangers' never (reading apart). */
function mayCall(route: Route, caller: Caller, method: string): boolean {
  if (caller === 'none' || caller === 'own') return true;
  if (route.cors === 'embed') return caller === 'embed';
  return method === 'GET' || method === 'HEAD';
}

/** The headers of one answer: fixed per kind, plus what depends on the caller and on a shutdown under way. */
function headersOf(site: Site, route: Route, request: Request, caller: Caller): HeaderSet {
  const fixed = site.headers[route.kind ?? 'api'];
  const last = site.draining() ? { Connection: 'close' } : undefined;
  if (route.cors !== 'embed') return last ? { ...fixed, ...last } : fixed;
  const { origin } = request.headers;
  if (origin === undefined || caller === 'foreign') return { ...fixed, ...last, Vary: 'Origin' };
  const shared = { 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': 'Retry-After' };
  return { ...fixed, ...last, ...shared, Vary: 'Origin' };
}

let calls = 0;

async function callOf(site: Site, route: Route, request: Request): Promise<Call> {
  const url = request.getUrl();
  return {
    id: `c${(++calls).toString(36)}`,
    method: request.method ?? 'GET',
    path: url.pathname ?? '/',
    params: request.params,
    query: new URLSearchParams(url.search ?? ''),
    headers: request.headers,
    ip: clientAddress(request, site.config.TRUST_PROXY),
    json: route.body === 'json' ? await readJson(request, site.config) : undefined,
    raw: request,
  };
}

const isEndless = (answer: Answer): boolean =>
  answer.headers?.['Content-Type']?.startsWith('text/event-stream') ?? false;

/** One request through its route. Never throws: whatever goes wrong is answered in the one form. */
export async function serve(site: Site, route: Route, request: Request, response: Response): Promise<void> {
  const started = performance.now();
  const { socket } = request;
  const caller = callerOf(site.config, request.headers);
  const headers = headersOf(site, route, request, caller);
  try {
    if (!mayCall(route, caller, request.method ?? ''))
      throw new Refusal(403, 'origin', 'This page may not call this address.');
    const call = await callOf(site, route, request);
    site.connections.busy(socket);
    const answer = await route.handle(call);
    if (isEndless(answer)) site.stream(response);
    await write(response, answer, headers);
  } catch (error) {
    if (error instanceof Gone) return;
    if (!(error instanceof Refusal)) site.log.error('route-failed', { route: route.path, error });
    await writeError(response, error, route.kind === undefined ? headers : { ...headers, ...site.headers.api });
  } finally {
    site.connections.idle(socket);
    site.tell(request, response, started);
  }
}
