import type { Case } from './case.ts';
import { decisionOf } from './entitlement.ts';
import type { Outcome } from './outcome.ts';
import type { Tools } from './question.ts';
import { routeOfRequest } from './questions/review.ts';

/** Files what is known as it stands, without a review: where what was told must be kept, and nobody is there to ask more. */
export function filedAsIs(known: Case, tools: Tools): Pick<Outcome, 'case' | 'deeds'> {
  const reachable = { ...known, contact: methodOf(known) };
  const { severity, respondBy, provisional } = decisionOf(reachable, tools);
  const submissionId = tools.mint.submissionId();
  const number = tools.mint.requestNumber();
  const route = routeOfRequest(reachable, tools);
  const request = { number, severity: severity || ('C' as const), respondBy, provisional, route, submissionId };
  const filed: Case = { ...reachable, step: 'submitted', request };
  return { case: filed, deeds: [{ kind: 'file', case: filed, number, submissionId }] };
}

/** By mail or phone where one is known, else an agent answers here: nothing is asked that nobody is there to answer. */
function methodOf({ contact, facts }: Case): Case['contact'] {
  const phone = contact.phone ?? facts?.phone ?? undefined;
  const email = contact.email ?? facts?.email ?? undefined;
  const method = contact.method ?? (email !== undefined ? 'email' : phone !== undefined ? 'phone' : 'chat');
  return { ...contact, shown: true, method, ...(phone && { phone }), ...(email && { email }) };
}
