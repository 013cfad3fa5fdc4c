import { z } from 'zod';
import { done, later } from '#src/requests/delivery.ts';
import type { Delivery } from '#src/requests/delivery.ts';
import { harmless, isDone } from './ask.ts';
import type { Ask, Asked, Question } from './ask.ts';

/** Where an app signs in with its own secret (OAuth 2.0, client credentials). */
export interface ClientSignIn {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string;
}

const tokenSchema = z.object({
  access_token: z.string().min(1),
  /** Some give it as text. */
  expires_in: z.coerce.number().positive().default(600),
});

/** Before it expires a token is renewed: calls and clocks take their time. */
const EARLY_MS = 60_000;

/** The token of an app, kept in memory until shortly before its end; asked for once, however many want it. */
export class ClientToken {
  readonly #signIn: ClientSignIn;
  readonly #ask: Ask;
  readonly #clock: () => number;
  #kept: { token: string; until: number } | undefined;
  #asked: Promise<Delivery<string>> | undefined;

  constructor(signIn: ClientSignIn, ask: Ask, clock: () => number) {
    this.#signIn = signIn;
    this.#ask = ask;
    this.#clock = clock;
  }

  /** Asks with a token; where it is refused, once more with a fresh one. Later where the sign-in gives none. */
  async authorized(question: Question): Promise<Delivery<Asked>> {
    const token = await this.#get();
    if (token.kind !== 'done') return token;
    const asked = await this.#ask(bearing(question, token.value));
    if (asked.kind !== 'answered' || asked.status !== 401) return done(asked);
    if (this.#kept?.token === token.value) this.#kept = undefined;
    const fresh = await this.#get();
    return fresh.kind === 'done' ? done(await this.#ask(bearing(question, fresh.value))) : fresh;
  }

  #get(): Promise<Delivery<string>> {
    if (this.#kept && this.#clock() < this.#kept.until) return Promise.resolve(done(this.#kept.token));
    this.#asked ??= this.#issue().finally(() => (this.#asked = undefined));
    return this.#asked;
  }

  async #issue(): Promise<Delivery<string>> {
    const { url, clientId, clientSecret, scope } = this.#signIn;
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      ...(scope !== undefined && { scope }),
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const asked = await this.#ask({ method: 'POST', url, headers, body: form.toString() });
    const given = isDone(asked) ? tokenSchema.safeParse(asked.body) : null;
    if (given?.success) {
      const { access_token: token, expires_in: seconds } = given.data;
      const life = seconds * 1000;
      this.#kept = { token, until: this.#clock() + life - Math.min(EARLY_MS, life / 2) };
      return done(token);
    }
    // A sign-in that says no is no fault of the request.
    const outcome = harmless(asked, this.#clock());
    return outcome.kind === 'refused' ? later('unauthorized') : outcome;
  }
}

function bearing(question: Question, token: string): Question {
  return { ...question, headers: { ...question.headers, authorization: `Bearer ${token}` } };
}
