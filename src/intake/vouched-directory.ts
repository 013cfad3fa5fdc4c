import type { Role } from '#knowledge/offering.ts';
import { readEmail, readPhone } from './contact.ts';
import { NOTHING_KNOWN } from './nobody.ts';
import type { Directory, PersonFacts } from './ports.ts';
import { roleFrom } from './roles.ts';
import type { Vouched } from './vouched.ts';

/**
 * A directory that also believes what host pages proved. Where the directory behind it knows a fact itself (Microsoft
 * Graph, asked just now), that one counts; the host's word fills what is left.
 */
export function vouchedDirectory(behind: Directory, roles: readonly Role[]): Directory {
  return {
    find(person) {
      const { vouched } = person;
      if (vouched === null) return behind.find(person);
      const said = factsOf(vouched, roles);
      const known = behind.find(person);
      return known instanceof Promise ? known.then((facts) => merged(facts, said)) : merged(known, said);
    },
    incidents: (person, offering) => behind.incidents(person, offering),
    incidentState: (person, offering, id) => behind.incidentState(person, offering, id),
  };
}

/** A host's word as facts: proved, so `verified`; what it didn't say stays unknown and is asked. */
export function factsOf(vouched: Vouched, roles: readonly Role[]): PersonFacts {
  const { tenant, offering, purchase, agreement, language, timeZone, country } = vouched;
  const role = roleOf(vouched, roles);
  return {
    ...NOTHING_KNOWN,
    tenant,
    // The worldwide cloud has one product; in China it is asked.
    offering: offering ?? (vouched.cloud === 'worldwide' ? 'worldwide' : null),
    agreement,
    language,
    timeZone,
    country,
    ...role,
    ...reachable(vouched),
    signedIn: true,
    verified: role.role !== 'unknown',
    purchase: purchase ?? 'unknown',
  };
}

/** What can't be dialled or written to is no way to reach somebody, whoever names it; a name stands in one line. */
function reachable({ name, email, phone, country }: Vouched): Pick<PersonFacts, 'name' | 'email' | 'phone'> {
  return {
    name: name?.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim() || null,
    email: readEmail(email ?? ''),
    phone: readPhone(phone ?? '', country ?? ''),
  };
}

type RoleFacts = Pick<PersonFacts, 'role' | 'roleName'>;
const UNKNOWN: RoleFacts = { role: 'unknown', roleName: null };
const RESELLER: RoleFacts = { role: 'partner', roleName: null };

/** Who resells may have roles that no table of Entra's holds; only "none at all" says that they may not ask. */
function roleOf(vouched: Vouched, table: readonly Role[]): RoleFacts {
  const { roles, reseller } = vouched;
  if (reseller === true) return roles?.length === 0 ? roleFrom(roles, table, null) : RESELLER;
  return roles === null ? UNKNOWN : roleAt(roles, vouched, table);
}

/** Where the host leaves the product open, a role counts when it says the same for Office 365 and Azure of that cloud. */
function roleAt(held: readonly string[], { cloud, offering }: Vouched, table: readonly Role[]): RoleFacts {
  const found = roleFrom(held, table, offering);
  if (offering !== null || cloud === 'worldwide') return found;
  return roleFrom(held, table, 'azure-21vianet').role === found.role ? found : UNKNOWN;
}

/** Fact by fact: the directory's where it has one. Who is there at all is the host's to say. */
function merged(known: PersonFacts, said: PersonFacts): PersonFacts {
  return {
    ...said,
    verified: known.verified || said.verified,
    name: said.name ?? known.name,
    offering: said.offering ?? known.offering,
    ...mergedRole(known, said),
    purchase: known.purchase === 'unknown' ? said.purchase : known.purchase,
    agreement: known.agreement ?? said.agreement,
    language: said.language ?? known.language,
    timeZone: said.timeZone ?? known.timeZone,
    country: said.country ?? known.country,
    email: said.email ?? known.email,
    phone: said.phone ?? known.phone,
    registeredPhones: known.registeredPhones,
    registeredMails: known.registeredMails,
    partner: known.partner,
    customers: known.customers,
  };
}

/** No directory knows every reseller: where it says no more than "may open requests", the host's "they resell" stands. */
function mergedRole(known: PersonFacts, said: PersonFacts): RoleFacts {
  if (known.role === 'unknown' || (known.role === 'may-open' && said.role === 'partner')) {
    return { role: said.role, roleName: said.roleName };
  }
  return { role: known.role, roleName: known.roleName };
}
