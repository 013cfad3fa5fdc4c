import { z } from 'zod';
import { deadLetterSchema } from '#src/desk/dead-letters.ts';
import { promiseLineSchema, promiseViewSchema } from '#src/desk/promises.ts';
import type { PromiseKind } from '#src/promises/promise.ts';
import { change, get, type Heard } from './call.ts';
import { keepSame, Shelf } from './shelf.ts';

export type PromiseView = z.infer<typeof promiseViewSchema>;
export type PromiseLine = z.infer<typeof promiseLineSchema>;
export type DeadLetter = z.infer<typeof deadLetterSchema>;

/** Promises that run out or have passed, of everybody. */
export const runningOut = new Shelf<readonly PromiseLine[]>([]);
/** Those that were broken lately: a supervisor's to see. */
export const broken = new Shelf<readonly PromiseLine[]>([]);
/** What could not be delivered and needs a person. */
export const undelivered = new Shelf<readonly DeadLetter[]>([]);

const linesSchema = z.array(promiseLineSchema);
const keyOf = ({ request, seq }: PromiseLine): string => `${request} ${seq}`;

export async function refreshPromises(isSupervisor: boolean): Promise<void> {
  const found = await get('/desk/api/promises', linesSchema);
  if (found.ok) runningOut.set(keepSame(runningOut.get(), found.value, keyOf));
  if (!isSupervisor) return broken.set([]);
  const past = await get('/desk/api/promises/broken', linesSchema);
  if (past.ok) broken.set(keepSame(broken.get(), past.value, keyOf));
}

export async function refreshUndelivered(): Promise<void> {
  const found = await get('/desk/api/dead-letters?limit=200', z.array(deadLetterSchema));
  if (found.ok) undelivered.set(keepSame(undelivered.get(), found.value, ({ id }) => id));
}

/** Tries it anew, once what was wrong is mended. */
export async function retry(id: string): Promise<Heard<object>> {
  const done = await change('POST', `/desk/api/dead-letters/${encodeURIComponent(id)}/retry`, z.object({}));
  await refreshUndelivered();
  return done;
}

/** What an agent may promise: the first answer is promised by the policy. */
export type Promising = Exclude<PromiseKind, 'respond'>;

const pathOf = (request: string): string => `/desk/api/requests/${encodeURIComponent(request)}/promises`;

/** Promises and tells the customer; one of the same kind gives way. */
export function promiseTo(request: string, promising: { kind: Promising; due: string }): Promise<Heard<PromiseView>> {
  return change('POST', pathOf(request), promiseViewSchema, promising);
}

export function noteKept(request: string, seq: number, how: 'call' | 'tell'): Promise<Heard<PromiseView>> {
  return change('POST', `${pathOf(request)}/${seq}/kept`, promiseViewSchema, { how });
}
