import { severitySchema } from '#knowledge/schema.ts';
import type { RequestEvent } from '#src/requests/request.ts';
import { readObject, writeJson } from './json.ts';
import { Query } from './query.ts';
import type { Lane } from './query.ts';
import type { RequestEventsTable, RequestsTable } from './tables.ts';

const add = new Query<RequestEventsTable>(({ db }, at) =>
  db.insertInto('request_events').values({
    number: at.number,
    seq: at.seq,
    at: at.at,
    actor: at.actor,
    kind: at.kind,
    data: at.data,
    person: at.person,
  }),
);

const of = new Query<{ number: string }, RequestEventsTable>(({ db }, at) =>
  db.selectFrom('request_events').selectAll().where('number', '=', at.number).orderBy('seq'),
);

const setState = new Query<Pick<RequestsTable, 'number' | 'state' | 'closed_at'>>(({ db }, at) =>
  db.updateTable('requests').set({ state: at.state, closed_at: at.closed_at }).where('number', '=', at.number),
);

const setSeverity = new Query<{ number: string; severity: RequestsTable['severity'] }>(({ db }, at) =>
  db.updateTable('requests').set({ severity: at.severity }).where('number', '=', at.number),
);

const setRespondBy = new Query<{ number: string; respondBy: string | null }>(({ db }, at) =>
  db.updateTable('requests').set({ respond_by: at.respondBy }).where('number', '=', at.number),
);

/** The history of a request; lines are only ever added, and a number that is taken refuses the second one. */
export class RequestEvents {
  readonly #lane: Lane;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  /**
   * Adds to the history and lets the request follow: `closed`, `withdrawn` and `reopened` set its state; `severity-changed`
   * takes `data.severity`; it and `reopened` take `data.respondBy` where that is given.
   */
  async add(event: RequestEvent): Promise<void> {
    const { number, at } = event;
    await add.write(this.#lane, { ...event, data: writeJson(event.data), person: event.person ?? null });
    switch (event.kind) {
      case 'closed':
      case 'withdrawn':
        await setState.write(this.#lane, { number, state: event.kind, closed_at: at });
        return;
      case 'reopened':
        await setState.write(this.#lane, { number, state: 'open', closed_at: null });
        await this.#promise(event);
        return;
      case 'severity-changed':
        await setSeverity.write(this.#lane, { number, severity: severitySchema.parse(event.data.severity) });
        await this.#promise(event);
        return;
      case 'filed':
      case 'information-added':
      case 'severity-wished':
    }
  }

  /** A new time, where the event names one. */
  async #promise({ number, data: { respondBy } }: RequestEvent): Promise<void> {
    if (respondBy === null || typeof respondBy === 'string') await this.promise(number, respondBy);
  }

  async promise(number: string, respondBy: string | null): Promise<void> {
    await setRespondBy.write(this.#lane, { number, respondBy });
  }

  async of(number: string): Promise<RequestEvent[]> {
    const rows = await of.all(this.#lane, { number });
    return rows.map(({ person, ...row }) => ({
      ...row,
      data: readObject(row.data),
      ...(person !== null && { person }),
    }));
  }
}
