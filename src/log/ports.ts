import type { SentCode } from '#src/handoff/code.ts';
import type { Language, OfferingId } from '#knowledge/schema.ts';
import type { AgentStore, NoticeStore } from '#src/handoff/ports.ts';
import type { Patience } from '#src/handoff/clocks.ts';
import type { Imprint } from './delivered.ts';
import type { FeedbackPage } from './feedback-page.ts';
import type { ErasureStore, RetentionStore } from './forgetting.ts';
import type { Owner } from '#src/handoff/standing.ts';
import type { Vouched } from '#src/intake/vouched.ts';
import type { PromiseStore } from '#src/promises/ports.ts';
import type { RequestStore } from '#src/requests/ports.ts';

export const ROLES = ['user', 'bot', 'agent', 'system', 'note'] as const;
export type Role = (typeof ROLES)[number];

/**
 * How far a row has come. `stored`: nothing to push, readers pull it by watermark. `queued`: waits for the sender. The
 * usual `sent` is not written per row: it is known from the conversation's `sentSeq`; only what went wrong is written.
 * `sending`: on its way, written beforehand, so that after a crash it is known what may come twice.
 */
export const DELIVERIES = ['stored', 'queued', 'sending', 'sent', 'uncertain', 'failed', 'dropped'] as const;
export type Delivery = (typeof DELIVERIES)[number];

/** Instants are epoch milliseconds everywhere in the log. */
export interface Conversation {
  id: string;
  /** Bot Framework channel id: `directline` for our own endpoint, `msteams`, `emulator`, ... */
  channel: string;
  channelConversationId: string;
  owner: Owner;
  epoch: number;
  agent: string | null;
  /** Stable key of the person within the channel; never shown, never logged. */
  person: string;
  tenant: string | null;
  /** What a host page's back end signed for, as it was last proved; null for everybody else. */
  vouched: Vouched | null;
  language: Language | null;
  offering: OfferingId | null;
  /** Bot Framework ConversationReference with its serviceUrl, as stored at the last inbound activity. */
  reference: unknown;
  /** The dialog's state, plain data; its schema belongs to the dialogs. */
  state: unknown;
  /** Of what came in lately from a channel that delivers again under new ids. */
  imprints: readonly Imprint[];
  /** Raised by every save; a save with another version than the stored one is refused. */
  version: number;
  /** When it was written to lately, in instants of the instances that did so; empty where there is one alone. */
  pushes: readonly number[];
  /** Last seq given out, last inbound seq, last inbound seq whose turn is done, last outbound seq, last pushed seq. */
  lastSeq: number;
  inSeq: number;
  doneSeq: number;
  outSeq: number;
  sentSeq: number;
  /** Since when the person has waited for an agent: kept while one has them, so that a place in the line isn't lost. */
  waitingSince: number | null;
  /** When whoever may speak now got the word. */
  ownedSince: number;
  /** When it last changed in a way that the desk follows: a person waits or talks with an agent, or just ceased to. */
  deskAt: number | null;
  createdAt: number;
  updatedAt: number;
}

/** A page of what the desk had, as somebody may see it. */
export interface DeskPage {
  readonly before: number | null;
  readonly limit: number;
  readonly offerings: readonly OfferingId[];
  readonly agent: string | null;
}

export interface LogRow {
  conversation: string;
  seq: number;
  direction: 'in' | 'out';
  role: Role;
  /** The channel's activity id (inbound); unique within a conversation. */
  sourceId: string | null;
  /** seq of the inbound row that this row answers. */
  replyTo: number | null;
  epoch: number;
  /** The activity, as JSON-able data. */
  body: Record<string, unknown>;
  delivery: Delivery;
  at: number;
}

export interface Job {
  id: string;
  kind: string;
  /** Idempotency key: a second job with the same key is not written. */
  key: string;
  payload: Record<string, unknown>;
  /** Number of the request that it is about, where it is about one. */
  request?: string;
  attempts: number;
  runAt: number;
  createdAt: number;
  lastError: string | null;
}

