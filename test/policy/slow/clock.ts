import { isPublished, worksInChina, type Hours } from './facts.ts';

/** Time, minute by minute. Instants are epoch milliseconds, minutes are counted from 1970 in UTC. */
const MINUTE = 60_000;
const QUARTER_DAY = 360;

/** Is it open in the minute that begins at `minute`? */
export type Open = (minute: number) => boolean;

export const always: Open = () => true;

/** Beijing has been eight hours ahead since 1991. */
const inBeijing = (minute: number) => ({ day: Math.floor((minute + 480) / 1440), clock: (minute + 480) % 1440 });

/** Opens at nine in Beijing; every day, or on business days only. */
export function beijing(closes: number, businessDaysOnly: boolean): Open {
  return (minute) => {
    const { day, clock } = inBeijing(minute);
    return clock >= 9 * 60 && clock < closes * 60 && (!businessDaysOnly || worksInChina(day));
  };
}

/** Hours on the clock of a place; 30 is six o'clock of the next morning. */
export function local(zone: string, [first, last, opens, closes]: Hours): Open {
  const worked = (day: number) => first <= day && day <= last;
  return (minute) => {
    const wall = minute + ahead(zone, minute);
    const weekday = (Math.floor(wall / 1440) + 4) % 7;
    const clock = wall % 1440;
    if (worked(weekday) && clock >= opens * 60 && clock < closes * 60) return true;
    return worked((weekday + 6) % 7) && clock + 1440 < closes * 60;
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, number>();

/** Minutes that a zone's clock is ahead of UTC; asked of Intl for each quarter of a day, and for each minute where it changes. */
function ahead(zone: string, minute: number): number {
  const start = minute - (minute % QUARTER_DAY);
  const [before, after] = [asked(zone, start), asked(zone, start + QUARTER_DAY)];
  return before === after ? before : asked(zone, minute);
}

function asked(zone: string, minute: number): number {
  const key = `${zone} ${minute}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  let format = formats.get(zone);
  format ??= new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  formats.set(zone, format);
  const [day, month, year, hour, min] = (format.format(minute * MINUTE).match(/\d+/g) ?? []).map(Number);
  const found = Date.UTC(year!, month! - 1, day, hour, min) / MINUTE - minute;
  known.set(key, found);
  return found;
}

/** The first open instant from `now` on. */
export function nextOpen(open: Open, now: number): number {
  let minute = Math.floor(now / MINUTE);
  if (open(minute)) return now;
  while (!open(minute)) minute += 1;
  return minute * MINUTE;
}

export interface Promised {
  at: number;
  provisional: boolean;
}

/** "walk forward through open minutes only". `onCalendar`: the hours hang on business days. */
export function afterOpenHours(open: Open, now: number, hours: number, onCalendar: boolean): Promised {
  let left = hours * 60 * MINUTE;
  let at = now;
  for (;;) {
    const minute = Math.floor(at / MINUTE);
    const rest = (minute + 1) * MINUTE - at;
    if (open(minute)) {
      if (left <= rest) break;
      left -= rest;
    }
    at += rest;
  }
  at += left;
  return { at, provisional: onCalendar && !published(now, at - 1) };
}

/** "start = the first instant not before now that lies in the working time and on a business day; … the same clock time on the n-th business day". */
export function afterBusinessDays(open: Open, now: number, days: number): Promised {
  let at = nextOpen((minute) => open(minute) && worksInChina(inBeijing(minute).day), now);
  for (let left = days; left > 0;) {
    at += 1440 * MINUTE;
    if (worksInChina(inBeijing(Math.floor(at / MINUTE)).day)) left -= 1;
  }
  return { at, provisional: !published(now, at) };
}

/** Every day from the one to the other lies in a year whose calendar is published. */
function published(from: number, to: number): boolean {
  const last = inBeijing(Math.floor(to / MINUTE)).day;
  for (let { day } = inBeijing(Math.floor(from / MINUTE)); day <= last; day += 1) if (!isPublished(day)) return false;
  return true;
}
