/** So many messages in so many milliseconds. */
export interface Limit {
  readonly count: number;
  readonly ms: number;
}

/** After so many sends, places where nothing was said lately are forgotten. */
const SWEEP_EVERY = 1_000;

/** Instances tell each other of the last minute, and of no more than is sent in one: the limits of an hour are each one's own. */
const TOLD_MS = 60_000;
const MOST_TOLD = 120;

/**
 * How fast a channel may be written to, in each place by itself: who stays within it is never told to wait. Times are
 * milliseconds of one clock.
 */
export class Pace {
  readonly #limits: readonly Limit[];
  readonly #longest: number;
  readonly #sent = new Map<string, number[]>();
  #sends = 0;

  constructor(limits: readonly Limit[]) {
    this.#limits = limits;
    this.#longest = Math.max(0, ...limits.map(({ ms }) => ms));
  }

  /** Milliseconds until one more may be sent there; 0: now. */
  wait(place: string, now: number): number {
    const times = this.#sent.get(place) ?? [];
    const waits = this.#limits.map(({ count, ms }) => {
      const oldest = times.at(-count);
      return oldest === undefined ? 0 : oldest + ms - now;
    });
    return Math.max(0, ...waits);
  }

  /** Something was taken there by now. */
  note(place: string, now: number): void {
    if (this.#limits.length === 0) return;
    const since = now - this.#longest;
    this.#sent.set(place, [...(this.#sent.get(place) ?? []).filter((at) => at > since), now]);
    this.#sends += 1;
    if (this.#sends % SWEEP_EVERY === 0) this.#sweep(since);
  }

  /** When it was written to lately: what another instance must know whose turn is next. */
  lately(place: string, now: number): number[] {
    return (this.#sent.get(place) ?? []).filter((at) => at > now - TOLD_MS).slice(-MOST_TOLD);
  }

  /** Another instance wrote there, too. */
  learn(place: string, times: readonly number[]): void {
    const own = this.#sent.get(place) ?? [];
    const fresh = times.filter((at) => !own.includes(at));
    if (this.#limits.length > 0 && fresh.length > 0)
      this.#sent.set(
        place,
        [...own, ...fresh].toSorted((a, b) => a - b),
      );
  }

  #sweep(since: number): void {
    for (const [place, times] of this.#sent) if ((times.at(-1) ?? 0) <= since) this.#sent.delete(place);
  }
}
