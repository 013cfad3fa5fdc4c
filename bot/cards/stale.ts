import { z } from 'zod';

const staleSchema = z.object({ channelData: z.object({ stale: z.literal(true) }) });

/** Said in answer to a card whose question was answered before. */
export function isStale({ body }: { body: Readonly<Record<string, unknown>> }): boolean {
  return staleSchema.safeParse(body).success;
}
