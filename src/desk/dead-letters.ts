import { z } from 'zod';
import { Refusal } from '#src/http/call.ts';
import type { JobState, Storage } from '#src/log/ports.ts';
import { wholeOf, type DeskRoute } from './route.ts';

/** Something for the outside that needs a person; nothing of what it carries is shown. */
export const deadLetterSchema = z.strictObject({
  id: z.string(),
  /** `mail`, `ticket`. */
  kind: z.string(),
  /** Number of the request that it is about; '' where it is about none. */
  request: z.string(),
  /** Why it was given up: a word. */
  reason: z.string(),
  attempts: z.number().int(),
  lastTriedAt: z.iso.datetime(),
});

const PAGE = { byDefault: 100, most: 200 };
const nothing = z.object({});

export function deadLetterRoutes(storage: Storage, clock: () => number): DeskRoute[] {
  return [
    {
      method: 'GET',
      path: '/desk/api/dead-letters',
      summary:
        'Mails and tickets that could not be delivered and need a person, of requests of the agent’s queues, the latest first.',
      query: { limit: `How many at most, up to ${PAGE.most}; ${PAGE.byDefault} where it is not given.` },
      access: 'agent',
      status: 200,
      answer: z.array(deadLetterSchema),
      handle: async (call, { agent }) => {
        const limit = wholeOf(call, 'limit', PAGE);
        const dead = await storage.transact((unit) => unit.jobs.dead(limit, agent.queues));
        return { status: 200, json: dead.map(lineOf) };
      },
    },
    {
      method: 'POST',
      path: '/desk/api/dead-letters/:id/retry',
      summary: 'Has it delivered anew, after what was wrong is mended. What arrived already does not arrive twice.',
      access: 'supervisor',
      status: 200,
      answer: nothing,
      handle: async ({ params }, { agent }) => {
        const id = params['id'] ?? '';
        const at = clock();
        const revived = await storage.transact(async (unit) => {
          if (!(await unit.jobs.revive(id, at, agent.queues))) return false;
          await unit.audit.add({ at, actor: agent.id, action: 'job.retry', subject: id, detail: {} });
          return true;
        });
        if (!revived) throw new Refusal(404, 'not-found', 'There is no such dead letter.');
        return { status: 200, json: {} };
      },
    },
  ];
}

function lineOf({ id, kind, request, lastError, attempts, runAt }: JobState): z.infer<typeof deadLetterSchema> {
  return {
    id,
    kind,
    request: request ?? '',
    reason: lastError ?? '',
    attempts,
    lastTriedAt: new Date(runAt).toISOString(),
  };
}
