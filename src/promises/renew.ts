import type { Rules } from '#knowledge/offering.ts';
import { respondBy } from '#src/policy/respond-by.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import type { Patience } from './clock.ts';
import type { NewPledge, Pledge } from './promise.ts';

/**
 * The promise that takes a broken one's place: by the rule by which the request's level was promised an answer, counted from
 * now; at level A by a call, where there is a number. null where the sources promise no time, or it was missed too often:
 * a machine's third promise is worth nothing, then a person must make it.
 */
export function renewal(
  broken: Pledge,
  request: ServiceRequest,
  { rules, patience, now }: { rules: Rules; patience: Patience; now: number },
): NewPledge | null {
  const misses = broken.misses + 1;
  if (misses > patience.renewals) return null;
  const { offering, category, severity, contact } = request;
  const country = offering === 'worldwide' ? undefined : 'CN';
  const work = { category, severity, timeZone: contact.timeZone, country };
  const deadline = respondBy(work, rules.offerings[offering], rules, now);
  if (!deadline) return null;
  const byCall = severity === 'A' && contact.phone !== undefined;
  return {
    request: broken.request,
    conversation: broken.conversation,
    kind: byCall ? 'call-back' : broken.kind,
    due: deadline.at,
    madeAt: now,
    by: 'policy',
    renews: broken.seq,
    misses,
  };
}
