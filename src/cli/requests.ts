import type { Storage, Unit } from '#src/log/ports.ts';
import type { ServiceRequest } from '#src/requests/request.ts';

type Out = (line: string) => void;
const PAGE = 200;

/** `requests list`: one line a request, the oldest first. */
export async function listRequests(storage: Storage, state: string | undefined, out: Out): Promise<number> {
  await each(storage, async (request) => {
    if (state === undefined || request.state === state) out(JSON.stringify(lineOf(request)));
  });
  return 0;
}

/** `requests show N`: everything that was filed, with its history. 1 where there is no such request. */
export async function showRequest(storage: Storage, number: string, out: Out): Promise<number> {
  const found = await storage.transact(async (unit) => {
    const request = await unit.requests.byNumber(number);
    return request && (await wholeOf(request, unit));
  });
  if (!found) {
    console.error(`There is no request ${JSON.stringify(number)}.`);
    return 1;
  }
  out(JSON.stringify(found));
  return 0;
}

/** `requests export`: every request whole, one a line, the oldest first. */
export async function exportRequests(storage: Storage, out: Out): Promise<number> {
  await each(storage, async (request, unit) => out(JSON.stringify(await wholeOf(request, unit))));
  return 0;
}

/** Page by page, each in a transaction of its own, so that the server beside us never waits for long. */
async function each(storage: Storage, take: (request: ServiceRequest, unit: Unit) => Promise<void>): Promise<void> {
  let last: string | null = null;
  for (;;) {
    const seen: string | null = last;
    const page: ServiceRequest[] = await storage.transact(async (unit) => {
      const requests = await unit.requests.list(seen, PAGE);
      for (const request of requests) await take(request, unit);
      return requests;
    });
    last = page.at(-1)?.number ?? last;
    if (page.length < PAGE) return;
  }
}

/** The names that other programs rely on (conversation.md section 2). `person` is the key that `erase --person` takes. */
function lineOf(request: ServiceRequest): Record<string, unknown> {
  const { number, state, severity, offering, route, category, description, person, personName, respondBy } = request;
  const createdAt = new Date(request.createdAt).toISOString();
  return { number, state, severity, offering, route, category, description, person, personName, createdAt, respondBy };
}

async function wholeOf(request: ServiceRequest, unit: Unit): Promise<Record<string, unknown>> {
  const events = await unit.requests.events(request.number);
  const history = events.map(({ number: _same, at, ...event }) => ({ ...event, at: new Date(at).toISOString() }));
  return { ...lineOf(request), ...request, createdAt: new Date(request.createdAt).toISOString(), history };
}
