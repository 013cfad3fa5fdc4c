import type { Role } from '#knowledge/offering.ts';
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
  const { tenant, offering, purchase, agreement, name, email, phone, language, timeZone, country } = vouched;
  const role = vouched.reseller === true ? { role: 'partner' as const, roleName: null } : roleOf(vouched, roles);
  return {
    ...NOTHING_KNOWN,
    ...{ tenant, offering, agreement, name, email, phone, language, timeZone, country },
    ...role,
    signedIn: true,
    verified: role.role !== 'unknown',
    purchase: purchase ?? 'unknown',
  };
}

function roleOf({ roles, offering }: Vouched, table: readonly Role[]): Pick<PersonFacts, 'role' | 'roleName'> {
  return roles === null ? { role: 'unknown', roleName: null } : roleFrom(roles, table, offering);
}

/** Fact by fact: the directory's where it has one. Who is there at all is the host's to say. */
function merged(known: PersonFacts, said: PersonFacts): PersonFacts {
  const hasRole = known.role !== 'unknown';
  return {
    ...said,
    verified: known.verified || said.verified,
    name: said.name ?? known.name,
    offering: said.offering ?? known.offering,
    ...(hasRole ? { role: known.role, roleName: known.roleName } : {}),
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
