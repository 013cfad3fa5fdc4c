import { z } from 'zod';
import { categorySchema, languageSchema, offeringIdSchema, severitySchema } from '#knowledge/schema.ts';
import { OWNERS } from '#src/handoff/standing.ts';
import { STANDINGS } from '#src/promises/clock.ts';
import { PROMISE_KINDS } from '#src/promises/promise.ts';

/** One line of the queue; the names are a contract (conversation.md section 3). Instants are ISO, UTC. */
export const queueEntrySchema = z.strictObject({
  conversation: z.string(),
  request: z.string().optional(),
  severity: z.union([severitySchema, z.literal('')]),
  offering: offeringIdSchema.nullable(),
  category: categorySchema.nullable(),
  language: languageSchema.nullable(),
  summary: z.string(),
  waitingSince: z.iso.datetime(),
  respondBy: z.iso.datetime({ offset: true }).optional(),
  owner: z.enum(OWNERS),
  /** What was promised next to the customer; `misses`: how often the same was promised before, and not kept. */
  promise: z
    .strictObject({
      kind: z.enum(PROMISE_KINDS),
      due: z.iso.datetime(),
      standing: z.enum(STANDINGS),
      misses: z.number().int(),
    })
    .optional(),
  /** Nobody with the right skills came in time: they are offered to everybody on duty. */
  widened: z.literal(true).optional(),
});
export type QueueEntry = z.infer<typeof queueEntrySchema>;

/** How levels order the line; no level counts as the lowest. */
export const LEVELS = { A: 0, B: 1, C: 2, '': 2 } as const;

/** Instants in UTC sort as texts do. */
const compare = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);

/**
 * The level orders the line (policy.md section 3); within a level who waits in the chat comes before what was filed, then to
 * whom a promise was broken, then what must be answered sooner, then who waits longer.
 */
export function byUrgency(one: QueueEntry, other: QueueEntry): number {
  const live = (entry: QueueEntry): number => (entry.owner === 'waiting' ? 0 : 1);
  const broken = (entry: QueueEntry): number => (entry.promise !== undefined && entry.promise.misses > 0 ? 0 : 1);
  const due = (entry: QueueEntry): number => (entry.respondBy === undefined ? Infinity : Date.parse(entry.respondBy));
  return (
    LEVELS[one.severity] - LEVELS[other.severity] ||
    live(one) - live(other) ||
    broken(one) - broken(other) ||
    (due(one) === due(other) ? 0 : due(one) - due(other)) ||
    compare(one.waitingSince, other.waitingSince) ||
    compare(one.conversation, other.conversation)
  );
}
