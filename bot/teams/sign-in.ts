import type { PersonRef } from '#src/intake/ports.ts';
import type { SignInOffer, SignIns } from '#src/intake/sign-in.ts';
import { asActivity } from '../inbound.ts';
import type { InboundActivity } from '../inbound.ts';
import { provenBy } from '../person-key.ts';
import { isShared } from './place.ts';
import type { Holder, UserTokens } from './user-tokens.ts';

export interface SignInOptions {
  readonly tokens: UserTokens;
  readonly people: SignIns;
  readonly connection: string;
  readonly clock: () => number;
  /** Told of a token service that fails; the person is asked instead. */
  readonly failed: (error: unknown) => void;
}

/** So long an offer can be taken up by its code, and so long it need not be fetched anew. */
const OFFER_MS = 10 * 60_000;
/** A service that gave no offer isn't asked again by every turn. */
const NONE_MS = 30_000;
const MOST_OFFERS = 10_000;
const MOST_TRIES = 3;

interface Offered {
  readonly offer: SignInOffer | null;
  readonly until: number;
  tries: number;
}

/**
 * Signing in, in the private chat: tokens come from the Bot Framework's token service and go to the directory, in memory. Only
 * people whom Teams itself proves can sign in, and only as themselves.
 */
export class SignIn {
  readonly #options: SignInOptions;
  readonly #offers = new Map<string, Offered>();

  constructor(options: SignInOptions) {
    this.#options = options;
  }

  get connection(): string {
    return this.#options.connection;
  }

  /** An offer for the person of this activity; null where none can be made. A promise where the service must be asked. */
  offer(activity: InboundActivity, person: PersonRef): SignInOffer | null | Promise<unknown> {
    if (person.objectId === null || isShared(activity.conversation)) return null;
    const kept = this.#offers.get(person.userId);
    if (kept && this.#options.clock() < kept.until) return kept.offer;
    return this.#fetch(activity, person.userId);
  }

  /** Whether a code may come by text: clients that can't close the sign-in page let the person type it. */
  awaitsCode(person: PersonRef): boolean {
    const kept = this.#offers.get(person.userId);
    return kept !== undefined && kept.offer !== null && this.#options.clock() < kept.until && kept.tries < MOST_TRIES;
  }

  exchange(activity: InboundActivity, person: PersonRef, token: string): Promise<boolean> {
    return this.#enter(activity, person, (holder) => this.#options.tokens.exchange(holder, token));
  }

  byCode(activity: InboundActivity, person: PersonRef, code: string): Promise<boolean> {
    const kept = this.#offers.get(person.userId);
    if (kept) kept.tries += 1;
    return this.#enter(activity, person, (holder) => this.#options.tokens.token(holder, code));
  }

  /** Forgets the person here, at once; what the token service keeps goes by `signOut`. */
  forget(person: PersonRef): void {
    this.#options.people.leave(person);
    this.#offers.delete(person.userId);
  }

  signOut(holder: Holder): Promise<void> {
    return this.#options.tokens.signOut(holder);
  }

  async #enter(
    activity: InboundActivity,
    person: PersonRef,
    ask: (holder: Holder) => Promise<Awaited<ReturnType<UserTokens['token']>>>,
  ): Promise<boolean> {
    if (person.objectId === null) return false;
    const holder = { channelId: activity.channelId, userId: activity.from.id };
    try {
      const token = await ask(holder);
      if (!token) return false;
      const isEntered = this.#options.people.enter(person, token, () => this.#options.tokens.token(holder, ''));
      if (isEntered) this.#offers.delete(person.userId);
      return isEntered;
    } catch (error) {
      this.#options.failed(error);
      return false;
    }
  }

  async #fetch(activity: InboundActivity, key: string): Promise<void> {
    const { tokens, clock, failed } = this.#options;
    let offer: SignInOffer | null = null;
    try {
      offer = await tokens.offer(asActivity(activity));
    } catch (error) {
      failed(error);
    }
    this.#offers.delete(key);
    this.#offers.set(key, { offer, until: clock() + (offer ? OFFER_MS : NONE_MS), tries: 0 });
    const [oldest] = this.#offers.keys();
    if (this.#offers.size > MOST_OFFERS && oldest !== undefined) this.#offers.delete(oldest);
  }
}

/** The person of an activity whose key is known, as far as the channel proves them. */
export function refOf({ channelId, conversation }: InboundActivity, person: string): PersonRef {
  const proven = provenBy(channelId, person);
  return {
    channel: channelId,
    userId: person,
    tenant: proven?.tenant ?? conversation.tenantId ?? null,
    objectId: proven?.objectId ?? null,
    vouched: null,
  };
}
