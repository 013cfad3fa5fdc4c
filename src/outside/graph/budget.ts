/** The time that all calls for one person may take together. */
export class Budget {
  readonly #signal: AbortSignal;
  readonly #endsAt: number;

  constructor(ms: number) {
    this.#signal = AbortSignal.timeout(ms);
    this.#endsAt = performance.now() + ms;
  }

  /** Ends with the budget, or after `ms`. */
  signal(ms: number): AbortSignal {
    return AbortSignal.any([this.#signal, AbortSignal.timeout(ms)]);
  }

  /** Waits, if there is time for it. Returns whether it did. */
  async spend(ms: number): Promise<boolean> {
    if (performance.now() + ms >= this.#endsAt) return false;
    await new Promise((resolve) => {
      setTimeout(resolve, ms);
    });
    return true;
  }

  /** What `work` comes to; rejects when the time is up before. The work itself goes on: others may wait for it too. */
  within<T>(work: Promise<T>): Promise<T> {
    const signal = this.#signal;
    return new Promise((resolve, reject) => {
      const late = (): void => reject(new Error('the time is up'));
      if (signal.aborted) late();
      signal.addEventListener('abort', late, { once: true });
      work.then(resolve, reject).finally(() => signal.removeEventListener('abort', late));
    });
  }
}
