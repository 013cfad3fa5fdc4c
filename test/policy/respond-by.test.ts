import { describe, expect, test } from 'vitest';
import { beijing, decided } from './place.ts';
import type { Question } from '#src/policy/decide.ts';

/** [sentence of the source, what is asked, now in Beijing, deadline in Beijing] */
type Row = [string, Partial<Question>, string, string];

const o365: Partial<Question> = { offering: 'o365-21vianet' };
const azure: Partial<Question> = { offering: 'azure-21vianet' };
const A = { severity: 'A', agreement: true } as const;
const B = { severity: 'B' } as const;
const C = { severity: 'C' } as const;
const billing = { category: 'billing' } as const;
const development = { development: true } as const;

// 2026-11-16 is a Monday; none of that week is a holiday.
const rows: Row[] = [
  ['policy 4: Tue 15:00 → B: Wed 15:00', { ...o365, ...B }, '2026-11-17 15:00', '2026-11-18 15:00'],
  ['policy 4: Fri 15:00 → B: Mon 15:00', { ...o365, ...B }, '2026-11-20 15:00', '2026-11-23 15:00'],
  ['policy 4: an ordinary Sat 15:00 → B: Tue 09:00', { ...o365, ...B }, '2026-11-21 15:00', '2026-11-24 09:00'],
  ['policy 4: Fri 02:00 → start Fri 09:00 → B: Mon 09:00', { ...o365, ...B }, '2026-11-20 02:00', '2026-11-23 09:00'],
  ['policy 4: azure platform B opened 22:30 → 11:30', { ...azure, ...B }, '2026-11-20 22:30', '2026-11-21 11:30'],
  ['seed 000: Initial Response: 1 hour or less', { ...o365, ...A }, '2026-11-21 03:20', '2026-11-21 04:20'],
  ['seed 000: 3 business day or less', { ...o365, ...C }, '2026-11-18 10:00', '2026-11-23 10:00'],
  [
    '24:00 is the end of the day: 23:59 still starts today',
    { ...o365, ...B },
    '2026-11-17 23:59:59',
    '2026-11-18 23:59:59',
  ],
  ['midnight is before the next opening', { ...o365, ...B }, '2026-11-18 00:00', '2026-11-19 09:00'],
  ['a worked Saturday is a business day', { ...o365, ...B }, '2026-10-09 15:00', '2026-10-10 15:00'],
  ['a worked Saturday starts the count', { ...o365, ...B }, '2026-10-10 15:00', '2026-10-12 15:00'],
  ['a worked Sunday counts', { ...o365, ...C }, '2026-09-18 12:00', '2026-09-22 12:00'],
  ['the National Day week is not counted', { ...o365, ...B }, '2026-09-30 16:00', '2026-10-08 16:00'],
  [
    'Spring Festival: start waits for the first business day',
    { ...o365, ...B },
    '2026-02-16 12:00',
    '2026-02-25 09:00',
  ],
  ['seed 000: billing starts in business hours', { ...o365, ...B, ...billing }, '2026-11-20 18:00', '2026-11-24 09:00'],
  ['billing, last minute of the day', { ...o365, ...B, ...billing }, '2026-11-20 17:59', '2026-11-23 17:59'],
  ['seed 003: 2 hours or less', { ...azure, ...A }, '2026-10-01 23:30', '2026-10-02 01:30'],
  ['seed 003: platform all year round', { ...azure, ...B }, '2026-10-01 10:00', '2026-10-01 14:00'],
  ['seed 003: 8 hours, before opening', { ...azure, ...C }, '2026-11-21 02:00', '2026-11-21 17:00'],
  ['a deadline at the end of the day is 24:00', { ...azure, ...B }, '2026-11-20 20:00', '2026-11-21 00:00'],
  [
    'seed 003: development on business days only',
    { ...azure, ...B, ...development },
    '2026-11-20 22:30',
    '2026-11-23 11:30',
  ],
  ['development on a worked Saturday', { ...azure, ...B, ...development }, '2026-10-10 22:00', '2026-10-12 11:00'],
  [
    'development at level A is around the clock',
    { ...azure, ...A, ...development },
    '2026-11-21 05:00',
    '2026-11-21 07:00',
  ],
  [
    'seed 003: billing 9 to 18 on business days',
    { ...azure, ...C, ...billing },
    '2026-11-20 14:00',
    '2026-11-23 13:00',
  ],
  ['billing that ends with the day', { ...azure, ...B, ...billing }, '2026-11-20 14:00', '2026-11-20 18:00'],
  ['how-to has technical hours', { ...o365, ...C, category: 'how-to' }, '2026-11-18 22:00', '2026-11-23 22:00'],
];

test.each(rows)('%s', (_sentence, facts, now, deadline) => {
  const decision = decided({ ...facts, now: beijing(now) });
  expect(decision.respondBy).toBe(beijing(deadline));
  expect(decision.provisional).toBe(false);
});

describe('a year whose calendar is not known', () => {
  test.each([
    ['the count reaches into 2027', '2026-12-31 15:00', '2027-01-04 15:00', true],
    ['the count ends before 2027', '2026-12-30 15:00', '2026-12-31 15:00', false],
    ['1 May 2030 is a statutory holiday', '2030-04-30 15:00', '2030-05-03 15:00', true],
    ['other weekends are off', '2030-11-15 15:00', '2030-11-18 15:00', true],
  ])('%s', (_name, now, deadline, provisional) => {
    const decision = decided({ now: beijing(now) });
    expect(decision.respondBy).toBe(beijing(deadline));
    expect(decision.provisional).toBe(provisional);
  });

  test('hours of every day rest on no calendar', () => {
    expect(decided({ ...azure, ...B, now: beijing('2030-11-15 15:00') }).provisional).toBe(false);
    expect(decided({ ...azure, ...B, ...development, now: beijing('2030-11-15 15:00') }).provisional).toBe(true);
  });

  test('level A is never provisional', () => {
    expect(decided({ ...A, now: beijing('2030-11-15 15:00') }).provisional).toBe(false);
  });
});

describe('no time is promised', () => {
  test.each<[string, Partial<Question>]>([
    ['worldwide: no time is stated', { offering: 'worldwide', severity: 'A' }],
    ['Partner Center: no time is stated', { offering: 'partner-center-21vianet', person: 'partner', severity: 'A' }],
    ['no level', { severity: '', category: 'human' }],
    ['no request can be filed', { person: 'not-admin' }],
    ['a fact is still missing', { person: 'unknown' }],
  ])('%s', (_name, facts) => {
    expect(decided(facts)).toMatchObject({ respondBy: null, provisional: false });
  });
});
