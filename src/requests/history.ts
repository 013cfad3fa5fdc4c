import type { RequestStore } from './ports.ts';
import type { RequestEvent } from './request.ts';

/**
 * Adds a line to a request's history, behind the last one. The request is locked before its lines are counted: several people
 * may write to it at the same time. False where there is no such request.
 */
export async function addToHistory(store: RequestStore, event: Omit<RequestEvent, 'seq'>): Promise<boolean> {
  if (!(await store.byNumber(event.number))) return false;
  const { length } = await store.events(event.number);
  await store.addEvent({ ...event, seq: length + 1 });
  return true;
}
