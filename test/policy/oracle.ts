import { isWorkday as isWorkdayInChina } from 'chinese-days';

/**
 * The deadline found the slow way: minute by minute on Beijing's clock, with another source of working days, and numbers
 * typed from the seeds a second time.
 */

const MINUTE = 60_000;
const BEIJING = 8 * 60 * MINUTE;
const workdays = new Map<number, boolean>();

/** Minute of Beijing's day. */
function minuteOf(at: number): number {
  return Math.floor((at + BEIJING) / MINUTE) % 1440;
}

function isWorkday(at: number): boolean {
  const day = Math.floor((at + BEIJING) / (1440 * MINUTE));
  const known = workdays.get(day) ?? isWorkdayInChina(new Date(day * 1440 * MINUTE).toISOString().slice(0, 10));
  workdays.set(day, known);
  return known;
}

export interface Case {
  offering: 'o365-21vianet' | 'azure-21vianet';
  category: 'technical' | 'how-to' | 'billing';
  development: boolean;
  severity: 'A' | 'B' | 'C';
}

export function isOpen(asked: Case, at: number): boolean {
  const minute = minuteOf(at);
  if (asked.category === 'billing') return minute >= 540 && minute < 1080 && isWorkday(at);
  if (asked.severity === 'A') return true;
  const businessDaysOnly = asked.offering === 'azure-21vianet' && asked.development;
  return minute >= 540 && (!businessDaysOnly || isWorkday(at));
}

/** `now` is a whole minute; `severity` is the granted level. */
export function slowDeadline(asked: Case, now: number): number {
  if (asked.severity === 'A') return now + (asked.offering === 'o365-21vianet' ? 60 : 120) * MINUTE;
  if (asked.offering === 'o365-21vianet') return slowBusinessDays(asked, now, asked.severity === 'B' ? 1 : 3);
  let left = (asked.severity === 'B' ? 4 : 8) * 60;
  let at = now;
  for (; left > 0; at += MINUTE) if (isOpen(asked, at)) left -= 1;
  return at;
}

function slowBusinessDays(asked: Case, now: number, days: number): number {
  let at = now;
  while (!(isOpen(asked, at) && isWorkday(at))) at += MINUTE;
  for (let left = days; left > 0;) {
    at += 24 * 60 * MINUTE;
    if (isWorkday(at)) left -= 1;
  }
  return at;
}
