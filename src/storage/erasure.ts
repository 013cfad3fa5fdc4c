import { sql } from 'kysely';
import type { Erased, ErasureStore } from '#src/log/forgetting.ts';
import { draftSchema } from '#src/requests/request.ts';
import type { Draft, RequestEvent } from '#src/requests/request.ts';
import { ticketSchema } from '#src/requests/ticket.ts';
import { readObject, writeJson } from './json.ts';
import { Query } from './query.ts';
import type { Lane } from './query.ts';
import { dropSaid } from './said.ts';
import type { RequestEventsTable, RequestsTable } from './tables.ts';
import { addedBy, containing, jobsOf } from './traces.ts';
import type { TracedTalk } from './traces.ts';

// Done by command, seldom: these queries may read whole tables.

const givers = new Query<{ pattern: string }, { person: string }>(({ db }, at) =>
  db
    .selectFrom('requests')
    .select('person')
    .where(sql<boolean>`lower(draft) like ${at.pattern} escape '!'`)
    .union(
      db
        .selectFrom('conversations')
        .select('person')
        .where(
          sql<boolean>`(lower(state) like ${at.pattern} escape '!' or lower(vouched) like ${at.pattern} escape '!')`,
        ),
    ),
);

const talksOf = new Query<{ person: string }, TracedTalk & { owed: number }>(({ db, locked }, at) =>
  db
    .selectFrom('conversations')
    .select(['id', 'channel_conversation_id', 'reference', 'state'])
    .select(
      sql<number>`case when owner <> 'bot' or done_seq < in_seq or sent_seq < out_seq then 1 else 0 end`.as('owed'),
    )
    .where('person', '=', at.person)
    .orderBy('id')
    .$call(locked),
);

const requestsOf = new Query<{ person: string }, RequestsTable>(({ db, locked }, at) =>
  db.selectFrom('requests').selectAll().where('person', '=', at.person).orderBy('number').$call(locked),
);

const eventsOf = new Query<{ number: string }, RequestEventsTable>(({ db }, at) =>
  db.selectFrom('request_events').selectAll().where('number', '=', at.number),
);

const dropJob = new Query<{ id: string }>(({ db }, at) => db.deleteFrom('jobs').where('id', '=', at.id));
const dropMails = new Query<{ to: string }>(({ db }, at) =>
  db.deleteFrom('mails').where(sql<boolean>`lower("to") = ${at.to}`),
);
const dropLinks = new Query<{ id: string }>(({ db }, at) =>
  db.deleteFrom('incident_links').where('conversation', '=', at.id),
);
const dropTalk = new Query<{ id: string }>(({ db }, at) => db.deleteFrom('conversations').where('id', '=', at.id));
const blankOpinions = new Query<{ id: string }>(({ db }, at) =>
  db
    .updateTable('feedback')
    .set({ question: null, comment: null })
    .where('conversation', '=', at.id)
    .where(sql<boolean>`(question is not null or comment is not null)`),
);
const blankRequest = new Query<{ number: string; as: string; draft: string }>(({ db }, at) =>
  db
    .updateTable('requests')
    .set({ person: at.as, person_name: '', tenant: null, draft: at.draft })
    .where('number', '=', at.number),
);
const blankEvent = new Query<{ number: string; seq: number; actor: string; data: string }>(({ db }, at) =>
  db
    .updateTable('request_events')
    .set({ actor: at.actor, data: at.data, person: null })
    .where('number', '=', at.number)
    .where('seq', '=', at.seq),
);

/** Takes people out of what is stored. */
export class Erasure implements ErasureStore {
  readonly #lane: Lane;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  async knows(person: string): Promise<boolean> {
    if ((await talksOf.first(this.#lane, { person })) !== undefined) return true;
    return (await requestsOf.first(this.#lane, { person })) !== undefined;
  }

  async peopleWith(mail: string): Promise<string[]> {
    const pattern = containing(`"email":${JSON.stringify(mail.toLowerCase())}`);
    return (await givers.all(this.#lane, { pattern })).map(({ person }) => person).toSorted();
  }

  async owed(person: string): Promise<{ requests: string[]; talks: string[]; jobs: string[] }> {
    const { talks, requests, jobs } = await this.#allOf(person);
    return {
      requests: requests.filter(({ state }) => state === 'open').map(({ number }) => number),
      talks: talks.filter(({ owed }) => owed === 1).map(({ id }) => id),
      jobs: jobs.filter(({ state }) => state === 'ready').map(({ key }) => key),
    };
  }

  async erase(person: string, as: string): Promise<Erased> {
    const { talks, requests, added, jobs } = await this.#allOf(person);
    const drafts = requests.map((row) => ({ row, draft: draftSchema.parse(JSON.parse(row.draft)) }));
    const elsewhere = ticketsOf([...requests, ...added]);
    const none = { talks: 0, rows: 0, files: 0, requests: 0, opinions: 0, mails: 0, jobs: 0 };
    const done: Erased = { ...none, added: added.length, elsewhere };
    for (const job of jobs) done.jobs += await dropJob.write(this.#lane, job);
    for (const { number, seq, data } of added)
      await blankEvent.write(this.#lane, { number, seq, actor: 'colleague', data: blank(data) });
    for (const to of new Set(drafts.flatMap(({ draft: { contact } }) => contact.email?.toLowerCase() ?? [])))
      done.mails += await dropMails.write(this.#lane, { to });
    for (const { row, draft } of drafts) done.requests += await this.#blank(row, draft, as);
    for (const { id } of talks) {
      done.opinions += await blankOpinions.write(this.#lane, { id });
      const dropped = await dropSaid(this.#lane, { id });
      done.rows += dropped.rows;
      done.files += dropped.files;
      await dropLinks.write(this.#lane, { id });
      done.talks += await dropTalk.write(this.#lane, { id });
    }
    return done;
  }

  async #allOf(person: string) {
    const talks = await talksOf.all(this.#lane, { person });
    const requests = await requestsOf.all(this.#lane, { person });
    const added = await addedBy(this.#lane, person, { talks, requests });
    return { talks, requests, added, jobs: await jobsOf(this.#lane, { talks, requests, added }) };
  }

  async #blank({ number, person }: RequestsTable, draft: Draft, as: string): Promise<number> {
    for (const event of await eventsOf.all(this.#lane, { number })) {
      const actor = event.actor === person ? as : event.actor;
      await blankEvent.write(this.#lane, { number, seq: event.seq, actor, data: blank(event.data) });
    }
    return blankRequest.write(this.#lane, { number, as, draft: JSON.stringify(anonymous(draft)) });
  }
}

/** What was decided stays; what was written, and by whom, goes. */
function anonymous({ impact: _impact, customer: _customer, contact, ...draft }: Draft): Draft {
  const { method, language } = contact;
  return { ...draft, description: '', evidence: [], contact: { method, language } };
}

/** Of a line of the history: what is counted by, and no word that anybody wrote. */
const COUNTED = ['severity', 'respondBy', 'outcome'];

function withoutWords(data: RequestEvent['data']): RequestEvent['data'] {
  return Object.fromEntries(Object.entries(data).filter(([key]) => COUNTED.includes(key)));
}

const blank = (data: string): string => writeJson(withoutWords(readObject(data)));

/** By what other systems know these requests; each once. */
function ticketsOf(requests: readonly Pick<RequestsTable, 'ticket'>[]): Erased['elsewhere'] {
  const tickets = new Set(requests.flatMap(({ ticket }) => ticket ?? []));
  return [...tickets].map((ticket) => {
    const { system, number } = ticketSchema.parse(JSON.parse(ticket));
    return { system, number };
  });
}
