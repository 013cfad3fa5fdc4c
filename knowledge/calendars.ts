import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checked } from './checked.ts';
import { calendarSchema, suppliedCalendarSchema, type Calendar } from './offering.ts';
import { readYaml } from './plain-yaml.ts';

type Years = Calendar['years'];

/**
 * The calendars of `dir`, by id, and over them the years of an operator's own files in `supplied`. Throws with file and
 * field where one is wrong: a holiday that isn't known makes a wrong promise.
 */
export function readCalendars(dir: string, supplied?: string): Record<string, Calendar> {
  const calendars: Record<string, Calendar> = {};
  for (const path of yamlFiles(dir)) {
    const calendar = checked(calendarSchema, readYaml(readFileSync(path, 'utf8')), path);
    checkYears(calendar.years, path);
    calendars[calendar.id] = calendar;
  }
  for (const path of supplied === undefined ? [] : yamlFiles(supplied)) {
    const { id, years } = checked(suppliedCalendarSchema, readYaml(readFileSync(path, 'utf8')), path);
    const ours = calendars[id];
    if (ours === undefined)
      throw new Error(`${path}: id: there is no calendar ${id}, only ${Object.keys(calendars).join(', ')}`);
    checkYears(years, path);
    const names = [...new Set([...(ours.supplied ?? []), ...Object.keys(years)])];
    calendars[id] = { ...ours, years: { ...ours.years, ...years }, supplied: names };
  }
  return calendars;
}

function yamlFiles(dir: string): string[] {
  const names = namesIn(dir).filter((name) => /\.ya?ml$/.test(name));
  return names.toSorted().map((name) => join(dir, name));
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    throw new Error(`${dir}: this folder of calendars can't be read`);
  }
}

/** Days that exist, ranges in order, and worked days that would otherwise be free: what else is a slip of the pen. */
function checkYears(years: Years, path: string): void {
  for (const [year, { holidays, workdays }] of Object.entries(years)) {
    const fail = (field: string, what: string): never => {
      throw new Error(`${path}: years.${year}.${field}: ${what}`);
    };
    const off = holidays.map((range) => {
      const [first = range, last = first] = range.split('..');
      if (!isDay(year, first) || !isDay(year, last) || last < first) fail('holidays', `${range} is no range of days`);
      return { first, last };
    });
    for (const day of workdays) {
      if (!isDay(year, day)) fail('workdays', `${day} is no day`);
      if (!isWeekend(year, day)) fail('workdays', `${day} is no Saturday or Sunday`);
      if (off.some(({ first, last }) => first <= day && day <= last)) fail('workdays', `${day} is a holiday, too`);
    }
  }
}

function isDay(year: string, day: string): boolean {
  const at = new Date(`${year}-${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(`${year}-${day}`);
}

function isWeekend(year: string, day: string): boolean {
  return [0, 6].includes(new Date(`${year}-${day}T00:00:00Z`).getUTCDay());
}
