import { sql } from 'kysely';
import { agentSchema } from '#src/handoff/agent.ts';
import type { AgentRecord, Presence, Skills } from '#src/handoff/agent.ts';
import { Query } from './query.ts';
import type { Lane } from './query.ts';
import type { AgentsTable } from './tables.ts';

const byId = new Query<{ id: string }, AgentsTable>(({ db }, at) =>
  db.selectFrom('agents').selectAll().where('id', '=', at.id),
);

const list = new Query<{ limit: number }, AgentsTable>(({ db }, at) =>
  db.selectFrom('agents').selectAll().orderBy('id').limit(at.limit),
);

const seenSince = new Query<{ since: number; limit: number }, AgentsTable>(({ db }, at) =>
  db.selectFrom('agents').selectAll().where('seen_at', '>=', at.since).orderBy('id').limit(at.limit),
);

/** Who somebody is comes from the sign-in; what they set for themselves stays. */
const enter = new Query<AgentsTable>(({ db }, at) =>
  db
    .insertInto('agents')
    .values({
      id: at.id,
      name: at.name,
      role: at.role,
      queues: at.queues,
      languages: at.languages,
      categories: at.categories,
      capacity: at.capacity,
      presence: at.presence,
      seen_at: at.seen_at,
      served_at: at.served_at,
    })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({
        name: at.name,
        role: at.role,
        queues: at.queues,
        seen_at: at.seen_at,
        // Who had signed out is there again, and not on duty before they say so.
        presence: sql<Presence>`case when agents.presence = 'gone' then ${at.presence} else agents.presence end`,
      }),
    ),
);

const setPresence = new Query<{ id: string; presence: Presence; at: number }>(({ db }, at) =>
  db.updateTable('agents').set({ presence: at.presence, seen_at: at.at }).where('id', '=', at.id),
);

const setSkills = new Query<Pick<AgentsTable, 'id' | 'languages' | 'categories' | 'capacity'>>(({ db }, at) =>
  db
    .updateTable('agents')
    .set({ languages: at.languages, categories: at.categories, capacity: at.capacity })
    .where('id', '=', at.id),
);

const seen = new Query<{ id: string; at: number }>(({ db }, at) =>
  db.updateTable('agents').set({ seen_at: at.at }).where('id', '=', at.id).where('seen_at', '<', at.at),
);

const served = new Query<{ id: string; at: number }>(({ db }, at) =>
  db.updateTable('agents').set({ served_at: at.at }).where('id', '=', at.id),
);

/** The people at the desk. */
export class Agents {
  readonly #lane: Lane;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  async byId(id: string): Promise<AgentRecord | undefined> {
    const row = await byId.first(this.#lane, { id });
    return row && toAgent(row);
  }

  async list(limit: number): Promise<AgentRecord[]> {
    return (await list.all(this.#lane, { limit })).map(toAgent);
  }

  async seenSince(since: number, limit: number): Promise<AgentRecord[]> {
    return (await seenSince.all(this.#lane, { since, limit })).map(toAgent);
  }

  async enter(agent: AgentRecord): Promise<void> {
    await enter.write(this.#lane, toRow(agent));
  }

  async setPresence(id: string, presence: Presence, at: number): Promise<void> {
    await setPresence.write(this.#lane, { id, presence, at });
  }

  async setSkills(id: string, { languages, categories, capacity }: Skills): Promise<void> {
    const texts = { languages: JSON.stringify(languages), categories: JSON.stringify(categories) };
    await setSkills.write(this.#lane, { id, ...texts, capacity });
  }

  async seen(id: string, at: number): Promise<void> {
    await seen.write(this.#lane, { id, at });
  }

  async served(id: string, at: number): Promise<void> {
    await served.write(this.#lane, { id, at });
  }
}

function toRow({ seenAt, servedAt, queues, languages, categories, ...agent }: AgentRecord): AgentsTable {
  return {
    ...agent,
    queues: JSON.stringify(queues),
    languages: JSON.stringify(languages),
    categories: JSON.stringify(categories),
    seen_at: seenAt,
    served_at: servedAt,
  };
}

function toAgent({
  seen_at: seenAt,
  served_at: servedAt,
  queues,
  languages,
  categories,
  ...row
}: AgentsTable): AgentRecord {
  const lists = { queues: JSON.parse(queues), languages: JSON.parse(languages), categories: JSON.parse(categories) };
  return agentSchema.parse({ ...row, ...lists, seenAt, servedAt });
}
