import { z } from 'zod';
import type { Budget } from './budget.ts';
import type { Graph } from './client.ts';
import { Memory } from './memory.ts';
import type { Outcome, Why } from './outcome.ts';
import { failure } from './outcome.ts';
import type { Place } from './place.ts';
import type { Held, HeldRole } from './role-of.ts';

const definitionSchema = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  templateId: z.string().nullish(),
  isEnabled: z.boolean().nullish(),
  rolePermissions: z
    .array(z.object({ allowedResourceActions: z.array(z.string()).nullish(), condition: z.string().nullish() }))
    .nullish(),
});
type Definition = z.infer<typeof definitionSchema>;

const assignmentSchema = z.object({
  roleDefinitionId: z.string(),
  directoryScopeId: z.string().nullish(),
  roleDefinition: definitionSchema.nullish(),
});
type Assignment = z.infer<typeof assignmentSchema>;

/** Without the right to read the directory, Graph gives the role but not which one. */
const ownRoleSchema = z.object({ displayName: z.string().nullish(), roleTemplateId: z.string().nullish() });

/** So many different roles are looked up for a person; who holds more is judged by the table for the rest. */
const MOST_DEFINITIONS = 20;
const DEFINITION_MS = 60 * 60_000;
const FAILED_MS = 30_000;

const DIRECTORY = 'roleManagement/directory';

/**
 * The roles of a person. Direct ones come from v1.0; those through groups only from the beta endpoint, which may change: so
 * it can add roles and prove that there are none, and where it fails nobody is refused (decision 0008).
 */
export class Roles {
  readonly #graph: Graph;
  readonly #definitions: Memory<Outcome<Definition>>;

  constructor(graph: Graph, clock: () => number) {
    this.#graph = graph;
    this.#definitions = new Memory({ clock, most: 2000 });
  }

  /** null where Graph can't tell which roles there are. What could be activated is asked only where that `matters`. */
  async of(place: Place, budget: Budget, matters: (held: Held) => boolean): Promise<Held | null> {
    const [direct, transitive] = await Promise.all([
      this.#assignments(place, budget, {
        kind: 'roles',
        query: `v1.0/${DIRECTORY}/roleAssignments?$expand=roleDefinition&`,
      }),
      this.#assignments(place, budget, {
        kind: 'group-roles',
        query: `beta/${DIRECTORY}/transitiveRoleAssignments?$count=true&`,
        headers: { consistencylevel: 'eventual' },
      }),
    ]);
    if (!direct.ok && !transitive.ok) return null;
    const assignments = [...(direct.ok ? direct.value : []), ...(transitive.ok ? transitive.value : [])];
    const roles = await this.#held(assignments, place, budget);
    const held = { roles, complete: direct.ok && transitive.ok, eligible: [] };
    if (!held.complete || !matters(held)) return held;
    const eligible = await this.#eligible(place, budget);
    return { roles, complete: eligible !== null, eligible: eligible ?? [] };
  }

  /**
   * The roles that the person who asks is in, which everybody may read of themselves; what each permits is in the table. They
   * prove what somebody may do, and never that there is nothing.
   */
  async ofOneself({ tenant }: Place, budget: Budget): Promise<HeldRole[]> {
    const path =
      '/v1.0/me/transitiveMemberOf/microsoft.graph.directoryRole?$count=true&$select=displayName,roleTemplateId';
    const headers = { consistencylevel: 'eventual' };
    const found = await this.#graph.list({ tenant, budget, kind: 'own-roles', path, schema: ownRoleSchema, headers });
    if (!found.ok) return [];
    return found.value.flatMap(({ roleTemplateId: id, displayName: name }) =>
      id ? [{ id, name: name ?? null, actions: null, everywhere: true }] : [],
    );
  }

  /** Roles that wait to be activated; none where that is not in use or not permitted, null where Graph can't tell now. */
  async #eligible(place: Place, budget: Budget): Promise<HeldRole[] | null> {
    const query = `v1.0/${DIRECTORY}/roleEligibilityScheduleInstances?$expand=roleDefinition&`;
    const found = await this.#assignments(place, budget, { kind: 'eligible-roles', query });
    if (found.ok) return this.#held(found.value, place, budget);
    return WITHOUT_PIM.has(found.why) ? [] : null;
  }

  #assignments(
    { tenant, objectId }: Place,
    budget: Budget,
    { kind, query, headers }: { kind: string; query: string; headers?: Readonly<Record<string, string>> },
  ): Promise<Outcome<Assignment[]>> {
    const path = `/${query}$filter=${encodeURIComponent(`principalId eq '${objectId}'`)}`;
    return this.#graph.list({ tenant, budget, kind, path, schema: assignmentSchema, ...(headers && { headers }) });
  }

  /** Each role once, with what it permits; a role that is switched off is none. */
  async #held(assignments: readonly Assignment[], place: Place, budget: Budget): Promise<HeldRole[]> {
    const told = new Map(
      assignments.flatMap((one) => (one.roleDefinition ? [[one.roleDefinitionId, one.roleDefinition]] : [])),
    );
    const missing = [...new Set(assignments.map(({ roleDefinitionId: id }) => id))].filter((id) => !told.has(id));
    const asked = await Promise.all(
      missing.slice(0, MOST_DEFINITIONS).map((id) => this.#definition(id, place, budget)),
    );
    for (const [at, definition] of asked.entries()) if (definition.ok) told.set(missing[at] ?? '', definition.value);
    return assignments
      .map((one) => ({ one, definition: told.get(one.roleDefinitionId) }))
      .filter(({ definition }) => definition?.isEnabled !== false)
      .map(({ one, definition }) => heldRole(one, definition));
  }

  async #definition(id: string, { tenant }: Place, budget: Budget): Promise<Outcome<Definition>> {
    const path = `/v1.0/${DIRECTORY}/roleDefinitions/${encodeURIComponent(id)}`;
    const kept = (value: Outcome<Definition>) => ({ value, ms: value.ok ? DEFINITION_MS : FAILED_MS });
    return this.#definitions.get(
      `${tenant}|${id}`,
      async () =>
        kept(await this.#graph.get({ tenant, budget, kind: 'role-definition', path, schema: definitionSchema })),
      () => kept(failure('malformed')),
    );
  }
}

/** Answers of an organization without PIM (400 without the license, 403, 404): there is nothing that could be activated. */
const WITHOUT_PIM: ReadonlySet<Why> = new Set(['forbidden', 'not-found', 'rejected']);

function heldRole({ roleDefinitionId, directoryScopeId }: Assignment, definition: Definition | undefined): HeldRole {
  return {
    id: definition?.templateId ?? roleDefinitionId,
    name: definition?.displayName ?? null,
    actions: actionsOf(definition),
    everywhere: (directoryScopeId ?? '/') === '/',
  };
}

/** What it permits without condition ("only oneself" is a condition); null where Graph lists nothing at all. */
function actionsOf(definition: Definition | undefined): string[] | null {
  const permissions = definition?.rolePermissions ?? [];
  if (permissions.length === 0) return null;
  return permissions
    .filter(({ condition }) => (condition ?? '') === '')
    .flatMap(({ allowedResourceActions }) => allowedResourceActions ?? []);
}
