/** So many waits are remembered, for so long: how fast people were taken yesterday says nothing of today. */
const MOST = 20;
const LONGEST_MS = 2 * 60 * 60_000;

/** How long people waited until an agent took them, lately: what is told to who stands in line now. */
export class Waits {
  #known: readonly { readonly at: number; readonly ms: number }[] = [];

  /** Somebody was taken at `at` after `ms` milliseconds in line. */
  add(at: number, ms: number): void {
    this.#known = [...this.#known, { at, ms }].slice(-MOST);
  }

  /** Minutes that somebody who comes now will probably wait: the middle one of the latest waits; null where none is known. */
  expected(now: number): number | null {
    const recent = this.#known.filter(({ at }) => now - at <= LONGEST_MS).map(({ ms }) => ms);
    const middle = recent.toSorted((one, other) => one - other)[Math.floor(recent.length / 2)];
    return middle === undefined ? null : Math.ceil(middle / 60_000);
  }
}
