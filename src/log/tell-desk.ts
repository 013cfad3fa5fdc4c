import { z } from 'zod';
import { Hopeless } from './jobs.ts';
import type { JobHandler } from './jobs.ts';
import type { Job, Storage } from './ports.ts';

/** Kind of the jobs that tell the desk of something new in another conversation than the one that brought it. */
export const TELL_DESK = 'tell-desk';

const payloadSchema = z.object({ conversation: z.string() });

/**
 * Written with the change, done after it, so that nobody who holds a request waits for the conversation that it was filed in:
 * whoever works there holds that and waits for the request.
 */
export function tellDeskJob(
  id: string,
  { conversation, number, at }: { conversation: string; number: string; at: number },
): Job {
  const work = { kind: TELL_DESK, key: `${TELL_DESK}:${id}`, payload: { conversation }, request: number };
  return { id, ...work, attempts: 0, runAt: at, createdAt: at, lastError: null };
}

/** Marked with the time at which it is done: who follows the desk has passed by that at which it was written. */
export function tellDeskHandler(storage: Storage, clock: () => number): JobHandler {
  return async ({ payload }) => {
    const known = payloadSchema.safeParse(payload).data;
    if (!known) throw new Hopeless('unreadable');
    await storage.transact((unit) => unit.conversations.touchDesk(known.conversation, clock()));
  };
}
