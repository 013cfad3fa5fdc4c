import { z } from 'zod';
import { hearDate } from './clock.ts';

// The page's policy forbids `eval`, which zod would try for speed.
z.config({ jitless: true });

/** `signed-out`: the session is missing or over · `silent`: nothing was heard, or the server is in trouble · `refused`: it said no, and why. */
export type Heard<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: 'signed-out' | 'silent' }
  | {
      readonly ok: false;
      readonly why: 'refused';
      readonly status: number;
      readonly code: string;
      readonly message: string;
    };

/** Why something wasn't done: the server's code, or that it didn't hear, or doesn't know us any more. */
export const whyNot = (done: Extract<Heard<unknown>, { ok: false }>): string =>
  done.why === 'refused' ? done.code : done.why;

type Change = 'POST' | 'PUT' | 'DELETE';

const DEADLINE_MS = 10_000;
const NO_CONTENT = 204;
const SERVER_TROUBLE = 500;
/** Passing by itself: too many at once, or nobody who could answer in time. */
const TRY_AGAIN: ReadonlySet<number> = new Set([408, 425, 429]);
const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

let onSignedOut: () => void = () => undefined;
/** Somebody did something at this page since it last asked. */
let touched = true;

/** Who is told when an answer says that nobody is signed in (any more). */
export function whenSignedOut(told: () => void): void {
  onSignedOut = told;
}

const touch = (): void => {
  touched = true;
};

/** Notes what the person does: what the page asks by itself must not keep the session of somebody who has left alive. */
export function watchTouches(target: Document): void {
  for (const event of ['keydown', 'pointerdown', 'wheel']) target.addEventListener(event, touch, { passive: true });
}

export function get<T>(path: string, answer: z.ZodType<T>): Promise<Heard<T>> {
  const background = !touched;
  touched = false;
  return send(path, answer, { headers: background ? { 'x-frontdesk-background': '1' } : {} });
}

export function change<T>(method: Change, path: string, answer: z.ZodType<T>, body?: object): Promise<Heard<T>> {
  return send(path, answer, {
    method,
    headers: { 'content-type': 'application/json', 'x-frontdesk': '1' },
    ...(body && { body: JSON.stringify(body) }),
  });
}

async function send<T>(path: string, answer: z.ZodType<T>, init: RequestInit): Promise<Heard<T>> {
  try {
    const sentAt = Date.now();
    const response = await fetch(path, { ...init, signal: AbortSignal.timeout(DEADLINE_MS) });
    hearDate(response.headers.get('date'), sentAt, Date.now());
    if (!response.ok) return await refusal(response, path);
    const parsed = answer.safeParse(response.status === NO_CONTENT ? {} : await response.json());
    // Not what this page was built for: as good as no answer, until it is loaded anew.
    return parsed.success ? { ok: true, value: parsed.data } : { ok: false, why: 'silent' };
  } catch {
    return { ok: false, why: 'silent' };
  }
}

async function refusal(response: Response, path: string): Promise<Heard<never>> {
  const { status } = response;
  if (status === 401) {
    if (path !== '/desk/session') onSignedOut();
    return { ok: false, why: 'signed-out' };
  }
  if (status >= SERVER_TROUBLE || TRY_AGAIN.has(status)) return { ok: false, why: 'silent' };
  const told = errorSchema.safeParse(await response.json().catch(() => null));
  const { code, message } = told.success ? told.data.error : { code: '', message: '' };
  return { ok: false, why: 'refused', status, code, message };
}
