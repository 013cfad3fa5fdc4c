/** Why Microsoft Graph could not tell; a closed list, so that it can be logged as it is. */
export type Why =
  /** No token: the secret is wrong, or the organization never consented. */
  | 'no-token'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'throttled'
  /** Another 4xx: the question doesn't fit this organization, e.g. for want of a license. */
  | 'rejected'
  /** 5xx, a redirect, a broken connection, any other answer that is none. */
  | 'failed'
  /** No answer within the time of a call, or of all calls for a person together. */
  | 'slow'
  /** An answer that is not what Microsoft documents, or bigger than anything it should say. */
  | 'malformed';

export interface Failure {
  readonly ok: false;
  readonly why: Why;
  /** Milliseconds after which Microsoft wants to be asked again, where it said so. */
  readonly retryAfter?: number;
}

/** An answer, or why there is none: expected, so a value and never thrown. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | Failure;

export function failure(why: Why, retryAfter?: number): Failure {
  return retryAfter === undefined ? { ok: false, why } : { ok: false, why, retryAfter };
}

export function answer<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

/** What a status that is no 200 means. */
export function whyOf(status: number): Why {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 429) return 'throttled';
  return status >= 400 && status < 500 ? 'rejected' : 'failed';
}
