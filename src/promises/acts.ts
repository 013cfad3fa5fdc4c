import { keepableUntil, type Pledge, type PromiseKind, type PromiseReason, type PromiseState } from './promise.ts';

/**
 * What people do that ends promises. `answer`: an agent wrote to the customer · `call`: an agent called them · `tell`: an
 * agent told by other means how things stand · `close`, `withdraw`: the request ended, by an agent or by the customer.
 */
export const ACTS = ['answer', 'call', 'tell', 'close', 'withdraw'] as const;
export type Act = (typeof ACTS)[number];

export interface End {
  readonly state: Exclude<PromiseState, 'open'>;
  readonly reason: PromiseReason;
}

const KEPT: Readonly<Record<Act, { readonly kinds: readonly PromiseKind[]; readonly reason: PromiseReason }>> = {
  answer: { kinds: ['respond', 'update-by'], reason: 'answered' },
  // Who was promised a call is not served by a message; who was called has an answer, too.
  call: { kinds: ['call-back', 'respond', 'update-by'], reason: 'called' },
  tell: { kinds: ['respond', 'update-by'], reason: 'told' },
  // An agent who ends it has answered; nobody needs to be called about what is over.
  close: { kinds: ['respond', 'update-by'], reason: 'closed' },
  withdraw: { kinds: [], reason: 'withdrawn' },
};

/** What an act at `at` makes of a promise; null: nothing, it is still owed. */
export function endBy(act: Act, pledge: Pick<Pledge, 'kind' | 'due' | 'state'>, at: number): End | null {
  if (pledge.state !== 'open') return null;
  const { kinds, reason } = KEPT[act];
  const isDone = kinds.includes(pledge.kind);
  if (isDone && at > keepableUntil(pledge)) return { state: 'broken', reason: 'late' };
  if (isDone) return { state: 'kept', reason };
  return act === 'close' || act === 'withdraw' ? { state: 'void', reason } : null;
}
