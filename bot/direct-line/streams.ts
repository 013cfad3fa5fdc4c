import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { UpgradeCall } from '#src/http/call.ts';
import { placeOf } from './place.ts';
import type { DirectLineOptions, Proof } from './ports.ts';
import { Stream } from './stream-socket.ts';

/** Two beats without a sign of life end a socket: in less than 15 s. */
const HEARTBEAT_MS = 7_000;
/** Clients send empty texts only. */
const MOST_BYTES = 1_024;
/** Codes of our own, in the range that is free for it (RFC 6455, 7.4.2); clients reconnect after any code. */
const REPLACED = 4_001;

/** The open WebSockets: few per person, none for longer than its session, and none whose other end is gone. */
export class Streams {
  readonly #options: DirectLineOptions;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
  });
  /** By user, the oldest first. */
  readonly #byUser = new Map<string, Set<Stream>>();
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(options: DirectLineOptions) {
    this.#options = options;
    options.typing.onAgent(({ conversation, name }) => {
      for (const stream of this.#all()) if (stream.conversation === conversation) stream.showTyping(name);
    });
  }

  /** Answers the handshake and begins to deliver what comes after `watermark`. */
  accept({ request, socket, head }: UpgradeCall, proof: Proof, watermark: number): void {
    const reader = { visit: proof.visit, place: placeOf(this.#options.config, request.headers) };
    const at = { reader, subject: proof.subject, watermark };
    this.#server.handleUpgrade(request, socket, head, (ws) => this.#add(ws, at));
  }

  closeAll(code: number): void {
    for (const stream of this.#all()) stream.close(code);
  }

  get size(): number {
    return this.#all().length;
  }

  #add(ws: WebSocket, at: ConstructorParameters<typeof Stream>[1]): void {
    const { user } = at.reader.visit;
    const others = this.#byUser.get(user) ?? new Set<Stream>();
    this.#byUser.set(user, others);
    this.#makeRoom(others, at.subject);
    const stream = new Stream(ws, at, this.#options);
    others.add(stream);
    ws.once('close', () => this.#remove(user, stream));
    this.#heartbeat ??= setInterval(() => this.#beat(), this.#options.heartbeat ?? HEARTBEAT_MS).unref();
    stream.wake();
  }

  /** A client that opens a second socket has lost its first; a third of one person displaces the oldest. */
  #makeRoom(others: Set<Stream>, subject: string | null): void {
    const same = [...others].filter((stream) => stream.subject === subject);
    const rest = [...others].filter((stream) => stream.subject !== subject);
    const tooMany = rest.slice(0, Math.max(0, rest.length + 1 - this.#options.config.LIMIT_SOCKETS_PER_USER));
    for (const stream of [...same, ...tooMany]) {
      others.delete(stream);
      stream.close(REPLACED);
    }
  }

  #remove(user: string, stream: Stream): void {
    const streams = this.#byUser.get(user);
    streams?.delete(stream);
    if (streams?.size === 0) this.#byUser.delete(user);
    if (this.#byUser.size > 0) return;
    clearInterval(this.#heartbeat);
    this.#heartbeat = undefined;
  }

  #beat(): void {
    const now = this.#options.clock();
    for (const stream of this.#all()) stream.beat(now);
  }

  #all(): Stream[] {
    return [...this.#byUser.values()].flatMap((streams) => [...streams]);
  }
}
