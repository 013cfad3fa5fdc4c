import { afterAgent } from '#dialogs/after-agent.ts';
import type { AgentEnded } from '#dialogs/after-agent.ts';
import { newCase, parseCase } from '#dialogs/case.ts';
import type { Case } from '#dialogs/case.ts';
import { converse } from '#dialogs/converse.ts';
import type { Outcome } from '#dialogs/outcome.ts';
import type { ColleagueRequest, Deed, QueueState, RequestRecord, Tools, World } from '#dialogs/question.ts';
import type { Reply } from '#dialogs/reply.ts';
import { draftOf } from '#dialogs/questions/review.ts';
import { BOOK_FOLDER, readBook } from '#knowledge/book.ts';
import { severitySchema } from '#knowledge/schema.ts';
import type { Language } from '#knowledge/schema.ts';
import { readRoles } from '#knowledge/rules.ts';
import { readServiceWords } from '#knowledge/services.ts';
import { readTriageModel } from '#knowledge/triage-model.ts';
import type { PersonFacts, PersonRef } from '#src/intake/ports.ts';
import type { EventKind, RequestEvent, ServiceRequest } from '#src/requests/request.ts';
import { buildTriageModel } from '#src/triage/model.ts';
import { triage } from '#src/triage/triage.ts';
import { sampleDirectory } from '../../src/outside/sample/directory.ts';

/** The real book, the real triage and the sample people; the clock stands still and ids are counted. */
export const book = readBook();
const roles = readRoles(BOOK_FOLDER);
const services = readServiceWords(BOOK_FOLDER);
const model = buildTriageModel(readTriageModel(BOOK_FOLDER));

/** Wednesday 18 November 2026, 15:00 in Beijing, 08:00 in London, 02:00 in New York. */
export const NOW = Date.parse('2026-11-18T07:00:00Z');

export interface Setting {
  as?: string;
  language?: Language;
  now?: number;
  timeZone?: string | null;
  region?: string | null;
  /** What the directory says differently of the person. */
  facts?: Partial<PersonFacts>;
  /** Open requests of colleagues, by tenant. */
  colleagues?: (tenant: string) => readonly ColleagueRequest[];
  queue?: Partial<QueueState>;
}

export type Fields = Readonly<Record<string, string>>;

/** One conversation, act by act; what was said and done is kept. */
export class Talk {
  known: Case;
  readonly replies: Reply[] = [];
  readonly deeds: Deed[] = [];
  readonly requests: ServiceRequest[] = [];
  readonly events = new Map<string, readonly RequestEvent[]>();
  /** What the last act led to. */
  last: Outcome;
  now: number;
  readonly #tools: Tools;
  readonly #world: World;
  readonly setting: Setting;

