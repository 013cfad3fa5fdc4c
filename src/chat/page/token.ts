import type { Session } from './session.ts';

/** What the page tells about the visit when it asks for a token; the server decides what of it to believe. */
export interface Visit {
  /** Sample person id (local mode), or undefined for an anonymous visitor. */
  readonly as?: string;
  /** What a host page's back end signed of its user. */
  readonly assertion?: string;
  /** What Teams' single sign-on gave the page. */
  readonly signOn?: string;
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
  return ask(visit);
}

/** Asks for a token of the conversation `before`, if it is that of the proven person, else of a new one. */
export function identifiedToken(before: Session | undefined, visit: Visit): Promise<TokenAnswer> {
  return ask({ ...visit, ...(before && { resume: before.token }) }, before);
}

/** Asks for a new token of the same conversation; `refused` when the old one doesn't open it any more. */
export function resumeToken(before: Session, visit: Visit): Promise<TokenAnswer> {
  return ask({ ...visit, resume: before.token }, before);
}

async function ask(body: Visit & { resume?: string }, before?: Session): Promise<TokenAnswer> {
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
  const session = sessionOf(await response.json().catch(() => undefined));
  if (!session) return { ok: false, reason: 'failed' };
  const started = session.conversationId === before?.conversationId;
  const identified =
    body.assertion !== undefined || body.signOn !== undefined || (started && before?.identified === true);
  return { ok: true, session: { ...session, started, identified } };
}

function reasonOf(status: number): TokenFailure {
  if (status === 429) return 'busy';
  return [400, 401, 403].includes(status) ? 'refused' : 'failed';
}

function sessionOf(answer: unknown): Omit<Session, 'started'> | undefined {
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
  };
}
