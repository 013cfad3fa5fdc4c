import type { Language, OfferingId } from '#knowledge/schema.ts';
import type { Vouched } from './vouched.ts';

/** What a directory can tell about a person; `unknown` and `null` are said honestly and lead to a question. */
export interface PersonFacts {
  /** true: a directory vouches for role, purchase and agreement. */
  verified: boolean;
  signedIn: boolean;
  name: string | null;
  tenant: string | null;
  offering: OfferingId | null;
  role: 'may-open' | 'admin-without-permission' | 'not-admin' | 'partner' | 'unknown';
  /** The role's name as the directory gives it, e.g. "Global Reader". */
  roleName: string | null;
  purchase: 'direct' | 'partner' | 'both' | 'trial' | 'unknown';
  /** The agreement that Sev A needs; null = unknown. */
  agreement: boolean | null;
  language: Language | null;
  timeZone: string | null;
  country: string | null;
  email: string | null;
  phone: string | null;
  /** Numbers in the organization's profile: a request from another one is verified by PIN. */
  registeredPhones: readonly string[];
  /** Mail addresses in the organization's profile: where such a PIN may go. */
  registeredMails: readonly string[];
  partner: { name: string; phone: string | null; email: string | null } | null;
  customers: readonly Customer[];
}

export interface Customer {
  id: string;
  name: string;
  offering: OfferingId;
}

export interface Incident {
  id: string;
  offering: OfferingId;
  service: string;
  title: string;
  status: string;
  /** ISO instant. */
  startedAt: string;
  /** Words by which a person's text is matched, in any language. */
  keywords: readonly string[];
  /** What is said of it latest: plain text and ISO instant. */
  latest?: { readonly text: string; readonly at: string };
}

/** The person as the channel or a host page's back end proved it; nothing that a browser said. */
export interface PersonRef {
  channel: string;
  /** Key of the person: `sample:…`, `anonymous:…`, `host:…`, or the channel's with tenant and Entra object id. */
  userId: string;
  tenant: string | null;
  /** Entra object id, where the channel or the host proved it: Microsoft Graph can be asked. */
  objectId: string | null;
  vouched: Vouched | null;
}

/** `unknown`: nobody can tell now. */
export type IncidentState = 'current' | 'over' | 'unknown';

/**
 * Who is asking. A filling that has the answer at hand returns it directly, so that the turn need not wait; one that must
 * ask somebody returns a promise. It never throws for an unknown person or a directory that is down: it returns facts that
 * say `unknown`.
 */
export interface Directory {
  find(person: PersonRef): PersonFacts | Promise<PersonFacts>;
  /** Current, unresolved incidents of an offering, as the person's organization sees them. */
  incidents(person: PersonRef, offering: OfferingId): readonly Incident[] | Promise<readonly Incident[]>;
  /** How an incident stands now, for those who wait for its end; asked rarely, and never within a turn. */
  incidentState(person: PersonRef, offering: OfferingId, id: string): Promise<IncidentState>;
}
