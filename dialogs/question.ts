import type { Role, Rules } from '#knowledge/offering.ts';
import type { Article, Language, OfferingId, ServiceWords } from '#knowledge/schema.ts';
import type { Phrases } from '#knowledge/phrases.ts';
import type { Search } from '#knowledge/search.ts';
import type { Incident, PersonFacts } from '#src/intake/ports.ts';
import type { SignInOffer } from '#src/intake/sign-in.ts';
import type { EventKind, RequestEvent, ServiceRequest } from '#src/requests/request.ts';
import type { Triage } from '#src/triage/triage.ts';
import type { Case } from './case.ts';
import type { Choice, Reply, Step } from './reply.ts';

/** What the dialogs may use: the book, the rules, the clock's reading and fresh ids, all handed in. */
export interface Tools {
  /** Epoch milliseconds of this turn. */
  readonly now: number;
  readonly phrases: Phrases;
  readonly search: Search;
  /** The article of a topic as the offering shows it, in the language if there is one. */
  readonly article: (topic: string, language: Language, offering: OfferingId) => Article | undefined;
  readonly rules: Rules;
  /** Directory roles and whether they may open requests. */
  readonly roles: readonly Role[];
  /** How people name the services and symptoms that service health speaks of. */
  readonly services: ServiceWords;
  readonly triage: (text: string, language: Language | undefined) => Triage;
  /** So many days after its end a request may be opened again. */
  readonly reopenDays: number;
  /** Megabytes that a file may have. */
  readonly mostFileMb?: number;
  readonly mint: { submissionId(): string; requestNumber(): string };
}

/** What must be looked up outside the dialogs; asked for by name, so that the dialogs themselves stay pure. */
export interface World {
  facts(): PersonFacts;
  incidents(offering: OfferingId): readonly Incident[];
  /** The person's own requests, newest first; of who isn't signed in, those of this conversation. */
  requests(): readonly ServiceRequest[];
  /** Open requests of the person's colleagues, newest first: only what an admin of that organization may know. */
  colleagues(tenant: string): readonly ColleagueRequest[];
  /** What lets the person sign in, where that can be had here; null where it can't now. */
  readonly signIn?: () => SignInOffer | null;
  queue(): QueueState;
  /**
   * A request as it stands now, with its history, locked until this turn is kept: what is decided on it is so. Null where
   * there is none that the person may see; `tenant`: the organization whose requests they may know of.
   */
  record(number: string, tenant: string | null): RequestRecord | null;
}

export type RequestRecord =
  | { readonly own: true; readonly request: ServiceRequest; readonly events: readonly RequestEvent[] }
  | { readonly own: false; readonly request: ColleagueRequest };

/** How the line for a person stands. */
export interface QueueState {
  /** How many people wait before this one. */
  readonly waiting: number;
  /** Agents who are there now and may take this one. */
  readonly agentsOnDuty: number;
  /** What the queue lately shows that it takes, in minutes; null: nothing tells. */
  readonly waitMinutes: number | null;
  /** When somebody is there again (ISO); null: unknown, or somebody is there. */
  readonly opensAt: string | null;
}

/** A colleague's open request, without anything about the colleague. */
export type ColleagueRequest = Pick<
  ServiceRequest,
  'number' | 'severity' | 'offering' | 'category' | 'description' | 'createdAt' | 'state' | 'respondBy' | 'provisional'
>;

/** What a person did: typed, submitted a card, or arrived. */
export type Input =
  | { kind: 'text'; text: string }
  | {
      kind: 'submit';
      step: string;
      choice: string | null;
      fields: Readonly<Record<string, string>>;
      submissionId: string | null;
    };

/** What a question may look at. `text` is a phrase in the case's language. */
export interface Context {
  readonly case: Case;
  readonly tools: Tools;
  readonly world: World;
  text(key: string, values?: Record<string, string | number>): string;
}

/**
 * How an answer was read: the case with the fact filled in; or the case unchanged with a sentence that says what is
 * missing. `notes` are said before the next question; `deeds` happen with the commit.
 */
export interface Reading {
  case: Case;
  understood: boolean;
  notes?: readonly Reply[];
  deeds?: readonly Deed[];
  /** The matter has come to its end: what the notes say is the last word on it. */
  closes?: boolean;
}

export type Deed =
  | { kind: 'file'; case: Case; number: string; submissionId: string }
  | { kind: 'feedback'; helpful: boolean; topic: string; question: string }
  /** What the person thinks of a talk with an agent; `talk` names it: when it ended. Null: nothing said of that. */
  | { kind: 'rate'; talk: number; agent: string; score: number | null; comment: string | null }
  | { kind: 'unanswered'; question: string }
  /** `by`: who says so, where it isn't the one who filed it. */
  | { kind: 'add-information'; number: string; text: string; by: string | null }
  /** What its owner does with a request beside adding to it. */
  | {
      kind: 'change-request';
      number: string;
      event: Extract<EventKind, 'severity-changed' | 'severity-wished' | 'withdrawn' | 'reopened'>;
      data: Record<string, unknown>;
    }
  | { kind: 'link-incident'; incident: string; offering: OfferingId; title: string }
  /** The customer is told that they are called at `due`, or, where it is null, that they aren't called any more. */
  | { kind: 'promise-call'; number: string; due: string | null }
  | { kind: 'wait-for-agent' }
  | { kind: 'sign-out' }
  | { kind: 'return-to-bot' };

/** One question, one file: what it asks, how it reads an answer, what `back` forgets. */
export interface Question {
  readonly step: Step;
  ask(context: Context): Reply;
  /** The question in a few words, for when the answer wasn't understood; all of it again where not given. */
  readonly short?: (context: Context) => string;
  /** The question where nothing can be looked up, for who would otherwise ask the world. */
  readonly unaided?: (context: Context) => string;
  read(input: Input, context: Context): Reading;
  forget(known: Case): Case;
}

/** A plain reply in the case's language. */
export function say(context: Pick<Context, 'case'>, text: string, extra: Partial<Reply> = {}): Reply {
  return { language: context.case.language, format: 'plain', text, ...extra };
}

/** Choices from ids, labelled by `<prefix>.<id>`. */
export function choices(context: Context, prefix: string, ids: readonly string[]): Choice[] {
  return ids.map((id) => ({ id, label: context.text(`${prefix}.${id}`) }));
}

/** The answer wasn't understood: nothing changes, and the same question comes again with a hint. */
export function misread(context: Context, hint?: string): Reading {
  return {
    case: context.case,
    understood: false,
    notes: hint === undefined ? [] : [say(context, hint)],
  };
}