/** A job as its handler gets it: `attempts` counts the one that begins now. */
export interface ClaimedJob extends Job {
  /** An earlier attempt never came to an end: its process died, so what came of it out there is not known. */
  unfinished: boolean;
}

/** How a job stands, without what it carries. */
export interface JobState {
  id: string;
  kind: string;
  key: string;
  state: 'ready' | 'done' | 'dead';
  attempts: number;
  /** Why the last attempt came to nothing: a word. */
  lastError: string | null;
  runAt: number;
  createdAt: number;
  request: string | null;
}

export interface Feedback {
  conversation: string;
  kind: 'helpful' | 'not-helpful' | 'rating';
  topic: string | null;
  question: string | null;
  language: Language;
  score: number | null;
  comment: string | null;
  at: number;
}

/** What a person thinks of a talk with an agent. */
export interface Rating {
  conversation: string;
  /** When the talk ended, which names it within its conversation. */
  talk: number;
  agent: string;
  language: Language;
  /** 1 to 5; null where only words were said. */
  score: number | null;
  comment: string | null;
  at: number;
}

export interface Unanswered {
  text: string;
  language: Language;
  offering: OfferingId | null;
  at: number;
}

export interface IncidentLink {
  incident: string;
  offering: OfferingId;
  conversation: string;
  /** Whose view of the incident counts: the tenant; the conversation by itself where no tenant is known. */
  party: string;
  /** Service and title as the person saw them. */
  title: string;
  at: number;
}

/** Organizations see incidents of their own: the end of one is asked about once per party. */
export type WaitingParty = Pick<IncidentLink, 'incident' | 'offering' | 'party'>;

