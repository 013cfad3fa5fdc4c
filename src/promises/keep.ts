import type { RequestEvent, ServiceRequest } from '#src/requests/request.ts';
import { endBy, type Act } from './acts.ts';
import type { PromiseStore, Whose } from './ports.ts';

/** Who did what, and when. */
export interface Done {
  readonly act: Act;
  readonly at: number;
  readonly by: string;
}

/**
 * Ends the promises that an act keeps, or makes void, in the transaction of the act itself: with the message that is said,
 * the call that is noted, the request that is closed. Of a conversation all requests count: who gets an answer there has it.
 */
export async function keepPromises(store: PromiseStore, whose: Whose, { act, at, by }: Done): Promise<void> {
  for (const pledge of await store.open(whose)) {
    const end = endBy(act, pledge, at);
    if (end) await store.end(pledge, { ...end, at, by });
  }
}

/**
 * Lets promises follow what is written into a request's history, so that nobody who writes there can forget them: a request
 * that ends owes nothing, a changed level moves the answer that is still owed, and one that is reopened with a time owes it.
 */
export async function followHistory(store: PromiseStore, event: RequestEvent, request: ServiceRequest): Promise<void> {
  const { number, at, actor: by, kind } = event;
  switch (kind) {
    case 'closed': {
      const act = by === request.person || by === 'customer' ? 'withdraw' : 'close';
      return keepPromises(store, { request: number }, { act, at, by });
    }
    case 'withdrawn':
      return keepPromises(store, { request: number }, { act: 'withdraw', at, by });
    case 'severity-changed':
      return moveAnswer(store, event);
    case 'reopened': {
      const due = dueOf(event);
      if (typeof due !== 'number') return undefined;
      await store.add({
        request: number,
        conversation: request.conversation,
        kind: 'respond',
        due,
        madeAt: at,
        by: 'policy',
      });
      return undefined;
    }
    case 'filed':
    case 'information-added':
    case 'severity-wished':
      return undefined;
  }
}

/**
 * The call at the time that the customer chose, in place of one at another; null: they want none any more. A request that is
 * over owes nothing.
 */
export async function promiseCall(
  store: PromiseStore,
  { number, conversation, state }: Pick<ServiceRequest, 'number' | 'conversation' | 'state'>,
  due: number | null,
  at: number,
): Promise<void> {
  const before = (await store.open({ request: number })).find(({ kind }) => kind === 'call-back');
  if (state !== 'open' || (before?.due ?? null) === due) return;
  const ended = due === null ? ('void' as const) : ('renewed' as const);
  if (before) await store.end(before, { state: ended, reason: 'moved', at, by: 'customer' });
  if (due === null) return;
  const renews = before?.seq ?? null;
  await store.add({ request: number, conversation, kind: 'call-back', due, madeAt: at, by: 'policy', renews });
}

/** The time that an event brings; null where it says that none is promised, undefined where it says nothing of it. */
function dueOf({ data: { respondBy } }: RequestEvent): number | null | undefined {
  if (respondBy === null) return null;
  const due = typeof respondBy === 'string' ? Date.parse(respondBy) : Number.NaN;
  return Number.isNaN(due) ? undefined : due;
}

async function moveAnswer(store: PromiseStore, event: RequestEvent): Promise<void> {
  const { number: request, at, actor: by } = event;
  const owed = (await store.open({ request })).find(({ kind }) => kind === 'respond');
  const due = dueOf(event);
  if (!owed || due === undefined || due === owed.due) return;
  const state = due === null ? 'void' : 'renewed';
  if (!(await store.end(owed, { state, reason: 'level-changed', at, by })) || due === null) return;
  const { conversation, kind, seq: renews, misses } = owed;
  await store.add({ request, conversation, kind, due, madeAt: at, by: 'policy', renews, misses });
}
