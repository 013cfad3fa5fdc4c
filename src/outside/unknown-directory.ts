import type { Directory, PersonFacts } from '#src/intake/ports.ts';

const NOTHING_KNOWN: PersonFacts = {
  verified: false,
  signedIn: false,
  name: null,
  tenant: null,
  offering: null,
  role: 'unknown',
  roleName: null,
  purchase: 'unknown',
  agreement: null,
  language: null,
  timeZone: null,
  country: null,
  email: null,
  phone: null,
  registeredPhones: [],
  partner: null,
  customers: [],
};

/** Where no directory is connected: nothing is known, so the person is asked, and every request says "unverified". */
export const unknownDirectory: Directory = { find: () => NOTHING_KNOWN, incidents: () => [] };
