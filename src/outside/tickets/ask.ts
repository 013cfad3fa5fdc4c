import { later, refused, UNREACHABLE } from '#src/requests/delivery.ts';
import type { Delivery } from '#src/requests/delivery.ts';
import { fetchJson, retryAfterOf } from '../client.ts';

export interface Question {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text goes as it is; anything else as JSON. */
  readonly body?: unknown;
}

export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** `unsent`: no connection, so nothing was said. `unheard`: said, and nobody knows what became of it. */
export type Asked = Answered | { readonly kind: 'unsent' } | { readonly kind: 'unheard' };

/** Asks a service once, and says what came of it; never throws. */
export type Ask = (question: Question) => Promise<Asked>;

/** Below the lease of a job, for the few calls that one may take. */
export const CALL_MS = 8_000;

/** Credentials stay with whom they are for: redirects are not followed. */
export const ask: Ask = async ({ method, url, headers, body }) => {
  const isText = typeof body === 'string';
  const heard = await fetchJson(url, {
    method,
    signal: AbortSignal.timeout(CALL_MS),
    headers: {
      accept: 'application/json',
      ...(body !== undefined && !isText && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
  });
  if (heard.ok) return { kind: 'answered', ...heard.value };
  return { kind: heard.sent ? 'unheard' : 'unsent' };
};

const TOO_MANY = new Set([408, 425, 429]);

/** What an answer that is no success comes to. Settings that are wrong can be mended, and then what waits goes through. */
export function outcomeOf({ status, headers }: Answered, now: number): Delivery<never> {
  const afterMs = retryAfterOf(headers, now);
  if (status === 401 || status === 407) return later('unauthorized');
  if (status === 403) return later('forbidden');
  if (TOO_MANY.has(status)) return later('throttled', afterMs);
  if (status >= 500) return later(UNREACHABLE, afterMs);
  if (status >= 400) return refused(`refused-${status}`);
  return later(status >= 300 ? 'redirected' : 'malformed');
}

/** The same for a call that may be made again without harm, whether it was answered or not. */
export function harmless(asked: Asked, now: number): Delivery<never> {
  return asked.kind === 'answered' ? outcomeOf(asked, now) : later(UNREACHABLE);
}

export const isSuccess = ({ status }: Answered): boolean => status >= 200 && status < 300;

export const isDone = (asked: Asked): asked is Answered => asked.kind === 'answered' && isSuccess(asked);
