import type { Language, OfferingId, Severity } from '#knowledge/schema.ts';
import type { AgentRecord } from '#src/handoff/agent.ts';
import type { Notice, NoticeKind, NoticeState } from '#src/handoff/notice.ts';
import type { Owner } from '#src/handoff/standing.ts';
import type { CodeState } from '#src/handoff/code.ts';
import type { Delivery, Feedback, Role } from '#src/log/ports.ts';
import type { Pledge } from '#src/promises/promise.ts';
import type { RequestEvent, RequestState } from '#src/requests/request.ts';

/**
 * The tables, the same in both engines. Instants are epoch milliseconds (bigint), JSON is text, yes and no are 1 and 0.
 * What the columns mean is said at the ports; here is only what storage adds.
 */
export interface Tables {
  conversations: StoredConversation;
  activities: ActivitiesTable;
  requests: RequestsTable;
  request_events: RequestEventsTable;
  jobs: JobsTable;
  feedback: FeedbackTable;
  unanswered: UnansweredTable;
  mails: MailsTable;
  files: FilesTable;
  codes: CodesTable;
  incident_links: IncidentLinksTable;
  agents: AgentsTable;
  notices: NoticesTable;
  promises: PromisesTable;
  spent: SpentTable;
  audit: AuditTable;
  heartbeat: HeartbeatTable;
  schema_version: SchemaVersionTable;
}

export interface ConversationsTable {
  id: string;
  channel: string;
  channel_conversation_id: string;
  owner: Owner;
  epoch: number;
  agent: string | null;
  person: string;
  tenant: string | null;
  language: Language | null;
  offering: OfferingId | null;
  reference: string;
  state: string;
  vouched: string;
  imprints: string;
  pushes: string;
  version: number;
  last_seq: number;
  in_seq: number;
  done_seq: number;
  out_seq: number;
  sent_seq: number;
  waiting_since: number | null;
  owned_since: number;
  desk_at: number | null;
  created_at: number;
  updated_at: number;
}

/** What only storage knows of a conversation. */
interface StoredConversation extends ConversationsTable {
  /** When what was said in it went; null where it never did. */
  cleared_at: number | null;
}

/** The rows of the log. */
export interface ActivitiesTable {
  conversation: string;
  seq: number;
  direction: 'in' | 'out';
  role: Role;
  source_id: string | null;
  reply_to: number | null;
  epoch: number;
  body: string;
  delivery: Delivery;
  at: number;
}

export interface RequestsTable {
  number: string;
  submission_id: string;
  conversation: string;
  person: string;
  person_name: string;
  tenant: string | null;
  state: RequestState;
  /** The granted level as it is now; the draft keeps the one that was filed. */
  severity: Severity;
  /** As in the draft. */
  offering: OfferingId;
  respond_by: string | null;
  provisional: number;
  /** What the person reviewed, as filed. */
  draft: string;
  /** JSON; null where the request is in no other system. */
  ticket: string | null;
  created_at: number;
  closed_at: number | null;
}

export interface RequestEventsTable {
  number: string;
  seq: number;
  at: number;
  actor: string;
  kind: RequestEvent['kind'];
  data: string;
  /** Key of who wrote it, where that is neither who filed the request nor somebody of the house. */
  person: string | null;
}

export interface JobsTable {
  id: string;
  kind: string;
  key: string;
  payload: string;
  /** A done job stays, without its payload, so that its key stays taken. */
  state: 'ready' | 'done' | 'dead';
  attempts: number;
  run_at: number;
  /** Until then the job belongs to whoever claimed it; 0 when nobody did. */
  leased_until: number;
  created_at: number;
  last_error: string | null;
  /** When it was claimed last. */
  tried_at: number;
  /** Claims since the last one that came to an end. */
  unfinished: number;
  request: string | null;
}

export interface FeedbackTable {
  conversation: string;
  kind: Feedback['kind'];
  topic: string | null;
  question: string | null;
  language: Language;
  score: number | null;
  comment: string | null;
  at: number;
  /** Of ratings only: whose talk, and when it ended. */
  agent: string | null;
  talk: number | null;
}

export interface UnansweredTable {
  text: string;
  language: Language;
  offering: OfferingId | null;
  at: number;
}

export interface MailsTable {
  id: string;
  to: string;
  subject: string;
  text: string;
  at: number;
}

export interface CodesTable {
  conversation: string;
  id: string;
  digest: string;
  to: string;
  agent: string;
  sent_at: number;
  expires_at: number;
  tries_left: number;
  last_wrong: string | null;
  state: CodeState;
  decided_at: number | null;
  sent: number;
}

export interface FilesTable {
  id: string;
  conversation: string;
  name: string;
  type: string;
  size: number;
  at: number;
  bytes: Uint8Array;
}

export interface IncidentLinksTable {
  incident: string;
  conversation: string;
  offering: OfferingId;
  party: string;
  title: string;
  at: number;
  told_at: number | null;
}

export interface AgentsTable {
  id: string;
  name: string;
  role: AgentRecord['role'];
  queues: string;
  languages: string;
  categories: string;
  capacity: number;
  presence: AgentRecord['presence'];
  seen_at: number;
  served_at: number;
}

export interface PromisesTable {
  request: string;
  seq: number;
  conversation: string;
  kind: Pledge['kind'];
  due: number;
  made_at: number;
  by: string;
  state: Pledge['state'];
  ended_at: number | null;
  ended_by: string | null;
  reason: Pledge['reason'];
  warned_at: number | null;
  renews: number | null;
  misses: number;
}

export interface NoticesTable {
  key: string;
  kind: NoticeKind;
  conversation: string;
  epoch: number;
  request: string | null;
  severity: Notice['severity'];
  offering: OfferingId | null;
  language: Language | null;
  state: NoticeState;
  rounds: number;
  next_at: number;
  since: number;
  activity_id: string | null;
  by: string | null;
}

export interface SpentTable {
  id: string;
  expires_at: number;
}

export interface AuditTable {
  at: number;
  actor: string;
  action: string;
  subject: string;
  detail: string;
}

/** One row, written to prove that writing works. */
export interface HeartbeatTable {
  id: number;
  beats: number;
}

/** One row: how many migrations this database has seen. */
export interface SchemaVersionTable {
  id: number;
  version: number;
}
