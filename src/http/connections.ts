import type { Socket } from 'node:net';

/**
 * Keeps the number of connections bounded without shutting people out: when one more comes than fits, the one that has
 * kept us waiting longest for a whole request is cut. So a crowd of silent or dribbling sockets displaces itself.
 */
export class Connections {
  readonly #most: number;
  readonly #all = new Set<Socket>();
  /** Sockets that owe us a request or the rest of one, the longest waiting first. */
  readonly #waiting = new Set<Socket>();

  constructor(most: number) {
    this.#most = most;
  }

  /** A connection was accepted; cuts another one, or this one, when there are too many. */
  opened(socket: Socket): void {
    if (this.#all.size >= this.#most) {
      const [longest = socket] = this.#waiting;
      this.leave(longest);
      longest.destroy();
      if (longest === socket) return;
    }
    this.#all.add(socket);
    this.#waiting.add(socket);
    socket.once('close', () => this.leave(socket));
  }

  /** Its request has arrived whole and is being worked on. */
  busy(socket: Socket): void {
    this.#waiting.delete(socket);
  }

  /** Its answer is written; the next request may come or not. */
  idle(socket: Socket): void {
    if (this.#all.has(socket)) this.#waiting.add(socket);
  }

  /** It is closed, or no longer ours to judge (upgraded). */
  leave(socket: Socket): void {
    this.#all.delete(socket);
    this.#waiting.delete(socket);
  }
}
