import type { Leaf, Offering, Response, Rules } from '#knowledge/offering.ts';
import { dayOf, HOUR, sameClockLater } from './local-time.ts';
import { calendarOf, scheduleOf, stretches } from './schedule.ts';
import type { Schedule, Work } from './work.ts';
import { workingDay } from './working-days.ts';

/** By when somebody answers (epoch milliseconds); `provisional` where the count reaches into a year without a calendar. */
interface Counted {
  at: number;
  provisional: boolean;
}

/** `rests` is the value behind the promise. */
export interface Deadline extends Counted {
  rests: Leaf<number>;
}

/**
 * policy section 4: the deadline of work at its granted level, or null where no time is promised (no level, no promise in
 * the sources, or hours that nobody states).
 */
export function respondBy(work: Work, offering: Offering, rules: Rules, now: number): Deadline | null {
  const promise = work.severity === '' ? undefined : offering.respond?.[work.severity];
  if (promise === undefined) return null;
  const schedule = scheduleOf(work, offering, rules);
  if (schedule === undefined) return null;
  const rests = promise.kind === 'business-days' ? promise.days : promise.hours;
  return { ...count(promise, schedule, { offering, rules, now }), rests };
}

interface Place {
  offering: Offering;
  rules: Rules;
  now: number;
}

function count(promise: Response, schedule: Schedule, place: Place): Counted {
  switch (promise.kind) {
    case 'around-the-clock':
      return { at: place.now + promise.hours.value * HOUR, provisional: false };
    case 'working-hours':
      return afterOpenTime(schedule, place.now, promise.hours.value * HOUR);
    case 'business-days':
      return afterBusinessDays(schedule, place, promise.days.value);
  }
}

/** Walks forward through open time only; the deadline may be the very end of a stretch. */
function afterOpenTime(schedule: Schedule, now: number, needed: number): Counted {
  if (schedule.kind === 'always') return { at: now + needed, provisional: false };
  let left = needed;
  for (const { start, end, known } of stretches(schedule, now)) {
    const begin = Math.max(start, now);
    if (left <= end - begin) return { at: begin + left, provisional: !known };
    left -= end - begin;
  }
  throw new Error('A schedule that never opens');
}

/** Start: the first open instant on a business day. Deadline: the same clock time on the n-th business day after it. */
function afterBusinessDays(schedule: Schedule, place: Place, days: number): Counted {
  const calendar = calendarOf(place.offering, place.rules);
  const zone = place.offering.zone?.value ?? '';
  const hours = schedule.kind === 'always' ? { opens: 0, closes: 1440, zone } : schedule;
  const first = firstStretch({ ...hours, kind: 'business-days', calendar }, place.now);
  const start = Math.max(first.start, place.now);
  const startDay = dayOf(start, zone);
  let known = first.known;
  let day = startDay;
  for (let left = days; left > 0;) {
    day += 1;
    const next = workingDay(day, calendar);
    known &&= next.known;
    if (next.works) left -= 1;
  }
  return { at: sameClockLater(start, day - startDay, zone), provisional: !known };
}

function firstStretch(
  schedule: Extract<Schedule, { kind: 'business-days' }>,
  now: number,
): { start: number; known: boolean } {
  for (const stretch of stretches(schedule, now)) return stretch;
  throw new Error('A schedule that never opens');
}
