/** Gathers names and tells of all of them at once, after a while. */
export class Later {
  readonly #afterMs: number;
  readonly #tell: (names: readonly string[]) => Promise<void>;
  readonly #names = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(afterMs: number, tell: (names: readonly string[]) => Promise<void>) {
    this.#afterMs = afterMs;
    this.#tell = tell;
  }

  add(name: string): void {
    this.#names.add(name);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const names = [...this.#names];
      this.#names.clear();
      void this.#tell(names);
    }, this.#afterMs).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
