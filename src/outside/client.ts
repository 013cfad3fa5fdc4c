/** More than this is no answer to anything that is asked of other people's services. */
export const LARGEST_ANSWER = 4 * 1024 * 1024;

export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/**
 * `slow`: no answer within the time given; `malformed`: too big, or no text; `failed`: nothing was heard. Not `sent`: there
 * was no connection, so nothing can have come of it over there.
 */
export type Heard =
  | { readonly ok: true; readonly value: Received }
  | { readonly ok: false; readonly why: 'slow' | 'malformed' | 'failed'; readonly sent: boolean };

/**
 * One request, whatever the status of its answer. Redirects are not followed: the token would go along. The body is read up
 * to a bound; one that isn't JSON is undefined.
 */
export async function fetchJson(url: string, init: RequestInit): Promise<Heard> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual' });
    const text = await bounded(response, LARGEST_ANSWER);
    if (text === null) return { ok: false, why: 'malformed', sent: true };
    const { status, headers } = response;
    return { ok: true, value: { status, headers, body: parsed(text) } };
  } catch (error) {
    return { ok: false, why: isTimeUp(error) ? 'slow' : 'failed', sent: wasSent(error) };
  }
}

/** The body as text; null where it is bigger than `most` bytes. Throws where it is no UTF-8. */
async function bounded(response: Response, most: number): Promise<string | null> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > most) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** undefined where it isn't JSON; what follows checks the shape anyway. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Where the connection itself failed, nothing was sent. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function wasSent(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : '';
  return typeof code !== 'string' || !NEVER_SENT.has(code);
}

function isTimeUp(error: unknown): boolean {
  return error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
}

/** Longer than anybody waits: then it is as if nothing had been said. */
const LONGEST_WAIT_S = 3600;

/** Milliseconds of a Retry-After header, given in seconds or as a date; undefined where there is none to rely on. */
export function retryAfterOf(headers: Headers, now: number): number | undefined {
  const said = headers.get('retry-after')?.trim() ?? '';
  const seconds = /^\d{1,6}$/.test(said) ? Number(said) : (Date.parse(said) - now) / 1000;
  return Number.isFinite(seconds) && seconds >= 0 && seconds <= LONGEST_WAIT_S ? seconds * 1000 : undefined;
}
