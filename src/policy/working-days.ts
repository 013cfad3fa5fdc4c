import type { Calendar } from '#knowledge/offering.ts';
import { dateOf, dayOf, weekdayOf } from './local-time.ts';

/** Whether people work on a day, and whether that is known (a year without a calendar is an educated guess). */
export interface WorkingDay {
  works: boolean;
  known: boolean;
}

const SATURDAY = 6;

// A deadline looks at every day up to two weeks ahead, many times a turn.
const judged = new WeakMap<Calendar, Map<number, WorkingDay>>();
const DAYS_REMEMBERED = 4000;

/** China's business days: weekends may be worked, weekdays may be off (policy section 4, "Business days"). */
export function workingDay(day: number, calendar: Calendar): WorkingDay {
  const days = judged.get(calendar) ?? new Map<number, WorkingDay>();
  const known = days.get(day);
  if (known !== undefined) return known;
  if (days.size >= DAYS_REMEMBERED) days.clear();
  const found = judge(day, calendar);
  judged.set(calendar, days.set(day, found));
  return found;
}

function judge(day: number, calendar: Calendar): WorkingDay {
  const date = dateOf(day);
  const monthDay = date.slice(5);
  const year = calendar.years[date.slice(0, 4)];
  const weekend = weekdayOf(day) >= SATURDAY;
  const holidays = year?.holidays ?? calendar.unknownYears.holidays;
  const isHoliday = holidays.some((range) => covers(range, monthDay));
  const isSwapped = year?.workdays.includes(monthDay) ?? false;
  return { works: isSwapped || (!weekend && !isHoliday), known: year !== undefined };
}

/** `02-15..02-23` covers 02-20; text order is date order within a year. */
function covers(range: string, monthDay: string): boolean {
  const [first = range, last = first] = range.split('..');
  return first <= monthDay && monthDay <= last;
}

/**
 * The year whose calendar is missing and soon needed: this year's at any time, next year's from 1 December. For the
 * health page; undefined when all is well.
 */
export function missingYear(calendar: Calendar, now: number, zone: string): string | undefined {
  const date = dateOf(dayOf(now, zone));
  const year = date.slice(0, 4);
  if (calendar.years[year] === undefined) return year;
  const next = String(Number(year) + 1);
  return date.slice(5) >= '12-01' && calendar.years[next] === undefined ? next : undefined;
}