/** What may be asked of storage inside one transaction. */
export interface Unit {
  conversations: {
    /** Reads and, where the engine has row locks, locks the conversation until the commit. */
    byId(id: string): Promise<Conversation | undefined>;
    /** Reads it as it is and locks nothing: for who changes nothing, and waits for nobody. */
    peek(id: string): Promise<Conversation | undefined>;
    byChannel(channel: string, channelConversationId: string): Promise<Conversation | undefined>;
    /** The conversations of a person in a channel, the one that changed last first; not locked. */
    ofPerson(channel: string, person: string, limit: number): Promise<Conversation[]>;
    /** Inserts unless (channel, channelConversationId) is there; returns what is stored, locked. */
    create(conversation: Conversation): Promise<Conversation>;
    /**
     * Compare-and-swap on `version`; false when somebody else saved meanwhile. The stored version becomes version + 1.
     * Leaves `sentSeq` and `pushes` alone: those are the sender's, see `sent`; and `vouched`, see `vouch`.
     */
    save(conversation: Conversation): Promise<boolean>;
    /** Keeps what a host page proved anew about the same person; independent of `version`. */
    vouch(id: string, vouched: Vouched): Promise<void>;
    /** Moves the sender's cursor forward to `seq`, never back; independent of `version`. */
    sent(id: string, seq: number): Promise<void>;
    /** Keeps when the conversation was written to lately, for the instance whose turn is next. */
    paced(id: string, times: readonly number[]): Promise<void>;
    /** Notes that something changed that the desk follows and no save tells of: how a row was delivered. */
    touchDesk(id: string, at: number): Promise<void>;
    /** Ids with inbound rows whose turn is not done (after a crash, or waiting for facts). */
    withPendingTurns(limit: number): Promise<string[]>;
    /** Ids with outbound rows that are not pushed yet. */
    withUnsentRows(limit: number): Promise<string[]>;
    waiting(limit: number): Promise<Conversation[]>;
    /** Those of these ids, as they are and in no order; nothing is locked. */
    several(ids: readonly string[]): Promise<Conversation[]>;
    /** Of these, the ids of those who wait and for whom everybody was asked already. */
    widened(ids: readonly string[]): Promise<string[]>;
    /** How many others wait for the same people: the same offering, or one that is not known yet. */
    waitingFor(offering: OfferingId | null, but: string): Promise<number>;
    /** Those who wait and of whom the agents' channel was not told in this epoch. */
    untold(limit: number): Promise<Conversation[]>;
    /** Ids of those for whom time alone may have changed something (`overdue`); whoever acts looks again. */
    overdue(patience: Patience, now: number, limit: number): Promise<string[]>;
    /** Those that an agent has now. */
    withAgent(limit: number): Promise<Conversation[]>;
    /** Those that changed for the desk at `since` or later, the earliest first. */
    deskChanges(since: number, limit: number): Promise<Conversation[]>;
    /**
     * Those that the desk ever had, of these offerings or of one that is not known, the latest change first; `before` is the
     * `deskAt` of the last one seen. `agent`: only those that this agent has.
     */
    atDesk(page: DeskPage): Promise<Conversation[]>;
  };
  rows: {
    bySource(conversation: string, sourceId: string): Promise<LogRow | undefined>;
    append(rows: readonly LogRow[]): Promise<void>;
    /** In seq order, `after` exclusive. */
    list(conversation: string, after: number, limit: number): Promise<LogRow[]>;
    /** What came in last, of each of these conversations in which something did. */
    lastIn(conversations: readonly string[]): Promise<LogRow[]>;
    /** Unhandled inbound rows in seq order. */
    pending(conversation: string, after: number, limit: number): Promise<LogRow[]>;
    setDelivery(conversation: string, seq: number, delivery: Delivery): Promise<void>;
    /** Takes something out of what was said that must not be kept, or tells more of a file that came with it. */
    redact(conversation: string, seq: number, body: Record<string, unknown>): Promise<void>;
  };
  jobs: {
    add(job: Job): Promise<void>;
    /** The kinds of which something is due and free. */
    dueKinds(now: number): Promise<string[]>;
    /** Takes up to `limit` due jobs of a kind whose lease is free, and leases them until `until`. */
    claim(what: { kind: string; now: number; until: number; limit: number }): Promise<ClaimedJob[]>;
    done(id: string): Promise<void>;
    retry(id: string, next: { runAt: number; error: string }): Promise<void>;
    /** Those of the kind that wait because of `error` are due as soon as `gapMs` have passed since they were tried. */
    hasten(kind: string, error: string, gapMs: number): Promise<void>;
    /** Dead letter: kept, visible, never run again by itself. */
    bury(id: string, error: string): Promise<void>;
    /** A dead letter of these offerings is tried anew from `now` on; false where there is no such one. */
    revive(id: string, now: number, offerings: readonly OfferingId[]): Promise<boolean>;
    byKey(key: string): Promise<JobState | undefined>;
    /** Dead letters about requests of these offerings, those that were tried last first; with all offerings, the others, too. */
    dead(limit: number, offerings: readonly OfferingId[]): Promise<JobState[]>;
    counts(): Promise<{ ready: number; dead: number }>;
  };
  requests: RequestStore;
  agents: AgentStore;
  notices: NoticeStore;
  promises: PromiseStore;
  /** Who said "me too" to an incident, and waits to hear of its end. */
  incidents: {
    /** Links a conversation to an incident; false where it waits already. One that was told of an end waits anew. */
    link(link: IncidentLink): Promise<boolean>;
    /** Who waits for what, one line per incident and party, in order, those that come after `after`. */
    parties(limit: number, after?: WaitingParty): Promise<WaitingParty[]>;
    /** The conversations of a party that wait for the end of an incident. */
    waiting(party: WaitingParty, limit: number): Promise<IncidentLink[]>;
    /** Marks a conversation as told; false where somebody else told it already. */
    told(incident: string, conversation: string, at: number): Promise<boolean>;
  };
  /** Codes by which people show that they belong to an organization. */
  codes: {
    /** The one that was sent last. */
    of(conversation: string): Promise<SentCode | undefined>;
    /** Keeps it in place of the one before. */
    keep(code: SentCode): Promise<void>;
  };
  /** Files that people sent along or were given to keep; rows name them by id (`attachments[].id`). */
  files: {
    /** Keeps a file; one of that id that is there already stays as it is. */
    add(file: SentFile): Promise<void>;
    byId(id: string): Promise<SentFile | undefined>;
    /** Bytes kept for a conversation so far. */
    sizeOf(conversation: string): Promise<number>;
    /** Drops all files of a conversation; returns how many. */
    forget(conversation: string): Promise<number>;
  };
  feedback: {
    add(feedback: Feedback): Promise<void>;
    /** A talk is rated once: a score that is given again takes the place of the first, words come beside it. */
    rate(rating: Rating): Promise<void>;
    /** A question without a confident answer, personal data already removed. */
    addUnanswered(question: Unanswered): Promise<void>;
    /** What was thought of answers from `since` on, the oldest first, with the offering of its conversation. */
    list(page: FeedbackPage): Promise<(Feedback & { offering: OfferingId | null })[]>;
    /** Questions without an answer from `since` on, the oldest first. */
    listUnanswered(page: FeedbackPage): Promise<Unanswered[]>;
  };
  mails: {
    add(mail: Mail): Promise<void>;
    list(limit: number): Promise<Mail[]>;
  };
  /** Who did what to which record; append-only. */
  audit: {
    add(entry: AuditEntry): Promise<void>;
    /** Newest first. */
    list(limit: number): Promise<AuditEntry[]>;
  };
  retention: RetentionStore;
  erasure: ErasureStore;
  /** Uses up a one-time id until `expiresAt`; false when it was used before. */
  spend(id: string, expiresAt: number): Promise<boolean>;
  /** Whether a one-time id was used up, without using it. */
  isSpent(id: string): Promise<boolean>;
}

