import type { RequestEvent } from '#src/requests/request.ts';
import { readObject, writeJson } from './json.ts';
import { Query } from './query.ts';
import type { Lane } from './query.ts';
import type { RequestEventsTable } from './tables.ts';

const add = new Query<RequestEventsTable>(({ db }, at) =>
  db
    .insertInto('request_events')
    .values({ number: at.number, seq: at.seq, at: at.at, actor: at.actor, kind: at.kind, data: at.data }),
);

const of = new Query<{ number: string }, RequestEventsTable>(({ db }, at) =>
  db.selectFrom('request_events').selectAll().where('number', '=', at.number).orderBy('seq'),
);

/** The history of a request; lines are only ever added, and a number that is taken refuses the second one. */
export class RequestEvents {
  readonly #lane: Lane;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  async add(event: RequestEvent): Promise<void> {
    await add.write(this.#lane, { ...event, data: writeJson(event.data) });
  }

  async of(number: string): Promise<RequestEvent[]> {
    const rows = await of.all(this.#lane, { number });
    return rows.map((row) => ({ ...row, data: readObject(row.data) }));
  }
}
