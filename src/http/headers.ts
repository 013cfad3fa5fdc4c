import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet, { type HelmetOptions } from 'helmet';
import type { Config } from '#src/config.ts';
import type { Route } from './call.ts';

export type Kind = NonNullable<Route['kind']>;
export type HeaderSet = Readonly<Record<string, string>>;

interface Framing {
  readonly xFrameOptions?: { action: 'deny' };
  readonly crossOriginOpenerPolicy?: false;
}

const LOOPBACK_PAGES = ['http://127.0.0.1:*', 'http://localhost:*'];

/** Lets helmet write on a response that is never sent, and takes what it wrote. */
function written(options: HelmetOptions): HeaderSet {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  helmet(options)(response.req, response, () => undefined);
  return Object.fromEntries(Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]));
}

interface Needs {
  readonly frameAncestors: readonly string[];
  /** Web Chat shows a picked file from memory, shrinks images in a worker, and its client reads it by fetch: all `blob:`. */
  readonly files?: boolean;
}

/** A page's own scripts only; styles may stand in the page because Web Chat writes them there. */
function pagePolicy(config: Config, { frameAncestors, files = false }: Needs): Record<string, string[]> {
  // 'self' covers WebSockets of the same host in current browsers; older Safari wants them named.
  const socket = config.PUBLIC_URL === undefined ? [] : [config.PUBLIC_URL.replace(/^http/, 'ws')];
  const memory = files ? ['blob:'] : [];
  return {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'https:', ...memory],
    'font-src': ["'self'", 'data:'],
    'connect-src': ["'self'", ...socket, ...memory],
    ...(files && { 'worker-src': memory }),
    'frame-src': ["'self'"],
    'form-action': ["'self'"],
    'base-uri': ["'none'"],
    'frame-ancestors': [...frameAncestors],
  };
}

/**
 * The security headers of each kind of answer, worked out once. An API answer is never rendered or framed; a page runs
 * only our own files; an embeddable page may be framed by Teams and by the pages of EMBED_ORIGINS.
 */
export function securityHeaders(config: Config): Readonly<Record<Kind, HeaderSet>> {
  const https = config.PUBLIC_URL?.startsWith('https:') ?? false;
  const common = {
    xPoweredBy: false,
    strictTransportSecurity: https && { maxAge: 31_536_000 },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: false,
    // For old browsers, or the default of today's: bytes on every answer for nothing.
    xXssProtection: false,
    xDownloadOptions: false,
    xDnsPrefetchControl: false,
    xPermittedCrossDomainPolicies: false,
    originAgentCluster: false,
  } as const;
  const kind = (policy: Record<string, string[]>, shared: boolean, more: Framing = {}): HeaderSet =>
    written({
      ...common,
      contentSecurityPolicy: { useDefaults: false, directives: policy },
      crossOriginResourcePolicy: { policy: shared ? 'cross-origin' : 'same-origin' },
      ...more,
    });
  const closed = { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] };
  const embedders = [
    ...config.TEAMS_ORIGINS,
    ...(config.EMBED_ORIGINS ?? []),
    ...(config.loopbackEmbeds ? LOOPBACK_PAGES : []),
  ];
  const open: Framing = { crossOriginOpenerPolicy: false };
  return Object.freeze({
    api: { ...kind(closed, false, open), 'Cache-Control': 'no-store' },
    page: {
      ...kind(pagePolicy(config, { frameAncestors: ["'none'"] }), false, { xFrameOptions: { action: 'deny' } }),
      'Cache-Control': 'no-cache',
    },
    'tab-page': {
      ...kind(pagePolicy(config, { frameAncestors: ["'self'", ...config.TEAMS_ORIGINS] }), false, open),
      'Cache-Control': 'no-cache',
    },
    'embeddable-page': {
      ...kind(pagePolicy(config, { frameAncestors: ["'self'", ...embedders], files: true }), true, open),
      'Cache-Control': 'no-cache',
    },
    asset: { ...kind(closed, true, open), 'Cache-Control': 'no-cache' },
  });
}
