import type { PersonFacts } from './ports.ts';

/** Somebody of whom nothing is known: every directory begins here, and says only what it can vouch for. */
export const NOTHING_KNOWN: PersonFacts = {
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
  registeredMails: [],
  partner: null,
  customers: [],
};
