import type { AgentRecord } from './agent.ts';
import type { LevelRefusal } from './level.ts';
import type { HandoffRefusal } from './standing.ts';

/** Who acts: an agent, as the desk's session proves them. */
export type Worker = Readonly<Pick<AgentRecord, 'id' | 'name' | 'role'>> & {
  readonly queues: readonly AgentRecord['queues'][number][];
};

/** One id, one message: said again with another text, nothing is said and whoever asks is told. */
export type FloorRefusal = HandoffRefusal | 'no-conversation' | 'other-text' | 'not-there';

/** What came of an agent's act: done, or why not and who has the conversation instead. */
export type Done<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: FloorRefusal; readonly agent?: string | null };

/** What came of a change of the level. */
export type LevelDone<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: LevelRefusal | 'not-yours' | 'no-conversation' };
