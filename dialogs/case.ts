import { z } from 'zod';
import { categorySchema, languageSchema, offeringIdSchema, productSchema, severitySchema } from '#knowledge/schema.ts';
import type { Language } from '#knowledge/schema.ts';
import type { PersonFacts } from '#src/intake/ports.ts';
import { evidenceSchema } from '#src/requests/request.ts';
import { STEPS } from './reply.ts';

/**
 * The state of a conversation: the case as it fills up, as plain data. There is no stack: which question comes now is
 * worked out from what is known (`next.ts`), so a deploy can't leave a conversation in a place that no longer exists.
 */
const stepSchema = z.enum(STEPS);
const yesNoSchema = z.enum(['yes', 'no', 'not-sure']);

/** The directory's answer, kept while a person is at it so that a conversation doesn't change its mind half-way. */
const factsSchema: z.ZodType<PersonFacts> = z.object({
  verified: z.boolean(),
  signedIn: z.boolean(),
  name: z.string().nullable(),
  tenant: z.string().nullable(),
  offering: offeringIdSchema.nullable(),
  role: z.enum(['may-open', 'admin-without-permission', 'not-admin', 'partner', 'unknown']),
  roleName: z.string().nullable(),
  purchase: z.enum(['direct', 'partner', 'both', 'trial', 'unknown']),
  agreement: z.boolean().nullable(),
  language: languageSchema.nullable(),
  timeZone: z.string().nullable(),
  country: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  registeredPhones: z.array(z.string()),
  registeredMails: z.array(z.string()).default([]),
  partner: z.object({ name: z.string(), phone: z.string().nullable(), email: z.string().nullable() }).nullable(),
  customers: z.array(z.object({ id: z.string(), name: z.string(), offering: offeringIdSchema })),
});

const triageSchema = z.object({
  category: categorySchema,
  product: productSchema,
  severity: z.union([severitySchema, z.literal('')]),
  confidence: z.number(),
  evidence: z.array(evidenceSchema),
  /** What the text leaves open of the level; null where it is clear. */
  doubt: z.enum(['breadth', 'workaround']).nullable().default(null),
});

/** What the person said of themselves, where no directory could tell. */
const statedSchema = z.object({
  offering: offeringIdSchema.optional(),
  admin: yesNoSchema.optional(),
  purchase: z.enum(['direct', 'partner', 'both', 'not-sure']).optional(),
  affected: z.enum(['direct', 'partner']).optional(),
  agreement: yesNoSchema.optional(),
  behalf: z.enum(['own', 'customer']).optional(),
  /** `id` is empty for one that no directory lists; the service is asked where the customer has several, or none is known. */
  customer: z.object({ id: z.string(), name: z.string(), offering: offeringIdSchema.nullable() }).optional(),
  /** The reseller's own number for it, e.g. of their ticket system. */
  reference: z.string().optional(),
});

/** How an agent may end a talk; `filed`: it goes on in a request. */
export const AGENT_OUTCOMES = ['solved', 'not-solved', 'no-answer', 'filed'] as const;
export type AgentOutcome = (typeof AGENT_OUTCOMES)[number];

/** How the last talk with an agent ended: what is rated, and what a receipt of it says. `at` names it. */
const endedSchema = z.object({
  at: z.number(),
  agent: z.string(),
  outcome: z.enum(AGENT_OUTCOMES),
  description: z.string().nullable(),
  /** The request that was filed before or meanwhile. */
  number: z.string().nullable(),
  /** What the person gave; the question for a few words follows. */
  score: z.number().int().nullable(),
});
export type EndedTalk = z.infer<typeof endedSchema>;

const aboutSchema = z.object({
  number: z.string(),
  wants: z.enum(['information', 'reason', 'confirmation', 'reopening']).nullable(),
  /** The level that the reason is for. */
  level: severitySchema.nullable().default(null),
  /** What was to be added to a request that turned out to be closed. */
  text: z.string().nullable().default(null),
});
export type About = z.infer<typeof aboutSchema>;

const contactStateSchema = z.object({
  shown: z.boolean().default(false),
  method: z.enum(['phone', 'email', 'chat']).optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  callbackAt: z.string().optional(),
  secondContact: z.string().optional(),
});

