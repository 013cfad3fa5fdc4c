import { z } from 'zod';
import type { PersonFacts } from '#src/intake/ports.ts';

/** microsoft.graph.companySubscription, as far as it says where something was bought. */
export const subscriptionSchema = z.object({
  status: z.string(),
  isTrial: z.boolean().nullish(),
  ownerTenantId: z.string().nullish(),
});
export type Subscription = z.infer<typeof subscriptionSchema>;

/** "Warning" is the time after the term in which everything still works: it is still a subscription of that seller. */
const IN_USE = new Set(['enabled', 'warning']);
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Where an organization bought. A subscription that a partner tenant created was bought there; that a direct one has no owner
 * tenant is not documented, so nothing, zeros and the own tenant all mean "direct" (facts.md section 2). Trials were not
 * bought: they count only where there is nothing else. With nothing in use (none, or all suspended) it can't be told.
 *
 * `tenants` are the organization's own ids.
 */
export function purchaseOf(
  subscriptions: readonly Subscription[],
  tenants: readonly string[],
): PersonFacts['purchase'] {
  const inUse = subscriptions.filter(({ status }) => IN_USE.has(status.toLowerCase()));
  const bought = inUse.filter(({ isTrial }) => isTrial !== true);
  if (bought.length === 0) return inUse.length > 0 ? 'trial' : 'unknown';
  const direct = bought.filter(({ ownerTenantId }) => isDirect(ownerTenantId, tenants)).length;
  if (direct === bought.length) return 'direct';
  return direct === 0 ? 'partner' : 'both';
}

function isDirect(owner: string | null | undefined, tenants: readonly string[]): boolean {
  const id = (owner ?? '').trim().toLowerCase();
  return id === '' || id === NOBODY || tenants.includes(id);
}
