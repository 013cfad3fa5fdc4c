import { describe, expect, test } from 'vitest';
import type { Question } from '#src/policy/decide.ts';
import { parseHours } from '#src/policy/local-hours.ts';
import { beijing, decided } from './place.ts';

type Row = [string, Partial<Question>, string, boolean, string | null];
const billing = { category: 'billing' } as const;
const azure = { offering: 'azure-21vianet' } as const;

test.each<Row>([
  ['seed 000: B from 9:00', {}, '2026-11-21 09:00', true, null],
  ['seed 000: B, a second before nine', {}, '2026-11-21 08:59:59', false, '2026-11-21 09:00'],
  ['seed 000: until 24:00', {}, '2026-11-21 23:59:59', true, null],
  ['seed 000: 365 days', {}, '2026-10-01 12:00', true, null],
  ['midnight is closed', {}, '2026-11-21 00:00', false, '2026-11-21 09:00'],
  ['seed 000: A 24*7', { severity: 'A', agreement: true }, '2026-11-21 03:00', true, null],
  ['A without the agreement has the hours of B', { severity: 'A' }, '2026-11-21 03:00', false, '2026-11-21 09:00'],
  ['billing on Saturday', billing, '2026-11-21 10:00', false, '2026-11-23 09:00'],
  ['billing on a worked Saturday', billing, '2026-10-10 10:00', true, null],
  ['billing before Spring Festival', billing, '2026-02-14 18:00', false, '2026-02-24 09:00'],
  [
    'presales has business hours',
    { category: 'presales', severity: '' },
    '2026-11-20 18:00',
    false,
    '2026-11-23 09:00',
  ],
  ['how-to has technical hours', { category: 'how-to' }, '2026-11-21 10:00', true, null],
  ['azure development at the weekend', { ...azure, development: true }, '2026-11-21 10:00', false, '2026-11-23 09:00'],
  ['azure platform at the weekend', azure, '2026-11-21 10:00', true, null],
  ['Office 365 knows no hours of development', { development: true }, '2026-11-21 10:00', true, null],
])('%s', (...row) => {
  const [, facts, now, openNow, opensAt] = row;
  const decision = decided({ ...facts, now: beijing(now) });
  expect(decision.openNow).toBe(openNow);
  expect(decision.opensAt).toBe(opensAt === null ? null : beijing(opensAt));
});

describe('worldwide', () => {
  const asked = { offering: 'worldwide', agreement: null } as const;

  test('seed 000: technical support 24 hours a day, 7 days a week', () => {
    expect(decided({ ...asked, now: '2026-12-25T03:00:00Z' })).toMatchObject({ openNow: true, opensAt: null });
  });

  test.each([
    ['seed 000: 9 AM-5 PM where the person is', 'Europe/Berlin', '2026-11-20T15:59:00Z', true, null],
    ['closed from 5 PM on', 'Europe/Berlin', '2026-11-20T16:00:00Z', false, '2026-11-23T08:00:00.000Z'],
    ['over the end of summer time', 'Europe/Berlin', '2026-10-23T20:00:00Z', false, '2026-10-26T08:00:00.000Z'],
    ['over the start of summer time', 'America/New_York', '2026-03-06T23:00:00Z', false, '2026-03-09T13:00:00.000Z'],
    ['phone page: China 09:00-18:00', 'Asia/Shanghai', '2026-11-20T09:30:00Z', true, null],
    [
      'a zone half an hour off, under its newer name',
      'Asia/Kolkata',
      '2026-11-20T03:29:00Z',
      false,
      '2026-11-20T03:30:00.000Z',
    ],
  ])('billing: %s', (...row) => {
    const [, timeZone, now, openNow, opensAt] = row;
    expect(decided({ ...asked, category: 'billing', timeZone, now })).toMatchObject({ openNow, opensAt });
  });

  test('the country of the number tells the zone', () => {
    const inJapan = { ...asked, category: 'billing', phone: '+81 3 1234 5678' } as const;
    expect(decided({ ...inJapan, now: '2026-11-20T01:00:00Z' }).openNow).toBe(true);
    expect(decided({ ...inJapan, now: '2026-11-20T08:00:00Z' }).opensAt).toBe('2026-11-23T00:00:00.000Z');
  });

  test('local hours in an unknown place are not guessed', () => {
    const decision = decided({ ...asked, category: 'billing', phone: '+1 425 882 8080' });
    expect(decision).toMatchObject({ openNow: false, opensAt: null });
    expect(decision.contactMethods[0]).toMatchObject({ available: false, reason: 'phone-hours-not-stated' });
  });
});

test('Partner Center: no hours are stated', () => {
  const decision = decided({ offering: 'partner-center-21vianet', person: 'partner', phone: '+86 10 8888 8888' });
  expect(decision).toMatchObject({ openNow: false, opensAt: null });
});

describe('hours of the phone page', () => {
  test.each([
    ['Mon-Fri 09:00-17:00', [1, 2, 3, 4, 5], 540, 1020, undefined],
    ['Sun-Thu 09:00-17:00', [7, 1, 2, 3, 4], 540, 1020, undefined],
    ['Sun-Fri 22:00-06:00', [7, 1, 2, 3, 4, 5], 1320, 1800, undefined],
    ['Mon-Fri 11:00-24:00', [1, 2, 3, 4, 5], 660, 1440, undefined],
    ['Mon-Fri 09:00-17:00 London time', [1, 2, 3, 4, 5], 540, 1020, 'Europe/London'],
    ['Mon-Fri 09:00-17:00, closed on weekends and public holidays', [1, 2, 3, 4, 5], 540, 1020, undefined],
  ])('%s', (...row) => {
    const [line, weekdays, opens, closes, zone] = row;
    expect(parseHours(line)).toEqual({ weekdays, opens, closes, zone });
  });

  test.each([
    'Mon-Fri 08:00-04:00 (sic; source says 8 AM-4 AM, probably 4 PM)',
    '24x7',
    '24 hours, Mon noon to Sat noon',
  ])('not believed: %s', (line) => expect(parseHours(line)).toBeUndefined());
});
