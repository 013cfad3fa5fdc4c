import { z } from 'zod';
import type { InboundActivity } from '../inbound.ts';

const clientInfoSchema = z.object({
  type: z.literal('clientInfo'),
  locale: z.string().max(64).optional(),
  timezone: z.string().max(64).optional(),
});

/** What Teams tells of the person's client beside the activity, where the activity itself doesn't say it. */
export function withClientInfo(activity: InboundActivity): InboundActivity {
  const { locale, localTimezone, entities = [] } = activity;
  if (locale !== undefined && localTimezone !== undefined) return activity;
  const info = entities.map((entity) => clientInfoSchema.safeParse(entity).data).find((found) => found !== undefined);
  if (!info) return activity;
  return {
    ...activity,
    ...((locale ?? info.locale) !== undefined && { locale: locale ?? info.locale }),
    ...((localTimezone ?? info.timezone) !== undefined && { localTimezone: localTimezone ?? info.timezone }),
  };
}
