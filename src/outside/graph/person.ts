import type { Role } from '#knowledge/offering.ts';
import { NOTHING_KNOWN } from '#src/intake/nobody.ts';
import type { PersonFacts } from '#src/intake/ports.ts';
import type { Cloud } from '#src/intake/vouched.ts';
import type { Organization, User } from './profile.ts';
import { isReseller, profileOf } from './profile.ts';
import { isGuid } from './place.ts';
import type { Place } from './place.ts';
import type { Subscription } from './purchase.ts';
import { purchaseOf } from './purchase.ts';
import type { Held, RoleFacts } from './role-of.ts';
import { roleOf } from './role-of.ts';

/** What Graph told of a person; null: it couldn't tell. */
export interface Gathered {
  readonly user: User | null;
  readonly organization: Organization | null;
  readonly subscriptions: readonly Subscription[] | null;
  readonly held: Held | null;
}

/** Somebody whom Teams or a host page proved, of whom Graph tells nothing: signed in, and asked everything. */
export function provenOnly({ cloud }: Pick<Place, 'cloud'>, tenant: string): PersonFacts {
  return { ...NOTHING_KNOWN, signedIn: true, tenant, offering: offeringOf(cloud) };
}

/**
 * The worldwide cloud has one offering. In China Office 365, Azure and Partner Center are each supported by themselves, and
 * no directory knows which one a problem is about: that is asked.
 */
function offeringOf(cloud: Cloud): PersonFacts['offering'] {
  return cloud === 'worldwide' ? 'worldwide' : null;
}

/** The facts, each only as far as it really came; `verified` only where role and purchase both did. */
export function factsOf(place: Place, tenant: string, gathered: Gathered, table: readonly Role[]): PersonFacts {
  const { user, organization, subscriptions, held } = gathered;
  const judgement = held === null ? UNKNOWN : judged(place.cloud, held, organization, table);
  // Of somebody whom the organization doesn't know, or doesn't show, an empty list of roles proves nothing.
  const role = user === null && !GRANTED.has(judgement.role) ? UNKNOWN : judgement;
  const purchase = subscriptions === null ? 'unknown' : bought(place, subscriptions, organization);
  return {
    ...provenOnly(place, tenant),
    ...profileOf(user, organization),
    ...role,
    purchase,
    verified: role.role !== 'unknown' && purchase !== 'unknown',
  };
}

const GRANTED: ReadonlySet<PersonFacts['role']> = new Set(['may-open', 'partner']);
const UNKNOWN: RoleFacts = { role: 'unknown', roleName: null };

/** In China a role must open requests for Office 365 and for Azure: which of them it will be isn't known yet. */
const KINDS = { worldwide: ['m365'], china: ['m365', 'azure'] } as const;

/** Whether these roles alone would let somebody be refused, or asked. */
export function lacksPermission(cloud: Cloud, held: Held, table: readonly Role[]): boolean {
  return roleOf(held, KINDS[cloud], table).role !== 'may-open';
}

function judged(cloud: Cloud, held: Held, organization: Organization | null, table: readonly Role[]): RoleFacts {
  const found = roleOf(held, KINDS[cloud], table);
  return found.role === 'may-open' && isReseller(organization) ? { ...found, role: 'partner' } : found;
}

function bought(place: Place, subscriptions: readonly Subscription[], organization: Organization | null) {
  const own = organization?.id.toLowerCase();
  // Named by a domain, the tenant's id is needed to know which owner is the organization itself.
  if (own === undefined && !isGuid(place.tenant)) return purchaseUnlessOwned(subscriptions);
  return purchaseOf(subscriptions, [place.tenant, ...(own === undefined ? [] : [own])]);
}

function purchaseUnlessOwned(subscriptions: readonly Subscription[]): PersonFacts['purchase'] {
  const found = purchaseOf(subscriptions, []);
  return found === 'direct' || found === 'trial' ? found : 'unknown';
}
