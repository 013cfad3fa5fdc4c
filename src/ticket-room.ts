import { ticketWords } from '#dialogs/ticket.ts';
import { BOOK_FOLDER } from '#knowledge/book.ts';
import type { Book } from '#knowledge/book.ts';
import { readAzureSupportMap, readServiceNowMap } from '#knowledge/tickets.ts';
import type { Config } from './config.ts';
import type { JobHandler } from './log/jobs.ts';
import { withOutbox } from './log/outbox.ts';
import type { Storage } from './log/ports.ts';
import { TELL_DESK, tellDeskHandler } from './log/tell-desk.ts';
import { TICKET_JOB, ticketHandler } from './log/tickets.ts';
import { ask } from './outside/tickets/ask.ts';
import { azureSupport } from './outside/tickets/azure-support/system.ts';
import { builtIn } from './outside/tickets/built-in/system.ts';
import { serviceNow } from './outside/tickets/servicenow/system.ts';
import { webhook } from './outside/tickets/webhook/system.ts';
import type { ServiceRequest } from './requests/request.ts';
import type { TicketSystem } from './requests/ticket.ts';

interface Given {
  readonly opened: Storage;
  readonly newId: () => string;
  /** Told when there is something for the ticket system. */
  readonly wake: () => void;
}

/**
 * Our own store; with a ticket system beside it, one that also hands it everything that happens to requests. And the jobs that
 * a change of a request is followed by.
 */
export function ticketRoom(
  config: Config,
  book: Pick<Book, 'phrases'>,
  { opened, newId, wake }: Given,
): { storage: Storage; ticketing: Record<string, JobHandler> } {
  const system = systemOf(config, book);
  // Where nothing is connected nobody waits for jobs; those that an earlier setting left are still taken up.
  const storage = system.id === 'built-in' ? opened : withOutbox(opened, { newId, wake });
  const ticket = ticketHandler(storage, system, Date.now);
  return { storage, ticketing: { [TICKET_JOB]: ticket, [TELL_DESK]: tellDeskHandler(storage, Date.now) } };
}

function systemOf({ tickets }: Config, book: Pick<Book, 'phrases'>): TicketSystem {
  const words = (request: ServiceRequest) => ticketWords(request, book.phrases);
  const common = { words, ask, clock: Date.now };
  switch (tickets.system) {
    case 'built-in':
      return builtIn;
    case 'webhook':
      return webhook({ ...tickets, ...common });
    case 'servicenow':
      return serviceNow({ ...tickets, ...common, map: readServiceNowMap(BOOK_FOLDER) });
    case 'azure-support':
      return azureSupport({ ...tickets, ...common, map: readAzureSupportMap(BOOK_FOLDER), pause });
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
