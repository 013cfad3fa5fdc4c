import { z } from 'zod';
import { categorySchema, languageSchema, offeringIdSchema, productSchema, severitySchema } from '#knowledge/schema.ts';
import { OWNERS } from '#src/handoff/standing.ts';
import { evidenceSchema, REQUEST_STATES, UNVERIFIED_FACTS } from '#src/requests/request.ts';
import { CONTACT_IS, masked, type Hide } from './contact.ts';
import { rowSchema } from './log-rows.ts';
import { promiseViewSchema } from './promises.ts';
import { verificationSchema } from './verification.ts';

const level = z.union([severitySchema, z.literal('')]);
const text = z.string().nullable();

/** What is known of a case, as the dialogs tell it. Instants are ISO, UTC. */
export const casePacketSchema = z.object({
  person: z.object({
    name: text,
    signedIn: z.boolean(),
    /** How it is known who is asking: vouched for, said by the person, or not asked yet. */
    known: z.enum(['directory', 'stated', 'unknown']),
    role: z.string(),
    roleName: text,
    language: languageSchema,
    timeZone: text,
    country: text,
  }),
  entitlement: z.object({
    offering: offeringIdSchema.nullable(),
    route: z.string(),
    purchase: z.string(),
    agreement: z.boolean().nullable(),
    unverified: z.array(z.enum(UNVERIFIED_FACTS)).readonly(),
    source: z.string(),
  }),
  severity: z.object({
    level,
    proposed: level,
    chosen: severitySchema.nullable(),
    cap: severitySchema.nullable(),
    evidence: z.array(evidenceSchema).readonly(),
    respondBy: text,
    provisional: z.boolean(),
  }),
  category: categorySchema.nullable(),
  product: productSchema.nullable(),
  description: text,
  impact: text,
  contact: z.object({
    method: text,
    phone: text,
    email: text,
    callbackAt: text,
    secondContact: text,
    registeredMails: z.array(z.string()).readonly(),
  }),
  answers: z
    .array(
      z.object({
        topic: z.string(),
        /** The article's title, in each language in which there is one. */
        titles: z.partialRecord(languageSchema, z.string()),
        outcome: z.enum(['yes', 'no']).nullable(),
      }),
    )
    .readonly(),
  asked: z.array(z.object({ step: z.string(), answer: z.string() })).readonly(),
  incident: z.object({ id: z.string(), outcome: text }).nullable(),
  customer: z.object({ id: z.string(), name: z.string(), reference: text }).nullable(),
  request: text,
});
export type CasePacket = z.infer<typeof casePacketSchema>;

const requestLineSchema = z.object({
  number: z.string(),
  state: z.enum(REQUEST_STATES),
  severity: severitySchema,
  description: z.string(),
  createdAt: z.iso.datetime(),
  respondBy: text,
  /** What was promised to the customer, in the order in which it was. */
  promises: z.array(promiseViewSchema),
});

/** Everything that travels along with a conversation (conversation.md section 3). */
export const packetSchema = z.object({
  conversation: z.string(),
  channel: z.string(),
  owner: z.enum(OWNERS),
  /** Name of the agent who has it. */
  agent: text,
  epoch: z.number().int(),
  waitingSince: z.iso.datetime().nullable(),
  /** Whether the person showed by a code that they belong to the organization. */
  verified: verificationSchema,
  /** How much of the contact is shown, here and wherever it was written; all of it only to who accepted. */
  contactIs: z.enum(CONTACT_IS),
  case: casePacketSchema.nullable(),
  /** Requests filed in this conversation, the newest first. */
  requests: z.array(requestLineSchema),
  /** The call for a person as the Bot Framework's protocol has it, the transcript attached; null where nobody was called. */
  handoff: z.record(z.string(), z.unknown()).nullable(),
  transcript: z.array(rowSchema),
});
export type DeskPacket = z.infer<typeof packetSchema>;

/** What somebody sees who said what they need the contact for. */
export const shownTalkSchema = z.object({
  contact: casePacketSchema.shape.contact.nullable(),
  /** The same packet with nothing hidden in what was written. */
  packet: packetSchema,
});

/** The packet as somebody sees it who has not accepted yet. */
export function withMaskedContact({ contact, ...known }: CasePacket, hide: Hide): CasePacket {
  const { description, impact } = known;
  return {
    ...known,
    description: description && hide(description),
    impact: impact && hide(impact),
    contact: {
      ...contact,
      phone: contact.phone && masked(contact.phone),
      email: contact.email && masked(contact.email),
      secondContact: contact.secondContact && masked(contact.secondContact),
      registeredMails: contact.registeredMails.map(masked),
    },
  };
}
