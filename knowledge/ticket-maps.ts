import { z } from 'zod';
import { leaf } from './offering.ts';
import { CATEGORIES, languageSchema, offeringIdSchema, SEVERITIES } from './schema.ts';

/**
 * How our words become those of a ticket system (`tickets/<system>.yaml`), each with where it comes from. Who runs a system
 * with words of its own changes them there.
 */

const text = leaf(z.string().min(1));
const truth = leaf(z.boolean());
const amount = leaf(z.number().int().positive());
const grade = leaf(z.enum(['1', '2', '3']));
const contact = z.strictObject({ phone: text, email: text, chat: text });

export const serviceNowMapSchema = z.strictObject({
  severity: z.record(z.enum(SEVERITIES), z.strictObject({ impact: grade, urgency: grade })),
  category: z.record(z.enum(CATEGORIES), text),
  /** How the ticket names the way that the person asked for. */
  contact,
  /** The channel by which the incident came. */
  contactType: text,
  titleLength: amount,
  closed: z.strictObject({ state: text, code: text, notes: text }),
  reopened: z.strictObject({ state: text }),
  /** For so long ServiceNow may still be busy with a call whose answer got lost. */
  longestSeconds: amount,
});
export type ServiceNowMap = z.infer<typeof serviceNowMapSchema>;

const level = leaf(z.enum(['minimal', 'moderate', 'critical', 'highestcriticalimpact']));

export const azureSupportMapSchema = z.strictObject({
  /** Requests of others are none of Azure's. */
  offerings: z.array(leaf(offeringIdSchema)).min(1),
  severity: z.record(z.enum(SEVERITIES), level),
  aroundTheClock: z.record(z.enum(SEVERITIES), truth),
  /** Levels that Azure takes only with a telephone number. */
  needsPhone: z.array(level),
  contact: z.strictObject({
    phone: leaf(z.enum(['email', 'phone'])),
    email: leaf(z.enum(['email', 'phone'])),
    chat: leaf(z.enum(['email', 'phone'])),
  }),
  language: z.record(languageSchema, text),
  /** Whether Azure may look into the resources. */
  consent: leaf(z.enum(['Yes', 'No'])),
  titleLength: amount,
  /** Names of services where no word of the description names one. */
  service: z.strictObject({ technical: text, billing: text, subscription: text }),
  /** Names of services, and the words by which people name them. */
  services: z.array(z.strictObject({ name: text, words: z.array(z.string().min(1)).min(1) })),
  /** Names of kinds of problems, the most fitting first. */
  problem: z.array(text).min(1),
  /** ISO 3166-1: alpha-2 to alpha-3. */
  country: z.strictObject({ fallback: text, codes: z.record(z.string().length(2), z.string().length(3)) }),
  /** IANA to Windows, as CLDR pairs them. */
  zone: z.strictObject({ fallback: text, names: z.record(z.string(), z.string()) }),
});
export type AzureSupportMap = z.infer<typeof azureSupportMapSchema>;
