import { z } from 'zod';

/** What is kept of a conversation's channel, to answer it also after a restart. */
export const referenceSchema = z.object({
  serviceUrl: z.string(),
  channelId: z.string(),
  conversation: z.looseObject({
    id: z.string(),
    conversationType: z.string().optional(),
    isGroup: z.boolean().optional(),
  }),
  user: z.looseObject({ id: z.string() }),
  bot: z.looseObject({ id: z.string() }),
});
export type Reference = z.infer<typeof referenceSchema>;
