import type { Language } from '#knowledge/schema.ts';
import type { Phrases } from '#knowledge/phrases.ts';
import type { Case } from '#dialogs/case.ts';
import type { Reply } from '#dialogs/reply.ts';
import { isAgent, judge } from '#src/handoff/standing.ts';
import type { Act, Outcome, Reason } from '#src/handoff/standing.ts';
import { mayServe } from '#src/handoff/agent.ts';
import type { Waits } from '#src/handoff/waits.ts';
import type { Done, Worker } from '#src/handoff/done.ts';
import { keepPromises } from '#src/promises/keep.ts';
import { addToHistory } from '#src/requests/history.ts';
import type { Conversation, Unit } from '#src/log/ports.ts';
import type { Speaker } from '#src/log/speak.ts';
import type { Turn } from '#src/log/turn.ts';
import type { Typing } from '#src/log/typing.ts';
import { activityOf } from './activity.ts';
import { tellHandoff } from './handoff-event.ts';
import { sayNotice } from './handoff-notice.ts';

/** How an agent's part ended, for the bot that goes on. */
export interface Ended {
  readonly outcome: Outcome;
  readonly agent: string;
  /** Given back to the bot rather than closed. */
  readonly returned: boolean;
  /** The conversation's, for where no state can be read. */
  readonly language: Language | null;
}

export interface FloorOptions {
  readonly speaker: Speaker;
  readonly phrases: Phrases;
  readonly typing: Typing;
  /** Shows in a channel that is called that somebody types. */
  readonly pushTyping: (conversation: Conversation) => void;
  /** Remembers how long people waited, for those who wait now. */
  readonly waits: Waits;
  /** What the bot says when an agent has left, and the case from there on; `stored` is the conversation's state. */
  readonly afterAgent: (stored: unknown, ended: Ended, now: number) => { case: Case; replies: readonly Reply[] };
}

/** A change of hands as it is being written. */
interface Change {
  readonly turn: Turn;
  readonly unit: Unit;
  readonly now: number;
  readonly before: string | null;
  /** Since when the person had waited. */
  readonly since: number | null;
}

/**
 * What agents do in conversations: the decision is `judge`'s, here it is carried out. Each is one transaction; a customer
 * who writes at the same moment comes before or after it, never in between.
 */
export class Floor {
  readonly #options: FloorOptions;

  constructor(options: FloorOptions) {
    this.#options = options;
  }

