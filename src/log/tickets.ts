import { z } from 'zod';
import { severitySchema } from '#knowledge/schema.ts';
import { UNREACHABLE } from '#src/requests/delivery.ts';
import type { Delivery } from '#src/requests/delivery.ts';
import type { RequestEvent, ServiceRequest } from '#src/requests/request.ts';
import type { Attempt, Ticket, TicketSystem } from '#src/requests/ticket.ts';
import { Hopeless, Later, settle } from './jobs.ts';
import type { JobHandler } from './jobs.ts';
import type { ClaimedJob, Job, JobState, Storage } from './ports.ts';

/** Each line of a request's history is a job of this kind, and so reaches the ticket system. */
export const TICKET_JOB = 'ticket';

const payloadSchema = z.object({ number: z.string(), seq: z.number().int() });

export const ticketKey = (number: string, seq: number): string => `ticket:${number}:${seq}`;

export function ticketJob(id: string, { number, seq, at }: Pick<RequestEvent, 'number' | 'seq' | 'at'>): Job {
  const payload = { number, seq };
  const key = ticketKey(number, seq);
  return {
    id,
    kind: TICKET_JOB,
    key,
    payload,
    request: number,
    attempts: 0,
    runAt: at,
    createdAt: at,
    lastError: null,
  };
}

interface Line {
  readonly request: ServiceRequest;
  readonly event: RequestEvent;
  /** How the line before it stands; undefined where that was written before a ticket system was connected. */
  readonly before: JobState | undefined;
  readonly filing: JobState | undefined;
}

/** Brings one line of a request's history to the ticket system, after all lines before it. */
export function ticketHandler(storage: Storage, system: TicketSystem, clock: () => number): JobHandler {
  return async (job) => {
    const line = await readLine(job, storage);
    // In order: what was added to a request means nothing to a system that doesn't know the request.
    if (line.before?.state === 'ready') throw new Later(UNREACHABLE);
    const attempt = attemptOf(job, clock());
    const { request, event } = line;
    if (event.kind === 'filed') return file(request, { storage, system, attempt });
    const ticket = ticketFor(line, system);
    if (ticket) settle(await tell({ request, ticket, event }, system, attempt));
  };
}

async function readLine({ payload }: ClaimedJob, storage: Storage): Promise<Line> {
  const known = payloadSchema.safeParse(payload);
  if (!known.success) throw new Hopeless('unreadable');
  const { number, seq } = known.data;
  const line = await storage.transact(async (unit) => ({
    request: await unit.requests.byNumber(number),
    event: (await unit.requests.events(number)).find((one) => one.seq === seq),
    before: seq > 1 ? await unit.jobs.byKey(ticketKey(number, seq - 1)) : undefined,
    filing: await unit.jobs.byKey(ticketKey(number, 1)),
  }));
  const { request, event, before, filing } = line;
  if (!request || !event) throw new Hopeless('request-gone');
  return { request, event, before, filing };
}

function attemptOf({ key, attempts, unfinished }: ClaimedJob, at: number): Attempt {
  return { key, again: attempts > 1, unsettled: unfinished, at };
}

interface Filing {
  readonly storage: Storage;
  readonly system: TicketSystem;
  readonly attempt: Attempt;
}

async function file(request: ServiceRequest, { storage, system, attempt }: Filing): Promise<void> {
  if (request.ticket || !system.takes(request)) return;
  const ticket = settle(await system.file(request, attempt));
  await storage.transact((unit) => unit.requests.setTicket(request.number, ticket));
}

/** null: that system has no part in this request, because it doesn't take it or was connected later. */
function ticketFor({ request, filing }: Line, system: TicketSystem): Ticket | null {
  const { ticket } = request;
  if (!ticket) {
    if (filing?.state === 'dead') throw new Hopeless('never-filed');
    return null;
  }
  if (ticket.system !== system.id) throw new Hopeless('filed-elsewhere');
  return ticket;
}

interface Told {
  readonly request: ServiceRequest;
  readonly ticket: Ticket;
  readonly event: RequestEvent;
}

/** What the customer wants and the rules don't grant; whoever has the ticket decides. */
const wishSchema = z.object({ severity: severitySchema, reason: z.string() });

async function tell({ request, ticket, event }: Told, system: TicketSystem, attempt: Attempt): Promise<Delivery<void>> {
  const filed = { request, ticket };
  switch (event.kind) {
    case 'filed':
      return { kind: 'done', value: undefined };
    case 'information-added':
      return system.addInformation(filed, z.string().parse(event.data['text']), attempt);
    case 'severity-changed':
      return system.changeSeverity(filed, severitySchema.parse(event.data['severity']), attempt);
    case 'severity-wished': {
      const { severity, reason } = wishSchema.parse(event.data);
      return system.addInformation(filed, `Level ${severity} wished: ${reason}`, attempt);
    }
    case 'closed':
    case 'withdrawn':
      return system.close(filed, attempt);
    case 'reopened':
      return system.reopen(filed, attempt);
  }
}
