import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readYaml } from './plain-yaml.ts';
import { z } from 'zod';
import { readCalendars } from './calendars.ts';
import { checked } from './checked.ts';
import { offeringSchema, phoneEntrySchema, roleSchema } from './offering.ts';
import type { Calendar, Offering, PhoneBook, PhoneEntry, Role, Rules } from './offering.ts';
import { OFFERINGS, type OfferingId } from './schema.ts';

/**
 * Reads and checks offerings, calendars and telephone numbers below `dir` (the knowledge folder). Throws with file and
 * field where one is missing or wrong: without its rules the desk must not start. `supplied` is a folder of the operator's
 * own calendars, which win over ours.
 */
export function readRules(dir: string, supplied?: string): Rules {
  const calendars = readCalendars(join(dir, 'calendars'), supplied);
  const offering = (id: OfferingId): Offering => readOffering(join(dir, 'offerings', `${id}.yaml`), id, calendars);
  const worldwide = offering('worldwide');
  return {
    offerings: {
      worldwide,
      'o365-21vianet': offering('o365-21vianet'),
      'azure-21vianet': offering('azure-21vianet'),
      'partner-center-21vianet': offering('partner-center-21vianet'),
    },
    calendars,
    phones: asNamedBy(worldwide, readPhones(join(dir, 'phone-numbers.json'))),
  };
}

/** Directory roles and whether they may open requests (`roles.json`). */
export function readRoles(dir: string): readonly Role[] {
  const path = join(dir, 'roles.json');
  return checked(z.array(roleSchema), JSON.parse(readFileSync(path, 'utf8')), path);
}

function readOffering(path: string, id: OfferingId, calendars: Record<string, Calendar>): Offering {
  const offering = checked(offeringSchema, readYaml(readFileSync(path, 'utf8')), path);
  if (offering.id !== id)
    throw new Error(`${path}: id: says ${offering.id}, one of ${OFFERINGS.join(', ')} by file name`);
  const calendar = offering.calendar?.value;
  if (calendar !== undefined && calendars[calendar] === undefined) {
    throw new Error(`${path}: calendar: there is no calendars/${calendar}.yaml`);
  }
  return offering;
}

const phoneFileSchema = z.object({ entries: z.array(phoneEntrySchema) });

function readPhones(path: string): PhoneBook {
  const book: Record<string, PhoneEntry[]> = {};
  for (const entry of checked(phoneFileSchema, JSON.parse(readFileSync(path, 'utf8')), path).entries) {
    (book[entry.countryCode] ??= []).push(entry);
  }
  return book;
}

/**
 * A number that a seed names, too, is written as there (1 800 197 503, where the page has 1800 197 503). One of other digits
 * stays as it is: `check` names it.
 */
function asNamedBy({ id, countryNumbers = {} }: Offering, phones: PhoneBook): PhoneBook {
  const named = Object.entries(countryNumbers).map(([country, { value }]) => {
    const entries = (phones[country] ?? []).map((entry) => {
      if (entry.cloud !== id) return entry;
      const numbers = entry.numbers.map((one) =>
        digits(one.number) === digits(value) ? { ...one, number: value } : one,
      );
      return { ...entry, numbers };
    });
    return [country, entries] as const;
  });
  return { ...phones, ...Object.fromEntries(named.filter(([, entries]) => entries.length > 0)) };
}

function digits(number: string): string {
  return number.replace(/\D/g, '');
}
