import type { Calendar, Hours, KindOfWork, Offering, Rules } from '#knowledge/offering.ts';
import { dayOf, instantOf, minutesOf, weekdayOf } from './local-time.ts';
import { localHours } from './local-hours.ts';
import type { Schedule, Work } from './work.ts';
import { workingDay } from './working-days.ts';

/** policy section 4, table "Working time": which row a piece of work belongs to. */
export function kindOfWork(work: Work, offering: Offering): KindOfWork {
  const isDevelopment = work.development === true && offering.hours.development !== undefined;
  switch (work.category) {
    case 'billing':
    case 'presales':
      return work.category;
    case 'technical':
    case 'how-to':
    case 'partner-center':
    case 'out-of-scope':
    case 'human':
    case 'chitchat':
      if (work.severity === 'A') return 'technicalA';
      return isDevelopment ? 'development' : 'technical';
  }
}

/** The hours of a piece of work; undefined where the sources state none, or local hours meet an unknown zone. */
export function scheduleOf(work: Work, offering: Offering, rules: Rules): Schedule | undefined {
  const hours = offering.hours[kindOfWork(work, offering)];
  if (hours === undefined) return undefined;
  if (hours.kind === 'always') return { kind: 'always' };
  if (hours.kind === 'weekdays-local') return localHours(hours, work, rules.phones);
  return atHome(hours, offering, rules);
}

type HomeHours = Extract<Hours, { kind: 'every-day' | 'business-days' }>;

/** Hours in the offering's own zone, by its own calendar. */
function atHome(hours: HomeHours, offering: Offering, rules: Rules): Schedule {
  const zone = offering.zone?.value;
  if (zone === undefined) throw new Error(`${offering.id}: hours need a zone`);
  const span = { zone, opens: minutesOf(hours.opens.value), closes: minutesOf(hours.closes.value) };
  if (hours.kind === 'every-day') return { kind: 'every-day', ...span };
  return { kind: 'business-days', ...span, calendar: calendarOf(offering, rules) };
}

/** The offering's calendar of business days. Throws where the offering names none. */
export function calendarOf(offering: Offering, rules: Rules): Calendar {
  const calendar = rules.calendars[offering.calendar?.value ?? ''];
  if (calendar === undefined) throw new Error(`${offering.id}: business days need a calendar`);
  return calendar;
}

/** One stretch of open time, end exclusive; `known` is false where finding it passed a day of an unknown year. */
export interface Stretch {
  start: number;
  end: number;
  known: boolean;
}

// The longest closure of any calendar is two weeks; a schedule without an opening in a year is a mistake in the data.
const HORIZON_DAYS = 366;

/** Open stretches in order, from the one that holds or follows `from`. Never ends before the caller does. */
export function* stretches(schedule: Exclude<Schedule, { kind: 'always' }>, from: number): Generator<Stretch> {
  let known = true;
  let closedDays = 0;
  // A shift of the day before may reach past midnight.
  const yesterday = dayOf(from, schedule.zone) - 1;
  for (let day = yesterday; closedDays < HORIZON_DAYS; day += 1) {
    const open = isWorked(day, schedule);
    if (day > yesterday) known &&= open.known;
    closedDays += 1;
    if (!open.works) continue;
    const start = instantOf(day, schedule.opens, schedule.zone);
    const end = instantOf(day, schedule.closes, schedule.zone);
    if (end <= from || start >= end) continue;
    closedDays = 0;
    yield { start, end, known };
  }
  throw new Error('A schedule that never opens');
}

function isWorked(day: number, schedule: Exclude<Schedule, { kind: 'always' }>): { works: boolean; known: boolean } {
  switch (schedule.kind) {
    case 'every-day':
      return { works: true, known: true };
    case 'business-days':
      return workingDay(day, schedule.calendar);
    case 'weekdays':
      return { works: schedule.weekdays.includes(weekdayOf(day)), known: true };
  }
}
