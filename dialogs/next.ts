import type { Case } from './case.ts';
import { decisionOf, isReseller, offeringOf } from './entitlement.ts';
import type { Tools } from './question.ts';
import type { Step } from './reply.ts';

/**
 * Which question comes now, from what is known and nothing else. The order is the policy's: what can be settled without
 * asking who somebody is comes first (service health, articles), then who may open, then how bad, then how to reach them.
 */
export function next(known: Case, tools: Tools): Step {
  return (
    handedOver(known) ?? known.editing ?? problem(known, tools) ?? entitlement(known, tools) ?? request(known, tools)
  );
}

function handedOver(known: Case): Step | null {
  if (known.step === 'handoff') return 'handoff';
  if (known.step === 'rating' && known.ended !== null) return 'rating';
  return known.request ? 'submitted' : null;
}

function problem(known: Case, tools: Tools): Step | null {
  if (known.description === null) return 'describe';
  if (offeringOf(known) === null) return 'offering';
  if (needsNoAdmin(known, tools)) return null;
  if (known.incident?.outcome === null) return 'incident';
  return known.answer?.outcome === null ? 'answer' : null;
}

/** Presales and out-of-scope are told at once: no incident and no article would change them. */
function needsNoAdmin(known: Case, tools: Tools): boolean {
  const { route } = decisionOf(known, tools);
  return route === 'presales' || route === 'out-of-scope';
}

function entitlement(known: Case, tools: Tools): Step | null {
  if (isReseller(known) && known.stated.behalf === undefined) return 'behalf';
  if (known.stated.behalf === 'customer' && known.stated.customer === undefined) return 'customer';
  const { route } = decisionOf(known, tools);
  switch (route) {
    case 'ask-admin':
      return 'admin';
    case 'ask-purchase':
      return 'purchase';
    case 'open':
    case 'partner-center':
    case 'on-behalf':
    case 'ask-agreement':
      return asksWhichSubscription(known) ? 'purchase' : null;
    case 'not-admin':
    case 'admin-without-permission':
    case 'contact-partner':
    case 'partner-first':
    case 'presales':
    case 'out-of-scope':
      return 'route';
  }
}

/** Bought both ways: which way the affected subscription was bought decides who is asked first, and no directory knows. */
function asksWhichSubscription(known: Case): boolean {
  const bought = known.facts?.purchase === 'both' || known.stated.purchase === 'both';
  return bought && offeringOf(known) === 'worldwide' && known.stated.affected === undefined;
}

function request(known: Case, tools: Tools): Step {
  if (known.similar?.outcome === null) return 'similar';
  if (decisionOf(known, tools).route === 'ask-agreement') return 'agreement';
  if (known.severity === null) return 'severity';
  const granted = decisionOf(known, tools).severity;
  if (granted === 'A' && known.impact === null) return 'impact';
  return contact(known, granted === 'A', tools) ?? 'review';
}

function contact(known: Case, critical: boolean, tools: Tools): Step | null {
  const { contact: given } = known;
  if (!given.shown && (critical || !isReachable(given))) return 'contact';
  if (given.method === undefined) return 'contact-method';
  const needsPhone = given.method === 'phone' || critical;
  if (needsPhone && given.phone === undefined) return 'contact-phone';
  if (given.method === 'email' && given.email === undefined) return 'contact-email';
  const closed = given.method === 'phone' && !decisionOf(known, tools).openNow;
  return closed && given.callbackAt === undefined ? 'callback-time' : null;
}

/** "Call me at …" in the description is an answer too; at level A the card comes anyway, with the number to call now. */
function isReachable({ method, phone, email }: Case['contact']): boolean {
  return (method === 'phone' && phone !== undefined) || (method === 'email' && email !== undefined);
}
