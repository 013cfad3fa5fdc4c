import { z } from 'zod';
import { cannedSchema, type Canned } from '#knowledge/schema.ts';
import type { DeskRoute } from './route.ts';

/** The agents' ready replies, in every language: the page takes those of the customer's. */
export function cannedRoute(canned: readonly Canned[]): DeskRoute {
  return {
    method: 'GET',
    path: '/desk/api/canned',
    summary: 'Replies that are written already, in every language, with gaps to be filled in.',
    access: 'agent',
    status: 200,
    answer: z.array(cannedSchema),
    handle: async () => ({ status: 200, json: canned }),
  };
}
