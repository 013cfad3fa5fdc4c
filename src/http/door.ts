import type { AddressInfo, Socket } from 'node:net';
import { promises as timers } from 'node:timers';
import { pino } from 'pino';
import restify, { type Request, type RequestHandler, type Response } from 'restify';
import type { Config } from '#src/config.ts';
import { writeError } from './answer.ts';
import { Refusal, type Route, type UpgradeRoute } from './call.ts';
import { Connections } from './connections.ts';
import { addressOf } from './guard.ts';
import { onClientError, setLimits } from './limits.ts';
import type { Log } from './log.ts';
import { createSite, serve, type Site } from './serve.ts';
import { Preflights } from './preflight.ts';
import { Upgrades } from './upgrades.ts';

/** What restify 12 has and its published types (8.5) don't know. */
declare module 'restify' {
  interface Server {
    /** Runs before anything else; `false` ends the request. */
    first(handler: (request: Request, response: Response) => boolean): Server;
  }
  interface ServerOptions {
    /** find-my-way's: characters of one path parameter. */
    maxParamLength?: number;
  }
  interface Request {
    route?: { path: string };
  }
}

const TURNS_BEFORE_CLOSING = 5;

export interface DoorOptions {
  readonly config: Config;
  readonly log: Log;
  /** Told of every answer; for metrics. */
  readonly answered?: (status: number, seconds: number) => void;
}

export interface Door {
  readonly routes: (list: readonly Route[]) => void;
  readonly upgrades: (list: readonly UpgradeRoute[]) => void;
  /** Binds HOST and PORT. Rejects when the port is taken. */
  readonly listen: () => Promise<{ port: number }>;
  readonly draining: boolean;
  /**
   * Stops: says so at once (`draining`), goes on answering for `notice` ms so that whoever asks for readiness hears it,
   * then takes no more connections, lets accepted requests finish, and cuts what is left after `ms`.
   */
  readonly drain: (ms: number, notice?: number) => Promise<void>;
}

const NOTICE_MS = 1_000;
/** Connections that may wait to be taken: with Node's 511 a crowd makes newcomers wait for a repeated SYN, a second each. */
const BACKLOG = 4_096;
const REGISTER = { GET: 'get', POST: 'post', PUT: 'put', DELETE: 'del' } as const;

const notFound = () => new Refusal(404, 'not-found', 'There is nothing at this address.');

/** Opens the house: one restify server that reads, limits, answers and refuses in one way for all routes. */
export function createDoor({ config, log, answered }: DoorOptions): Door {
  // restify's own log could quote addresses and errors; ours says what is worth saying. Ids may be 512 characters long.
  const options: restify.ServerOptions = { name: '', maxParamLength: config.LIMIT_ID_CHARS };
  Object.assign(options, { log: pino({ level: 'silent' }) });
  const server = restify.createServer(options);
  const connections = new Connections(config.LIMIT_CONNECTIONS);
  const state = { draining: false };
  const site = createSite({ config, log, answered, connections, draining: () => state.draining });
  const upgrades = new Upgrades({ most: config.LIMIT_SOCKETS, log, draining: () => state.draining });
  const preflights = new Preflights(site, (path, handler) => server.opts(path, handler));
  setLimits(server.server, config);
  server.first(guard(site));
  server.on('connection', (socket: Socket) => connections.opened(socket));
  server.on('clientError', onClientError);
  server.on('restifyError', refuse(site));
  server.on('upgrade', (request, socket: Socket, head) => {
    connections.leave(socket);
    void upgrades.handle(request, socket, head);
  });
  return {
    get draining() {
      return state.draining;
    },
    routes: (list) => {
      for (const route of list) {
        server[REGISTER[route.method]](route.path, handlerOf(site, route));
        if (route.method === 'GET') server.head(route.path, handlerOf(site, route));
        preflights.add(route);
      }
    },
    upgrades: (list) => upgrades.add(list),
    listen: () => listen(server, config),
    drain: async (ms, notice = NOTICE_MS) => {
      state.draining = true;
      const pause = Math.min(notice, ms / 4);
      await timers.setTimeout(pause);
      // A loop that was busy comes to this timer first: whoever knocked meanwhile is let in before the door closes.
      for (let turn = 0; turn < TURNS_BEFORE_CLOSING; turn += 1) await timers.setImmediate();
      await close(server, ms - pause, site);
      upgrades.cut();
    },
  };
}

/** The sooner of restify's hooks: what its router could stumble over is refused before it sees it. */
const guard =
  (site: Site) =>
  (request: Request, response: Response): boolean => {
    try {
      addressOf(request);
      return true;
    } catch (error) {
      void writeError(response, error, site.headers.api).then(() => site.tell(request, response, performance.now()));
      return false;
    }
  };

function handlerOf(site: Site, route: Route): RequestHandler {
  return (request: Request, response: Response, next) => {
    void serve(site, route, request, response).finally(next);
  };
}

/** restify's own refusals, in our form. Its callback is not called: it would send the error's message itself. */
const refuse = (site: Site) => (request: Request, response: Response, error: unknown) => {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
  const refusal =
    status === 404
      ? notFound()
      : status === 405
        ? new Refusal(405, 'method-not-allowed', 'Not with this method.')
        : error;
  if (status !== 404 && status !== 405) site.log.error('router-failed', { error });
  void writeError(response, refusal, site.headers.api).then(() => site.tell(request, response, performance.now()));
};

function listen(server: restify.Server, config: Config): Promise<{ port: number }> {
  return new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.server.listen({ port: config.PORT, host: config.HOST, backlog: BACKLOG }, () => {
      server.server.off('error', reject);
      const address: AddressInfo | string | null = server.server.address();
      resolve({ port: typeof address === 'object' && address !== null ? address.port : config.PORT });
    });
  });
}

async function close({ server }: restify.Server, ms: number, site: Site): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  site.endStreams();
  // A connection that was kept alive becomes idle only when its last answer is read.
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  await Promise.race([closed, timers.setTimeout(Math.max(ms, 0), undefined, { ref: false })]);
  clearInterval(sweep);
  server.closeAllConnections();
}
