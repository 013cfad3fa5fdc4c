import type { AgentRole } from './agent.ts';

/** Who may speak in a conversation now. Every change raises the conversation's epoch. */
export const OWNERS = ['bot', 'waiting', 'agent'] as const;
export type Owner = (typeof OWNERS)[number];

/** How an agent ends a conversation. */
export const OUTCOMES = ['solved', 'not-solved', 'no-answer', 'filed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why somebody who had an agent, or waited for one, changed hands: written with every change. */
export const REASONS = [
  'asked',
  'accepted',
  'taken-over',
  'transferred',
  'released',
  'agent-gone',
  'agent-signed-out',
  'returned',
  'closed',
  'left',
  'nobody-came',
] as const;
export type Reason = (typeof REASONS)[number];

export interface Standing {
  readonly owner: Owner;
  readonly agent: string | null;
}

/** What may be done about who has the word. `by` is an agent's id. */
export type Act =
  | { readonly kind: 'ask' }
  | { readonly kind: 'accept'; readonly by: string }
  | { readonly kind: 'take-over'; readonly by: string }
  | { readonly kind: 'transfer'; readonly by: string; readonly to: string }
  | { readonly kind: 'release'; readonly by: string }
  | { readonly kind: 'lose'; readonly agent: string; readonly reason: 'agent-gone' | 'agent-signed-out' }
  | { readonly kind: 'return'; readonly by: string }
  | { readonly kind: 'close'; readonly by: string }
  | { readonly kind: 'leave' }
  | { readonly kind: 'give-up' };

/** `taken`: another agent has it · `not-waiting`: nobody waits there · `not-yours`: only who has it may do that. */
export const HANDOFF_REFUSALS = ['taken', 'not-waiting', 'not-yours'] as const;
export type HandoffRefusal = (typeof HANDOFF_REFUSALS)[number];

/** Who has the word afterwards and why; `null` where nothing changes (it was so already); or why it may not be. */
export type Verdict = { readonly next: Standing; readonly reason: Reason } | HandoffRefusal | null;

const BOT: Standing = { owner: 'bot', agent: null };
const LINE: Standing = { owner: 'waiting', agent: null };

/**
 * The one table of who may hand a conversation to whom. Only the agent who has it speaks for it; a supervisor takes it over
 * first. The customer may ask and leave at any time.
 */
export function judge(now: Standing, act: Act): Verdict {
  switch (act.kind) {
    case 'ask':
      return now.owner === 'bot' ? { next: LINE, reason: 'asked' } : null;
    case 'accept':
      return accept(now, act.by);
    case 'take-over':
      if (isAgent(now, act.by)) return null;
      return now.owner === 'bot' ? 'not-waiting' : { next: withAgent(act.by), reason: 'taken-over' };
    case 'transfer':
      if (!isAgent(now, act.by)) return 'not-yours';
      return act.to === act.by ? null : { next: withAgent(act.to), reason: 'transferred' };
    case 'release':
      return isAgent(now, act.by) ? { next: LINE, reason: 'released' } : 'not-yours';
    case 'lose':
      return isAgent(now, act.agent) ? { next: LINE, reason: act.reason } : null;
    case 'return':
      return isAgent(now, act.by) ? { next: BOT, reason: 'returned' } : 'not-yours';
    case 'close':
      return isAgent(now, act.by) ? { next: BOT, reason: 'closed' } : 'not-yours';
    case 'leave':
      return now.owner === 'bot' ? null : { next: BOT, reason: 'left' };
    case 'give-up':
      return now.owner === 'waiting' ? { next: BOT, reason: 'nobody-came' } : null;
  }
}

function accept(now: Standing, by: string): Verdict {
  if (now.owner === 'waiting') return { next: withAgent(by), reason: 'accepted' };
  if (now.owner === 'bot') return 'not-waiting';
  return now.agent === by ? null : 'taken';
}

const withAgent = (agent: string): Standing => ({ owner: 'agent', agent });

/** Whether this agent has the word. */
export function isAgent({ owner, agent }: Standing, id: string): boolean {
  return owner === 'agent' && agent === id;
}

/** Whether a colleague has the word, so that it isn't this one's to see or do: a supervisor's everything is. */
export function isColleagues(now: Standing, by: { readonly id: string; readonly role: AgentRole }): boolean {
  return now.owner === 'agent' && now.agent !== by.id && by.role === 'agent';
}

/** A change of hands as the protocol of the Bot Framework tells it. */
export interface HandoffEvent {
  readonly name: 'handoff.initiate' | 'handoff.status';
  readonly state: 'accepted' | 'failed' | 'completed' | null;
}

/** `handoff.initiate` asks for a person, first or anew; `handoff.status` says what became of it. */
export function eventOf(reason: Reason): HandoffEvent {
  switch (reason) {
    case 'asked':
    case 'released':
    case 'agent-gone':
    case 'agent-signed-out':
      return { name: 'handoff.initiate', state: null };
    case 'accepted':
    case 'taken-over':
    case 'transferred':
      return { name: 'handoff.status', state: 'accepted' };
    case 'returned':
    case 'closed':
    case 'left':
      return { name: 'handoff.status', state: 'completed' };
    case 'nobody-came':
      return { name: 'handoff.status', state: 'failed' };
  }
}
