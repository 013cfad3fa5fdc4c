import type { Outcome, Why } from './outcome.ts';
import { answer, failure } from './outcome.ts';

/** More than this is no answer to anything that is asked here. */
export const LARGEST_ANSWER = 4 * 1024 * 1024;

export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/**
 * One request, whatever the status of its answer. Redirects are not followed: the token would go along. The body is read up
 * to a bound and must be JSON.
 */
export async function fetchJson(url: string, init: RequestInit): Promise<Outcome<Received>> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual' });
    const text = await bounded(response, LARGEST_ANSWER);
    if (text === null) return failure('malformed');
    const { status, headers } = response;
    return answer({ status, headers, body: parsed(text) });
  } catch (error) {
    return failure(isTimeUp(error) ? 'slow' : 'failed');
  }
}

/** The body as text; null where it is bigger than `most` bytes or no UTF-8. */
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

/** What a status that is no 200 means. */
export function whyOf(status: number): Why {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 429) return 'throttled';
  return status >= 400 && status < 500 ? 'rejected' : 'failed';
}

/** Longer than anybody waits: then it is as if nothing had been said. */
const LONGEST_WAIT_S = 3600;

/** Milliseconds of a Retry-After header, given in seconds or as a date; undefined where there is none to rely on. */
export function retryAfterOf(headers: Headers, now: number): number | undefined {
  const said = headers.get('retry-after')?.trim() ?? '';
  const seconds = /^\d{1,6}$/.test(said) ? Number(said) : (Date.parse(said) - now) / 1000;
  return Number.isFinite(seconds) && seconds >= 0 && seconds <= LONGEST_WAIT_S ? seconds * 1000 : undefined;
}
