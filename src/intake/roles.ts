import type { Role } from '#knowledge/offering.ts';
import type { OfferingId } from '#knowledge/schema.ts';
import type { PersonFacts } from './ports.ts';

/**
 * What roles in an organization mean for opening requests, by the table of roles. `held` are template ids or names; none
 * held is "not an admin". Roles that the table doesn't know, or of which no source says, decide nothing: the person is asked.
 */
export function roleFrom(
  held: readonly string[],
  table: readonly Role[],
  offering: OfferingId | null,
): Pick<PersonFacts, 'role' | 'roleName'> {
  if (held.length === 0) return { role: 'not-admin', roleName: null };
  const known = held.flatMap((one) => find(one, table) ?? []);
  const opens = known.find((role) => permission(role, offering) === true);
  if (opens) return { role: 'may-open', roleName: opens.name };
  const isClear = known.length === held.length && known.every((role) => permission(role, offering) === false);
  const [first] = known;
  return isClear && first
    ? { role: 'admin-without-permission', roleName: first.name }
    : { role: 'unknown', roleName: first?.name ?? null };
}

function find(one: string, table: readonly Role[]): Role | undefined {
  const said = one.trim().toLowerCase();
  return table.find(({ name, templateId }) => templateId === said || name.toLowerCase() === said);
}

function permission(role: Role, offering: OfferingId | null): boolean | null {
  return offering === 'azure-21vianet' ? role.azure : role.m365;
}
