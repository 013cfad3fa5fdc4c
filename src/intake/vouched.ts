import { z } from 'zod';
import { languageSchema, offeringIdSchema } from '#knowledge/schema.ts';
import type { OfferingId } from '#knowledge/schema.ts';

const words = z.string().min(1).max(200);

/** Which of Microsoft's clouds a tenant lives in: each has its own sign-in, its own Graph and its own support. */
export const CLOUDS = ['worldwide', 'china'] as const;
export type Cloud = (typeof CLOUDS)[number];

/** Whether that cloud's support speaks for the product: the worldwide cloud has one, 21Vianet's has the others. */
export function isOfCloud(offering: OfferingId, cloud: Cloud): boolean {
  return (offering === 'worldwide') === (cloud === 'worldwide');
}

/**
 * What the back end of a host page signed for when it asked for a chat: who its user is, and what they are in their
 * organization. Never what a browser said. `roles` are role template ids or names; an empty list says "none", a missing one
 * says nothing.
 */
export const vouchedSchema = z.object({
  /** Id of the host page, as the operator configured it. */
  host: words,
  cloud: z.enum(CLOUDS),
  tenant: words,
  /** The host's own stable id of the person. */
  subject: words,
  /** Entra object id, where the host knows it: Microsoft Graph is asked about this person. */
  objectId: z.guid().nullable(),
  offering: offeringIdSchema.nullable(),
  roles: z.array(words).max(50).nullable(),
  /** The organization resells, in Partner Center. */
  reseller: z.boolean().nullable(),
  purchase: z.enum(['direct', 'partner', 'both', 'trial']).nullable(),
  agreement: z.boolean().nullable(),
  name: words.nullable(),
  email: words.nullable(),
  phone: words.nullable(),
  language: languageSchema.nullable(),
  timeZone: words.nullable(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
  /** Epoch milliseconds at which the host proved it: what was proved last counts. */
  at: z.number().int().nonnegative().default(0),
});
export type Vouched = z.infer<typeof vouchedSchema>;
