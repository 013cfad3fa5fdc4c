import type { PersonRef } from './ports.ts';

/** A token that stands for a person, until an instant (epoch ms). It is kept in memory only, and never logged. */
export interface UserToken {
  readonly token: string;
  readonly until: number;
}

/** Another token of the same person; null where they signed out, or must sign in anew. */
export type Renew = () => Promise<UserToken | null>;

/** Whoever signed in lets the directory be asked in their own name: what their organization shows to them. */
export interface SignIns {
  /** False where the token is another's, or nobody can be asked with it: then it is dropped. */
  enter(person: PersonRef, token: UserToken, renew: Renew): boolean;
  leave(person: PersonRef): void;
}

/** What lets a person sign in: an address, and for Teams, which signs its people in by itself, what it asks a token for. */
export interface SignInOffer {
  readonly connection: string;
  readonly link: string;
  readonly exchange: { readonly id: string; readonly uri: string; readonly providerId?: string } | null;
}
