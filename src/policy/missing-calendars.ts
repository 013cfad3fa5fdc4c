import type { Rules } from '#knowledge/offering.ts';
import { missingYear } from './working-days.ts';

/** A calendar without a year that is needed now or soon: promises that reach into it are provisional. */
export interface MissingCalendar {
  calendar: string;
  /** Four digits. */
  year: string;
}

/** What operators and agents are warned of at `now`: this year's calendar, and from 1 December next year's. */
export function missingCalendars(rules: Rules, now: number): MissingCalendar[] {
  const found = new Map<string, MissingCalendar>();
  for (const { calendar: named, zone } of Object.values(rules.offerings)) {
    const calendar = rules.calendars[named?.value ?? ''];
    if (calendar === undefined || zone === undefined) continue;
    const year = missingYear(calendar, now, zone.value);
    if (year !== undefined) found.set(`${calendar.id} ${year}`, { calendar: calendar.id, year });
  }
  return [...found.values()];
}