export const caseSchema = z.object({
  /** The question asked last, which the next answer belongs to. */
  step: stepSchema,
  language: languageSchema,
  /** The person chose the language: texts in another one no longer change it. */
  languagePinned: z.boolean(),
  /** The language that the person's client is set to, as it said last: a change of it is a choice. */
  clientLanguage: languageSchema.nullable(),
  welcomed: z.boolean(),
  timeZone: z.string().nullable(),
  /** ISO 3166 region of the channel's locale: only a hint for the phone number. */
  region: z.string().nullable(),
  facts: factsSchema.nullable(),
  /** Epoch milliseconds at which the directory said so. */
  factsAt: z.number().default(0),
  /** Epoch milliseconds at which a sign-in was offered last. */
  signInOfferedAt: z.number().default(0),
  stated: statedSchema,
  description: z.string().nullable(),
  triage: triageSchema.nullable(),
  /** Article offered for the description; outcome null while the question is open. */
  answer: z.object({ topic: z.string(), outcome: z.enum(['yes', 'no']).nullable() }).nullable(),
  answered: z.boolean(),
  incident: z.object({ id: z.string(), outcome: z.enum(['me-too', 'different']).nullable() }).nullable(),
  incidentChecked: z.boolean(),
  /** Incidents of which the person said "me too" in this conversation: not asked again, and named in a request. */
  linked: z.array(z.string()).default([]),
  /** `colleague`: not the person's own request, but one of their organization. */
  similar: z
    .object({
      number: z.string(),
      outcome: z.enum(['same', 'different']).nullable(),
      colleague: z.boolean().default(false),
    })
    .nullable(),
  similarChecked: z.boolean(),
  /** What a reseller searched for among their customers; narrows the list that is offered. */
  customerQuery: z.string().nullable(),
  openAnyway: z.boolean(),
  /** The level that the person confirmed; what is granted is worked out with the cap. */
  severity: severitySchema.nullable(),
  /** What the text left open of the level was asked back; once is enough. */
  clarified: z.boolean().default(false),
  /** The person said that the proposed level doesn't fit: the levels are offered by what they mean. */
  refused: z.boolean().default(false),
  impact: z.string().nullable(),
  /** The part that is being changed from the review card; what it holds stays until there is a new answer. */
  editing: z.enum(['describe', 'severity', 'contact']).nullable().default(null),
  contact: contactStateSchema,
  /** One-time id of the review card that is shown now. */
  submissionId: z.string().nullable(),
  request: z
    .object({
      number: z.string(),
      severity: severitySchema,
      respondBy: z.string().nullable(),
      provisional: z.boolean(),
      route: z.string(),
      submissionId: z.string(),
    })
    .nullable(),
  ended: endedSchema.nullable().default(null),
  /** The filed request that was spoken of last, aside from the matter; `wants`: what the next words are for. */
  about: aboutSchema.nullable().default(null),
  /** Steps answered by the person, oldest first: `back` forgets the last. */
  trail: z.array(stepSchema),
  /** The message that was read last, and what it led to: should the person change it, it is read again. */
  last: z
    .object({ seq: z.number().int(), effect: z.enum(['answered', 'missed', 'other']) })
    .nullable()
    .default(null),
  /** Answers in a row that were not understood: after two, a person is offered unasked. */
  misses: z.number().int(),
});
export type Case = z.infer<typeof caseSchema>;
export type Stated = z.infer<typeof statedSchema>;

/** A case before anything was said. */
export function newCase(language: Language, timeZone: string | null, region: string | null): Case {
  return {
    step: 'describe',
    language,
    languagePinned: false,
    clientLanguage: null,
    welcomed: false,
    timeZone,
    region,
    facts: null,
    factsAt: 0,
    signInOfferedAt: 0,
    stated: {},
    description: null,
    triage: null,
    answer: null,
    answered: false,
    incident: null,
    incidentChecked: false,
    linked: [],
    similar: null,
    similarChecked: false,
    customerQuery: null,
    openAnyway: false,
    severity: null,
    clarified: false,
    refused: false,
    impact: null,
    editing: null,
    contact: { shown: false },
    submissionId: null,
    request: null,
    ended: null,
    about: null,
    trail: [],
    last: null,
    misses: 0,
  };
}

/** The same person in the same conversation, with a new matter. */
export function freshCase(old: Case): Case {
  return {
    ...newCase(old.language, old.timeZone, old.region),
    languagePinned: old.languagePinned,
    clientLanguage: old.clientLanguage,
    welcomed: old.welcomed,
    facts: old.facts,
    factsAt: old.factsAt,
    signInOfferedAt: old.signInOfferedAt,
    linked: old.linked,
    ended: old.ended,
    about: old.about,
  };
}

/** Reads stored state; null where it is of a shape that no longer exists: the conversation begins anew, politely. */
export function parseCase(stored: unknown): Case | null {
  const parsed = caseSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}