  constructor(setting: Setting = {}) {
    this.setting = setting;
    const { as = 'admin-direct', language = 'en', timeZone = null, region = null } = setting;
    this.now = setting.now ?? NOW;
    this.known = newCase(language, timeZone, region);
    this.#tools = countingTools(this.now);
    this.#world = {
      facts: () => ({ ...person(as), ...setting.facts }),
      incidents: (offering) => [...incidentsOf(offering)],
      requests: () => this.requests,
      colleagues: (tenant) => setting.colleagues?.(tenant) ?? [],
      record: (number, tenant) => this.#record(number, tenant),
      queue: () => ({ waiting: 0, agentsOnDuty: 0, waitMinutes: null, opensAt: null, ...setting.queue }),
    };
    this.last = { case: this.known, replies: [], deeds: [] };
  }

  get step(): string {
    return this.known.step;
  }
  get reply(): Reply {
    const last = this.last.replies.at(-1);
    if (!last) throw new Error('nothing was said');
    return last;
  }
  get text(): string {
    return this.last.replies.map(({ text }) => text).join('\n\n');
  }

  arrive(): this {
    return this.#act(null);
  }
  say(text: string): this {
    return this.#act({ kind: 'text', text });
  }
  /** Presses a button of the card shown now. */
  pick(choice: string): this {
    return this.submit(this.step, { choice });
  }
  form(fields: Fields): this {
    return this.submit(this.step, { fields });
  }
  submit(
    step: string,
    { choice = null, fields = {}, id }: { choice?: string | null; fields?: Fields; id?: string | null } = {},
  ): this {
    const submissionId = id === undefined ? (step === 'review' ? this.known.submissionId : null) : id;
    return this.#act({ kind: 'submit', step, choice, fields, submissionId });
  }
  /** Says all of it, one after the other. */
  all(...texts: readonly string[]): this {
    for (const text of texts) this.say(text);
    return this;
  }
  /** An agent took over meanwhile, and ends it or hands it back. */
  agentEnds(ended: Partial<AgentEnded> = {}): this {
    const tools = { ...this.#tools, now: this.now };
    const given = { outcome: 'solved' as const, agent: 'Mei', returned: false, ...ended };
    const { case: known, replies } = afterAgent(JSON.parse(JSON.stringify(this.known)), given, tools);
    this.known = known;
    this.last = { case: known, replies, deeds: [] };
    this.replies.push(...replies);
    return this;
  }
  does(kind: Deed['kind']): Deed[] {
    return this.last.deeds.filter((deed) => deed.kind === kind);
  }

  #act(input: Parameters<typeof converse>[1]): this {
    const stored = parseCase(JSON.parse(JSON.stringify(this.known)));
    if (!stored) throw new Error(`the state can't be read back: ${JSON.stringify(this.known)}`);
    this.last = converse(stored, input, { ...this.#tools, now: this.now }, this.#world);
    this.known = this.last.case;
    this.replies.push(...this.last.replies);
    this.deeds.push(...this.last.deeds);
    for (const deed of this.last.deeds) this.#do(deed);
    return this;
  }

  #do(deed: Deed): void {
    if (deed.kind === 'file') this.#file(deed);
    if (deed.kind === 'change-request') this.happens(deed.number, deed.event, deed.data);
    if (deed.kind === 'add-information') this.happens(deed.number, 'information-added', { text: deed.text });
  }

  /** As storage does it: the request follows its history. */
  happens(number: string, kind: EventKind, data: RequestEvent['data'] = {}, actor = 'customer'): this {
    const events = this.events.get(number) ?? [];
    this.events.set(number, [...events, { number, seq: events.length + 1, at: this.now, actor, kind, data }]);
    const at = this.requests.findIndex((request) => request.number === number);
    const request = this.requests[at];
    if (request) this.requests[at] = after(request, kind, data, this.now);
    return this;
  }

  #record(number: string, tenant: string | null): RequestRecord | null {
    const request = this.requests.find((one) => one.number === number);
    if (request) return { own: true, request, events: this.events.get(number) ?? [] };
    const colleagues = tenant === null ? [] : (this.setting.colleagues?.(tenant) ?? []);
    const found = colleagues.find((one) => one.number === number);
    return found ? { own: false, request: found } : null;
  }

  #file({ case: filed, number, submissionId }: Extract<Deed, { kind: 'file' }>): void {
    if (this.requests.some((request) => request.submissionId === submissionId)) return;
    const draft = draftOf(filed, { ...this.#tools, now: this.now });
    const { respondBy = null, provisional = false } = filed.request ?? {};
    const entry = { conversation: 'talk', person: 'me', personName: 'Me', tenant: null, state: 'open' as const };
    this.events.set(number, [
      { number, seq: 1, at: this.now, actor: 'me', kind: 'filed', data: { severity: draft.severity } },
    ]);
    this.requests.unshift({ ...draft, ...entry, number, submissionId, createdAt: this.now, respondBy, provisional });
  }
}

function after(request: ServiceRequest, kind: EventKind, data: RequestEvent['data'], at: number): ServiceRequest {
  const { closedAt: _, ...rest } = request;
  const respondBy = typeof data['respondBy'] === 'string' ? data['respondBy'] : request.respondBy;
  switch (kind) {
    case 'closed':
    case 'withdrawn':
      return { ...rest, state: kind, closedAt: at };
    case 'reopened':
      return { ...rest, state: 'open', respondBy };
    case 'severity-changed':
      return { ...request, severity: severitySchema.parse(data['severity']), respondBy };
    case 'filed':
    case 'information-added':
    case 'severity-wished':
      return request;
  }
}

/** The dialogs' tools over the real book; ids are counted. */
export function countingTools(now: number): Tools {
  let ids = 0;
  return {
    now,
    phrases: book.phrases,
    search: book.search,
    article: (topic, language, offering) => book.article(topic, language, offering),
    rules: book.rules,
    roles,
    services,
    reopenDays: 14,
    triage: (text, language) => triage(text, language, model),
    mint: {
      submissionId: () => `card-${(ids += 1)}`,
      requestNumber: () => `SR-TEST-${String((ids += 1)).padStart(4, '0')}`,
    },
  };
}

export const talk = (setting: Setting = {}): Talk => new Talk(setting);

function reference(as: string): PersonRef {
  return { channel: 'test', userId: `sample:${as}`, tenant: null, objectId: null, vouched: null };
}

export function person(as: string): PersonFacts {
  const facts = sampleDirectory.find(reference(as));
  if (facts instanceof Promise) throw new Error('the sample directory answers at once');
  return facts;
}

function incidentsOf(offering: Parameters<World['incidents']>[0]) {
  const found = sampleDirectory.incidents(reference('anonymous'), offering);
  if (found instanceof Promise) throw new Error('the sample directory answers at once');
  return found;
}