export interface SentFile {
  /** Unguessable. */
  id: string;
  conversation: string;
  /** Without path, control characters and other traps. */
  name: string;
  /** Media type as the bytes themselves show it. */
  type: string;
  bytes: Uint8Array;
  at: number;
}

export interface AuditEntry {
  at: number;
  /** Key of the agent, or the name of the part of the house that acted. */
  actor: string;
  action: string;
  /** Id of the record that it was done to. */
  subject: string;
  detail: Record<string, unknown>;
}

export interface Mail {
  id: string;
  to: string;
  subject: string;
  text: string;
  at: number;
}

/** What only one instance does at a time, e.g. sending what a conversation says. */
export interface Claim {
  /** False when it was lost, with the connection to the database: another instance may have it now. */
  readonly holds: () => boolean;
  readonly release: () => Promise<void>;
}

export interface Storage {
  /** Whether other instances may work on the same database. */
  readonly shared: boolean;
  /** Takes the key for this instance; null while another has it, or this one has very many. It ends with `release`, or with the process. */
  claim(key: string): Promise<Claim | null>;
  /**
   * Runs `work` in one transaction: all of it or none of it; resolves when it is on disk. `work` does nothing but ask its
   * unit: it runs again after a deadlock, and other transactions may wait for it. Never ask for a transaction inside one.
   * Rows are taken in one order, so that nobody waits in a circle: the conversation, then a request (of another conversation
   * one at most), then what belongs to them, then what is everybody's: agents, one-time ids, jobs.
   * Throws a `StorageError` where the database is at fault, and what `work` throws.
   */
  transact<T>(work: (unit: Unit) => Promise<T>): Promise<T>;
  /** Cheap proof that reads and writes work now; throws a `StorageError` otherwise. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/**
 * `locked`: another process holds the database · `full`: no space left · `read-only`: no right to write · `unreachable`: no
 * answer · `corrupt`: what is stored cannot be read · `taken`: a unique key is in use (the caller's doing, not the database's).
 */
export const STORAGE_FAULTS = ['locked', 'full', 'read-only', 'unreachable', 'corrupt', 'taken'] as const;
export type StorageFault = (typeof STORAGE_FAULTS)[number];

/**
 * The database said no, and nothing of the transaction was kept. The message tells the operator whose fault it is and what
 * to do; it holds no stored data. Frontdesk goes on by itself once the cause is gone.
 */
export class StorageError extends Error {
  readonly reason: StorageFault;
  constructor(reason: StorageFault, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'StorageError';
    this.reason = reason;
  }
}
