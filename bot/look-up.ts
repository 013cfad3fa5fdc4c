import { isDeepStrictEqual } from 'node:util';
import type { Deed } from '#dialogs/question.ts';
import { isOnDuty, mayServe } from '#src/handoff/agent.ts';
import type { Waits } from '#src/handoff/waits.ts';
import type { Conversation, Unit } from '#src/log/ports.ts';
import { changesRequest } from './deeds.ts';
import { withoutPerson } from './world.ts';
import type { FiledRequest, Known, Missing } from './world.ts';

/** So many requests of a person are looked through. */
const MOST_REQUESTS = 50;

/** What is looked for, and where what was found is put. */
export interface LookUp {
  readonly known: Known;
  readonly conversation: Conversation;
  readonly unit: Unit;
  readonly now: number;
  readonly patience: number;
  readonly waits: Waits;
}

/** Looks up in our own storage what the dialogs lacked. */
export async function lookUp(what: Exclude<Missing['what'], Promise<unknown>>, looking: LookUp): Promise<void> {
  const { known, conversation, unit } = looking;
  const { person } = conversation;
  if (what === 'requests') known.requests = await unit.requests.ofPerson(person, MOST_REQUESTS);
  else if (what === 'queue') known.queue = await lookAtQueue(looking);
  else if ('recordOf' in what) {
    known.records = new Map([...(known.records ?? []), [what.recordOf, await filed(what.recordOf, unit)]]);
  } else {
    const all = await unit.requests.ofTenant(what.colleaguesIn, MOST_REQUESTS);
    known.colleagues = all.filter((one) => one.state === 'open' && one.person !== person).map(withoutPerson);
  }
}

/** Nothing is locked: most of what is looked at is only shown. */
async function filed(number: string, unit: Unit): Promise<FiledRequest | null> {
  const [request] = await unit.requests.several([number]);
  return request === undefined ? null : { request, events: await unit.requests.events(number) };
}

/**
 * Locks what the deeds will change, and nothing that was merely looked at: two requests have no order in which everybody takes
 * them. True where one of them is not any more what was decided on; then it is known as it is now, to be decided anew.
 */
export async function movedMeanwhile(
  deeds: readonly Deed[],
  { known, unit }: Pick<LookUp, 'known' | 'unit'>,
): Promise<boolean> {
  let moved = false;
  for (const number of new Set(deeds.flatMap(numberOf))) {
    const seen = known.records?.get(number);
    await unit.requests.byNumber(number);
    if (seen === undefined) continue;
    const now = await filed(number, unit);
    if (isDeepStrictEqual(seen, now)) continue;
    known.records = new Map([...(known.records ?? []), [number, now]]);
    moved = true;
  }
  return moved;
}

/** The request that a deed changes, if it does. */
function numberOf(deed: Deed): string[] {
  return changesRequest(deed) ? [deed.number] : [];
}

const MOST_AGENTS = 1_000;

/** Who stands in line for the same people, and how many of those are there. */
async function lookAtQueue({ conversation, unit, now, patience, waits }: LookUp): Promise<NonNullable<Known['queue']>> {
  const { id, offering } = conversation;
  const agents = await unit.agents.seenSince(now - patience, MOST_AGENTS);
  return {
    waiting: await unit.conversations.waitingFor(offering, id),
    agentsOnDuty: agents.filter((agent) => isOnDuty(agent, now, patience) && mayServe(agent, offering)).length,
    waitMinutes: waits.expected(now),
    opensAt: null,
  };
}
