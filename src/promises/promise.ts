/**
 * What was told to a customer with a time: that somebody answers by then, calls at it, or tells by then how things stand.
 * It ends kept, broken (nobody did it in time), renewed (another time took its place before it passed) or void (nothing is
 * owed any more, and `reason` says why).
 */
export const PROMISE_KINDS = ['respond', 'call-back', 'update-by'] as const;
export type PromiseKind = (typeof PROMISE_KINDS)[number];
export const PROMISE_STATES = ['open', 'kept', 'broken', 'renewed', 'void'] as const;
export type PromiseState = (typeof PROMISE_STATES)[number];

/** Instants are epoch milliseconds. */
export interface Pledge {
  /** Number of the service request, and the how-manieth promise of it this is. */
  request: string;
  seq: number;
  conversation: string;
  kind: PromiseKind;
  /** As it was told. */
  due: number;
  madeAt: number;
  /** `policy`, or the id of the agent who promised it. */
  by: string;
  state: PromiseState;
  endedAt: number | null;
  /** Who kept or ended it; `clock` where only time did. */
  endedBy: string | null;
  reason: PromiseReason | null;
  /** When the desk was warned that it runs out. */
  warnedAt: number | null;
  /** seq of the promise whose place it takes. */
  renews: number | null;
  /** How many were broken before it, one after the other, each with this one's like in its place. */
  misses: number;
}

/** Why a promise ended. `late`: it was done, but after its time. */
export const PROMISE_REASONS = [
  'answered',
  'called',
  'told',
  'closed',
  'withdrawn',
  'level-changed',
  'moved',
  'late',
  'missed',
] as const;
export type PromiseReason = (typeof PROMISE_REASONS)[number];

/** One as it is made: nothing has become of it yet. */
export type NewPledge = Pick<Pledge, 'request' | 'conversation' | 'kind' | 'due' | 'madeAt' | 'by'> &
  Partial<Pick<Pledge, 'renews' | 'misses'>>;

const MINUTE = 60_000;

/**
 * How long after its time each kind counts as kept. A call at ten is one that comes about ten: a quarter of an hour is what
 * appointments by telephone usually allow (assumption: the sources state no tolerance). The others are told as "by".
 */
const TOLERANCE: Readonly<Record<PromiseKind, number>> = { respond: 0, 'call-back': 15 * MINUTE, 'update-by': 0 };

/** Until when it can be kept; after that instant it is broken. */
export const keepableUntil = ({ kind, due }: Pick<Pledge, 'kind' | 'due'>): number => due + TOLERANCE[kind];

/** Why nothing was promised or kept. `not-by-that`: a call was promised, and something else was done · `not-yours`: a colleague has the customer. */
export type PledgeRefusal =
  | 'no-request'
  | 'closed'
  | 'too-soon'
  | 'too-late'
  | 'no-promise'
  | 'ended'
  | 'not-by-that'
  | 'not-yours';
export type Pledged = { ok: true; pledge: Pledge } | { ok: false; why: PledgeRefusal };
