import type { Leaf } from '#knowledge/offering.ts';

/**
 * Why something is decided. The words of each are the phrase `policy.<code>`, in every language. Phrases of `capped-…` need
 * `wanted` and `granted` (levels), those about the agreement its name as `agreement`; `phone-closed` needs `opensAt` and
 * `first-response…` needs `respondBy`, as times told in words.
 */
export const REASONS = [
  // route
  'third-party-or-network',
  'before-purchase',
  'needs-admin',
  'admin-unknown',
  'role-cannot-open',
  'may-open',
  'trial-may-open',
  'one-direct',
  'opened-anyway',
  'purchase-unknown',
  'all-through-partner',
  'affected-through-partner',
  'reseller-first',
  'agreement-unknown',
  'own-partner-center',
  'for-customer',
  // severity
  'no-level',
  'level-as-proposed',
  'level-orders-queue',
  'capped-agreement-missing',
  'capped-agreement-unknown',
  'capped-how-to',
  'capped-billing',
  'capped-technical-only',
  // by when
  'first-response',
  'first-response-provisional',
  // contact methods
  'phone-open',
  'phone-closed',
  'phone-missing',
  'phone-invalid',
  'phone-hours-not-stated',
  'callback-open',
  'callback-closed',
  'callback-past',
  'agents-on-duty',
  'no-agents-on-duty',
  'email-always',
  'email-missing',
  'email-invalid',
] as const;
export type Reason = (typeof REASONS)[number];

/** Where a decision rests: `seed 000: "…"`, the key of a public page, or the assumption with its reason. */
export function citation(leaf: Leaf<unknown>): string {
  if (!('source' in leaf)) return `assumption: ${leaf.reason}`;
  const seed = /^(\d{3})_/.exec(leaf.source.doc)?.[1];
  const name = seed === undefined ? leaf.source.doc : `seed ${seed}`;
  return `${name}: "${leaf.source.words}"`;
}
