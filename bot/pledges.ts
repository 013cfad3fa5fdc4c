import { announcement } from '#dialogs/pledge.ts';
import type { Rules } from '#knowledge/offering.ts';
import type { Phrases } from '#knowledge/phrases.ts';
import { mayServe } from '#src/handoff/agent.ts';
import { isColleagues } from '#src/handoff/standing.ts';
import type { Storage, Unit } from '#src/log/ports.ts';
import type { Speaker } from '#src/log/speak.ts';
import { endBy, type Act } from '#src/promises/acts.ts';
import type { Pledged } from '#src/promises/promise.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { activityOf } from './activity.ts';
import type { Worker } from '#src/handoff/done.ts';

/** What an agent may promise; the answer itself is promised by the policy. */
export interface Promising {
  readonly kind: 'update-by' | 'call-back';
  readonly due: number;
}

export interface PledgesOptions {
  readonly storage: Storage;
  readonly speaker: Speaker;
  readonly phrases: Phrases;
  readonly rules: Rules;
}

/** Further ahead nobody can know what they will be doing. */
const LONGEST_AHEAD = 30 * 24 * 3_600_000;

interface Case {
  readonly request: ServiceRequest;
  readonly unit: Unit;
  readonly now: number;
}

/** What agents promise to customers, and say that they have kept. */
export class Pledges {
  readonly #options: PledgesOptions;

  constructor(options: PledgesOptions) {
    this.#options = options;
  }

  /** Promises, and tells the customer; another one of its kind gives way. The same again changes nothing and says nothing. */
  make(number: string, agent: Worker, { kind, due }: Promising): Promise<Pledged> {
    return this.#on(number, agent, async ({ request, unit, now }, say) => {
      if (request.state !== 'open') return { ok: false, why: 'closed' };
      const before = (await unit.promises.open({ request: number })).find((one) => one.kind === kind);
      if (before?.due === due) return { ok: true, pledge: before };
      if (due <= now) return { ok: false, why: 'too-soon' };
      if (due > now + LONGEST_AHEAD) return { ok: false, why: 'too-late' };
      const { conversation } = request;
      if (before) await unit.promises.end(before, { state: 'renewed', reason: 'moved', at: now, by: agent.id });
      const made = { request: number, conversation, kind, due, madeAt: now, by: agent.id, renews: before?.seq ?? null };
      const pledge = await unit.promises.add(made);
      say({ kind, due });
      return { ok: true, pledge };
    });
  }

  /** Notes that it was kept elsewhere than in the chat: by a call, or by telling (a mail, say). */
  keep(
    number: string,
    agent: Worker,
    { seq, act }: { seq: number; act: Extract<Act, 'call' | 'tell'> },
  ): Promise<Pledged> {
    return this.#on(number, agent, async ({ unit, now }) => {
      const pledge = await unit.promises.find(number, seq);
      if (!pledge) return { ok: false, why: 'no-promise' };
      if (pledge.state === 'kept') return { ok: true, pledge };
      if (pledge.state !== 'open') return { ok: false, why: 'ended' };
      const end = endBy(act, pledge, now);
      if (!end) return { ok: false, why: 'not-by-that' };
      await unit.promises.end(pledge, { ...end, at: now, by: agent.id });
      await unit.conversations.touchDesk(pledge.conversation, now);
      return { ok: true, pledge: { ...pledge, ...end, endedAt: now, endedBy: agent.id } };
    });
  }

  /** Runs `act` on a request that the agent may serve, with its conversation locked first, as everybody does. */
  async #on(
    number: string,
    agent: Worker,
    act: (at: Case, say: (promised: Promising) => void) => Promise<Pledged>,
  ): Promise<Pledged> {
    const { storage, speaker, phrases, rules } = this.#options;
    const seen = await storage.transact((unit) => unit.requests.byNumber(number));
    const done = await speaker.on(seen?.conversation ?? '', async (turn, unit, now): Promise<Pledged> => {
      const request = await unit.requests.byNumber(number);
      if (!request || !mayServe(agent, request.offering)) return { ok: false, why: 'no-request' };
      if (isColleagues(turn.conversation, agent)) return { ok: false, why: 'not-yours' };
      const language = turn.conversation.language ?? request.language;
      return act({ request, unit, now }, (promised) => {
        const reply = announcement(request, { promised, agent: agent.name }, { phrases, rules, language });
        turn.say('bot', { ...activityOf(reply) }, null);
        turn.tellDesk();
      });
    });
    return done ?? { ok: false, why: 'no-request' };
  }
}
