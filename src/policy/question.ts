import { z } from 'zod';
import { categorySchema, offeringIdSchema, severitySchema } from '#knowledge/schema.ts';
import { isZone } from './local-time.ts';

/** Who is asking, as far as it is known. */
export const PERSONS = ['may-open', 'admin-without-permission', 'not-admin', 'partner', 'unknown'] as const;
export const PURCHASES = ['direct', 'partner', 'both', 'trial', 'unknown'] as const;

/** The question of `decide`, in the words of its command line. */
export const questionSchema = z.object({
  offering: offeringIdSchema,
  person: z.enum(PERSONS),
  purchase: z.enum(PURCHASES),
  /** Which side the affected subscription came from, where both sides sold some. */
  affected: z.enum(['direct', 'partner']).optional(),
  /** Is there the agreement that level A needs? null = unknown. */
  agreement: z.boolean().nullable().default(null),
  category: categorySchema,
  /** Azure: a question of development, not of the platform. */
  development: z.boolean().optional(),
  /** Reseller: an own problem, or a customer's. */
  behalf: z.enum(['own', 'customer']).optional(),
  /** The proposed level; '' where none applies. */
  severity: z.union([severitySchema, z.literal('')]),
  /** An ISO instant, with its offset; seconds may be left out. */
  now: z.union(
    [z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })],
    'not an ISO instant with its offset, like 2026-11-20T15:00:00+08:00',
  ),
  timeZone: z.string().refine(isZone, 'not an IANA time zone, like Asia/Shanghai').optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
  agentsOnDuty: z.boolean().optional(),
  /** The person was told of the partner and chose to open a request anyway. */
  openAnyway: z.boolean().optional(),
  /** Facts that the person was asked for and isn't sure of: not asked again, and never counted as granted. */
  unsure: z.array(z.enum(['admin', 'purchase', 'agreement'])).optional(),
});
export type Question = z.infer<typeof questionSchema>;
