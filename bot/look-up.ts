import type { ColleagueRequest } from '#dialogs/question.ts';
import { isOnDuty, mayServe } from '#src/handoff/agent.ts';
import type { Waits } from '#src/handoff/waits.ts';
import type { Conversation, Unit } from '#src/log/ports.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import type { Known, Missing } from './world.ts';

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
  else {
    const all = await unit.requests.ofTenant(what.colleaguesIn, MOST_REQUESTS);
    known.colleagues = all.filter((one) => one.state === 'open' && one.person !== person).map(withoutPerson);
  }
}

const MOST_WAITING = 1_000;
const MOST_AGENTS = 1_000;

/** Who stands in line for the same people, and how many of those are there. */
async function lookAtQueue({ conversation, unit, now, patience, waits }: LookUp): Promise<NonNullable<Known['queue']>> {
  const { id, offering } = conversation;
  const line = await unit.conversations.waiting(MOST_WAITING);
  const agents = await unit.agents.seenSince(now - patience, MOST_AGENTS);
  return {
    waiting: line.filter((one) => one.id !== id && (one.offering ?? offering) === offering).length,
    agentsOnDuty: agents.filter((agent) => isOnDuty(agent, now, patience) && mayServe(agent, offering)).length,
    waitMinutes: waits.expected(now),
    opensAt: null,
  };
}

/** What an admin may know of a colleague's request: not who filed it, nor how to reach them. */
function withoutPerson(request: ServiceRequest): ColleagueRequest {
  const { number, severity, offering, category, description, createdAt, state, respondBy, provisional } = request;
  return { number, severity, offering, category, description, createdAt, state, respondBy, provisional };
}
