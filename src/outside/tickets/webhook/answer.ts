import { ticketSchema } from '#src/requests/ticket.ts';
import type { Ticket } from '#src/requests/ticket.ts';

const named = ticketSchema.pick({ number: true, url: true }).partial();

/** A receiver may say how the request is called over there, and where; otherwise it has our number. */
export function ticketOf(body: unknown, number: string): Ticket {
  const said = named.safeParse(body ?? {});
  return { system: 'webhook', id: number, number, ...(said.success && said.data) };
}
