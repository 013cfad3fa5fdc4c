/** One row of a list, as the server sent it; what is shown of it is looked up by name and never trusted. */
export type Row = Readonly<Record<string, unknown>>;

export const LISTS = { waiting: '/desk/api/queue', requests: '/desk/api/requests', mails: '/desk/api/mails' } as const;
export type ListName = keyof typeof LISTS;

/** `signed-out`: the session is missing or over; `silent`: nothing was heard, or the server is in trouble. */
export type Heard<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: 'signed-out' | 'silent' };

const DEADLINE_MS = 10_000;

/** `background`: the page asks by itself, which must not keep the session of somebody who has left alive. */
export async function readList(name: ListName, background: boolean): Promise<Heard<readonly Row[]>> {
  const heard = await ask(LISTS[name], background ? { 'x-frontdesk-background': '1' } : {});
  if (!heard.ok) return heard;
  return { ok: true, value: Array.isArray(heard.value) ? heard.value.filter(isRow) : [] };
}

/** The years whose calendar is missing; none where the server doesn't say. */
export async function readWarnings(): Promise<readonly string[]> {
  const heard = await ask('/desk/api/warnings', { 'x-frontdesk-background': '1' });
  const rows = heard.ok && Array.isArray(heard.value) ? heard.value.filter(isRow) : [];
  return rows.filter(({ code }) => code === 'calendar-missing').map(({ year }) => textOf(year));
}

/** The name (or id) of the agent who is signed in. */
export async function readMe(): Promise<Heard<string>> {
  const heard = await ask('/desk/api/me');
  if (!heard.ok) return heard;
  const me = isRow(heard.value) ? heard.value : {};
  return { ok: true, value: textOf(me.name) || textOf(me.id) };
}

/** Local mode: signs in as a sample agent. `remote` where the server has no sample agents (production). */
export async function signIn(as: string): Promise<'ok' | 'refused' | 'remote'> {
  const { status, code } = await change('POST', { as });
  if (status >= 200 && status < 300) return 'ok';
  return status === 404 || code === 'sign-in-elsewhere' ? 'remote' : 'refused';
}

export async function signOut(): Promise<void> {
  await change('DELETE');
}

async function change(method: 'POST' | 'DELETE', body?: object): Promise<{ status: number; code: string }> {
  try {
    const response = await fetch('/desk/session', {
      method,
      headers: { 'content-type': 'application/json', 'x-frontdesk': '1' },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    return { status: response.status, code: response.ok ? '' : codeOf(await response.json().catch(() => null)) };
  } catch {
    return { status: 0, code: '' };
  }
}

/** Errors are `{error: {code, message}}`. */
function codeOf(answer: unknown): string {
  return isRow(answer) && isRow(answer.error) ? textOf(answer.error.code) : '';
}

async function ask(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Heard<unknown>> {
  try {
    const response = await fetch(path, { headers, signal: AbortSignal.timeout(DEADLINE_MS) });
    if (response.status === 401 || response.status === 403) return { ok: false, why: 'signed-out' };
    if (!response.ok) return { ok: false, why: 'silent' };
    return { ok: true, value: await response.json() };
  } catch {
    return { ok: false, why: 'silent' };
  }
}

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
