import { z } from 'zod';
import { agentSchema, type Agent } from '#src/desk/agents.ts';
import type { lineSchema } from '#src/desk/conversation-list.ts';
import { mailSchema } from '#src/desk/mails.ts';
import { colleagueSchema } from '#src/desk/presence.ts';
import type { QueueEntry } from '#src/desk/queue-entry.ts';
import { requestLineSchema } from '#src/desk/request-view.ts';
import { warningSchema } from '#src/desk/warnings.ts';
import { change, get, type Heard } from './call.ts';
import { serverNow } from './clock.ts';
import { keepSame, Shelf } from './shelf.ts';

export type Line = z.infer<typeof lineSchema>;
export type Colleague = z.infer<typeof colleagueSchema>;
export type RequestLine = z.infer<typeof requestLineSchema>;
export type Mail = z.infer<typeof mailSchema>;
export type { Agent, QueueEntry };

/** Who is at this page: nobody knows yet, nobody, or an agent. */
export const me = new Shelf<Agent | 'asking' | null>('asking');
export const queue = new Shelf<readonly QueueEntry[]>([]);
export const lines = new Shelf<readonly Line[]>([]);
export const colleagues = new Shelf<readonly Colleague[]>([]);
export const requests = new Shelf<readonly RequestLine[]>([]);
export const mails = new Shelf<readonly Mail[]>([]);
/** Somebody was signed in, and no longer is without having signed out. */
export const sessionEnded = new Shelf(false);
/** Years whose calendar of working days is missing. */
export const missingYears = new Shelf<readonly string[]>([]);
/** When the server was heard last, and whether it answers now. */
export const heard = new Shelf<{ readonly at: number; readonly fresh: boolean }>({ at: Date.now(), fresh: true });

export async function readMe(): Promise<Heard<Agent>> {
  const found = await get('/desk/api/me', z.object(agentSchema.shape));
  if (found.ok) {
    me.set(found.value);
    sessionEnded.set(false);
  } else if (found.why !== 'silent') me.set(null);
  return found;
}

/** Who is there, and how many each has. */
export async function refreshColleagues(): Promise<Heard<unknown>> {
  const found = await get('/desk/api/agents', z.array(colleagueSchema));
  if (found.ok) colleagues.set(keepSame(colleagues.get(), found.value, ({ id }) => id));
  return found;
}

export async function refreshRequests(): Promise<void> {
  const found = await get('/desk/api/requests?limit=200', z.array(requestLineSchema));
  if (found.ok) requests.set(keepSame(requests.get(), found.value, ({ number }) => number));
}

export async function refreshMails(): Promise<void> {
  const found = await get('/desk/api/mails?limit=200', z.array(mailSchema.strip()));
  if (found.ok) mails.set(keepSame(mails.get(), found.value, ({ id }) => id));
}

export async function refreshWarnings(): Promise<void> {
  const found = await get('/desk/api/warnings', z.array(warningSchema));
  if (found.ok) missingYears.set(found.value.map(({ year }) => year));
}

const nothing = z.object({});

export async function setPresence(state: 'on-duty' | 'away'): Promise<void> {
  const done = await change('PUT', '/desk/api/me/presence', nothing, { state });
  if (done.ok) await refreshColleagues();
}

export async function setSkills(skills: Pick<Colleague, 'languages' | 'categories' | 'capacity'>): Promise<boolean> {
  const done = await change('PUT', '/desk/api/me/skills', nothing, skills);
  if (done.ok) await refreshColleagues();
  return done.ok;
}

/** An answer says that nobody is signed in. */
export function noteSignedOut(): void {
  const was = me.get();
  if (was !== null && was !== 'asking') sessionEnded.set(true);
  me.set(null);
}

export async function signOut(): Promise<void> {
  await change('DELETE', '/desk/session', nothing);
  me.set(null);
  sessionEnded.set(false);
}

/** Local mode: signs in as a sample agent. */
export async function signInAs(as: string): Promise<Heard<object>> {
  const done = await change('POST', '/desk/session', nothing, { as });
  if (done.ok) await readMe();
  return done;
}

/** My own record among the colleagues: presence, skills, load. */
export function ownRecord(agent: Agent | 'asking' | null, all: readonly Colleague[]): Colleague | undefined {
  return typeof agent === 'object' && agent !== null ? all.find(({ id }) => id === agent.id) : undefined;
}

/** A colleague's name by id; the id itself for one who was never here. */
export const nameOf = (id: string, all: readonly Colleague[]): string => all.find((one) => one.id === id)?.name ?? id;

export function noteHeard(fresh: boolean): void {
  if (fresh) heard.set({ at: serverNow(), fresh: true });
  else if (heard.get().fresh) heard.set({ at: heard.get().at, fresh: false });
}

const waysSchema = z.object({ samples: z.array(z.string()), provider: z.boolean() });
export type Ways = z.infer<typeof waysSchema>;

/** How one can sign in here; while the server is silent, through the organization. */
export async function whichWaysIn(): Promise<Ways> {
  const told = await get('/desk/api/sign-in', waysSchema);
  return told.ok ? told.value : { samples: [], provider: true };
}
