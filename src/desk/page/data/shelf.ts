import { useSyncExternalStore } from 'react';

/** A value that parts of the page look at: they are drawn again when it is replaced. */
export class Shelf<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  readonly get = (): T => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of this.#listeners) listener();
  }

  change(next: (value: T) => T): void {
    this.set(next(this.#value));
  }
}

export function useShelf<T>(shelf: Shelf<T>): T {
  return useSyncExternalStore(shelf.subscribe, shelf.get);
}

/**
 * The new list, in which every item that says the same as before *is* the one of before; the list of before where nothing
 * changed at all. So only lines that differ are drawn again.
 */
export function keepSame<T extends object>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
): readonly T[] {
  const known = new Map(before.map((item) => [keyOf(item), item]));
  const kept = after.map((item) => {
    const old = known.get(keyOf(item));
    return old && JSON.stringify(old) === JSON.stringify(item) ? old : item;
  });
  const isSame = kept.length === before.length && kept.every((item, index) => item === before[index]);
  return isSame ? before : kept;
}