  accept(id: string, agent: Worker): Promise<Done<null>> {
    return this.#change(id, agent, { act: { kind: 'accept', by: agent.id } }, (change) => {
      this.#options.waits.add(change.now, change.now - (change.since ?? change.now));
      return this.#welcome(change, agent);
    });
  }

  takeOver(id: string, agent: Worker): Promise<Done<null>> {
    return this.#change(id, agent, { act: { kind: 'take-over', by: agent.id } }, (change) =>
      this.#welcome(change, agent),
    );
  }

  /** A colleague must be there to be given somebody: nobody is put where no one looks. */
  async transfer(id: string, agent: Worker, to: Worker | null): Promise<Done<null>> {
    const { phrases } = this.#options;
    if (to === null)
      return this.#change(id, agent, { act: { kind: 'release', by: agent.id } }, async ({ turn }) =>
        sayNotice(turn, { key: 'released', state: 'waiting', agent: agent.name }, phrases),
      );
    return this.#change(id, agent, { act: { kind: 'transfer', by: agent.id, to: to.id } }, (change) =>
      this.#welcome(change, to, agent.name),
    );
  }

  giveBack(id: string, agent: Worker): Promise<Done<null>> {
    const ended = { outcome: 'not-solved', agent: agent.name, returned: true } as const;
    return this.#change(id, agent, { act: { kind: 'return', by: agent.id } }, async ({ turn, now }) => {
      this.#resume(turn, ended, now);
    });
  }

  /** The conversation goes back to the bot, which may ask how it was; what was solved has no open request any more. */
  close(id: string, agent: Worker, outcome: Outcome): Promise<Done<null>> {
    const ended = { outcome, agent: agent.name, returned: false };
    const act = { kind: 'close', by: agent.id } as const;
    return this.#change(id, agent, { act, more: { outcome } }, async ({ turn, unit, now }) => {
      if (outcome === 'solved') await closeRequests(turn, unit, { by: agent.id, at: now });
      this.#resume(turn, ended, now);
    });
  }

  say(id: string, agent: Worker, words: { id: string; text: string }): Promise<Done<{ seq: number }>> {
    return this.#write(id, agent, { ...words, role: 'agent' });
  }

  note(id: string, agent: Worker, words: { id: string; text: string }): Promise<Done<{ seq: number }>> {
    return this.#write(id, agent, { ...words, role: 'note' });
  }

  /** The customer sees that the agent types; of a note never. */
  async types(id: string, agent: Worker): Promise<Done<null>> {
    const { speaker, typing, pushTyping } = this.#options;
    const conversation = await speaker.peek(id);
    if (!conversation || !mayServe(agent, conversation.offering)) return { ok: false, why: 'no-conversation' };
    if (!isAgent(conversation, agent.id)) return { ok: false, why: 'not-yours', agent: conversation.agent };
    if (conversation.reference === null) typing.agent({ conversation: id, name: agent.name });
    else pushTyping(conversation);
    return { ok: true, value: null };
  }

  async #change(
    id: string,
    agent: Worker,
    { act, more = {} }: { act: Act; more?: Readonly<Record<string, unknown>> },
    then: (change: Change) => Promise<void>,
  ): Promise<Done<null>> {
    const done = await this.#options.speaker.on(id, async (turn, unit, now): Promise<Done<null>> => {
      const { conversation } = turn;
      if (!mayServe(agent, conversation.offering)) return { ok: false, why: 'no-conversation' };
      const verdict = judge(conversation, act);
      if (typeof verdict === 'string') return { ok: false, why: verdict, agent: conversation.agent };
      if (verdict === null) return { ok: true, value: null };
      const { agent: before, waitingSince: since } = conversation;
      turn.own(verdict.next.owner, verdict.next.agent);
      tellHandoff(turn, verdict.reason, { ...more, ...(before !== null && { before }) });
      await then({ turn, unit, now, before, since });
      await record(verdict.reason, { id, by: agent.id, now, unit, more });
      return { ok: true, value: null };
    });
    return done ?? { ok: false, why: 'no-conversation' };
  }

  /** `from`: who hands them over; else whoever had them before, if anybody. */
  async #welcome({ turn, unit, now, before }: Change, agent: Worker, from?: string): Promise<void> {
    const name = from ?? (before === null ? undefined : ((await unit.agents.byId(before))?.name ?? before));
    const notice = name === undefined ? { key: 'joined' } : { key: 'joined-from', before: name };
    sayNotice(turn, { ...notice, state: 'taken', agent: agent.name }, this.#options.phrases);
    await unit.agents.served(agent.id, now);
  }

  #resume(turn: Turn, left: Omit<Ended, 'language'>, now: number): void {
    const { state, language } = turn.conversation;
    const after = this.#options.afterAgent(state, { ...left, language }, now);
    turn.conversation.state = after.case;
    for (const reply of after.replies) turn.say('bot', { ...activityOf(reply) }, null);
  }

  async #write(
    id: string,
    agent: Worker,
    { id: own, text, role }: { id: string; text: string; role: 'agent' | 'note' },
  ): Promise<Done<{ seq: number }>> {
    const sourceId = `desk:${agent.id}:${own}`;
    const done = await this.#options.speaker.on(id, async (turn, unit, now): Promise<Done<{ seq: number }>> => {
      const { conversation } = turn;
      if (!mayServe(agent, conversation.offering)) return { ok: false, why: 'no-conversation' };
      const before = await unit.rows.bySource(id, sourceId);
      if (before && (before.role !== role || before.body['text'] !== text)) return { ok: false, why: 'other-text' };
      // Said before: the answer is the same, whoever has the conversation by now.
      if (before) return { ok: true, value: { seq: before.seq } };
      const mayNote = role === 'note' && agent.role !== 'agent';
      if (!isAgent(conversation, agent.id) && !mayNote)
        return { ok: false, why: 'not-yours', agent: conversation.agent };
      const row = turn.say(role, bodyOf(text, agent), null, sourceId);
      const answered = { act: 'answer', at: now, by: agent.id } as const;
      if (role === 'agent') await keepPromises(unit.promises, { conversation: id }, answered);
      return { ok: true, value: { seq: row.seq } };
    });
    return done ?? { ok: false, why: 'no-conversation' };
  }
}

/** Plain text: what an agent types is never markup. The name is what the customer sees. */
function bodyOf(text: string, { name }: Worker): Record<string, unknown> {
  return { type: 'message', text, textFormat: 'plain', from: { name }, channelData: { handoff: { agent: name } } };
}

async function record(
  reason: Reason,
  at: { id: string; by: string; now: number; unit: Unit; more: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { id, by, now, unit, more } = at;
  await unit.audit.add({ at: now, actor: by, action: `handoff.${reason}`, subject: id, detail: { ...more } });
}

const MOST_REQUESTS = 20;

async function closeRequests(turn: Turn, unit: Unit, { by, at }: { by: string; at: number }): Promise<void> {
  const open = await unit.requests.ofConversation(turn.conversation.id, MOST_REQUESTS);
  for (const { number } of open) {
    // Read by its number it is locked: whoever filed it may have withdrawn it in another chat at this moment.
    if ((await unit.requests.byNumber(number))?.state !== 'open') continue;
    await addToHistory(unit.requests, { number, at, actor: by, kind: 'closed', data: { outcome: 'solved' } });
  }
}
