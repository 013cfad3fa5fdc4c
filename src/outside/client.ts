/** More than this is no answer to anything that is asked of other people's services. */
export const LARGEST_ANSWER = 4 * 1024 * 1024;

export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** `slow`: no answer within the time given; `malformed`: too big, or no text; `failed`: nothing was heard. */
export type Heard =
  | { readonly ok: true; readonly value: Received }
  | { readonly ok: false; readonly why: 'slow' | 'malformed' | 'failed' };

/**
 * One request, whatever the status of its answer. Redirects are not followed: the token would go along. The body is read up
 * to a bound; one that isn't JSON is undefined.
 */
export async function fetchJson(url: string, init: RequestInit): Promise<Heard> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual' });
    const text = await bounded(response, LARGEST_ANSWER);
    if (text === null) return { ok: false, why: 'malformed' };
    const { status, headers } = response;
    return { ok: true, value: { status, headers, body: parsed(text) } };
  } catch (error) {
    return { ok: false, why: isTimeUp(error) ? 'slow' : 'failed' };
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
