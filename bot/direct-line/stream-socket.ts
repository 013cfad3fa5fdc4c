import type { RawData, WebSocket } from 'ws';
import { Refusal } from '#src/http/call.ts';
import { readPage } from './page.ts';
import type { Reader } from './page.ts';
import type { DirectLineOptions } from './ports.ts';
import { CHANNEL } from './shown.ts';

/** RFC 6455, 7.4.1, and 1013 ("try again later") of its registry. */
const CODES = { ended: 1000, badData: 1003, policy: 1008, failed: 1011, tooSlow: 1013 } as const;
/** A reader that has not taken one frame by then is cut; it comes back by watermark. */
const PATIENCE_MS = 10_000;
/** How long the other end may take to answer our close. */
const CLOSING_MS = 1_000;

/**
 * One WebSocket: a cursor over the log that is woken after commits. It holds at most one frame in memory, whatever its
 * reader does.
 */
export class Stream {
  readonly subject: string | null;
  readonly #ws: WebSocket;
  readonly #reader: Reader;
  readonly #options: DirectLineOptions;
  readonly #unwatch: () => void;
  #watermark: number;
  #running = false;
  #again = false;
  /** Something came from the other end since the last beat. */
  #alive = true;

  /** `subject`: the chat token that asked for the socket. */
  constructor(
    ws: WebSocket,
    at: { reader: Reader; subject: string | null; watermark: number },
    options: DirectLineOptions,
  ) {
    this.#ws = ws;
    this.#reader = at.reader;
    this.#watermark = at.watermark;
    this.#options = options;
    this.subject = at.subject;
    this.#unwatch = options.watchers.watch(at.reader.visit.conversation, () => this.wake());
    ws.on('message', (data) => this.#heard(data));
    ws.on('pong', () => (this.#alive = true));
    // Whatever breaks a socket also closes it; without a listener it would end the process.
    ws.on('error', () => ws.terminate());
    ws.once('close', () => this.#unwatch());
  }

  get conversation(): string {
    return this.#reader.visit.conversation;
  }

  /** Shows that an agent types: no row of the log, so the watermark stays; dropped where the reader is busy. */
  showTyping(name: string): void {
    if (this.#running || !this.#isOpen()) return;
    const from = { id: 'agent', name, role: 'bot' };
    const activity = { type: 'typing', channelId: CHANNEL, from, conversation: { id: this.conversation } };
    const id = `${this.conversation}|typing${Date.now()}`;
    const activities = [{ ...activity, id, timestamp: new Date().toISOString() }];
    this.#ws.send(JSON.stringify({ activities, watermark: String(this.#watermark) }));
  }

  /** Delivers what there is, now or when the delivery under way has ended. */
  wake(): void {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    void this.#deliver().finally(() => {
      this.#running = false;
      if (this.#again) this.wake();
    });
  }

  /** Ends a socket whose session is over or whose other end is gone; otherwise asks whether it is there. */
  beat(now: number): void {
    const { began } = this.#reader.visit;
    if (began + this.#options.config.LIMIT_SESSION_S * 1000 <= now) return this.close(CODES.policy);
    if (!this.#alive) return this.#ws.terminate();
    this.#alive = false;
    this.#ws.ping();
    // Another process may have written, and its word of it may have been lost.
    this.wake();
  }

  close(code: number): void {
    this.#unwatch();
    this.#ws.close(code);
    setTimeout(() => this.#ws.terminate(), CLOSING_MS).unref();
  }

  #heard(data: RawData): void {
    this.#alive = true;
    const size = Array.isArray(data) ? data.length : data.byteLength;
    if (size > 0) this.close(CODES.badData);
  }

  async #deliver(): Promise<void> {
    try {
      do {
        this.#again = false;
        while (await this.#sendPage());
      } while (this.#again && this.#isOpen());
    } catch (error) {
      // Nothing is lost: the client comes back with its watermark.
      if (error instanceof Refusal) return this.close(CODES.ended);
      this.#options.failed(error);
      this.close(CODES.failed);
    }
  }

  /** Sends the next page; true when there may be another. */
  async #sendPage(): Promise<boolean> {
    if (!this.#isOpen()) return false;
    const page = await readPage(this.#reader, this.#watermark, this.#options);
    const { activities, watermark } = page;
    if (activities.length > 0 && !(await this.#send(JSON.stringify({ activities, watermark: String(watermark) }))))
      return false;
    this.#watermark = watermark;
    return page.full;
  }

  /** Resolves when the frame has left the process; false when the socket is no more, or too slow. */
  #send(frame: string): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.close(CODES.tooSlow);
        resolve(false);
      }, this.#options.patience ?? PATIENCE_MS).unref();
      this.#ws.send(frame, (error) => {
        clearTimeout(timer);
        resolve(error === undefined || error === null);
      });
    });
  }

  #isOpen(): boolean {
    return this.#ws.readyState === this.#ws.OPEN;
  }
}
