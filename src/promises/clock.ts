import type { RequestState } from '#src/requests/request.ts';
import { keepableUntil, type Pledge } from './promise.ts';

/** When the desk is warned, and how often a broken promise is given another time. */
export interface Patience {
  /** Share of a promise's time, 0 to 1, that is left when the desk is warned. */
  readonly warnShare: number;
  /** Milliseconds before its time at which a warning comes at the earliest. */
  readonly warnLongest: number;
  /** How often a broken promise is renewed by itself before only people may promise again. */
  readonly renewals: number;
}

/** What time alone makes of a promise. */
export type Verdict = 'none' | 'warn' | 'breach' | 'void';

/** The instant of the warning: the last part of its time, but not hours and hours before. */
export function warnAt({ due, madeAt }: Pick<Pledge, 'due' | 'madeAt'>, { warnShare, warnLongest }: Patience): number {
  const whole = Math.max(0, due - madeAt);
  return due - Math.min(warnLongest, whole * warnShare);
}

/** A promise of a request that is over is owed to nobody; one that was warned of is not warned of again. */
export function verdictOf(pledge: Pledge, request: RequestState | null, now: number, patience: Patience): Verdict {
  if (pledge.state !== 'open') return 'none';
  if (request !== 'open') return 'void';
  if (now > keepableUntil(pledge)) return 'breach';
  return pledge.warnedAt === null && now >= warnAt(pledge, patience) ? 'warn' : 'none';
}

/** How a promise stands, for whoever looks at the desk. */
export const STANDINGS = ['running', 'soon', 'overdue', 'kept', 'broken', 'renewed', 'void'] as const;
export type Standing = (typeof STANDINGS)[number];

export function standingOf(pledge: Pledge, now: number): Standing {
  if (pledge.state !== 'open') return pledge.state;
  if (now > pledge.due) return 'overdue';
  return pledge.warnedAt === null ? 'running' : 'soon';
}
