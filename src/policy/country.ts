import { getCountries, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { isSameClock } from './local-time.ts';

/** Countries are ISO 3166-1 alpha-2. Zones of countries come from CLDR, by way of Intl. */

// TypeScript's library doesn't know `getTimeZones` yet.
interface LocaleWithZones {
  getTimeZones(): string[] | undefined;
}

function zonesOf(country: string): readonly string[] {
  const locale: object = new Intl.Locale('und', { region: country });
  return knowsZones(locale) ? (locale.getTimeZones() ?? []) : [];
}

function knowsZones(locale: object): locale is LocaleWithZones {
  return 'getTimeZones' in locale;
}

/** China's support is in Beijing time (seed 000), though the west of the country has a zone in CLDR, too. */
const OFFICIAL: Readonly<Record<string, string>> = { CN: 'Asia/Shanghai' };

const zoneByCountry = new Map<string, string | undefined>();

/** The zone of a country where one clock serves all of it; undefined where clocks differ, or for no country. */
export function zoneOfCountry(country: string | undefined): string | undefined {
  if (country === undefined || !isSupportedCountry(country)) return undefined;
  if (!zoneByCountry.has(country)) zoneByCountry.set(country, OFFICIAL[country] ?? sharedZone(zonesOf(country)));
  return zoneByCountry.get(country);
}

/** Germany has two zones, with one clock; the United States have many. */
function sharedZone([first, ...others]: readonly string[]): string | undefined {
  return first !== undefined && others.every((other) => isSameClock(first, other)) ? first : undefined;
}

let countryByZone: Map<string, string | undefined> | undefined;

function countryOfZone(zone: string): string | undefined {
  countryByZone ??= new Map(getCountries().flatMap((country) => zonesOf(country).map((own) => [own, country])));
  // Other names of a zone are kept too: asking Intl for the canonical one costs more than the rest of a decision.
  if (!countryByZone.has(zone)) countryByZone.set(zone, countryByZone.get(canonical(zone)));
  return countryByZone.get(zone);
}

/** Asia/Kolkata and Asia/Calcutta are one zone; Intl knows which name CLDR uses. */
function canonical(zone: string): string {
  return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
}

/** Where a person is, by the country code of the phone number, else by the time zone; undefined where neither tells. */
export function countryOf(person: { phone?: string | undefined; timeZone?: string | undefined }): string | undefined {
  const dialled = person.phone ? parsePhoneNumberFromString(person.phone)?.country : undefined;
  return dialled ?? (person.timeZone === undefined ? undefined : countryOfZone(person.timeZone));
}
