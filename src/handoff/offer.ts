import type { Category, Language, OfferingId } from '#knowledge/schema.ts';
import { mayServe, type AgentRecord } from './agent.ts';

/** Somebody who waits, as far as it matters for who should take them. */
export interface Waiter {
  readonly offering: OfferingId | null;
  readonly category: Category | null;
  readonly language: Language | null;
  /** Nobody with the right skills came: everybody on duty is asked. */
  readonly widened?: true | undefined;
}

type Fitting = Pick<AgentRecord, 'queues' | 'languages' | 'categories'>;
type Free = Fitting & Pick<AgentRecord, 'presence' | 'capacity'> & { readonly load: number };
/** Somebody who may have a turn; `servedAt` (ISO) is when they were last given somebody. */
type Colleague = Free & Pick<AgentRecord, 'id'> & { readonly there: boolean; readonly servedAt: string | null };

/** Whether somebody is of the right skills: no skill named means all of them, nothing known of the waiter fits everybody. */
export function isFitting({ offering, category, language, widened }: Waiter, agent: Fitting): boolean {
  if (widened === true) return mayServe(agent, offering);
  const speaks = language === null || agent.languages.length === 0 || agent.languages.includes(language);
  const knows = category === null || agent.categories.length === 0 || agent.categories.includes(category);
  return mayServe(agent, offering) && speaks && knows;
}

/** Whether a waiter is offered to this agent: they take people, have room for one more, and fit. */
export function isOffered(waiter: Waiter, agent: Free): boolean {
  return agent.presence === 'on-duty' && agent.load < agent.capacity && isFitting(waiter, agent);
}

/**
 * Those for whom nobody is on duty: skills and room apart, since who waits long enough is offered to everybody, and room comes
 * by itself.
 */
export function unattended<T extends Pick<Waiter, 'offering'>>(
  waiters: readonly T[],
  agents: readonly Colleague[],
): T[] {
  const onDuty = agents.filter(({ there, presence }) => there && presence === 'on-duty');
  return waiters.filter(({ offering }) => !onDuty.some((agent) => mayServe(agent, offering)));
}

/**
 * Whose turn each waiter is, by fairness: of those to whom they are offered, who has been given fewest of this line so far,
 * and among them who was given somebody longest ago. Nobody is held to it: whoever is quicker may accept.
 */
export function turnsOf<T extends Waiter>(waiters: readonly T[], agents: readonly Colleague[]): Map<T, string> {
  const turns = new Map<T, string>();
  const inTurn = agents
    .filter(({ there }) => there)
    .toSorted(byTurn)
    .map((agent) => ({ ...agent, given: 0 }));
  for (const waiter of waiters) {
    let next: (typeof inTurn)[number] | undefined;
    for (const agent of inTurn) {
      if ((next === undefined || agent.given < next.given) && isOffered(waiter, agent)) next = agent;
    }
    if (!next) continue;
    turns.set(waiter, next.id);
    next.given += 1;
    next.load += 1;
  }
  return turns;
}

function byTurn(one: Colleague, other: Colleague): number {
  const [first, second] = [one.servedAt ?? '', other.servedAt ?? ''];
  return first === second ? one.id.localeCompare(other.id) : first < second ? -1 : 1;
}
