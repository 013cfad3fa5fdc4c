/**
 * What came of something that was sent to somebody else's service. Expected, so a value and never thrown. `reason` is a word
 * for desk and log, and holds nothing of what was sent.
 */
export type Delivery<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** Nothing came of it now, or nobody knows; `afterMs`: not before. */
  | { readonly kind: 'later'; readonly reason: string; readonly afterMs?: number }
  /** Refused for good: a person must look. */
  | { readonly kind: 'refused'; readonly reason: string };

export function done<T>(value: T): Delivery<T> {
  return { kind: 'done', value };
}

export function later(reason: string, afterMs?: number): Delivery<never> {
  return afterMs === undefined ? { kind: 'later', reason } : { kind: 'later', reason, afterMs };
}

export function refused(reason: string): Delivery<never> {
  return { kind: 'refused', reason };
}

/** The reason where the far side as a whole can't be reached: what concerns one concerns all who wait for it. */
export const UNREACHABLE = 'unreachable';
