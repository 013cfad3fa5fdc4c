import { decodeJwt } from 'jose';
import type { Cloud } from '#src/intake/vouched.ts';
import type { Renew, UserToken } from '#src/intake/sign-in.ts';
import { CLOUD_ADDRESSES } from './cloud.ts';
import type { GraphApp } from './cloud.ts';
import { msalOnBehalf } from './msal.ts';
import type { Place } from './place.ts';
import type { Issue, Issued } from './tokens.ts';

/** Microsoft Graph as tokens name it: by its address, or by its app id, which is the same in every cloud. */
const GRAPH_ID = '00000003-0000-0000-c000-000000000000';
/** A token of which nobody knows how long it is good is renewed soon. */
const EARLY_MS = 60_000;

export interface SessionOptions {
  readonly cloud: Cloud;
  /** The bot's own app: a token that was given for it is exchanged for one of Graph's; null: it can't be. */
  readonly app: GraphApp | null;
  readonly callMs: number;
  readonly clock: () => number;
}

/** What a token says of itself; the sign-in service handed it over, so its signature is Microsoft's to check. */
interface Claims {
  readonly audience: string | null;
  readonly tenant: string | null;
  readonly objectId: string | null;
}

const text = (claim: unknown): string | null => (typeof claim === 'string' ? claim.toLowerCase() : null);

function claimsOf(token: string): Claims {
  try {
    const { aud, tid, oid } = decodeJwt<{ tid?: unknown; oid?: unknown }>(token);
    return { audience: text(aud), tenant: text(tid), objectId: text(oid) };
  } catch {
    // Graph's tokens need not be readable: then Graph itself says whose it is.
    return { audience: null, tenant: null, objectId: null };
  }
}

/** Whether a token may be that person's: one that names somebody else is nobody's here. */
export function mayBe({ token }: UserToken, { tenant, objectId }: Place): boolean {
  const claims = claimsOf(token);
  return [
    [claims.tenant, tenant],
    [claims.objectId, objectId],
  ].every(([said, expected]) => said === null || said === expected);
}

/** Gives Graph tokens of one person: first the one that they signed in with, then what `renew` brings. */
export function issueFor(place: Place, first: UserToken, renew: Renew, options: SessionOptions): Issue {
  let next: UserToken | null = first;
  return async (tenant) => {
    if (tenant !== place.tenant) throw new Error('another organization');
    const given = next ?? (await renew());
    next = null;
    if (given === null || !mayBe(given, place)) throw new Error('not signed in');
    return forGraph(given, tenant, options);
  };
}

/** A token of Graph is used as it is; one for our own app is exchanged, on behalf of the person. */
function forGraph(given: UserToken, tenant: string, { cloud, app, callMs, clock }: SessionOptions): Promise<Issued> {
  const { audience } = claimsOf(given.token);
  const graph = CLOUD_ADDRESSES[cloud].graph;
  const isGraphs = audience === null || audience === GRAPH_ID || audience.replace(/\/$/, '') === graph;
  if (isGraphs) return Promise.resolve({ token: given.token, until: given.until - EARLY_MS });
  const own = app?.clientId.toLowerCase();
  const isOurs =
    own !== undefined && (audience === own || audience.endsWith(`/${own}`) || audience.endsWith(`botid-${own}`));
  if (!app || !isOurs) throw new Error('a token for somebody else');
  return msalOnBehalf(cloud, app, { callMs, clock })(tenant, given.token);
}
