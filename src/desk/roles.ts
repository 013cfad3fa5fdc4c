import { OFFERINGS, offeringIdSchema, type OfferingId } from '#knowledge/schema.ts';
import { AGENT_ROLES, type AgentRole } from '#src/handoff/agent.ts';

/** What each role is called in the `roles` claim. */
export type RoleNames = Readonly<Record<AgentRole, string>>;

/**
 * What somebody may do, by the roles that the sign-in says they have; null where none of them is one of ours. A bare name
 * (`Frontdesk.Agent`) stands for every queue, one with an offering behind it (`Frontdesk.Agent.azure-21vianet`) for that
 * queue; several add up. The highest role counts, with its own queues only: whoever supervises one queue and is an agent
 * for all must not supervise all.
 */
export function grantOf(
  claimed: readonly string[],
  names: RoleNames,
): { role: AgentRole; queues: readonly OfferingId[] } | null {
  for (const role of AGENT_ROLES.toReversed()) {
    const queues = OFFERINGS.filter((offering) => claimed.some((claim) => isFor(claim, names[role], offering)));
    if (queues.length > 0) return { role, queues };
  }
  return null;
}

function isFor(claim: string, name: string, offering: OfferingId): boolean {
  if (claim === name) return true;
  return claim.startsWith(`${name}.`) && offeringIdSchema.safeParse(claim.slice(name.length + 1)).data === offering;
}
