import type { Patience } from '#src/promises/clock.ts';
import type { Pledge } from '#src/promises/promise.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** Friday, 2026-11-20, 15:00 in Beijing. */
export const NOW = Date.parse('2026-11-20T07:00:00Z');

/** A quarter of the time, four hours at most; renewed once. */
export const PATIENCE: Patience = { warnShare: 0.25, warnLongest: 4 * HOUR, renewals: 1 };

export const pledge = (given: Partial<Pledge> = {}): Pledge => ({
  request: 'SR-1',
  seq: 1,
  conversation: 'talk',
  kind: 'respond',
  due: NOW + HOUR,
  madeAt: NOW,
  by: 'policy',
  state: 'open',
  endedAt: null,
  endedBy: null,
  reason: null,
  warnedAt: null,
  renews: null,
  misses: 0,
  ...given,
});
