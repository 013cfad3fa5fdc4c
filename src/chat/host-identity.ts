import type { Config, HostPage } from '#src/config.ts';
import { Refusal, type Call } from '#src/http/call.ts';
import { callerOf } from '#src/http/origins.ts';
import type { Vouched } from '#src/intake/vouched.ts';
import { hostPersonKey, otherOrigin, readHostClaims, vouchedOf, type HostClaims } from './host-claims.ts';
import { HostProof } from './host-proof.ts';
import type { Storage } from '#src/log/ports.ts';

interface HostIdentityOptions {
  readonly proof: HostProof;
  /** Uses up a one-time id until `until` (epoch milliseconds); false when it was used before. */
  readonly spend: (id: string, until: number) => Promise<boolean>;
  /** Whether that origin is this server's own, whose chat page brings what its host page handed over. */
  readonly isOwn: (call: Call) => boolean;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** What `aud` of an assertion names where no public address is set: local mode. */
const LOCAL_AUDIENCE = 'frontdesk';

/** The host pages of the configuration; one-time ids are kept in storage, so that no instance takes one twice. */
export function hostIdentity(config: Config, storage: Storage, clock: () => number): HostIdentity {
  return new HostIdentity({
    proof: new HostProof({ hosts: config.hostPages, audience: config.PUBLIC_URL ?? LOCAL_AUDIENCE, clock }),
    spend: (id, until) => storage.transact((unit) => unit.spend(id, until)),
    isOwn: ({ headers }) => callerOf(config, headers) === 'own',
    clock,
  });
}

/** Who a host page's back end says is there. */
export interface Identity {
  readonly vouched: Vouched;
  /** Key of the person, the same in all of their conversations. */
  readonly person: string;
  /** The page on which the chat will be, as the host signed it. */
  readonly origin: string | null;
  readonly page: HostClaims['page'] | null;
}

interface Asked {
  readonly signOn?: string | undefined;
  readonly assertion?: string | undefined;
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
  readonly as?: string | undefined;
}

/**
 * Who is there, by a host's word: `claims` from its back end with id and secret (`Authorization: Basic`), or an `assertion`
 * that it signed and a browser may carry, once. null: nobody claims anything. A claim that isn't proved is refused, so that
 * the page learns of it; the person may still chat as somebody unknown.
 */
export class HostIdentity {
  readonly #options: HostIdentityOptions;

  constructor(options: HostIdentityOptions) {
    this.#options = options;
  }

  async of(call: Call, asked: Asked): Promise<Identity | null> {
    const { authorization } = call.headers;
    const ways = [asked.assertion, asked.claims, asked.as, asked.signOn].filter((way) => way !== undefined).length;
    if (ways > 1) throw new Refusal(400, 'bad-token-request', 'Send one of as, assertion, claims and signOn.');
    if (asked.assertion !== undefined) return this.#signed(asked.assertion, call);
    if (asked.claims === undefined) return null;
    if (call.headers.origin !== undefined)
      throw new Refusal(403, 'host-secret', 'A secret belongs on a server: browsers send an assertion.');
    const host = this.#options.proof.bySecret(authorization ?? '');
    return this.#identity(readHostClaims(asked.claims, host), host);
  }

  /** Whether our own page asks. */
  isOwn(call: Call): boolean {
    return this.#options.isOwn(call);
  }

  async #signed(assertion: string, call: Call): Promise<Identity> {
    const { host, claims, until, nonce } = await this.#options.proof.byAssertion(assertion);
    const read = readHostClaims(claims, host);
    const { origin } = call.headers;
    if (origin !== undefined && !host.origins.includes(origin) && !this.#options.isOwn(call)) throw otherOrigin();
    if (!(await this.#options.spend(nonce, until)))
      throw new Refusal(401, 'host-replayed', 'This assertion was used before; make one for each chat that begins.');
    return this.#identity(read, host);
  }

  #identity(claims: HostClaims, host: HostPage): Identity {
    const vouched = vouchedOf(claims, host, this.#options.clock());
    return { vouched, person: hostPersonKey(vouched), origin: claims.origin ?? null, page: claims.page ?? null };
  }
}
