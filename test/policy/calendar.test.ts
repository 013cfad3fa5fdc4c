import { isWorkday as isWorkdayInChina } from 'chinese-days';
import { describe, expect, test } from 'vitest';
import { DAY, dateOf, dayOf, instantOf, weekdayOf } from '#src/policy/local-time.ts';
import { missingYear, workingDay } from '#src/policy/working-days.ts';
import { rules } from './place.ts';

const calendar = rules.calendars.cn!;

test.each(['2025', '2026'])('%s: every day agrees with chinese-days 1.5.7', (year) => {
  const first = Date.parse(`${year}-01-01T00:00:00Z`) / DAY;
  for (let day = first; dateOf(day).startsWith(year); day += 1) {
    const expected = { works: isWorkdayInChina(dateOf(day)), known: true };
    expect({ date: dateOf(day), ...workingDay(day, calendar) }).toEqual({ date: dateOf(day), ...expected });
  }
});

describe('a year that is not in the file', () => {
  test.each([
    ['2027-01-01', false],
    ['2027-01-04', true],
    ['2028-05-01', false],
    ['2028-05-02', false],
    ['2028-05-03', true],
    ['2029-10-03', false],
    ['2029-10-04', true],
    ['2030-11-16', false],
  ])('%s', (date, works) => {
    expect(workingDay(Date.parse(`${date}T00:00:00Z`) / DAY, calendar)).toEqual({ works, known: false });
  });

  test('it can be added as data', () => {
    const year = { holidays: ['01-01..01-03'], workdays: ['01-09'], source: { doc: 'a notice', words: 'x' } };
    const longer = { ...calendar, years: { ...calendar.years, '2027': year } };
    expect(workingDay(Date.parse('2027-01-09T00:00:00Z') / DAY, longer)).toEqual({ works: true, known: true });
  });

  test.each([
    ['2026-11-30T15:59:59Z', undefined],
    ['2026-11-30T16:00:00Z', '2027'],
    ['2027-03-01T00:00:00Z', '2027'],
    ['2025-12-15T00:00:00Z', undefined],
  ])('the health page at %s misses %s', (now, year) => {
    expect(missingYear(calendar, Date.parse(now), 'Asia/Shanghai')).toBe(year);
  });
});

describe('local days', () => {
  test('24:00 is the first instant of the next day', () => {
    const day = dayOf(Date.parse('2026-11-20T12:00:00Z'), 'Asia/Shanghai');
    expect(instantOf(day, 1440, 'Asia/Shanghai')).toBe(Date.parse('2026-11-21T00:00:00+08:00'));
    expect(weekdayOf(day)).toBe(5);
  });

  test.each([
    ['a time that the clock shows twice: the first', '2026-10-25', 150, 'Europe/Berlin', '2026-10-25T00:30:00Z'],
    ['a time that the clock jumps over: the jump', '2026-03-29', 150, 'Europe/Berlin', '2026-03-29T01:00:00Z'],
    ['a midnight that does not exist', '2026-03-08', 0, 'America/Havana', '2026-03-08T05:00:00Z'],
    ['before the change', '2026-03-29', 60, 'Europe/Berlin', '2026-03-29T00:00:00Z'],
    ['after the change', '2026-03-29', 600, 'Europe/Berlin', '2026-03-29T08:00:00Z'],
    ['west of UTC', '2026-11-20', 540, 'America/Los_Angeles', '2026-11-20T17:00:00Z'],
  ])('%s', (...row) => {
    const [, date, minutes, zone, instant] = row;
    const at = instantOf(Date.parse(`${date}T00:00:00Z`) / DAY, minutes, zone);
    expect(new Date(at).toISOString()).toBe(new Date(instant).toISOString());
  });
});
