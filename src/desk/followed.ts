import { mayServe } from '#src/handoff/agent.ts';
import { isColleagues } from '#src/handoff/standing.ts';
import type { Conversation } from '#src/log/ports.ts';
import type { Agent } from './agents.ts';

/** What a desk is told of a change: all of it · that there is something, now and then · nothing. */
type News = 'all' | 'something' | 'nothing';

/** The conversations that a desk may follow, as far as it was told; and of colleagues' ones, since which epoch it knows that they are. */
export class Followed {
  readonly #agent: Agent;
  readonly #own = new Set<string>();
  readonly #colleagues = new Map<string, number>();

  constructor(agent: Agent) {
    this.#agent = agent;
  }

  has(id: string): boolean {
    return this.#own.has(id);
  }

  /** A colleague's: it is told once that it is, each time that it changes hands, whether or not this desk saw the person wait. */
  take(conversation: Conversation): News {
    const { id, epoch, offering } = conversation;
    if (!mayServe(this.#agent, offering)) return 'nothing';
    if (!isColleagues(conversation, this.#agent)) {
      this.#own.add(id);
      this.#colleagues.delete(id);
      return 'all';
    }
    const isKnown = this.#colleagues.get(id) === epoch;
    this.#own.delete(id);
    this.#colleagues.set(id, epoch);
    return isKnown ? 'something' : 'all';
  }
}
