import type { PhoneEntry } from '#knowledge/offering.ts';
import type { Severity } from '#knowledge/schema.ts';
import { zoneOfCountry } from './country.ts';
import { parseHours } from './local-hours.ts';
import { openingAt, type Opening } from './opening.ts';
import type { Schedule } from './work.ts';

/** When a line of a country is answered, in which language, for which plan, as its page states it. */
export interface PhoneHours {
  /** As the page tags it: `en`, `ja`, `zh-cmn` … */
  language: string;
  /** The plan that these hours are for, as the labels of its numbers begin; null: all numbers. */
  plan: string | null;
  /** `always`, or hours as the page words them ("Mon-Fri 09:00-17:30"). */
  stated: string;
  /** Level A is answered around the clock, whatever the hours say. */
  criticalAlways: boolean;
  exceptHolidays: boolean;
  /** null where nobody can tell: hours that the page's own reader doubted, an unknown zone, or public holidays that are in no source. */
  opening: Opening | null;
}

/** The moment and place of a call. Instants are epoch milliseconds. */
export interface Moment {
  now: number;
  severity: Severity | '';
  timeZone?: string | undefined;
}

const CRITICAL = /,? *high severity 24x7$/;
const HOLIDAYS = /,? *closed on weekends and public holidays$/;

/** The hours of one language, split by plan: "Office 365 Enterprise: 24x7; other plans: weekdays 09:00-17:30". */
export function hoursOf(
  { language, hours }: { language: string; hours: string },
  { countryCode, numbers }: PhoneEntry,
  moment: Moment,
): PhoneHours[] {
  return hours.split('; ').map((part) => {
    const [, label = null, rest = part] = /^([^:]+): (.*)$/.exec(part) ?? [];
    const plan = label !== null && numbers.some((one) => one.label?.startsWith(label)) ? label : null;
    const words = plan === null ? part : rest;
    const plain = words
      .replace(CRITICAL, '')
      .replace(HOLIDAYS, '')
      .replace(/^weekdays /, 'Mon-Fri ');
    const found = {
      language,
      plan,
      stated: plain === '24x7' ? 'always' : plain,
      criticalAlways: CRITICAL.test(words),
      exceptHolidays: HOLIDAYS.test(words),
    };
    return { ...found, opening: openingOf(found, countryCode, moment) };
  });
}

function openingOf(found: Omit<PhoneHours, 'opening'>, country: string, moment: Moment): Opening | null {
  const { now, severity, timeZone } = moment;
  if (found.stated === 'always' || (found.criticalAlways && severity === 'A'))
    return openingAt({ kind: 'always' }, now);
  const hours = parseHours(found.stated);
  // "Local to the caller unless stated": where one clock serves the country, that one.
  const zone = hours?.zone ?? zoneOfCountry(country) ?? timeZone;
  if (hours === undefined || zone === undefined) return null;
  const schedule: Schedule = { kind: 'weekdays', ...hours, zone };
  const opening = openingAt(schedule, now);
  return found.exceptHolidays ? null : opening;
}
