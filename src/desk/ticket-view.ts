import { z } from 'zod';
import type { Unit } from '#src/log/ports.ts';
import { ticketKey } from '#src/log/tickets.ts';
import type { RequestEvent, ServiceRequest } from '#src/requests/request.ts';
import { ticketSchema } from '#src/requests/ticket.ts';

/** How a request stands in the ticket system that is connected. `reason`: why somebody must look, or why it waits; a word. */
export const ticketViewSchema = z.strictObject({
  state: z.enum(['filed', 'waiting', 'needs-a-person']),
  ...ticketSchema.pick({ system: true, number: true, url: true }).partial().shape,
  reason: z.string().nullable(),
});
type TicketView = z.infer<typeof ticketViewSchema>;

/** undefined where no other system has a part in it. */
export async function ticketViewOf(
  { number, ticket }: ServiceRequest,
  events: readonly RequestEvent[],
  unit: Unit,
): Promise<TicketView | undefined> {
  const all = await Promise.all(events.map(({ seq }) => unit.jobs.byKey(ticketKey(number, seq))));
  const open = all.find((job) => job?.state === 'dead') ?? all.find((job) => job?.state === 'ready');
  if (!open && !ticket) return undefined;
  const state = open === undefined ? 'filed' : open.state === 'dead' ? 'needs-a-person' : 'waiting';
  const named = ticket && {
    system: ticket.system,
    number: ticket.number,
    ...(ticket.url !== undefined && { url: ticket.url }),
  };
  return { state, ...named, reason: open?.lastError ?? null };
}
