import type { Severity } from '#knowledge/schema.ts';
import { decide } from '#src/policy/decide.ts';
import type { Decision, Question } from '#src/policy/decide.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { isOfOneProduct } from './entitlement.ts';
import type { Context, Deed } from './question.ts';

/** A higher level for a request that was filed: what the rules grant is granted, the rest is a wish that an agent decides on. */

export interface Raised {
  deeds: Deed[];
  /** The level that the request has now; null where nothing changed. */
  granted: Severity | null;
  respondBy: string | null;
  /** Why not all of the wish was granted, as a code of the policy, `no-phone` or `agent`; null where it was. */
  short: string | null;
}

const RANK: Record<Severity, number> = { C: 0, B: 1, A: 2 };
export const isHigher = (one: Severity, other: Severity): boolean => RANK[one] > RANK[other];

/** What the rules say of a filed request at another level, from now on. */
export function decisionFor(request: ServiceRequest, severity: Severity, { case: known, tools }: Context): Decision {
  const { offering, route, category, contact } = request;
  const isReseller = route === 'on-behalf' || route === 'partner-center';
  // Only a directory that knows this product tells of its agreement; what was merely said grants nothing afterwards.
  const agreement = isOfOneProduct(known.facts) && known.facts.offering === offering ? known.facts.agreement : null;
  const question: Question = {
    offering,
    person: isReseller ? 'partner' : 'may-open',
    purchase: 'direct',
    agreement,
    category,
    ...(isReseller && { behalf: route === 'on-behalf' ? 'customer' : 'own' }),
    severity,
    now: new Date(tools.now).toISOString(),
    ...(contact.timeZone !== undefined && { timeZone: contact.timeZone }),
    ...(contact.phone !== undefined && { phone: contact.phone }),
    ...(contact.email !== undefined && { email: contact.email }),
    openAnyway: true,
    // Unknown is no ground to ask again, and grants nothing.
    unsure: ['agreement'],
  };
  return decide(question, tools.rules);
}

/** A level that is raised never moves a promise later. */
function sooner(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return other ?? one;
  return Date.parse(one) < Date.parse(other) ? one : other;
}

/** `reason`: the person's own words; at level A their statement of what stands still. */
export function raised(request: ServiceRequest, wanted: Severity, reason: string, context: Context): Raised {
  const { number, severity: before, contact } = request;
  const decision = decisionFor(request, wanted, context);
  const lacksPhone = decision.severity === 'A' && contact.phone === undefined;
  const level = lacksPhone ? 'B' : decision.severity;
  const granted = level !== '' && isHigher(level, before) ? level : null;
  const then = granted === null || granted === wanted ? decision : decisionFor(request, granted, context);
  const respondBy = granted === null ? request.respondBy : sooner(request.respondBy, then.respondBy);
  const deeds: Deed[] = [];
  if (granted !== null) {
    const data = { severity: granted, before, respondBy, reason };
    deeds.push({ kind: 'change-request', number, event: 'severity-changed', data });
  }
  const isWhole = granted === wanted;
  if (!isWhole)
    deeds.push({ kind: 'change-request', number, event: 'severity-wished', data: { severity: wanted, reason } });
  const why = lacksPhone ? 'no-phone' : (decision.capReason ?? 'agent');
  return { deeds, granted, respondBy, short: isWhole ? null : why };
}
