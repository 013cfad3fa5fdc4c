import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Config } from '#src/config.ts';
import { Refusal } from './call.ts';
import { refuseSocket } from './upgrades.ts';

/** How often Node looks for requests that take too long; its own 30 s would let them live three times as long. */
const LOOK_MS = 1_000;

/** Bounds what a slow or silent client may cost. */
export function setLimits(server: Server, config: Config): void {
  server.requestTimeout = config.LIMIT_REQUEST_MS;
  server.headersTimeout = Math.min(config.LIMIT_HEADERS_MS, config.LIMIT_REQUEST_MS);
  server.keepAliveTimeout = config.LIMIT_KEEP_ALIVE_MS;
  // Options of Node's http.createServer that restify doesn't pass on; Node reads them from the server when it listens.
  Object.assign(server, {
    connectionsCheckingInterval: LOOK_MS,
    // Node's own answer to a missing Host has no body; the guard gives one in our form.
    requireHostHeader: false,
    // `Upgrade: h2c` and the like are ordinary requests to us.
    shouldUpgradeCallback: (request: { headers: { upgrade?: string } }) =>
      request.headers.upgrade?.toLowerCase() === 'websocket',
  });
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: new Refusal(431, 'headers-too-large', 'The headers are larger than this server takes.'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: new Refusal(413, 'body-too-large', 'The body is larger than this server takes.'),
  ERR_HTTP_REQUEST_TIMEOUT: new Refusal(408, 'too-slow', 'The request took too long to arrive.'),
};
const BAD_REQUEST = new Refusal(400, 'bad-request', 'This is not HTTP as we know it.');

/** What the HTTP parser could not read, and requests that never came whole. */
export function onClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  refuseSocket(socket, REFUSALS[error.code ?? ''] ?? BAD_REQUEST);
  setTimeout(() => socket.destroy(), 500).unref();
}
