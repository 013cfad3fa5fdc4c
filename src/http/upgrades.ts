import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { errorBody, refusalOf } from './answer.ts';
import { Refusal, type UpgradeRoute } from './call.ts';
import { addressOf } from './guard.ts';
import type { Log } from './log.ts';

export interface UpgradeDesk {
  readonly most: number;
  readonly log: Log;
  readonly draining: () => boolean;
}

/** Answers a refused handshake in plain HTTP and closes the socket. */
export function refuseSocket(socket: Duplex, error: unknown): void {
  const { status, code, message, headers } = refusalOf(error);
  const body = errorBody(code, message);
  const own = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nX-Content-Type-Options: nosniff\r\n${own.join('')}Connection: close\r\n\r\n${body}`,
  );
}

/** WebSocket handshakes: finds the route, bounds how many sockets are open, turns failures into plain refusals. */
export class Upgrades {
  readonly #desk: UpgradeDesk;
  readonly #routes: UpgradeRoute[] = [];
  readonly #open = new Set<Duplex>();

  constructor(desk: UpgradeDesk) {
    this.#desk = desk;
  }

  add(list: readonly UpgradeRoute[]): void {
    this.#routes.push(...list);
  }

  /** Takes over one socket. Never throws and never leaves it without an answer. */
  async handle(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // Without a listener a reset connection would end the process.
    socket.on('error', () => socket.destroy());
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    try {
      const url = addressOf(request);
      const route = this.#routes.find(({ path }) => path.test(url.pathname));
      if (route === undefined) throw new Refusal(404, 'not-found', 'There is nothing at this address.');
      if (this.#desk.draining() || this.#open.size > this.#desk.most)
        throw new Refusal(503, 'busy', 'Try again in a moment.', { 'Retry-After': '5' });
      await route.handle({ request, socket, head, url });
    } catch (error) {
      if (!(error instanceof Refusal)) this.#desk.log.error('upgrade-failed', { error });
      if (!socket.destroyed) refuseSocket(socket, error);
    }
  }

  /** Cuts what its owners have not closed by now. */
  cut(): void {
    for (const socket of this.#open) socket.destroy();
  }
}
