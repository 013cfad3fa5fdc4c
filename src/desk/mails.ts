import { z } from 'zod';
import { servesAll } from '#src/handoff/agent.ts';
import { Refusal } from '#src/http/call.ts';
import type { Storage } from '#src/log/ports.ts';
import { wholeOf, type DeskRoute } from './route.ts';

/** Names follow the page's list of mails. */
export const mailSchema = z.strictObject({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  at: z.iso.datetime(),
});

const PAGE = { byDefault: 100, most: 200 };

/** Mails are kept in a table until a mail server is connected. */
export function mailRoute(storage: Storage): DeskRoute {
  return {
    method: 'GET',
    path: '/desk/api/mails',
    summary: 'Mails that were written to people, the newest first.',
    query: { limit: `How many at most, up to ${PAGE.most}; ${PAGE.byDefault} where it is not given.` },
    access: 'agent',
    status: 200,
    answer: z.array(mailSchema),
    handle: async (call, { agent }) => {
      // A mail says nothing of its product, and it may hold a code.
      if (!servesAll(agent)) throw new Refusal(403, 'queues', 'Mails are shown to those who serve all queues.');
      const limit = wholeOf(call, 'limit', PAGE);
      const mails = await storage.transact((unit) => unit.mails.list(limit));
      return { status: 200, json: mails.map((mail) => ({ ...mail, at: new Date(mail.at).toISOString() })) };
    },
  };
}
