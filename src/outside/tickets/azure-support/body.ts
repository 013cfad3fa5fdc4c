import type { Severity } from '#knowledge/schema.ts';
import type { AzureSupportMap } from '#knowledge/ticket-maps.ts';
import { countryOf } from '#src/policy/country.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import type { TicketWords } from '#src/requests/ticket.ts';
import type { Place } from './catalog.ts';

interface Given {
  readonly words: TicketWords;
  readonly place: Place;
  readonly map: AzureSupportMap;
  /** Where Azure writes to when the person gave no address; also who speaks for them in messages. */
  readonly deskMail: string;
}

/** The body of a new support ticket. */
export function supportTicketOf(request: ServiceRequest, { words, place, map, deskMail }: Given): object {
  return {
    properties: {
      title: Array.from(words.title).slice(0, map.titleLength.value).join(''),
      description: words.text,
      ...place,
      severity: map.severity[request.severity].value,
      require24X7Response: map.aroundTheClock[request.severity].value,
      advancedDiagnosticConsent: map.consent.value,
      contactDetails: contactDetails(request, map, deskMail),
    },
  };
}

/** Azure takes some levels only with a telephone number: without one this is null, and a person must look. */
export function takesLevel({ contact }: ServiceRequest, severity: Severity, map: AzureSupportMap): boolean {
  const level = map.severity[severity].value;
  return contact.phone !== undefined || !map.needsPhone.some(({ value }) => value === level);
}

function contactDetails(request: ServiceRequest, map: AzureSupportMap, deskMail: string): object {
  const { contact, personName, language } = request;
  const method = contact.phone === undefined ? 'email' : map.contact[contact.method].value;
  const country = countryOf({ phone: contact.phone, timeZone: contact.timeZone });
  return {
    ...nameOf(contact.name ?? personName),
    preferredContactMethod: method,
    primaryEmailAddress: contact.email ?? deskMail,
    ...(contact.phone !== undefined && { phoneNumber: contact.phone }),
    preferredTimeZone: map.zone.names[contact.timeZone ?? ''] ?? map.zone.fallback.value,
    country: map.country.codes[country ?? ''] ?? map.country.fallback.value,
    preferredSupportLanguage: map.language[language].value,
  };
}

/** Both parts must be there; a name that isn't written in two parts is not cut in two. */
function nameOf(name: string): { firstName: string; lastName: string } {
  const parts = name.trim().split(/\s+/);
  const lastName = parts.length > 1 ? (parts.at(-1) ?? '-') : '-';
  const firstName = parts.length > 1 ? parts.slice(0, -1).join(' ') : (parts[0] ?? '');
  return { firstName: firstName === '' ? '-' : firstName, lastName };
}
