export interface RoundsOptions {
  /** Milliseconds from the end of one round to the beginning of the next. */
  readonly every: number;
  /** Told of a round that failed; the next one comes all the same. */
  readonly failed: (error: unknown) => void;
}

/** Whoever in the house looks at something at intervals: one round at a time, from `start` until `stop`. */
export abstract class Rounds {
  readonly #options: RoundsOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(options: RoundsOptions) {
    this.#options = options;
  }

  /** One look at everything; it ends soon where `stopped`. */
  abstract round(): Promise<void>;

  protected get stopped(): boolean {
    return this.#stopped;
  }

  /** Begins a round now, unless one is under way, and the others at intervals. */
  start(): void {
    if (this.#stopped || this.#running) return;
    const { failed, every } = this.#options;
    this.#running = this.round()
      .catch(failed)
      .finally(() => {
        this.#running = undefined;
        if (!this.#stopped) this.#timer = setTimeout(() => this.start(), every).unref();
      });
  }

  /** Resolves when the round that is under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }
}
