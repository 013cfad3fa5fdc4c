import type { Phrases } from '#knowledge/phrases.ts';
import type { Turn } from '#src/log/turn.ts';
import { activityOf } from './activity.ts';

/** What `channelData.handoff.state` says: the names are a contract (conversation.md, step `handoff`). */
type HandoffState = 'waiting' | 'taken' | 'ended';

export interface Notice {
  /** Of the phrases `handoff.…`. */
  readonly key: string;
  readonly state: HandoffState;
  /** The agent's name, as the customer reads it. */
  readonly agent?: string;
  readonly before?: string;
}

/** Says aloud who speaks from now on, in the conversation's language; of the epoch that has just begun. */
export function sayNotice(turn: Turn, notice: Notice, phrases: Phrases): void {
  const { key, state, agent, before } = notice;
  const language = turn.conversation.language ?? 'en';
  const text = phrases.text(language, `handoff.${key}`, {
    ...(agent !== undefined && { agent }),
    ...(before !== undefined && { before }),
  });
  const data = { handoff: { state, ...(agent !== undefined && { agent }) } };
  turn.say('bot', { ...activityOf({ language, format: 'plain', text, step: 'handoff', data }) }, null);
}
