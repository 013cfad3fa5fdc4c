import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { vouchedSchema } from '#src/intake/vouched.ts';

/**
 * One person's session in one conversation, as its tokens carry it. The server keeps nothing of it: what is in here was
 * decided when the session began and signed then.
 */
export const visitSchema = z.object({
  /** Id of the conversation; 128 random bits. */
  conversation: z.string().regex(/^[\w-]{22}$/),
  /** `from.id` in the chat; clients take ids beginning with `dl_` from tokens only. */
  user: z.string().regex(/^dl_[\w-]{22}$/),
  /** Key of the person: `sample:<id>`, `host:<host>:<tenant>:<subject>`, `msteams:<tenant>:<object id>` (as in the chat with the bot) or `anonymous:<random>`; never shown. */
  person: z.string().min(1).max(220),
  /** What the back end of a host page signed for; null: nobody did. */
  vouched: vouchedSchema.nullable(),
  /** Origin of the page that began the session; null where a back end asked. */
  origin: z.string().max(300).nullable(),
  locale: z.string().max(64).nullable(),
  zone: z.string().max(64).nullable(),
  /** Epoch milliseconds; tokens are renewed only so long after it. */
  began: z.number().int().positive(),
});
export type Visit = z.infer<typeof visitSchema>;

const random = (): string => randomBytes(16).toString('base64url');

/** A session that begins now; `person` null: nobody knows who it is, and nobody else is the same. */
export function newVisit(
  now: number,
  given: Partial<Pick<Visit, 'person' | 'vouched' | 'origin' | 'locale' | 'zone'>> = {},
): Visit {
  const { person = `anonymous:${random()}`, vouched = null, origin = null, locale = null, zone = null } = given;
  return { conversation: random(), user: `dl_${random()}`, person, vouched, origin, locale, zone, began: now };
}
