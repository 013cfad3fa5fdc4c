import type { OfferingId } from '#knowledge/schema.ts';
import type { ColleagueRequest, QueueState, RequestRecord, World } from '#dialogs/question.ts';
import type { Directory, Incident, PersonFacts, PersonRef } from '#src/intake/ports.ts';
import type { SignInOffer } from '#src/intake/sign-in.ts';
import type { RequestEvent, ServiceRequest } from '#src/requests/request.ts';

/** What has been looked up for a turn so far. */
export interface Known {
  requests?: readonly ServiceRequest[];
  colleagues?: readonly ColleagueRequest[];
  queue?: QueueState;
  /** By number, whosever they are; who may see them is decided where they are asked for. */
  records?: ReadonlyMap<string, FiledRequest | null>;
}

export interface FiledRequest {
  readonly request: ServiceRequest;
  readonly events: readonly RequestEvent[];
}

/** Something the dialogs asked for that is not at hand: from our own storage, or a promise of somebody else's. */
export class Missing extends Error {
  readonly what: 'requests' | 'queue' | { colleaguesIn: string } | { recordOf: string } | Promise<unknown>;
  constructor(what: Missing['what']) {
    super('not looked up yet');
    this.what = what;
  }
}

/** What a turn may ask of others. */
export interface Around {
  readonly person: PersonRef;
  readonly directory: Directory;
  /** Id of the conversation. */
  readonly conversation: string;
  /** A way to sign in; null where there is none here. */
  readonly offer?: (() => SignInOffer | null | Promise<unknown>) | null;
}

/**
 * The world as the dialogs see it. They are pure and run to the end or not at all: what is missing stops the run, is looked
 * up, and the run is done again with it. So no transaction ever waits for another company's service.
 */
export function worldOf({ person, directory, conversation, offer }: Around, known: Known): World {
  return {
    ...(offer && { signIn: () => atHand<SignInOffer | null>(offer()) }),
    facts: () => atHand<PersonFacts>(directory.find(person)),
    incidents: (offering: OfferingId) => atHand<readonly Incident[]>(directory.incidents(person, offering)),
    requests: () => {
      const all = known.requests ?? missing('requests');
      const here = all.filter((one) => one.conversation === conversation);
      // Who hasn't signed in is known by nothing but this conversation.
      return here.length === all.length || atHand<PersonFacts>(directory.find(person)).signedIn ? all : here;
    },
    colleagues: (tenant) => known.colleagues ?? missing({ colleaguesIn: tenant }),
    queue: () => known.queue ?? missing('queue'),
    record: (number, tenant) => {
      const filed = known.records?.get(number);
      if (filed === undefined) return missing({ recordOf: number });
      return filed && seen(filed, { person, tenant, conversation }, () => atHand<PersonFacts>(directory.find(person)));
    },
  };
}

/** As its owner sees it, or as an admin of the same organization; null for everybody else. */
function seen(
  { request, events }: FiledRequest,
  by: { person: PersonRef; tenant: string | null; conversation: string },
  facts: () => PersonFacts,
): RequestRecord | null {
  const isOwner = request.person === by.person.userId;
  // Who hasn't signed in is known by nothing but this conversation.
  if (isOwner && (request.conversation === by.conversation || facts().signedIn)) return { own: true, request, events };
  const isColleagues = !isOwner && by.tenant !== null && request.tenant === by.tenant;
  return isColleagues ? { own: false, request: withoutPerson(request) } : null;
}

/** What an admin may know of a colleague's request: not who filed it, nor how to reach them. */
export function withoutPerson(request: ServiceRequest): ColleagueRequest {
  const { number, severity, offering, category, description, createdAt, state, respondBy, provisional } = request;
  return { number, severity, offering, category, description, createdAt, state, respondBy, provisional };
}

function missing(what: Missing['what']): never {
  throw new Missing(what);
}

function atHand<T>(value: T | Promise<unknown>): T {
  if (value instanceof Promise) throw new Missing(value);
  return value;
}
