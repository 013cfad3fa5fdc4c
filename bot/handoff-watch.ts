import type { Phrases } from '#knowledge/phrases.ts';
import { overdue, widenedId } from '#src/handoff/clocks.ts';
import type { Overdue, Patience } from '#src/handoff/clocks.ts';
import { judge } from '#src/handoff/standing.ts';
import type { Conversation, Storage, Unit } from '#src/log/ports.ts';
import { Rounds } from '#src/log/rounds.ts';
import type { RoundsOptions } from '#src/log/rounds.ts';
import type { Speaker } from '#src/log/speak.ts';
import type { Turn } from '#src/log/turn.ts';
import { tellHandoff } from './handoff-event.ts';
import { sayNotice } from './handoff-notice.ts';

export interface HandoffWatchOptions extends RoundsOptions {
  readonly storage: Storage;
  readonly speaker: Speaker;
  readonly phrases: Phrases;
  readonly patience: Patience;
  /** Files what is known, since nobody came, and says so; the conversation is the bot's again. */
  readonly giveUp: (turn: Turn, unit: Unit, now: number) => Promise<void>;
  readonly clock: () => number;
}

const MOST = 2_000;

/**
 * The office's clocks: nobody stays with an agent whose desk is closed, and nobody stands in a line at which no one looks.
 * Each step is one transaction that looks again before it acts, so two instances, or a kill in between, do nothing twice.
 */
export class HandoffWatch extends Rounds {
  readonly #options: HandoffWatchOptions;

  constructor(options: HandoffWatchOptions) {
    super(options);
    this.#options = options;
  }

  /** One look at those whose time has come. One that fails keeps no other from being looked at. */
  override async round(): Promise<void> {
    const { storage, clock, failed, patience } = this.#options;
    const now = clock();
    const due = await storage.transact((unit) => unit.conversations.overdue(patience, now, MOST));
    for (const id of due) {
      if (this.stopped) return;
      await this.#act(id).catch(failed);
    }
  }

  async #overdue(talk: Conversation, unit: Unit, now: number): Promise<Overdue> {
    const agent = talk.agent === null ? undefined : await unit.agents.byId(talk.agent);
    const widened = talk.owner === 'waiting' && (await unit.isSpent(widenedId(talk)));
    return overdue({ ...talk, widened }, agent, this.#options.patience, now);
  }

  async #act(id: string): Promise<void> {
    await this.#options.speaker.on(id, async (turn, unit, now) => {
      const due = await this.#overdue(turn.conversation, unit, now);
      switch (due?.kind) {
        case 'lose':
          return this.#lose(turn, due, unit);
        case 'widen':
          await unit.spend(widenedId(turn.conversation), now + this.#options.patience.file * 2);
          return sayNotice(turn, { key: 'widened', state: 'waiting' }, this.#options.phrases);
        case 'give-up':
          return this.#giveUp(turn, unit, now);
        case undefined:
          return undefined;
      }
    });
  }

  async #lose(turn: Turn, { agent, reason }: Extract<Overdue, { kind: 'lose' }>, unit: Unit): Promise<void> {
    const verdict = judge(turn.conversation, { kind: 'lose', agent, reason });
    if (verdict === null || typeof verdict === 'string') return;
    const name = (await unit.agents.byId(agent))?.name ?? agent;
    turn.own(verdict.next.owner, verdict.next.agent);
    tellHandoff(turn, verdict.reason, { before: agent });
    sayNotice(turn, { key: reason, state: 'waiting', agent: name }, this.#options.phrases);
  }

  async #giveUp(turn: Turn, unit: Unit, now: number): Promise<void> {
    const verdict = judge(turn.conversation, { kind: 'give-up' });
    if (verdict === null || typeof verdict === 'string') return;
    turn.own(verdict.next.owner, verdict.next.agent);
    tellHandoff(turn, verdict.reason);
    await this.#options.giveUp(turn, unit, now);
  }
}
