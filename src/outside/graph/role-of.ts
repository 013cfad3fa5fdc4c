import type { Role } from '#knowledge/offering.ts';
import type { PersonFacts } from '#src/intake/ports.ts';

/** The permissions that decide (facts.md section 1): who may open and manage requests for Microsoft 365, and for Azure. */
export const TICKETS = {
  m365: 'microsoft.office365.supportTickets/allEntities/allTasks',
  azure: 'microsoft.azure.supportTickets/allEntities/allTasks',
} as const;
type Tickets = keyof typeof TICKETS;

/** A role that somebody holds, as far as Graph told. */
export interface HeldRole {
  /** Id of its definition; for built-in roles the template id. */
  readonly id: string;
  readonly name: string | null;
  /** What it permits without condition; null where Graph didn't say. */
  readonly actions: readonly string[] | null;
  /** Over the whole directory; else over a part of it, such as an administrative unit. */
  readonly everywhere: boolean;
}

export interface Held {
  readonly roles: readonly HeldRole[];
  /** Roles through groups are among them; without that nobody is said to have none. */
  readonly complete: boolean;
  /** Roles that the person may activate when needed (Privileged Identity Management). */
  readonly eligible: readonly HeldRole[];
}

export type RoleFacts = Pick<PersonFacts, 'role' | 'roleName'>;

/** null: can't be told. */
type Opens = boolean | null;

const UNKNOWN: RoleFacts = { role: 'unknown', roleName: null };

/**
 * May this person open requests? For all `kinds`, or the answer is `unknown` and they are asked. Granted only on a role that
 * surely permits it; refused only where everything that could permit it is known not to.
 */
export function roleOf(held: Held, kinds: readonly Tickets[], table: readonly Role[]): RoleFacts {
  const [first, ...others] = kinds.map((kind) => roleFor(held, kind, table));
  return first !== undefined && others.every(({ role }) => role === first.role) ? first : UNKNOWN;
}

function roleFor({ roles, complete, eligible }: Held, kind: Tickets, table: readonly Role[]): RoleFacts {
  const opens = (one: HeldRole): Opens => opensWith(one, kind, table);
  const named = (role: PersonFacts['role'], one: HeldRole | undefined): RoleFacts => ({
    role,
    roleName: one ? nameOf(one, table) : null,
  });
  const granting = roles.find((one) => opens(one) === true);
  if (granting) return named('may-open', granting);
  const isClear = complete && [...roles, ...eligible].every((one) => opens(one) === false);
  const [first] = roles;
  if (!isClear) return named('unknown', first);
  return first ? named('admin-without-permission', first) : named('not-admin', undefined);
}

/** What the role permits decides; the table only where Graph doesn't tell. Of a part of the directory no source says. */
function opensWith(held: HeldRole, kind: Tickets, table: readonly Role[]): Opens {
  const permits = held.actions ? held.actions.includes(TICKETS[kind]) : inTable(held, table)?.[kind];
  if (permits === true) return held.everywhere ? true : null;
  return permits ?? null;
}

function inTable({ id }: HeldRole, table: readonly Role[]): Role | undefined {
  return table.find(({ templateId }) => templateId === id.toLowerCase());
}

function nameOf(held: HeldRole, table: readonly Role[]): string | null {
  return held.name ?? inTable(held, table)?.name ?? null;
}
