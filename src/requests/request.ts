import { z } from 'zod';
import { categorySchema, languageSchema, offeringIdSchema, productSchema, severitySchema } from '#knowledge/schema.ts';
import type { Ticket } from './ticket.ts';

/** The contact that the person confirmed; a method without its number or address is never filed. */
export const contactSchema = z.object({
  name: z.string().optional(),
  method: z.enum(['phone', 'email', 'chat']),
  phone: z.string().optional(),
  email: z.string().optional(),
  /** ISO instant of a wished callback. */
  callbackAt: z.string().optional(),
  secondContact: z.string().optional(),
  language: languageSchema,
  timeZone: z.string().optional(),
});

/** The words that a severity rests on. `start` and `end` are UTF-16 offsets into the description. */
export const evidenceSchema = z.object({
  signal: z.string(),
  text: z.string(),
  start: z.number().int(),
  end: z.number().int(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** What a request may rest on that nothing could verify. */
export const UNVERIFIED_FACTS = ['role', 'purchase', 'agreement', 'customer'] as const;
export type UnverifiedFact = (typeof UNVERIFIED_FACTS)[number];

/** Everything that is filed: what the person reviewed, and nothing they did not see. */
export const draftSchema = z.object({
  offering: offeringIdSchema,
  route: z.string(),
  category: categorySchema,
  product: productSchema,
  description: z.string(),
  severity: severitySchema,
  proposedSeverity: severitySchema,
  evidence: z.array(evidenceSchema),
  impact: z.string().optional(),
  contact: contactSchema,
  /** `directory`: roles and purchase come from the directory; `stated`: the person said so, nothing could verify it. */
  entitlement: z.enum(['directory', 'stated']),
  /** Which facts those are that the person only stated. */
  unverified: z.array(z.enum(UNVERIFIED_FACTS)).optional(),
  purchase: z.string(),
  /** A reseller's customer: the directory's id (empty where none lists it), and the reseller's own number for the matter. */
  customer: z.object({ id: z.string(), name: z.string(), reference: z.string().optional() }).optional(),
  incident: z.string().optional(),
  language: languageSchema,
});
export type Draft = z.infer<typeof draftSchema>;

/** `closed`: by an agent · `withdrawn`: by who filed it. */
export const REQUEST_STATES = ['open', 'closed', 'withdrawn'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export interface ServiceRequest extends Draft {
  number: string;
  /** One-time id minted when the review card was shown: the request's idempotency key. */
  submissionId: string;
  conversation: string;
  /** Key of the person within the channel, and the name to show. */
  person: string;
  personName: string;
  tenant: string | null;
  state: RequestState;
  /** Epoch milliseconds. */
  createdAt: number;
  /** ISO instant by which somebody answers; null where the sources promise none. */
  respondBy: string | null;
  provisional: boolean;
  /** The same matter in the ticket system that is connected, once it is filed there. */
  ticket?: Ticket;
  /** When it was closed or withdrawn last, epoch milliseconds; absent while it is open. */
  closedAt?: number;
}

export const EVENT_KINDS = [
  'filed',
  'information-added',
  'severity-changed',
  /** The customer asked for a higher level than the rules grant: an agent decides. */
  'severity-wished',
  'closed',
  'withdrawn',
  'reopened',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** One line of a request's append-only history. */
export interface RequestEvent {
  number: string;
  seq: number;
  at: number;
  actor: string;
  kind: EventKind;
  data: Record<string, unknown>;
  /** Key of who wrote it, where `actor` doesn't tell: a colleague of whoever filed it. For `erase`; neither customers nor the desk see it. */
  person?: string;
}
