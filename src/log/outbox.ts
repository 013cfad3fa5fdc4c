import type { RequestStore } from '#src/requests/ports.ts';
import type { RequestEvent, ServiceRequest } from '#src/requests/request.ts';
import type { Storage } from './ports.ts';
import { ticketJob } from './tickets.ts';

export interface OutboxOptions {
  readonly newId: () => string;
  /** Told after a commit that wrote a job. */
  readonly wake: () => void;
}

/**
 * Storage in which every line of a request's history is also a job for the ticket system, written in the same transaction:
 * whoever changes a request needn't think of it, and can't forget it.
 */
export function withOutbox(storage: Storage, { newId, wake }: OutboxOptions): Storage {
  return {
    shared: storage.shared,
    claim: (key) => storage.claim(key),
    transact: async (work) => {
      let wrote = false;
      const result = await storage.transact((unit) => {
        wrote = false;
        const requests = telling(unit.requests, async (line) => {
          await unit.jobs.add(ticketJob(newId(), line));
          wrote = true;
        });
        return work({ ...unit, requests });
      });
      if (wrote) wake();
      return result;
    },
    check: () => storage.check(),
    close: () => storage.close(),
  };
}

type Line = Pick<RequestEvent, 'number' | 'seq' | 'at'>;

/** The same requests; of whatever is added to their history is told. */
function telling(requests: RequestStore, tell: (line: Line) => Promise<void>): RequestStore {
  const insert = async (request: ServiceRequest): Promise<void> => {
    await requests.insert(request);
    await tell({ number: request.number, seq: 1, at: request.createdAt });
  };
  const addEvent = async (event: RequestEvent): Promise<void> => {
    await requests.addEvent(event);
    await tell(event);
  };
  return new Proxy(requests, {
    get: (store, name) => {
      if (name === 'insert') return insert;
      if (name === 'addEvent') return addEvent;
      const own: unknown = Reflect.get(store, name);
      // Their private fields are their own.
      return typeof own === 'function' ? own.bind(store) : own;
    },
  });
}
