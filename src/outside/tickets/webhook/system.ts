import { done } from '#src/requests/delivery.ts';
import type { Delivery } from '#src/requests/delivery.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import type { Attempt, PutIntoWords, TicketSystem } from '#src/requests/ticket.ts';
import { harmless, isDone } from '../ask.ts';
import type { Answered, Ask } from '../ask.ts';
import { ticketOf } from './answer.ts';
import { hookBody } from './body.ts';
import type { HookEvent } from './body.ts';
import { signatureHeaders } from './sign.ts';

export interface WebhookOptions {
  readonly url: string;
  readonly secret: string;
  readonly words: PutIntoWords;
  readonly ask: Ask;
  readonly clock: () => number;
}

/** Tells an address of yours what happens to requests; signed. The receiver drops repeats by the key. */
export function webhook(options: WebhookOptions): TicketSystem {
  const tell = async (event: HookEvent, request: ServiceRequest, attempt: Attempt): Promise<Delivery<void>> => {
    const told = await post(event, request, attempt, options);
    return told.kind === 'done' ? done(undefined) : told;
  };
  return {
    id: 'webhook',
    takes: () => true,
    file: async (request, attempt) => {
      const told = await post({ type: 'request.filed' }, request, attempt, options);
      return told.kind === 'done' ? done(ticketOf(told.value.body, request.number)) : told;
    },
    addInformation: ({ request }, text, attempt) =>
      tell({ type: 'request.updated', change: { kind: 'information-added', text } }, request, attempt),
    changeSeverity: ({ request }, severity, attempt) =>
      tell({ type: 'request.updated', change: { kind: 'severity-changed', severity } }, request, attempt),
    close: ({ request }, attempt) => tell({ type: 'request.closed' }, request, attempt),
    reopen: ({ request }, attempt) => tell({ type: 'request.updated', change: { kind: 'reopened' } }, request, attempt),
  };
}

async function post(
  event: HookEvent,
  request: ServiceRequest,
  { key }: Attempt,
  { url, secret, words, ask, clock }: WebhookOptions,
): Promise<Delivery<Answered>> {
  const body = hookBody(key, event, request, words(request));
  const headers = {
    'content-type': 'application/json',
    'idempotency-key': key,
    ...signatureHeaders(body, secret, clock()),
  };
  const asked = await ask({ method: 'POST', url, headers, body });
  return isDone(asked) ? done(asked) : harmless(asked, clock());
}
