import type { Role } from '#knowledge/offering.ts';
import type { ServiceWords } from '#knowledge/schema.ts';
import type { Directory, PersonFacts, PersonRef } from '#src/intake/ports.ts';
import type { Renew, SignIns, UserToken } from '#src/intake/sign-in.ts';
import type { Cloud } from '#src/intake/vouched.ts';
import type { GraphOptions } from './client.ts';
import type { GraphApp } from './cloud.ts';
import { GraphCloud } from './graph-cloud.ts';
import { placeOf } from './place.ts';
import { Tokens } from './tokens.ts';
import { issueFor, mayBe } from './user-session.ts';

export interface SignedInOptions {
  /** The cloud whose Teams this bot serves. */
  readonly cloud: Cloud;
  /** The bot's own app registration, for tokens that were given for it. */
  readonly app: GraphApp | null;
  readonly roles: readonly Role[];
  readonly words: ServiceWords;
  readonly clock: () => number;
  readonly failed: GraphOptions['failed'];
  readonly callMs?: number;
  readonly budgetMs?: number;
}

const CALL_MS = 3_000;
const BUDGET_MS = 6_000;
/** So many people may be signed in at a time; whoever signed in first then does so again. */
const MOST = 10_000;

/**
 * A directory that also asks in the name of those who signed in, where the one behind it can't tell their role or where they
 * bought. Each has a Graph of their own with their own tokens, so that nobody's token is ever used for anybody else.
 */
export class SignedInDirectory implements Directory, SignIns {
  readonly #behind: Directory;
  readonly #options: SignedInOptions;
  readonly #people = new Map<string, GraphCloud>();

  constructor(behind: Directory, options: SignedInOptions) {
    this.#behind = behind;
    this.#options = options;
  }

  enter(person: PersonRef, token: UserToken, renew: Renew): boolean {
    const place = placeOf(person, this.#options.cloud);
    if (!place || !mayBe(token, place)) return false;
    const { cloud, app, clock, callMs = CALL_MS, budgetMs = BUDGET_MS } = this.#options;
    const tokens = new Tokens(issueFor(place, token, renew, { cloud, app, callMs, clock }), clock);
    const graph = new GraphCloud(cloud, tokens, { ...this.#options, callMs, budgetMs, asPerson: true });
    const key = keyOf(place);
    this.#people.delete(key);
    this.#people.set(key, graph);
    const [oldest] = this.#people.keys();
    if (this.#people.size > MOST && oldest !== undefined) this.#people.delete(oldest);
    return true;
  }

  leave(person: PersonRef): void {
    const place = placeOf(person, this.#options.cloud);
    if (place) this.#people.delete(keyOf(place));
  }

  find(person: PersonRef): PersonFacts | Promise<PersonFacts> {
    const known = this.#behind.find(person);
    const place = placeOf(person, this.#options.cloud);
    const graph = place && this.#people.get(keyOf(place));
    if (!place || !graph) return known;
    const own = (facts: PersonFacts): PersonFacts | Promise<PersonFacts> => {
      if (isWhole(facts)) return facts;
      const asked = graph.find(place, person.tenant ?? place.tenant);
      return asked instanceof Promise ? asked.then((more) => filled(facts, more)) : filled(facts, asked);
    };
    return known instanceof Promise ? known.then(own) : own(known);
  }

  incidents: Directory['incidents'] = (person, offering) => this.#behind.incidents(person, offering);
  incidentState: Directory['incidentState'] = (person, offering, id) =>
    this.#behind.incidentState(person, offering, id);
}

const keyOf = ({ tenant, objectId }: { tenant: string; objectId: string }): string => `${tenant}|${objectId}`;

function isWhole({ role, purchase }: PersonFacts): boolean {
  return role !== 'unknown' && purchase !== 'unknown';
}

/** What was known stays; what wasn't is what the person's own sign-in shows. */
function filled(known: PersonFacts, more: PersonFacts): PersonFacts {
  const role =
    known.role === 'unknown'
      ? { role: more.role, roleName: more.roleName }
      : { role: known.role, roleName: known.roleName };
  const purchase = known.purchase === 'unknown' ? more.purchase : known.purchase;
  return {
    ...known,
    ...role,
    purchase,
    signedIn: true,
    verified: role.role !== 'unknown' && purchase !== 'unknown',
    tenant: known.tenant ?? more.tenant,
    offering: known.offering ?? more.offering,
    agreement: known.agreement ?? more.agreement,
    name: known.name ?? more.name,
    language: known.language ?? more.language,
    timeZone: known.timeZone ?? more.timeZone,
    country: known.country ?? more.country,
    email: known.email ?? more.email,
    phone: known.phone ?? more.phone,
    registeredPhones: known.registeredPhones.length > 0 ? known.registeredPhones : more.registeredPhones,
    registeredMails: known.registeredMails.length > 0 ? known.registeredMails : more.registeredMails,
  };
}
