import { z } from 'zod';
import type { MissingCalendar } from '#src/policy/missing-calendars.ts';
import type { DeskRoute } from './route.ts';

export const warningSchema = z.strictObject({
  code: z.literal('calendar-missing'),
  calendar: z.string(),
  year: z.string().regex(/^\d{4}$/),
});

/** What agents should know of before they promise anything: `missing` tells which calendars aren't there. */
export function warningRoute(missing: () => readonly MissingCalendar[]): DeskRoute {
  return {
    method: 'GET',
    path: '/desk/api/warnings',
    summary: 'What makes promises uncertain: years without a calendar of working days.',
    access: 'agent',
    status: 200,
    answer: z.array(warningSchema),
    handle: async () => ({
      status: 200,
      json: missing().map((calendar) => ({ code: 'calendar-missing', ...calendar })),
    }),
  };
}
