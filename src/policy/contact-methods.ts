import { isSupportedCountry, parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js/max';
import { z } from 'zod';
import { openingAt } from './opening.ts';
import type { Reason } from './reason.ts';
import type { Schedule } from './work.ts';

export const METHODS = ['phone', 'chat', 'email'] as const;
export type Method = (typeof METHODS)[number];

export interface ContactMethod {
  method: Method;
  available: boolean;
  reason: Reason;
}

export interface Reachable {
  phone?: string | undefined;
  email?: string | undefined;
  /** ISO 3166-1 alpha-2, for numbers written without a country code. */
  country?: string | undefined;
  /** A wished callback, epoch milliseconds. */
  callbackAt?: number | undefined;
  agentsOnDuty?: boolean | undefined;
}

/** Which ways of being contacted are possible at `now`, each with why (policy section 5). Always all three. */
export function contactMethods(person: Reachable, schedule: Schedule | undefined, now: number): ContactMethod[] {
  return [byPhone(person, schedule, now), byChat(person), byEmail(person)];
}

function byPhone(person: Reachable, schedule: Schedule | undefined, now: number): ContactMethod {
  const phone = person.phone?.trim() ?? '';
  if (phone === '') return no('phone', 'phone-missing');
  if (readPhone(phone, person.country) === undefined) return no('phone', 'phone-invalid');
  const opening = openingAt(schedule, now);
  if (!opening.stated) return no('phone', 'phone-hours-not-stated');
  if (person.callbackAt !== undefined) return byCallback(person.callbackAt, schedule, now);
  if (opening.openNow) return yes('phone', 'phone-open');
  return no('phone', 'phone-closed');
}

function byCallback(callbackAt: number, schedule: Schedule | undefined, now: number): ContactMethod {
  if (callbackAt < now) return no('phone', 'callback-past');
  return openingAt(schedule, callbackAt).openNow ? yes('phone', 'callback-open') : no('phone', 'callback-closed');
}

function byChat(person: Reachable): ContactMethod {
  return person.agentsOnDuty === true ? yes('chat', 'agents-on-duty') : no('chat', 'no-agents-on-duty');
}

function byEmail(person: Reachable): ContactMethod {
  const email = person.email?.trim() ?? '';
  if (email === '') return no('email', 'email-missing');
  return isEmail(email) ? yes('email', 'email-always') : no('email', 'email-invalid');
}

/** The number in international form (`+86 138 0013 8000`), or undefined where it can't be one of that country. */
export function internationalPhone(phone: string, country?: string): string | undefined {
  return readPhone(phone, country)?.formatInternational();
}

function readPhone(phone: string, country: string | undefined): PhoneNumber | undefined {
  const region = country !== undefined && isSupportedCountry(country) ? country : undefined;
  const parsed = parsePhoneNumberFromString(phone, region);
  if (parsed?.isValid() === true) return parsed;
  // 00 for a + is dialled in most countries, and written everywhere.
  const abroad = /^00[1-9]/.test(phone) ? parsePhoneNumberFromString(`+${phone.slice(2)}`) : undefined;
  return abroad?.isValid() === true ? abroad : undefined;
}

const emailSchema = z.email();

export function isEmail(text: string): boolean {
  return emailSchema.safeParse(text).success;
}

function yes(method: Method, reason: Reason): ContactMethod {
  return { method, available: true, reason };
}

function no(method: Method, reason: Reason): ContactMethod {
  return { method, available: false, reason };
}
