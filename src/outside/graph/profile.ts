import { z } from 'zod';
import { readEmail, readPhone } from '#src/intake/contact.ts';
import { languageOfLocale } from '#src/intake/language.ts';
import type { PersonFacts } from '#src/intake/ports.ts';

const texts = z.array(z.string()).nullish();

export const userSchema = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  mail: z.string().nullish(),
  businessPhones: texts,
  mobilePhone: z.string().nullish(),
  preferredLanguage: z.string().nullish(),
  usageLocation: z.string().nullish(),
});
export type User = z.infer<typeof userSchema>;
export const USER = 'id,displayName,mail,businessPhones,mobilePhone,preferredLanguage,usageLocation';

export const organizationSchema = z.object({
  id: z.string(),
  businessPhones: texts,
  securityComplianceNotificationPhones: texts,
  technicalNotificationMails: texts,
  securityComplianceNotificationMails: texts,
  countryLetterCode: z.string().nullish(),
  preferredLanguage: z.string().nullish(),
  partnerTenantType: z.string().nullish(),
});
export type Organization = z.infer<typeof organizationSchema>;
export const ORGANIZATION =
  'id,businessPhones,securityComplianceNotificationPhones,technicalNotificationMails,' +
  'securityComplianceNotificationMails,countryLetterCode,preferredLanguage,partnerTenantType';

type Profile = Pick<
  PersonFacts,
  'name' | 'email' | 'phone' | 'language' | 'country' | 'registeredPhones' | 'registeredMails'
>;

/** What is known of a person and their organization; whatever Graph didn't tell stays unknown. */
export function profileOf(user: User | null, organization: Organization | null): Profile {
  const country = regionOf(user?.usageLocation) ?? regionOf(organization?.countryLetterCode);
  const numbers = [...(user?.businessPhones ?? []), user?.mobilePhone ?? ''];
  const registered = [
    ...(organization?.businessPhones ?? []),
    ...(organization?.securityComplianceNotificationPhones ?? []),
  ];
  return {
    name: user?.displayName?.trim().slice(0, 200) || null,
    email: readEmail(user?.mail ?? ''),
    phone: phonesOf(numbers, country)[0] ?? null,
    language: languageOfLocale(user?.preferredLanguage ?? organization?.preferredLanguage ?? undefined) ?? null,
    country,
    registeredPhones: phonesOf(registered, country),
    registeredMails: [
      ...(organization?.technicalNotificationMails ?? []),
      ...(organization?.securityComplianceNotificationMails ?? []),
    ].flatMap((mail) => readEmail(mail) ?? []),
  };
}

/** Numbers in international form; what can't be read as one can't be compared with one either. */
function phonesOf(numbers: readonly string[], country: string | null): string[] {
  return [...new Set(numbers.flatMap((number) => readPhone(number, country ?? '') ?? []))];
}

function regionOf(code: string | null | undefined): string | null {
  const said = code?.trim().toUpperCase() ?? '';
  return /^[A-Z]{2}$/.test(said) ? said : null;
}

/** Kinds of partner that sell to others (organization.partnerTenantType); Microsoft's own support is none of them. */
const RESELLERS = new Set([
  'syndicatepartner',
  'breadthpartner',
  'breadthpartnerdelegatedadmin',
  'resellerpartnerdelegatedadmin',
  'valueaddedresellerpartnerdelegatedadmin',
]);

export function isReseller(organization: Organization | null): boolean {
  return RESELLERS.has(organization?.partnerTenantType?.toLowerCase() ?? '');
}
