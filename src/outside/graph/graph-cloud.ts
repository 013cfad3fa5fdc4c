import type { Role } from '#knowledge/offering.ts';
import type { OfferingId, ServiceWords } from '#knowledge/schema.ts';
import type { Incident, IncidentState, PersonFacts } from '#src/intake/ports.ts';
import type { Cloud } from '#src/intake/vouched.ts';
import { Budget } from './budget.ts';
import type { GraphOptions } from './client.ts';
import { Graph } from './client.ts';
import { currentIncidents, isIssueId, issueSchema, stateOf } from './health.ts';
import { Memory } from './memory.ts';
import type { Fresh } from './memory.ts';
import type { Outcome } from './outcome.ts';
import { failure } from './outcome.ts';
import { factsOf, lacksPermission, provenOnly } from './person.ts';
import { isGuid } from './place.ts';
import type { Place } from './place.ts';
import { ORGANIZATION, organizationSchema, USER, userSchema } from './profile.ts';
import type { Organization, User } from './profile.ts';
import { subscriptionSchema } from './purchase.ts';
import type { Held } from './role-of.ts';
import { Roles } from './roles.ts';
import type { Tokens } from './tokens.ts';

export interface GraphCloudOptions {
  readonly roles: readonly Role[];
  readonly words: ServiceWords;
  readonly clock: () => number;
  readonly failed: GraphOptions['failed'];
  readonly callMs: number;
  readonly budgetMs: number;
  /** The tokens are a person's own: they may ask about themselves, and nobody else. */
  readonly asPerson?: boolean;
}

/** How long an answer counts; what couldn't be told is asked again soon, but not by every turn. */
const PERSON_MS = 5 * 60_000;
const INCIDENTS_MS = 2 * 60_000;
const FAILED_MS = 30_000;

/** People, organizations and incidents of one cloud, kept for a while. */
export class GraphCloud {
  readonly #cloud: Cloud;
  readonly #graph: Graph;
  readonly #roles: Roles;
  readonly #options: GraphCloudOptions;
  readonly #people: Memory<PersonFacts>;
  readonly #incidents: Memory<readonly Incident[]>;

  constructor(cloud: Cloud, tokens: Tokens, options: GraphCloudOptions) {
    const { clock, callMs, failed } = options;
    this.#cloud = cloud;
    this.#options = options;
    this.#graph = new Graph({ cloud, tokens, clock, callMs, failed });
    this.#roles = new Roles(this.#graph, clock);
    this.#people = new Memory({ clock, most: 10_000 });
    this.#incidents = new Memory({ clock, most: 1000 });
  }

  find(place: Place, tenant: string): PersonFacts | Promise<PersonFacts> {
    const key = `${place.tenant}|${place.objectId}`;
    return this.#people.get(
      key,
      () => this.#ask(place, tenant),
      () => this.#lost('person', provenOnly(place, tenant)),
    );
  }

  incidents({ tenant }: Place, offering: OfferingId): readonly Incident[] | Promise<readonly Incident[]> {
    return this.#incidents.get(
      tenant,
      () => this.#askIncidents(tenant, offering),
      () => this.#lost('incidents', []),
    );
  }

  async incidentState({ tenant }: Place, id: string): Promise<IncidentState> {
    if (!isIssueId(id)) return 'unknown';
    const path = `/v1.0/admin/serviceAnnouncement/issues/${id}`;
    const budget = this.#budget();
    const found = await this.#graph.get({ tenant, budget, kind: 'incident', path, schema: issueSchema });
    return found.ok ? stateOf(found.value) : 'unknown';
  }

  /** What could be read but not be made sense of is as good as not told; nobody waits for it for ever. */
  #lost<T>(kind: string, value: T): Fresh<T> {
    this.#options.failed(this.#cloud, kind, 'malformed');
    return { value, ms: FAILED_MS };
  }

  #budget(): Budget {
    return new Budget(this.#options.budgetMs);
  }

  /** Everything about a person at once: no answer waits for another one. */
  async #ask(place: Place, tenant: string): Promise<Fresh<PersonFacts>> {
    const budget = this.#budget();
    const [user, organization, subscriptions, held] = await Promise.all([
      this.#user(place, budget),
      this.#organization(place, budget),
      this.#graph.list({
        tenant: place.tenant,
        budget,
        kind: 'subscriptions',
        path: '/v1.0/directory/subscriptions?$select=status,isTrial,ownerTenantId',
        schema: subscriptionSchema,
      }),
      this.#held(place, budget),
    ]);
    // Signed in as somebody else, or nobody knows as whom: none of it is this person's.
    if (this.#options.asPerson === true && !user.ok) return { value: provenOnly(place, tenant), ms: FAILED_MS };
    const told = { user: orNull(user), organization: orNull(organization), subscriptions: orNull(subscriptions), held };
    const value = factsOf(place, tenant, told, this.#options.roles);
    const isWhole = user.ok && organization.ok && subscriptions.ok && held?.complete === true;
    return { value, ms: isWhole ? PERSON_MS : FAILED_MS };
  }

  /** Whoever asks for themselves may see their own roles where the organization's list is closed to them. */
  async #held(place: Place, budget: Budget): Promise<Held | null> {
    const [held, own] = await Promise.all([
      this.#roles.of(place, budget, (found) => lacksPermission(place.cloud, found, this.#options.roles)),
      this.#options.asPerson === true ? this.#roles.ofOneself(place, budget) : [],
    ]);
    if (held === null) return own.length > 0 ? { roles: own, complete: false, eligible: [] } : null;
    return held.complete ? held : { ...held, roles: [...held.roles, ...own] };
  }

  async #user({ tenant, objectId }: Place, budget: Budget): Promise<Outcome<User>> {
    const who = this.#options.asPerson === true ? 'me' : `users/${objectId}`;
    const path = `/v1.0/${who}?$select=${USER}`;
    const found = await this.#graph.get({ tenant, budget, kind: 'user', path, schema: userSchema });
    return found.ok && found.value.id.toLowerCase() !== objectId ? failure('malformed') : found;
  }

  async #organization({ tenant }: Place, budget: Budget): Promise<Outcome<Organization>> {
    const path = `/v1.0/organization?$select=${ORGANIZATION}`;
    const found = await this.#graph.list({ tenant, budget, kind: 'organization', path, schema: organizationSchema });
    if (!found.ok) return found;
    const [own] = found.value;
    const isOwn = own !== undefined && (!isGuid(tenant) || own.id.toLowerCase() === tenant);
    return isOwn ? { ok: true, value: own } : failure('malformed');
  }

  async #askIncidents(tenant: string, offering: OfferingId): Promise<Fresh<readonly Incident[]>> {
    const found = await this.#graph.list({
      tenant,
      budget: this.#budget(),
      kind: 'incidents',
      path: `/v1.0/admin/serviceAnnouncement/issues?$filter=${encodeURIComponent('isResolved eq false')}`,
      schema: issueSchema,
      headers: { prefer: 'odata.maxpagesize=100' },
    });
    if (!found.ok) return { value: [], ms: FAILED_MS };
    return { value: currentIncidents(found.value, offering, this.#options.words), ms: INCIDENTS_MS };
  }
}

function orNull<T>(outcome: Outcome<T>): T | null {
  return outcome.ok ? outcome.value : null;
}
