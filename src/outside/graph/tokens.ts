/** A token for Graph and the instant (epoch ms) until which it may be used. */
export interface Issued {
  readonly token: string;
  readonly until: number;
}

/** Asks a cloud's sign-in for a token of `tenant`; rejects where it gives none. */
export type Issue = (tenant: string) => Promise<Issued>;

const MOST_TENANTS = 1000;
/** A sign-in that refused is not asked again by everybody at once. */
const REFUSED_MS = 30_000;

/**
 * The tokens of one cloud, by tenant and in memory only: a tenant's token is handed out for that tenant and no other. However
 * many ask at once, the sign-in is asked once.
 */
export class Tokens {
  readonly #issue: Issue;
  readonly #clock: () => number;
  readonly #kept = new Map<string, Issued>();
  readonly #asked = new Map<string, Promise<string>>();
  readonly #refused = new Map<string, { error: unknown; until: number }>();

  constructor(issue: Issue, clock: () => number) {
    this.#issue = issue;
    this.#clock = clock;
  }

  /** The tenant's token. Rejects where the sign-in gives none. */
  async get(tenant: string): Promise<string> {
    const kept = this.#kept.get(tenant);
    if (kept && this.#clock() < kept.until) return kept.token;
    const refused = this.#refused.get(tenant);
    if (refused && this.#clock() < refused.until) throw refused.error;
    return this.#asked.get(tenant) ?? this.#ask(tenant);
  }

  /** Another token than `spent`, which Graph refused. Who comes later gets the one that was renewed meanwhile. */
  renew(tenant: string, spent: string): Promise<string> {
    if (this.#kept.get(tenant)?.token === spent) this.#kept.delete(tenant);
    return this.get(tenant);
  }

  #ask(tenant: string): Promise<string> {
    const asked = this.#issue(tenant)
      .then(
        (issued) => {
          keep(this.#kept, tenant, issued);
          this.#refused.delete(tenant);
          return issued.token;
        },
        (error: unknown) => {
          keep(this.#refused, tenant, { error, until: this.#clock() + REFUSED_MS });
          throw error;
        },
      )
      .finally(() => this.#asked.delete(tenant));
    this.#asked.set(tenant, asked);
    return asked;
  }
}

function keep<T>(map: Map<string, T>, tenant: string, value: T): void {
  map.delete(tenant);
  map.set(tenant, value);
  const [oldest] = map.keys();
  if (map.size > MOST_TENANTS && oldest !== undefined) map.delete(oldest);
}
