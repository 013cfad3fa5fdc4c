import { isThere } from './agent.ts';
import type { AgentRecord } from './agent.ts';
import type { Standing } from './standing.ts';

/** How long the office waits for what, in milliseconds. */
export interface Patience {
  /** Without a sign of life from an agent's desk. */
  readonly gone: number;
  /** Nobody with the right skills came: everybody on duty is asked. */
  readonly widen: number;
  /** Nobody came at all: the request is filed by itself. */
  readonly file: number;
}

/** What time alone makes of a conversation; `null`: nothing yet. */
export type Overdue =
  | { readonly kind: 'lose'; readonly agent: string; readonly reason: 'agent-gone' | 'agent-signed-out' }
  | { readonly kind: 'widen' }
  | { readonly kind: 'give-up' }
  | null;

/** The one-time id by which it is known that everybody was asked for who waits in this epoch, without id and epoch. */
export const WIDENED = 'handoff-widened:';
export const widenedId = ({ id, epoch }: { readonly id: string; readonly epoch: number }): string =>
  `${WIDENED}${id}:${epoch}`;

/** A conversation as the clocks see it: `ownedSince` is when whoever has the word got it. */
export interface Timed extends Standing {
  readonly ownedSince: number;
  /** Everybody was asked already. */
  readonly widened: boolean;
}

/**
 * What is overdue at `now`. `agent` is the record of whoever has the conversation. A person never stays with an agent whose
 * desk is closed, nor in a line at which nobody looks.
 */
export function overdue(talk: Timed, agent: AgentRecord | undefined, patience: Patience, now: number): Overdue {
  if (talk.owner === 'agent') return lost(talk, agent, patience, now);
  if (talk.owner === 'bot') return null;
  const waited = now - talk.ownedSince;
  if (waited >= patience.file) return { kind: 'give-up' };
  return waited >= patience.widen && !talk.widened ? { kind: 'widen' } : null;
}

function lost(talk: Timed, agent: AgentRecord | undefined, { gone }: Patience, now: number): Overdue {
  if (talk.agent === null) return { kind: 'lose', agent: '', reason: 'agent-gone' };
  if (agent?.presence === 'gone') return { kind: 'lose', agent: talk.agent, reason: 'agent-signed-out' };
  // Who was just given somebody has until then, too: their desk may not have been heard of yet.
  const seenAt = Math.max(agent?.seenAt ?? 0, talk.ownedSince);
  return isThere({ seenAt }, now, gone) ? null : { kind: 'lose', agent: talk.agent, reason: 'agent-gone' };
}
