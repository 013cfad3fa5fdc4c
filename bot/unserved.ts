import { newCase, parseCase } from '#dialogs/case.ts';
import { NOTHING_NEW } from '#dialogs/nothing-new.ts';
import type { Tools } from '#dialogs/question.ts';
import { unserved } from '#dialogs/unserved.ts';
import type { Conversation, Unit } from '#src/log/ports.ts';
import type { Turn } from '#src/log/turn.ts';
import { activityOf } from './activity.ts';
import { perform } from './deeds.ts';

/** Files what is known of somebody whom nobody took, and tells them, in the turn that gives up. */
export function giveUp(given: {
  readonly tools: Omit<Tools, 'now'>;
  readonly newId: () => string;
}): (turn: Turn, unit: Unit, now: number) => Promise<void> {
  return async (turn, unit, now) => {
    const { conversation } = turn;
    const tools: Tools = { ...given.tools, now };
    const known = parseCase(conversation.state) ?? newCase(conversation.language ?? 'en', null, null);
    const outcome = unserved(known, await lastWords(conversation, unit), tools, NOTHING_NEW);
    conversation.state = outcome.case;
    await perform(outcome.deeds, turn, unit, { tools, newId: given.newId });
    for (const reply of outcome.replies) turn.say('bot', { ...activityOf(reply) }, null);
  };
}

const LOOK_BACK = 30;

/** The longest of what the person wrote lately: "hello?" after a description says less than it. */
async function lastWords({ id, lastSeq }: Conversation, unit: Unit): Promise<string> {
  const rows = await unit.rows.list(id, Math.max(0, lastSeq - LOOK_BACK), LOOK_BACK);
  const texts = rows.flatMap(({ role, body }) =>
    role === 'user' && typeof body['text'] === 'string' ? [body['text']] : [],
  );
  return texts.reduce((longest, text) => (text.length > longest.length ? text : longest), '');
}
