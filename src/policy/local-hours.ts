import type { Hours, PhoneBook } from '#knowledge/offering.ts';
import { minutesOf } from './local-time.ts';
import { zoneOfCountry } from './country.ts';
import type { Schedule, Work } from './work.ts';

type LocalHours = Extract<Hours, { kind: 'weekdays-local' }>;

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const STATED = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)-(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\d\d:\d\d)-(\d\d:\d\d)(?:,? (.*))?$/;
/** Words after the hours that name another zone than the caller's. */
const NAMED_ZONES: Readonly<Record<string, string>> = {
  ET: 'America/New_York',
  'London time': 'Europe/London',
  'Moscow time': 'Europe/Moscow',
};
const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5];

/**
 * Hours that are local to the caller: the country's own line for English where the phone page has a clear one, else the
 * offering's. undefined where the zone is unknown. Public holidays abroad are in no source and count as ordinary days.
 */
export function localHours(hours: LocalHours, work: Work, phones: PhoneBook): Schedule | undefined {
  const own = work.timeZone ?? zoneOfCountry(work.country);
  const stated = statedHours(work.country, phones);
  const zone = stated?.zone ?? own;
  if (zone === undefined) return undefined;
  if (stated !== undefined) return { kind: 'weekdays', ...stated, zone };
  const span = { opens: minutesOf(hours.opens.value), closes: minutesOf(hours.closes.value) };
  return { kind: 'weekdays', zone, ...span, weekdays: MONDAY_TO_FRIDAY };
}

interface StatedHours {
  weekdays: readonly number[];
  opens: number;
  closes: number;
  zone: string | undefined;
}

function statedHours(country: string | undefined, phones: PhoneBook): StatedHours | undefined {
  const entry = phones[country ?? '']?.find((page) => page.cloud === 'worldwide');
  const line = entry?.billing.find((hours) => hours.language === 'en')?.hours;
  return line === undefined ? undefined : parseHours(line);
}

/** "Sun-Fri 22:00-06:00" → a shift past midnight. A line that the page's own reader doubted (sic) is not used. */
export function parseHours(line: string): StatedHours | undefined {
  const [, first = '', last = '', opens = '', closes = '', note = ''] = STATED.exec(line) ?? [];
  if (first === '' || note.includes('sic')) return undefined;
  const from = WEEKDAYS.indexOf(first);
  const count = ((WEEKDAYS.indexOf(last) - from + WEEKDAYS.length) % WEEKDAYS.length) + 1;
  const weekdays = Array.from({ length: count }, (_, step) => ((from + step) % WEEKDAYS.length) + 1);
  const start = minutesOf(opens);
  const end = minutesOf(closes);
  return { weekdays, opens: start, closes: end > start ? end : end + minutesOf('24:00'), zone: NAMED_ZONES[note] };
}
