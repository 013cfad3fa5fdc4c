/** So many messages in so many milliseconds. */
export interface Limit {
  readonly count: number;
  readonly ms: number;
}

/** After so many sends, places where nothing was said lately are forgotten. */
const SWEEP_EVERY = 1_000;

/**
 * How fast a channel may be written to, in each place by itself: who stays within it is never told to wait. Times are
 * milliseconds of one clock.
 */
export class Pace {
  readonly #limits: readonly Limit[];
  readonly #longest: number;
  /** Of so many sends the limits have to know. */
  readonly #most: number;
  readonly #sent = new Map<string, readonly number[]>();
  readonly #underWay = new Map<string, number>();
  #sends = 0;

  constructor(limits: readonly Limit[]) {
    this.#limits = limits;
    this.#longest = Math.max(0, ...limits.map(({ ms }) => ms));
    this.#most = Math.max(0, ...limits.map(({ count }) => count));
  }

  /** Milliseconds until one more may be sent there; 0: now. What is under way counts as sent just now. */
  wait(place: string, now: number): number {
    const times = this.#sent.get(place) ?? [];
    const underWay = this.#underWay.get(place) ?? 0;
    const waits = this.#limits.map(({ count, ms }) => {
      const oldest = underWay >= count ? now : times.at(underWay - count);
      return oldest === undefined ? 0 : oldest + ms - now;
    });
    return Math.max(0, ...waits);
  }

  /** One is going there; `end` tells when it was taken by, or null where it wasn't sent after all. */
  begin(place: string): (takenBy: number | null) => void {
    if (this.#limits.length === 0) return () => undefined;
    this.#move(place, 1);
    return (takenBy) => {
      this.#move(place, -1);
      if (takenBy !== null) this.note(place, takenBy);
    };
  }

  /** Something was taken there by now. */
  note(place: string, now: number): void {
    if (this.#limits.length === 0) return;
    const since = now - this.#longest;
    this.#sent.set(place, [...(this.#sent.get(place) ?? []).filter((at) => at > since), now].slice(-this.#most));
    this.#sends += 1;
    if (this.#sends % SWEEP_EVERY === 0) this.#sweep(since);
  }

  /** When it was written to lately: what another instance must know whose turn is next. */
  lately(place: string, now: number): readonly number[] {
    return (this.#sent.get(place) ?? []).filter((at) => at > now - this.#longest);
  }

  /** Another instance wrote there, too. */
  learn(place: string, times: readonly number[]): void {
    const own = this.#sent.get(place) ?? [];
    const known = new Set(own);
    const fresh = times.filter((at) => !known.has(at));
    if (this.#limits.length > 0 && fresh.length > 0)
      this.#sent.set(place, [...own, ...fresh].toSorted((a, b) => a - b).slice(-this.#most));
  }

  #move(place: string, by: number): void {
    const left = (this.#underWay.get(place) ?? 0) + by;
    if (left > 0) this.#underWay.set(place, left);
    else this.#underWay.delete(place);
  }

  #sweep(since: number): void {
    for (const [place, times] of this.#sent) if ((times.at(-1) ?? 0) <= since) this.#sent.delete(place);
  }
}
