import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex, Readable } from 'node:stream';

/** One HTTP request as a route sees it: already limited, parsed and (where the route asks for it) read. */
export interface Call {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Address of the client; X-Forwarded-For is believed only behind a configured proxy. */
  readonly ip: string;
  /** The parsed body of a route with `body: 'json'`; undefined where the request had none. */
  readonly json: unknown;
  /** The unread request, for routes with `body: 'stream'`, which cap their bytes themselves. */
  readonly raw: IncomingMessage;
}

/** What a route answers: at most one of `json`, `text`, `bytes`, `stream`. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  readonly bytes?: Buffer;
  readonly stream?: Readable;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** restify path, e.g. `/v3/directline/conversations/:id/activities`. */
  readonly path: string;
  readonly body?: 'json' | 'stream' | 'none';
  /** `page`: HTML with the page's Content-Security-Policy; `tab-page`: one that Teams may frame; `api` (default): JSON, never framed. */
  readonly kind?: 'api' | 'page' | 'tab-page' | 'embeddable-page' | 'asset';
  /** Origins that may call this route from a browser: same-origin only, or those of the configuration. */
  readonly cors?: 'none' | 'embed';
  readonly handle: (call: Call) => Answer | Promise<Answer>;
}

/** A WebSocket route: called before the handshake is answered; to refuse, throw a `Refusal`. */
export interface UpgradeRoute {
  readonly path: RegExp;
  readonly handle: (call: UpgradeCall) => Promise<void>;
}
export interface UpgradeCall {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly url: URL;
}

/** An expected refusal: its status and its words reach the client; nothing else of it does. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}
