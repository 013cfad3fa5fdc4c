import type { ServiceRequest } from '#src/requests/request.ts';
import type { NewPledge } from './promise.ts';

/** What filing a request promises: an answer where the policy states a time, and the call that the person chose. */
export function promisedByFiling(request: ServiceRequest): NewPledge[] {
  const { number, conversation, respondBy, contact, createdAt: madeAt } = request;
  const call = contact.method === 'phone' ? contact.callbackAt : undefined;
  const of = { request: number, conversation, madeAt, by: 'policy' } as const;
  return [
    ...timesOf(respondBy).map((due) => ({ ...of, kind: 'respond' as const, due })),
    ...timesOf(call).map((due) => ({ ...of, kind: 'call-back' as const, due })),
  ];
}

/** The instant, where it is one: a request of an earlier version may hold anything. */
function timesOf(iso: string | null | undefined): number[] {
  const at = Date.parse(iso ?? '');
  return Number.isNaN(at) ? [] : [at];
}
