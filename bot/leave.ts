import { isWholeWord } from '#dialogs/words.ts';
import type { Phrases } from '#knowledge/phrases.ts';
import { judge } from '#src/handoff/standing.ts';
import type { Unit } from '#src/log/ports.ts';
import type { Turn } from '#src/log/turn.ts';
import type { Ended } from './floor.ts';
import type { FloorOptions } from './floor.ts';
import { tellHandoff } from './handoff-event.ts';
import { sayNotice } from './handoff-notice.ts';
import type { Meaning } from './inbound.ts';

/** Whether the person ends the talk with an agent: by the whole message, never by a word in a sentence meant for the agent. */
export function asksToLeave(meaning: Meaning, phrases: Phrases): boolean {
  return (
    meaning.kind === 'input' &&
    meaning.input.kind === 'text' &&
    isWholeWord(meaning.input.text, 'words.handoff.leave', phrases)
  );
}

/** The person ends the talk with an agent, and the bot is theirs again; the agent sees it in the log. */
export async function leaveAgent(
  turn: Turn,
  unit: Unit,
  { phrases, afterAgent }: Pick<FloorOptions, 'phrases' | 'afterAgent'>,
  now: number,
): Promise<void> {
  const { conversation } = turn;
  const { agent: id } = conversation;
  const verdict = judge(conversation, { kind: 'leave' });
  if (verdict === null || typeof verdict === 'string') return;
  const name = id === null ? '' : ((await unit.agents.byId(id))?.name ?? id);
  turn.own(verdict.next.owner, verdict.next.agent);
  tellHandoff(turn, verdict.reason, { before: id });
  sayNotice(turn, { key: 'left', state: 'ended', agent: name }, phrases);
  const { language } = conversation;
  const ended: Ended = { outcome: 'not-solved', agent: name, returned: true, language };
  conversation.state = afterAgent(conversation.state, ended, now).case;
}
