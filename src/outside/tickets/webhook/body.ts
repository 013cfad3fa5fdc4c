import type { ServiceRequest } from '#src/requests/request.ts';
import type { TicketWords } from '#src/requests/ticket.ts';

export type Change =
  | { readonly kind: 'information-added'; readonly text: string }
  | { readonly kind: 'severity-changed'; readonly severity: string }
  | { readonly kind: 'reopened' };

export type HookEvent =
  | { readonly type: 'request.filed' }
  | { readonly type: 'request.updated'; readonly change: Change }
  | { readonly type: 'request.closed' };

/** What a receiver gets. Keys of people and conversations stay in the house. */
export function hookBody(key: string, event: HookEvent, request: ServiceRequest, words: TicketWords): string {
  const { createdAt, personName, submissionId: _once, person: _person, conversation: _talk, ...told } = request;
  return JSON.stringify({
    id: key,
    ...event,
    request: { ...told, person: personName, title: words.title, createdAt: new Date(createdAt).toISOString() },
  });
}
