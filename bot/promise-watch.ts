import { apology } from '#dialogs/pledge.ts';
import type { Rules } from '#knowledge/offering.ts';
import type { Phrases } from '#knowledge/phrases.ts';
import type { Job, Storage, Unit } from '#src/log/ports.ts';
import { Rounds } from '#src/log/rounds.ts';
import type { RoundsOptions } from '#src/log/rounds.ts';
import type { Speaker } from '#src/log/speak.ts';
import type { Turn } from '#src/log/turn.ts';
import { verdictOf, type Patience } from '#src/promises/clock.ts';
import type { Pledge } from '#src/promises/promise.ts';
import { renewal } from '#src/promises/renew.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { activityOf } from './activity.ts';

export interface PromiseWatchOptions extends RoundsOptions {
  readonly storage: Storage;
  readonly speaker: Speaker;
  readonly phrases: Phrases;
  readonly rules: Rules;
  readonly patience: Patience;
  readonly clock: () => number;
  readonly newId: () => string;
}

const BATCH = 200;
/** Who ends what nobody did in time. */
const CLOCK = 'clock';

/**
 * Looks at what was promised: warns the desk before the time, and when it has passed tells the customer so, promises anew
 * where the rules allow it, and calls a supervisor. What it does to a promise is one transaction with the mark that it was
 * done, so neither a kill, nor a second instance, nor a clock that was moved makes it twice; no instance waits for another.
 */
export class PromiseWatch extends Rounds {
  readonly #options: PromiseWatchOptions;

  constructor(options: PromiseWatchOptions) {
    super(options);
    this.#options = options;
  }

  /** One look at everything that is due soon, or was. */
  override async round(): Promise<void> {
    const { storage, clock, patience } = this.#options;
    const until = clock() + patience.warnLongest;
    let last: Pledge | undefined;
    for (;;) {
      const page = await storage.transact((unit) => unit.promises.due(until, BATCH, last));
      for (const pledge of page) {
        if (this.stopped) return;
        // Most have time yet: only for the others a conversation is locked.
        if (verdictOf(pledge, 'open', clock(), patience) !== 'none')
          await this.#look(pledge).catch((error: unknown) => this.#options.failed(error));
      }
      last = page.at(-1);
      if (page.length < BATCH) return;
    }
  }

  async #look(seen: Pledge): Promise<void> {
    const { speaker, storage } = this.#options;
    const done = await speaker.on(seen.conversation, async (turn, unit, now) => {
      // Locked before the promise is read: who answers at this moment comes before or after, never in between.
      const request = await unit.requests.byNumber(seen.request);
      const pledge = await unit.promises.find(seen.request, seen.seq);
      if (pledge) await this.#judge(pledge, request, { turn, unit, now });
      return true;
    });
    // The conversation is gone, so there is nobody to whom anything is owed.
    if (done === undefined) await storage.transact((unit) => this.#void(seen, unit, this.#options.clock()));
  }

  async #judge(pledge: Pledge, request: ServiceRequest | undefined, { turn, unit, now }: At): Promise<void> {
    switch (verdictOf(pledge, request?.state ?? null, now, this.#options.patience)) {
      case 'none':
        return undefined;
      case 'void':
        return this.#void(pledge, unit, now);
      case 'warn':
        return warn(pledge, { turn, unit, now });
      case 'breach':
        return request && this.#breach(pledge, request, { turn, unit, now });
    }
  }

  async #void({ request, seq }: Pledge, unit: Unit, at: number): Promise<void> {
    await unit.promises.end({ request, seq }, { state: 'void', reason: 'closed', at, by: CLOCK });
  }

  async #breach(pledge: Pledge, request: ServiceRequest, { turn, unit, now }: At): Promise<void> {
    const { phrases, rules, patience, newId } = this.#options;
    if (!(await unit.promises.end(pledge, { state: 'broken', reason: 'missed', at: now, by: CLOCK }))) return;
    const renewed = renewal(pledge, request, { rules, patience, now });
    const next = renewed && (await unit.promises.add(renewed));
    // Whoever asks how it stands is told the time that counts now.
    if (next && pledge.kind === 'respond') await unit.requests.setRespondBy(pledge.request, isoOf(next));
    const language = turn.conversation.language ?? request.language;
    turn.say('bot', { ...activityOf(apology(request, { broken: pledge, next }, { phrases, rules, language })) }, null);
    tellDesk('promise.broken', pledge, turn, { next: next && isoOf(next) });
    await unit.jobs.add(escalation(pledge, newId(), now));
    turn.wroteJobs = true;
  }
}

const isoOf = ({ due }: Pick<Pledge, 'due'>): string => new Date(due).toISOString();

interface At {
  readonly turn: Turn;
  readonly unit: Unit;
  readonly now: number;
}

async function warn(pledge: Pledge, { turn, unit, now }: At): Promise<void> {
  if (await unit.promises.warned(pledge, now)) tellDesk('promise.warning', pledge, turn);
}

/** A row for the desk; the customer never sees it. */
function tellDesk(name: string, pledge: Pledge, turn: Turn, more: Readonly<Record<string, unknown>> = {}): void {
  const { request, seq, kind, due } = pledge;
  const value = { request, seq, kind, due: isoOf({ due }), ...more };
  turn.say('system', { type: 'event', name, value }, null);
  turn.tellDesk();
}

/** The notice to whoever supervises; written once for a promise, whatever happens. */
function escalation({ request, seq }: Pledge, id: string, at: number): Job {
  const payload = { kind: 'promise-broken', request, seq };
  const key = `notice:promise-broken:${request}:${seq}`;
  return { id, kind: 'notice', key, payload, request, attempts: 0, runAt: at, createdAt: at, lastError: null };
}
