import type { RequestHandler } from 'restify';
import { write, writeError } from './answer.ts';
import { Refusal, type Route } from './call.ts';
import { callerOf } from './origins.ts';
import type { Site } from './serve.ts';

/** What Web Chat sends from another origin (direct-line.md). */
const HEADERS = 'authorization, content-type, x-ms-bot-agent, x-requested-with';

interface Methods {
  readonly all: Set<string>;
  readonly shared: Set<string>;
}

/** Answers OPTIONS for every path: to a browser that asks before it calls, and to anybody with the methods. */
export class Preflights {
  readonly #site: Site;
  readonly #register: (path: string, handler: RequestHandler) => void;
  readonly #byPath = new Map<string, Methods>();

  constructor(site: Site, register: (path: string, handler: RequestHandler) => void) {
    this.#site = site;
    this.#register = register;
  }

  add(route: Route): void {
    // `/a/:id` and `/a/:name` are one path to the router.
    const key = route.path.replaceAll(/:\w+/g, ':');
    const methods = this.#byPath.get(key) ?? { all: new Set(['OPTIONS']), shared: new Set() };
    if (!this.#byPath.has(key)) this.#register(route.path, this.#handler(methods));
    this.#byPath.set(key, methods);
    const names = route.method === 'GET' ? ['GET', 'HEAD'] : [route.method];
    for (const name of names) {
      methods.all.add(name);
      if (route.cors === 'embed') methods.shared.add(name);
    }
  }

  #handler(methods: Methods): RequestHandler {
    const { config, headers } = this.#site;
    return (request, response, next) => {
      const caller = callerOf(config, request.headers);
      const asks = request.headers['access-control-request-method'] !== undefined;
      const allowed = methods.shared.size > 0 && (caller === 'embed' || caller === 'own');
      if (asks && !allowed) {
        const refusal = new Refusal(403, 'origin', 'This page may not call this address.');
        void writeError(response, refusal, { ...headers.api, Vary: 'Origin' }).finally(next);
        return;
      }
      const grant = {
        'Access-Control-Allow-Origin': request.headers.origin ?? '',
        'Access-Control-Allow-Methods': [...methods.shared].join(', '),
        'Access-Control-Allow-Headers': HEADERS,
        'Access-Control-Max-Age': '600',
      };
      const own = { Allow: [...methods.all].join(', '), Vary: 'Origin', ...(asks ? grant : {}) };
      void write(response, { status: 204, headers: own }, headers.api).finally(next);
    };
  }
}
