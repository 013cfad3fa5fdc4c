import { z } from 'zod';
import { done, later } from '#src/requests/delivery.ts';
import type { Delivery } from '#src/requests/delivery.ts';
import type { Ticket } from '#src/requests/ticket.ts';

const ticketBody = z.object({
  name: z.string(),
  id: z.string(),
  properties: z.object({ supportTicketId: z.string().min(1).max(40) }),
});

/** `portal` is the address of the portal in that cloud. */
export function ticketIn(body: unknown): Delivery<Ticket> {
  const read = ticketBody.safeParse(body);
  if (!read.success) return later('malformed');
  const { name, properties } = read.data;
  return done({ system: 'azure-support', id: name, number: properties.supportTicketId });
}

const named = z.object({ id: z.string(), properties: z.object({ displayName: z.string() }) });
const pageSchema = z.object({ value: z.array(named), nextLink: z.string().nullish() });

/** Something that Azure lists with its id: a service, or a kind of problem. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

export function namedIn(body: unknown): Delivery<{ items: Named[]; next: string | null }> {
  const read = pageSchema.safeParse(body);
  if (!read.success) return later('malformed');
  const items = read.data.value.map(({ id, properties }) => ({ id, name: properties.displayName }));
  return done({ items, next: read.data.nextLink ?? null });
}

const operationSchema = z.object({ status: z.string() });

export type Progress = 'going-on' | 'succeeded' | 'failed';

/** How far an asynchronous operation of Azure Resource Manager has come. */
export function progressIn(body: unknown): Progress {
  const read = operationSchema.safeParse(body);
  const status = read.success ? read.data.status.toLowerCase() : '';
  if (status === 'succeeded') return 'succeeded';
  return status === 'failed' || status === 'canceled' ? 'failed' : 'going-on';
}
