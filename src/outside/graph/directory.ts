import type { Role } from '#knowledge/offering.ts';
import type { OfferingId, ServiceWords } from '#knowledge/schema.ts';
import { NOTHING_KNOWN } from '#src/intake/nobody.ts';
import type { Directory, Incident, PersonFacts, PersonRef } from '#src/intake/ports.ts';
import type { Cloud } from '#src/intake/vouched.ts';
import type { GraphApp } from './cloud.ts';
import type { GraphOptions } from './client.ts';
import { GraphCloud } from './graph-cloud.ts';
import { msalIssue } from './msal.ts';
import { provenOnly } from './person.ts';
import { placeOf } from './place.ts';
import type { Place } from './place.ts';
import { Tokens } from './tokens.ts';

export interface GraphDirectoryOptions {
  /** The app registrations, by cloud; of a cloud without one nothing is known. */
  readonly apps: Readonly<Partial<Record<Cloud, GraphApp>>>;
  /** The cloud whose Teams this bot serves; null: activities aren't signed, so Teams proves nobody. */
  readonly teamsCloud: Cloud | null;
  readonly roles: readonly Role[];
  readonly words: ServiceWords;
  readonly clock: () => number;
  readonly failed: GraphOptions['failed'];
  /** Milliseconds for one call, and for all calls about a person together. */
  readonly callMs?: number;
  readonly budgetMs?: number;
}

/** A call is given up after 3 s; nobody waits for all of them longer than 6 s. */
const CALL_MS = 3_000;
const BUDGET_MS = 6_000;

/** What service health speaks of: the services of Microsoft 365, of each cloud. */
const HEALTH: Readonly<Record<Cloud, OfferingId>> = { worldwide: 'worldwide', china: 'o365-21vianet' };

/** The directory that asks Microsoft Graph; a promise where it must, never a rejected one. */
export function graphDirectory(options: GraphDirectoryOptions): Directory {
  const clouds = cloudsOf(options);
  const located = (person: PersonRef): { place: Place; graph: GraphCloud; tenant: string } | null => {
    const place = placeOf(person, options.teamsCloud);
    const graph = place && clouds[place.cloud];
    return place && graph ? { place, graph, tenant: tenantOf(person, place) } : null;
  };
  return {
    find(person): PersonFacts | Promise<PersonFacts> {
      const place = placeOf(person, options.teamsCloud);
      if (!place) return NOTHING_KNOWN;
      const at = located(person);
      if (!at) return provenOnly(place, tenantOf(person, place));
      // Both are wanted soon: asked together, nobody waits for one after the other.
      void at.graph.incidents(at.place, HEALTH[at.place.cloud]);
      return at.graph.find(at.place, at.tenant);
    },
    incidents(person, offering): readonly Incident[] | Promise<readonly Incident[]> {
      const at = located(person);
      return at && HEALTH[at.place.cloud] === offering ? at.graph.incidents(at.place, offering) : [];
    },
    async incidentState(person, offering, id) {
      const at = located(person);
      return at && HEALTH[at.place.cloud] === offering ? at.graph.incidentState(at.place, id) : 'unknown';
    },
  };
}

/** As the channel or the host writes it: what is filed under it is found under it. */
function tenantOf({ vouched, tenant }: PersonRef, place: Place): string {
  return vouched?.tenant ?? tenant ?? place.tenant;
}

function tokensOf(cloud: Cloud, app: GraphApp, { callMs = CALL_MS, clock }: GraphDirectoryOptions): Tokens {
  return new Tokens(msalIssue(cloud, app, { callMs, clock }), clock);
}

function cloudsOf(options: GraphDirectoryOptions): Partial<Record<Cloud, GraphCloud>> {
  const { apps, callMs = CALL_MS, budgetMs = BUDGET_MS } = options;
  const made = (cloud: Cloud): GraphCloud | undefined =>
    apps[cloud] && new GraphCloud(cloud, tokensOf(cloud, apps[cloud], options), { ...options, callMs, budgetMs });
  return { worldwide: made('worldwide'), china: made('china') };
}
