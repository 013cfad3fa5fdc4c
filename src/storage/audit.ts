import type { AuditEntry } from '#src/log/ports.ts';
import { readObject, writeJson } from './json.ts';
import { Query } from './query.ts';
import type { Lane } from './query.ts';
import type { AuditTable } from './tables.ts';

const add = new Query<AuditTable>(({ db }, at) =>
  db
    .insertInto('audit')
    .values({ at: at.at, actor: at.actor, action: at.action, subject: at.subject, detail: at.detail }),
);

const list = new Query<{ limit: number }, AuditTable>(({ db }, at) =>
  db.selectFrom('audit').selectAll().orderBy('at', 'desc').limit(at.limit),
);

/** Who did what to which record. There is nothing here that changes or removes an entry. */
export class Audit {
  readonly #lane: Lane;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  async add(entry: AuditEntry): Promise<void> {
    await add.write(this.#lane, { ...entry, detail: writeJson(entry.detail) });
  }

  async list(limit: number): Promise<AuditEntry[]> {
    const rows = await list.all(this.#lane, { limit });
    return rows.map((row) => ({ ...row, detail: readObject(row.detail) }));
  }
}
