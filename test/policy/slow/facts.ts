/**
 * The rules typed a second time, from the sentences of the seeds and of the policy, for the slow decision. Nothing of the
 * product is read here.
 */
export type Offering = 'worldwide' | 'o365-21vianet' | 'azure-21vianet' | 'partner-center-21vianet';
export type Level = 'A' | 'B' | 'C';

/** State Council notices: every single free weekday and worked weekend day of the two years, `MM-DD`. */
const FREE: Readonly<Record<number, string>> = {
  2025:
    '01-01 01-28 01-29 01-30 01-31 02-01 02-02 02-03 02-04 04-04 04-05 04-06 05-01 05-02 05-03 05-04 05-05 ' +
    '05-31 06-01 06-02 10-01 10-02 10-03 10-04 10-05 10-06 10-07 10-08',
  2026:
    '01-01 01-02 01-03 02-15 02-16 02-17 02-18 02-19 02-20 02-21 02-22 02-23 04-04 04-05 04-06 05-01 05-02 05-03 ' +
    '05-04 05-05 06-19 06-20 06-21 09-25 09-26 09-27 10-01 10-02 10-03 10-04 10-05 10-06 10-07',
};
const WORKED: Readonly<Record<number, string>> = {
  2025: '01-26 02-08 04-27 09-28 10-11',
  2026: '01-04 02-14 02-28 05-09 09-20 10-10',
};
/** "statutory fixed days (1 Jan, 1–2 May, 1–3 Oct) count as holidays, other weekends are off". */
const ALWAYS_FREE = '01-01 05-01 05-02 10-01 10-02 10-03';

const judged = new Map<number, boolean>();

/** Is it a business day in China, `day` counted from 1970-01-01? */
export function worksInChina(day: number): boolean {
  const known = judged.get(day) ?? judge(day);
  judged.set(day, known);
  return known;
}

function judge(day: number): boolean {
  const date = new Date(day * 86_400_000);
  const [year, monthDay] = [date.getUTCFullYear(), date.toISOString().slice(5, 10)];
  if (WORKED[year]?.includes(monthDay)) return true;
  if ((FREE[year] ?? ALWAYS_FREE).includes(monthDay)) return false;
  return date.getUTCDay() !== 0 && date.getUTCDay() !== 6;
}

export function isPublished(day: number): boolean {
  const year = new Date(day * 86_400_000).getUTCFullYear();
  return year === 2025 || year === 2026;
}

/** Zones that the cases use, with their countries. */
export const ZONES: Readonly<Record<string, string>> = {
  'Asia/Shanghai': 'CN',
  'Asia/Tokyo': 'JP',
  'America/New_York': 'US',
  'America/Los_Angeles': 'US',
  'Europe/London': 'GB',
  'Europe/Berlin': 'DE',
  'Europe/Paris': 'FR',
  'Europe/Moscow': 'RU',
  'Asia/Kolkata': 'IN',
  'Asia/Riyadh': 'SA',
  'Asia/Almaty': 'KZ',
  'Australia/Sydney': 'AU',
  'Australia/Lord_Howe': 'AU',
  'America/Havana': 'CU',
  'America/Argentina/Buenos_Aires': 'AR',
  'Pacific/Tahiti': 'PF',
  'Pacific/Apia': 'WS',
  'Africa/Lome': 'TG',
  UTC: '',
};

/** The one clock of a country, where it has one. */
export const CLOCK_OF: Readonly<Record<string, string>> = {
  CN: 'Asia/Shanghai',
  JP: 'Asia/Tokyo',
  GB: 'Europe/London',
  DE: 'Europe/Berlin',
  FR: 'Europe/Paris',
  IN: 'Asia/Kolkata',
  SA: 'Asia/Riyadh',
  TG: 'Africa/Lome',
  WS: 'Pacific/Apia',
};

/** The page of telephone numbers: number to dial first, and the English hours of billing: first and last weekday (Sunday = 0), opens, closes. */
export type Hours = readonly [first: number, last: number, opens: number, closes: number, zone?: string];
const NINE_TO_FIVE: Hours = [1, 5, 9, 17];
export const PAGES: Readonly<Record<string, { number: string; hours: Hours }>> = {
  CN: { number: '800 988 0365', hours: [1, 5, 9, 18] },
  JP: { number: '0120 996 680', hours: NINE_TO_FIVE },
  US: { number: '1 800 865 9408', hours: NINE_TO_FIVE },
  GB: { number: '0800 032 6417', hours: NINE_TO_FIVE },
  DE: { number: '0800 589 2332', hours: NINE_TO_FIVE },
  FR: { number: '0805 540 594', hours: NINE_TO_FIVE },
  RU: { number: '8 10 800 2548 1044', hours: [1, 5, 9, 17, 'Europe/London'] },
  IN: { number: '000 800 440 2038', hours: [1, 5, 9, 18] },
  SA: { number: '800 844 4558', hours: [1, 5, 10, 18] },
  KZ: { number: '+8 800 555 1349', hours: [1, 5, 9, 17, 'Europe/London'] },
  AU: { number: '1 800 197 503', hours: [1, 5, 9, 18] },
  // No English line, and a line that the page's reader doubted: the seed's hours.
  AR: { number: '0800 266 1512', hours: NINE_TO_FIVE },
  TG: { number: '+1 312 843 5147', hours: NINE_TO_FIVE },
  PF: { number: '+1 312 843 5147', hours: [0, 5, 22, 30] },
  WS: { number: '+1 312 843 5148', hours: [1, 5, 14, 22] },
};
export const SEED_HOURS: Hours = NINE_TO_FIVE;

/** "phone support is available at (86) 400-089-0365". */
export const CHINA_NUMBER = '(86) 400-089-0365';
