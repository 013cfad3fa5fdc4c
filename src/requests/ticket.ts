import { z } from 'zod';
import type { Severity } from '#knowledge/schema.ts';
import type { Delivery } from './delivery.ts';
import type { ServiceRequest } from './request.ts';

/** Where requests can be filed. `built-in`: in our own store and nowhere else. */
export const TICKET_SYSTEMS = ['built-in', 'webhook', 'servicenow', 'azure-support'] as const;
export type TicketSystemId = (typeof TICKET_SYSTEMS)[number];

/** A request as another system keeps it. */
export const ticketSchema = z.object({
  system: z.enum(TICKET_SYSTEMS),
  /** By which that system finds it. */
  id: z.string().min(1).max(500),
  /** By which people there name it. */
  number: z.string().min(1).max(100),
  url: z
    .url({ protocol: /^https?$/ })
    .max(1_000)
    .optional(),
});
export type Ticket = z.infer<typeof ticketSchema>;

/** What is known when something is tried. */
export interface Attempt {
  /** The same at every repeat; where the other system can, it is the idempotency key there. */
  readonly key: string;
  /** It was tried before: look whether it is there already. */
  readonly again: boolean;
  /** The attempt before never came to an end, so the other system may still be busy with it. */
  readonly unsettled: boolean;
  readonly at: number;
}

/** A request's ticket, and the request as it is now. */
export interface Filed {
  readonly ticket: Ticket;
  readonly request: ServiceRequest;
}

/**
 * Somebody else's ticket system. Every call happens once over there, however often it is made with the same key. None of
 * them throws: that a system is down or says no is expected.
 */
export interface TicketSystem {
  readonly id: TicketSystemId;
  /** Whether requests like this one belong there. */
  takes(request: ServiceRequest): boolean;
  file(request: ServiceRequest, attempt: Attempt): Promise<Delivery<Ticket>>;
  addInformation(filed: Filed, text: string, attempt: Attempt): Promise<Delivery<void>>;
  changeSeverity(filed: Filed, severity: Severity, attempt: Attempt): Promise<Delivery<void>>;
  close(filed: Filed, attempt: Attempt): Promise<Delivery<void>>;
  reopen(filed: Filed, attempt: Attempt): Promise<Delivery<void>>;
}

/** What is written into a ticket, in the request's language. */
export interface TicketWords {
  readonly title: string;
  readonly text: string;
  /** Asks a person there to close it, where a program may not. */
  readonly closing: string;
  readonly reopening: string;
}
export type PutIntoWords = (request: ServiceRequest) => TicketWords;
