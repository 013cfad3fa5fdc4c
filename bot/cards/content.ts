import { z } from 'zod';
import { CONTENT_TYPE } from './adaptive.ts';

/** An Adaptive Card as it is read back from the log: our own, but written by an earlier version, or cut to fit. */
const elementSchema = z.looseObject({ type: z.string() });
export type Element = z.infer<typeof elementSchema>;

const contentSchema = z.looseObject({
  type: z.literal('AdaptiveCard'),
  body: z.array(elementSchema).default([]),
  actions: z.array(elementSchema).default([]),
});
export type CardContent = z.infer<typeof contentSchema>;

const attachmentSchema = z.looseObject({ contentType: z.literal(CONTENT_TYPE), content: contentSchema });

/** The card of an activity; undefined where it has none. */
export function cardOf(activity: Readonly<Record<string, unknown>>): CardContent | undefined {
  const attachments: unknown[] = Array.isArray(activity['attachments']) ? activity['attachments'] : [];
  return attachments.flatMap((one) => attachmentSchema.safeParse(one).data?.content ?? [])[0];
}

/** The activity with another card in the place of its own. */
export function withCard<A extends Readonly<Record<string, unknown>>>(activity: A, content: CardContent): A {
  return { ...activity, attachments: [{ contentType: CONTENT_TYPE, content }] };
}
