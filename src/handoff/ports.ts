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
