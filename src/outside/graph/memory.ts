export interface MemoryOptions {
  readonly clock: () => number;
  /** So many answers are kept, the latest. */
  readonly most: number;
}

/** An answer and for how many milliseconds it is good. */
export interface Fresh<T> {
  readonly value: T;
  readonly ms: number;
}

/** Answers of others, kept for a while. Who asks while somebody asks already waits for the same answer. */
export class Memory<T> {
  readonly #options: MemoryOptions;
  readonly #kept = new Map<string, { value: T; until: number }>();
  readonly #asked = new Map<string, Promise<T>>();

  constructor(options: MemoryOptions) {
    this.#options = options;
  }

  /** The answer at once, where it is at hand; else the one promise of it, which never rejects: `ask` failing is `lost`. */
  get(key: string, ask: () => Promise<Fresh<T>>, lost: () => Fresh<T>): T | Promise<T> {
    const kept = this.#kept.get(key);
    if (kept && this.#options.clock() < kept.until) return kept.value;
    const before = this.#asked.get(key);
    if (before) return before;
    const asked = ask()
      .catch(lost)
      .then((fresh) => {
        this.#asked.delete(key);
        this.#keep(key, fresh);
        return fresh.value;
      });
    this.#asked.set(key, asked);
    return asked;
  }

  #keep(key: string, { value, ms }: Fresh<T>): void {
    this.#kept.delete(key);
    this.#kept.set(key, { value, until: this.#options.clock() + ms });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.#options.most && oldest !== undefined) this.#kept.delete(oldest);
  }
}
