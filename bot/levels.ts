import { newCase, parseCase } from '#dialogs/case.ts';
import type { Case } from '#dialogs/case.ts';
import { contextOf } from '#dialogs/context.ts';
import { decisionOf } from '#dialogs/entitlement.ts';
import { toldTwice } from '#dialogs/promise.ts';
import type { Context, Tools } from '#dialogs/question.ts';
import { NOTHING_NEW } from '#dialogs/nothing-new.ts';
import type { Severity } from '#knowledge/schema.ts';
import { mayServe } from '#src/handoff/agent.ts';
import { isAgent } from '#src/handoff/standing.ts';
import { judgeLevel } from '#src/handoff/level.ts';
import type { LevelChange, Lowering } from '#src/handoff/level.ts';
import type { LogRow, Unit } from '#src/log/ports.ts';
import type { Speaker } from '#src/log/speak.ts';
import type { Turn } from '#src/log/turn.ts';
import { addToHistory } from '#src/requests/history.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { activityOf } from './activity.ts';
import type { LevelDone, Worker } from '#src/handoff/done.ts';

export interface LevelsOptions {
  readonly speaker: Speaker;
  readonly tools: Omit<Tools, 'now'>;
  /** Milliseconds that a customer has after a warning. */
  readonly warning: number;
}

export interface WantedLevel {
  readonly to: Severity;
  /** In the agent's words; the customer reads them, too. */
  readonly reason: string;
  readonly why: Lowering;
}

const WARNING = 'severity.warning';
/** So many rows are looked through for a warning and for the customer's last word. */
const LOOK_BACK = 500;
const MOST_REQUESTS = 20;

/** An agent changes the level of a conversation's matter and of the request filed for it, by the rules, and the customer is told. */
export class Levels {
  readonly #options: LevelsOptions;

  constructor(options: LevelsOptions) {
    this.#options = options;
  }

  /** Warns that the level will be lowered when nothing is heard; tells until when. */
  warn(id: string, agent: Worker, to: Severity): Promise<LevelDone<{ until: string }>> {
    return this.#on(id, agent, async (matter) => {
      const { turn, context, from, now } = matter;
      if (RANK[to] <= RANK[from]) return { ok: false, why: 'same' };
      const until = now + this.#options.warning;
      const iso = new Date(until).toISOString();
      turn.say('system', { type: 'event', name: WARNING, value: { to, until, agent: agent.id } }, null);
      sayTo(matter, 'level.warning', { agent: agent.name, from, to, time: toldTwice(context, iso) });
      return { ok: true, value: { until: iso } };
    });
  }

  change(id: string, agent: Worker, wanted: WantedLevel): Promise<LevelDone<{ severity: Severity }>> {
    return this.#on(id, agent, async (matter) => {
      const refused = judgeLevel(await this.#changeOf(matter, wanted));
      if (refused !== null) return { ok: false, why: refused };
      await apply(matter, agent, wanted);
      return { ok: true, value: { severity: wanted.to } };
    });
  }

  async #on<T>(id: string, agent: Worker, act: (matter: Matter) => Promise<LevelDone<T>>): Promise<LevelDone<T>> {
    const done = await this.#options.speaker.on(id, async (turn, unit, now): Promise<LevelDone<T>> => {
      const { conversation } = turn;
      if (!mayServe(agent, conversation.offering)) return { ok: false, why: 'no-conversation' };
      if (!isAgent(conversation, agent.id)) return { ok: false, why: 'not-yours' };
      return act(await this.#matterOf(turn, unit, now));
    });
    return done ?? { ok: false, why: 'no-conversation' };
  }

  async #matterOf(turn: Turn, unit: Unit, now: number): Promise<Matter> {
    const { id, state, language } = turn.conversation;
    const known = parseCase(state) ?? newCase(language ?? 'en', null, null);
    const tools: Tools = { ...this.#options.tools, now };
    const request = (await unit.requests.ofConversation(id, MOST_REQUESTS)).find((one) => one.state === 'open') ?? null;
    const from = request?.severity ?? (decisionOf(known, tools).severity || 'C');
    return { turn, unit, now, known, tools, context: contextOf(known, tools, NOTHING_NEW), request, from };
  }

  async #changeOf({ turn, unit, now, known, tools, from }: Matter, { to, why }: WantedLevel): Promise<LevelChange> {
    const { id, lastSeq } = turn.conversation;
    const rows = await unit.rows.list(id, Math.max(0, lastSeq - LOOK_BACK), LOOK_BACK);
    const heardAt = rows.findLast(({ role }) => role === 'user')?.at ?? 0;
    return { from, to, why, cap: decisionOf(known, tools, to).cap ?? null, warning: warningIn(rows), heardAt, now };
  }
}

/** What a change is made to. */
interface Matter {
  readonly turn: Turn;
  readonly unit: Unit;
  readonly now: number;
  readonly known: Case;
  readonly tools: Tools;
  readonly context: Context;
  readonly request: ServiceRequest | null;
  readonly from: Severity;
}

const RANK = { A: 0, B: 1, C: 2 } as const;

async function apply(matter: Matter, agent: Worker, { to, reason, why }: WantedLevel): Promise<void> {
  const { turn, unit, now, known, tools, request, from } = matter;
  const changed: Case = { ...known, severity: to };
  const { respondBy } = decisionOf(changed, tools, to);
  const { conversation } = turn;
  const data = { from, severity: to, reason, why, by: agent.id };
  turn.say('system', { type: 'event', name: 'severity.changed', value: data }, null);
  if (request) {
    conversation.state = withRequestLevel(changed, request, to, respondBy);
    const event = { number: request.number, at: now, actor: agent.id, kind: 'severity-changed' as const };
    await addToHistory(unit.requests, { ...event, data: { ...data, respondBy } });
  } else conversation.state = changed;
  sayTo(matter, 'level.changed', { agent: agent.name, from, to, reason });
  await unit.audit.add({
    at: now,
    actor: agent.id,
    action: 'severity.changed',
    subject: conversation.id,
    detail: { from, to, why },
  });
}

/** The conversation tells of its request as it is now. */
function withRequestLevel(known: Case, { number }: ServiceRequest, severity: Severity, respondBy: string | null): Case {
  return known.request?.number === number ? { ...known, request: { ...known.request, severity, respondBy } } : known;
}

function sayTo({ turn, context }: Matter, key: string, values: Record<string, string>): void {
  const { language } = context.case;
  turn.say('bot', { ...activityOf({ language, format: 'plain', text: context.text(key, values) }) }, null);
}

function warningIn(rows: readonly LogRow[]): LevelChange['warning'] {
  const row = rows.findLast(({ role, body }) => role === 'system' && body['name'] === WARNING);
  const value = row?.body['value'];
  if (!row || typeof value !== 'object' || value === null || !('to' in value) || !('until' in value)) return null;
  const { to, until } = value;
  if ((to !== 'A' && to !== 'B' && to !== 'C') || typeof until !== 'number') return null;
  return { to, until, at: row.at };
}
