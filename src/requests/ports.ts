import type { OfferingId } from '#knowledge/schema.ts';
import type { RequestEvent, ServiceRequest } from './request.ts';
import type { Ticket } from './ticket.ts';

/** What requests need of storage; every call runs inside the caller's transaction. */
export interface RequestStore {
  bySubmission(submissionId: string): Promise<ServiceRequest | undefined>;
  byNumber(number: string): Promise<ServiceRequest | undefined>;
  /** Inserts the request and its first event; throws when number or submissionId is taken. */
  insert(request: ServiceRequest): Promise<void>;
  /** Newest first. */
  ofPerson(person: string, limit: number): Promise<ServiceRequest[]>;
  ofTenant(tenant: string, limit: number): Promise<ServiceRequest[]>;
  /** Those filed in a conversation, newest first. */
  ofConversation(conversation: string, limit: number): Promise<ServiceRequest[]>;
  /** Oldest first, for lists and exports; `after` is the number of the last one seen. */
  list(after: string | null, limit: number): Promise<ServiceRequest[]>;
  /** Those of these offerings, newest first; `before` is the number of the last one seen. */
  newest(before: string | null, limit: number, offerings: readonly OfferingId[]): Promise<ServiceRequest[]>;
  /** Those still open, of these offerings or of all: the highest level first, within a level the oldest first. */
  open(limit: number, offerings?: readonly OfferingId[]): Promise<ServiceRequest[]>;
  /** Those still open that were filed in these conversations, of these offerings; in no order. `first`: that `open` would list. */
  openOf(conversations: readonly string[], offerings: readonly OfferingId[], first?: number): Promise<ServiceRequest[]>;
  /** Those of these numbers, in no order; nothing is locked. */
  several(numbers: readonly string[]): Promise<ServiceRequest[]>;
  /** Another time by which somebody answers, as the customer was told it; `severity-changed` brings its own. */
  setRespondBy(number: string, respondBy: string): Promise<void>;
  events(number: string): Promise<RequestEvent[]>;
  addEvent(event: RequestEvent): Promise<void>;
  /** Keeps by what another system names the request. */
  setTicket(number: string, ticket: Ticket): Promise<void>;
}
