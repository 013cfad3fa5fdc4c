import type { Category, Language, OfferingId } from '#knowledge/schema.ts';
import { mayServe, type AgentRecord } from './agent.ts';

/** Somebody who waits, as far as it matters for who should take them. */
export interface Waiter {
  readonly offering: OfferingId | null;
  readonly category: Category | null;
  readonly language: Language | null;
}

type Fitting = Pick<AgentRecord, 'queues' | 'languages' | 'categories'>;
type Free = Fitting & Pick<AgentRecord, 'presence' | 'capacity'> & { readonly load: number };

/** Whether somebody is of the right skills: no skill named means all of them, nothing known of the waiter fits everybody. */
export function isFitting({ offering, category, language }: Waiter, agent: Fitting): boolean {
  const speaks = language === null || agent.languages.length === 0 || agent.languages.includes(language);
  const knows = category === null || agent.categories.length === 0 || agent.categories.includes(category);
  return mayServe(agent, offering) && speaks && knows;
}

/** Whether a waiter is offered to this agent: they take people, have room for one more, and fit. */
export function isOffered(waiter: Waiter, agent: Free): boolean {
  return agent.presence === 'on-duty' && agent.load < agent.capacity && isFitting(waiter, agent);
}
