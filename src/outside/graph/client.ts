import { z } from 'zod';
import type { Cloud } from '#src/intake/vouched.ts';
import type { Budget } from './budget.ts';
import { CLOUD_ADDRESSES } from './cloud.ts';
import { fetchJson, retryAfterOf } from '../client.ts';
import type { Outcome, Why } from './outcome.ts';
import { answer, failure, whyOf } from './outcome.ts';
import type { Tokens } from './tokens.ts';

export interface GraphOptions {
  readonly cloud: Cloud;
  readonly tokens: Tokens;
  readonly clock: () => number;
  /** Milliseconds that one call may take. */
  readonly callMs: number;
  /** Told of every question that stayed without an answer; holds no id and no token. */
  readonly failed: (cloud: Cloud, kind: string, why: Why) => void;
}

/** What is asked: of which tenant, in which time, and the shape that the answer must have. */
export interface Ask<T> {
  readonly tenant: string;
  readonly budget: Budget;
  /** Name of the question, for the log. */
  readonly kind: string;
  /** Path with version and query, e.g. `/v1.0/organization?$select=id`. */
  readonly path: string;
  readonly schema: z.ZodType<T>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** More pages than this are not read: whoever has so many is asked instead. */
const MOST_PAGES = 10;

/** Microsoft Graph of one cloud. Never rejects: what can't be told is a `Failure`. */
export class Graph {
  readonly #options: GraphOptions;
  readonly #root: string;

  constructor(options: GraphOptions) {
    this.#options = options;
    this.#root = CLOUD_ADDRESSES[options.cloud].graph;
  }

  async get<T>(ask: Ask<T>): Promise<Outcome<T>> {
    return this.#told(ask, await this.#fetch(`${this.#root}${ask.path}`, ask));
  }

  /** All pages of a list. A list that is not whole is none: half the subscriptions would decide wrongly. */
  async list<T>(ask: Ask<T>): Promise<Outcome<T[]>> {
    const page = z.object({ value: z.array(ask.schema), '@odata.nextLink': z.string().optional() });
    const found: T[] = [];
    let url: string | undefined = `${this.#root}${ask.path}`;
    for (let pages = 0; url !== undefined; pages += 1) {
      // A link to another host would take the token there.
      if (pages === MOST_PAGES || !this.#isOurs(url)) return this.#told(ask, failure('malformed'));
      const read: Outcome<z.infer<typeof page>> = await this.#fetch(url, { ...ask, schema: page });
      if (!read.ok) return this.#told(ask, read);
      found.push(...read.value.value);
      url = read.value['@odata.nextLink'];
    }
    return answer(found);
  }

  #isOurs(url: string): boolean {
    return URL.canParse(url) && new URL(url).origin === this.#root && new URL(url).username === '';
  }

  #told<T>({ kind }: { kind: string }, outcome: Outcome<T>): Outcome<T> {
    if (!outcome.ok) this.#options.failed(this.#options.cloud, kind, outcome.why);
    return outcome;
  }

  /** With a token that Graph refuses, once more with a new one; told to wait, once more after that, if there is time. */
  async #fetch<T>(url: string, ask: Ask<T>): Promise<Outcome<T>> {
    const { tokens } = this.#options;
    const token = await this.#token(() => tokens.get(ask.tenant), ask);
    if (!token.ok) return token;
    let outcome = await this.#once(url, token.value, ask);
    if (!outcome.ok && outcome.why === 'unauthorized') {
      const renewed = await this.#token(() => tokens.renew(ask.tenant, token.value), ask);
      if (!renewed.ok) return renewed;
      outcome = await this.#once(url, renewed.value, ask);
    }
    if (outcome.ok || outcome.retryAfter === undefined) return outcome;
    if (!(await ask.budget.spend(outcome.retryAfter))) return outcome;
    const again = await this.#token(() => tokens.get(ask.tenant), ask);
    return again.ok ? this.#once(url, again.value, ask) : again;
  }

  async #token(given: () => Promise<string>, { budget }: { budget: Budget }): Promise<Outcome<string>> {
    try {
      return answer(await budget.within(given()));
    } catch {
      return failure('no-token');
    }
  }

  async #once<T>(url: string, token: string, { schema, headers, budget }: Ask<T>): Promise<Outcome<T>> {
    const received = await fetchJson(url, {
      headers: { accept: 'application/json', authorization: `Bearer ${token}`, ...headers },
      signal: budget.signal(this.#options.callMs),
    });
    if (!received.ok) return received;
    const { status, body } = received.value;
    if (status !== 200) return failure(whyOf(status), retryAfterOf(received.value.headers, this.#options.clock()));
    const read = schema.safeParse(body);
    return read.success ? answer(read.data) : failure('malformed');
  }
}
