import { z } from 'zod';
import { wordsOf } from '../words-of.ts';
import type { InboundActivity } from '../inbound.ts';

/** Commands as the customer app's manifest names them. */
export const COMMANDS = ['searchKnowledge', 'searchRequests', 'openRequest'] as const;

const texts = z.string().max(4_000);

export const querySchema = z.object({
  commandId: z.enum(COMMANDS),
  parameters: z
    .array(z.object({ name: texts, value: z.unknown() }))
    .max(10)
    .default([]),
  queryOptions: z
    .object({
      skip: z.number().int().min(0).max(10_000).default(0),
      count: z.number().int().min(1).max(100).default(25),
    })
    .default({ skip: 0, count: 25 }),
});

export const fetchSchema = z.object({
  commandId: z.enum(COMMANDS),
  messagePayload: z
    .object({ body: z.object({ contentType: texts.optional(), content: z.string().max(200_000).nullish() }).nullish() })
    .nullish(),
});

export const submitSchema = z.object({
  commandId: z.enum(COMMANDS),
  data: z.object({ description: z.string().max(20_000), token: z.guid() }),
});

const TAGS = /<(?:br|\/p|\/div|\/li)\s*\/?>/gi;

/** The words of a message that was chosen: Teams hands its HTML over. */
export function wordsOfMessage(
  payload: z.infer<typeof fetchSchema>['messagePayload'],
  activity: InboundActivity,
): string {
  const { contentType, content } = payload?.body ?? {};
  const given = content ?? '';
  const text = contentType === 'text' ? given : given.replace(TAGS, '\n').replace(/<(?!\/?at\b)[^<>]{0,2000}>/gi, '');
  return wordsOf({ ...activity, entities: [], text }).replace(/\n{3,}/g, '\n\n');
}
