import { IANAZone } from 'luxon';

/**
 * Instants (epoch milliseconds) to local days and back, the same on every machine and at every time of asking. A day is
 * a number: days since 1970-01-01. luxon's zones know the offsets; its DateTime is not used because it resolves a doubtful
 * local time by today's date.
 */

const MINUTE = 60_000;
export const DAY = 86_400_000;
export const HOUR = 3_600_000;

export function isZone(name: string): boolean {
  return IANAZone.isValidZone(name);
}

// Asking Intl for an offset costs 15 µs, and a decision asks a dozen times: days without a change are remembered.
const steadyDays = new Map<string, Map<number, number>>();
const DAYS_REMEMBERED = 4000;

/** Milliseconds that the zone's clock is ahead of UTC at an instant. Throws for an unknown zone. */
function offset(at: number, zone: string): number {
  const day = Math.floor(at / DAY);
  return steadyDays.get(zone)?.get(day) ?? lookUp(at, day, zone);
}

function lookUp(at: number, day: number, zone: string): number {
  const found = IANAZone.create(zone);
  if (!found.isValid) throw new Error(`Not a time zone: ${zone}`);
  const ahead = found.offset(at) * MINUTE;
  const isSteady = found.offset(day * DAY) === found.offset((day + 1) * DAY);
  if (isSteady) remember(zone, day, ahead);
  return ahead;
}

function remember(zone: string, day: number, ahead: number): void {
  const days = steadyDays.get(zone) ?? new Map<number, number>();
  if (days.size >= DAYS_REMEMBERED) days.clear();
  steadyDays.set(zone, days.set(day, ahead));
}

// Fixed instants, so that the answer doesn't hang on the day of asking: every ten days of two years hold both seasons.
const COMPARED = Array.from({ length: 74 }, (_, step) => Date.UTC(2025, 0, 1) + step * 10 * DAY);

/** Do the clocks of two zones always show the same? */
export function isSameClock(one: string, other: string): boolean {
  return COMPARED.every((at) => offset(at, one) === offset(at, other));
}

/** The local day in which an instant lies. */
export function dayOf(at: number, zone: string): number {
  return Math.floor((at + offset(at, zone)) / DAY);
}

/**
 * The instant at which the zone's clock first shows `minutes` past midnight of `day` (1440 = the end of the day). Where the
 * clock jumps over that time, the instant of the jump.
 */
export function instantOf(day: number, minutes: number, zone: string): number {
  const naive = day * DAY + minutes * MINUTE;
  const before = offset(naive - DAY, zone);
  const after = offset(naive + DAY, zone);
  const candidates = [naive - Math.max(before, after), naive - Math.min(before, after)];
  const shown = candidates.find((at) => at + offset(at, zone) === naive);
  return shown ?? jumpBetween(candidates, zone);
}

/** The zone's clock jumps between the two instants: the first instant after the jump. */
function jumpBetween(candidates: readonly number[], zone: string): number {
  let [low = 0, high = 0] = candidates;
  const old = offset(low, zone);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offset(middle, zone) === old) low = middle;
    else high = middle;
  }
  return high;
}

/** The same clock time `days` later. */
export function sameClockLater(at: number, days: number, zone: string): number {
  const ahead = offset(at, zone);
  const there = at + days * DAY;
  return there + ahead - offset(there, zone);
}

/** 1 = Monday … 7 = Sunday. Day 0 was a Thursday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** `YYYY-MM-DD`. */
export function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** "09:30" → 570; "24:00" → 1440. */
export function minutesOf(clock: string): number {
  const [hours = '0', minutes = '0'] = clock.split(':');
  return Number(hours) * 60 + Number(minutes);
}
