import type { Category, Language, Severity } from '#knowledge/schema.ts';

/** What the desk shows of a conversation's case; null and '' where nothing is known yet. */
export interface CaseSummary {
  /** The level that would be granted now, caps included. */
  severity: Severity | '';
  category: Category | null;
  description: string | null;
}

/** Reads the stored state of a conversation, whose shape belongs to the dialogs; null where it can't be read. */
export type ReadCase = (state: unknown, now: number) => CaseSummary | null;

/** Who signed in at the provider: `account` is the name of their account, to show to themselves. */
export interface SignedIn {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly roles: readonly string[];
}

/**
 * Why nobody is signed in. `code`: the provider's answer was used before or is over · `client`: this app is not registered
 * rightly, or its secret has ended · `unavailable`: the provider can't be asked · the others: what its token is wrong in.
 */
export type SignInRefusal =
  | 'code'
  | 'client'
  | 'unavailable'
  | 'malformed'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'tenant'
  | 'nonce'
  | 'expired'
  | 'claims';

/** Where agents sign in outside of the house. */
export interface SignInProvider {
  /** The address at which the person signs in; null where the provider can't be asked. */
  begin(beginning: { state: string; nonce: string; challenge: string }): Promise<string | null>;
  /** Who signed in, for the code that they came back with. */
  redeem(answer: {
    code: string;
    verifier: string;
    nonce: string;
  }): Promise<{ ok: true; person: SignedIn } | { ok: false; why: SignInRefusal }>;
  /** The address at which the person signs out of the provider, too; null where there is none. */
  leave(): Promise<string | null>;
}

/** Words of the desk's own pages, by key. */
export type Words = (language: Language, key: string, values?: Record<string, string>) => string;
