import type { Notice, NoticeState } from './notice.ts';
import type { AgentRecord, Presence, Skills } from './agent.ts';

/** What the office keeps of the people at the desk; every call runs inside the caller's transaction. */
export interface AgentStore {
  byId(id: string): Promise<AgentRecord | undefined>;
  /** Everybody who was ever at the desk, by id. */
  list(limit: number): Promise<AgentRecord[]>;
  /** Those whose desk gave a sign of life at `since` or later, by id. */
  seenSince(since: number, limit: number): Promise<AgentRecord[]>;
  /** Keeps who they are, as the sign-in says it; presence and skills of somebody who is known stay as they are. */
  enter(agent: AgentRecord): Promise<void>;
  setPresence(id: string, presence: Presence, at: number): Promise<void>;
  setSkills(id: string, skills: Skills): Promise<void>;
  /** Their desk gave a sign of life; never moves back. */
  seen(id: string, at: number): Promise<void>;
  /** They were given somebody. */
  served(id: string, at: number): Promise<void>;
}

/** Notices to the agents' channel. */
export interface NoticeStore {
  /** Keeps a new one; false where one of its key is there already. */
  add(notice: Notice): Promise<boolean>;
  byKey(key: string): Promise<Notice | undefined>;
  /** Those of which something else may be true now, or which are due to be told again; whoever acts looks again. */
  unsettled(now: number, limit: number): Promise<Notice[]>;
  told(key: string, rounds: number, nextAt: number): Promise<void>;
  placed(key: string, activityId: string): Promise<void>;
  setState(key: string, state: NoticeState, by: string | null): Promise<void>;
}
