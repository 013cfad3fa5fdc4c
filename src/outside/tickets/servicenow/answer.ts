import { z } from 'zod';
import { done, later } from '#src/requests/delivery.ts';
import type { Delivery } from '#src/requests/delivery.ts';
import type { Ticket } from '#src/requests/ticket.ts';

/** All values are text there. */
const incident = z.object({ sys_id: z.string().regex(/^[0-9a-f]{32}$/), number: z.string().min(1).max(40) });
const oneSchema = z.object({ result: incident });
const listSchema = z.object({ result: z.array(incident) });
const commentsSchema = z.object({ result: z.object({ comments: z.string() }) });

/** The incident that an answer holds. */
export function madeIn(body: unknown, instance: string): Delivery<Ticket> {
  const read = oneSchema.safeParse(body);
  return read.success ? done(ticketOf(read.data.result, instance)) : later('malformed');
}

/** The incident that was found, or null. */
export function foundIn(body: unknown, instance: string): Delivery<Ticket | null> {
  const read = listSchema.safeParse(body);
  if (!read.success) return later('malformed');
  const [first] = read.data.result;
  return done(first ? ticketOf(first, instance) : null);
}

/** Everything that was commented so far, as people read it there. */
export function commentsIn(body: unknown): Delivery<string> {
  const read = commentsSchema.safeParse(body);
  return read.success ? done(read.data.result.comments) : later('malformed');
}

function ticketOf({ sys_id: id, number }: z.infer<typeof incident>, instance: string): Ticket {
  return { system: 'servicenow', id, number, url: `${instance}/incident.do?sys_id=${id}` };
}
