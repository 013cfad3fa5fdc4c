import type { Session } from './session.ts';

/** What the page tells about the visit when it asks for a token; the server decides what of it to believe. */
export interface Visit {
  /** Sample person id (local mode), or undefined for an anonymous visitor. */
  readonly as?: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly page: { readonly url: string; readonly title: string };
}

export type TokenFailure = 'offline' | 'busy' | 'refused' | 'failed';
export type TokenAnswer =
  | { readonly ok: true; readonly session: Session }
  | { readonly ok: false; readonly reason: TokenFailure };

const DEADLINE_MS = 15_000;

/** Asks for the token of a new conversation. */
export function newToken(visit: Visit): Promise<TokenAnswer> {
  return ask(visit, false);
}

/** Asks for a new token of the same conversation; `refused` when the old one doesn't open it any more. */
export function resumeToken(token: string, visit: Visit): Promise<TokenAnswer> {
  return ask({ ...visit, resume: token }, true);
}

async function ask(body: object, started: boolean): Promise<TokenAnswer> {
  let response: Response;
  try {
    response = await fetch('/chat/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
  } catch {
    return { ok: false, reason: 'offline' };
  }
  if (!response.ok) return { ok: false, reason: reasonOf(response.status) };
  const session = sessionOf(await response.json().catch(() => undefined), started);
  return session ? { ok: true, session } : { ok: false, reason: 'failed' };
}

function reasonOf(status: number): TokenFailure {
  if (status === 429) return 'busy';
  return [400, 401, 403].includes(status) ? 'refused' : 'failed';
}

function sessionOf(answer: unknown, started: boolean): Session | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { token, conversationId, userId, expiresIn }: Record<string, unknown> = { ...answer };
  if (typeof token !== 'string' || typeof conversationId !== 'string') return undefined;
  const lifetime = (typeof expiresIn === 'number' ? expiresIn : 1800) * 1000;
  return {
    token,
    conversationId,
    userId: typeof userId === 'string' ? userId : '',
    expiresAt: Date.now() + lifetime,
    lifetime,
    started,
  };
}
