import { sql } from 'kysely';
import { OFFERINGS } from '#knowledge/schema.ts';
import type { OfferingId } from '#knowledge/schema.ts';
import { promisedByFiling } from '#src/promises/filed.ts';
import { followHistory } from '#src/promises/keep.ts';
import type { RequestEvent, ServiceRequest } from '#src/requests/request.ts';
import type { Ticket } from '#src/requests/ticket.ts';
import { isAmong, listOf } from './desk-lists.ts';
import { RequestEvents } from './request-events.ts';
import { toRequest, toRow } from './request-row.ts';
import { Promises } from './promises.ts';
import { manyOf, Query } from './query.ts';
import type { Lane } from './query.ts';
import type { RequestsTable } from './tables.ts';

const bySubmission = new Query<{ submissionId: string }, RequestsTable>(({ db }, at) =>
  db.selectFrom('requests').selectAll().where('submission_id', '=', at.submissionId),
);

const byNumber = new Query<{ number: string }, RequestsTable>(({ db, locked }, at) =>
  db.selectFrom('requests').selectAll().where('number', '=', at.number).$call(locked),
);

const insert = new Query<RequestsTable>(({ db }, at) =>
  db.insertInto('requests').values({
    number: at.number,
    submission_id: at.submission_id,
    conversation: at.conversation,
    person: at.person,
    person_name: at.person_name,
    tenant: at.tenant,
    state: at.state,
    severity: at.severity,
    offering: at.offering,
    respond_by: at.respond_by,
    provisional: at.provisional,
    draft: at.draft,
    created_at: at.created_at,
    closed_at: at.closed_at,
  }),
);

const setTicket = new Query<{ number: string; ticket: string }>(({ db }, at) =>
  db.updateTable('requests').set({ ticket: at.ticket }).where('number', '=', at.number),
);

/** Those of one person, tenant or conversation, the newest first. */
const newestOf = (column: 'person' | 'tenant' | 'conversation') =>
  new Query<{ key: string; limit: number }, RequestsTable>(({ db }, at) =>
    db
      .selectFrom('requests')
      .selectAll()
      .where(column, '=', at.key)
      .orderBy('created_at', 'desc')
      .orderBy('number', 'desc')
      .limit(at.limit),
  );
const ofPerson = newestOf('person');
const ofTenant = newestOf('tenant');
const ofConversation = newestOf('conversation');

const fromStart = new Query<{ limit: number }, RequestsTable>(({ db }, at) =>
  db.selectFrom('requests').selectAll().orderBy('created_at').orderBy('number').limit(at.limit),
);

const after = new Query<{ after: string; limit: number }, RequestsTable>(({ db }, at) =>
  db
    .selectFrom('requests')
    .selectAll()
    .where((request) =>
      request(
        request.refTuple('created_at', 'number'),
        '>',
        request
          .selectFrom('requests as seen')
          .select(['seen.created_at', 'seen.number'])
          .where('seen.number', '=', at.after)
          .$asTuple('created_at', 'number'),
      ),
    )
    .orderBy('created_at')
    .orderBy('number')
    .limit(at.limit),
);

const newestOfAll = new Query<{ limit: number; offerings: string }, RequestsTable>(({ db }, at) =>
  db
    .selectFrom('requests')
    .selectAll()
    .where(isAmong(at.offerings))
    .orderBy('created_at', 'desc')
    .orderBy('number', 'desc')
    .limit(at.limit),
);

const newestBefore = new Query<{ before: string; limit: number; offerings: string }, RequestsTable>(({ db }, at) =>
  db
    .selectFrom('requests')
    .selectAll()
    .where(isAmong(at.offerings))
    .where((request) =>
      request(
        request.refTuple('created_at', 'number'),
        '<',
        request
          .selectFrom('requests as seen')
          .select(['seen.created_at', 'seen.number'])
          .where('seen.number', '=', at.before)
          .$asTuple('created_at', 'number'),
      ),
    )
    .orderBy('created_at', 'desc')
    .orderBy('number', 'desc')
    .limit(at.limit),
);

const open = new Query<{ limit: number; offerings: string }, RequestsTable>(({ db }, at) =>
  db
    .selectFrom('requests')
    .selectAll()
    .where('state', '=', sql.lit('open'))
    .where(isAmong(at.offerings))
    .orderBy('severity')
    .orderBy('created_at')
    .orderBy('number')
    .limit(at.limit),
);

const openOf = new Query<{ conversations: string; offerings: string }, RequestsTable>(({ db, among }, at) =>
  db
    .selectFrom('requests')
    .selectAll()
    .where(sql<boolean>`state = 'open'`)
    .where(among(sql`conversation`, at.conversations))
    .where(isAmong(at.offerings)),
);

const several = new Query<{ numbers: string }, RequestsTable>(({ db, among }, at) =>
  db
    .selectFrom('requests')
    .selectAll()
    .where(among(sql`number`, at.numbers)),
);

/** Service requests and their history. */
export class Requests {
  readonly #lane: Lane;
  readonly #events: RequestEvents;
  readonly #promises: Promises;

  constructor(lane: Lane) {
    this.#lane = lane;
    this.#events = new RequestEvents(lane);
    this.#promises = new Promises(lane);
  }

  async bySubmission(submissionId: string): Promise<ServiceRequest | undefined> {
    const row = await bySubmission.first(this.#lane, { submissionId });
    return row && toRequest(row);
  }

  /** Locked until the commit, where the engine has row locks: who reads a request by number is about to change it. */
  async byNumber(number: string): Promise<ServiceRequest | undefined> {
    const row = await byNumber.first(this.#lane, { number });
    return row && toRequest(row);
  }

  async insert(request: ServiceRequest): Promise<void> {
    await insert.write(this.#lane, toRow(request));
    const { number, createdAt, person, severity, respondBy } = request;
    await this.#events.add({
      number,
      seq: 1,
      at: createdAt,
      actor: person,
      kind: 'filed',
      data: { severity, respondBy },
    });
    for (const pledge of promisedByFiling(request)) await this.#promises.add(pledge);
  }

  async ofPerson(person: string, limit: number): Promise<ServiceRequest[]> {
    return (await ofPerson.all(this.#lane, { key: person, limit })).map(toRequest);
  }

  async ofTenant(tenant: string, limit: number): Promise<ServiceRequest[]> {
    return (await ofTenant.all(this.#lane, { key: tenant, limit })).map(toRequest);
  }

  async ofConversation(conversation: string, limit: number): Promise<ServiceRequest[]> {
    return (await ofConversation.all(this.#lane, { key: conversation, limit })).map(toRequest);
  }

  async list(seen: string | null, limit: number): Promise<ServiceRequest[]> {
    const page = seen === null ? fromStart.all(this.#lane, { limit }) : after.all(this.#lane, { after: seen, limit });
    return (await page).map(toRequest);
  }

  async newest(before: string | null, limit: number, of: readonly OfferingId[]): Promise<ServiceRequest[]> {
    const offerings = listOf(of);
    const page =
      before === null
        ? newestOfAll.all(this.#lane, { limit, offerings })
        : newestBefore.all(this.#lane, { before, limit, offerings });
    return (await page).map(toRequest);
  }

  async open(limit: number, of: readonly OfferingId[] = OFFERINGS): Promise<ServiceRequest[]> {
    return (await open.all(this.#lane, { limit, offerings: listOf(of) })).map(toRequest);
  }

  async openOf(conversations: readonly string[], of: readonly OfferingId[], first?: number): Promise<ServiceRequest[]> {
    const offerings = listOf(of);
    const found = await openOf.all(this.#lane, { conversations: manyOf(conversations), offerings });
    if (first === undefined || found.length === 0) return found.map(toRequest);
    const listed = await open.all(this.#lane, { limit: first, offerings });
    const numbers = new Set(listed.map(({ number }) => number));
    return found.filter(({ number }) => numbers.has(number)).map(toRequest);
  }

  async several(numbers: readonly string[]): Promise<ServiceRequest[]> {
    return (await several.all(this.#lane, { numbers: manyOf(numbers) })).map(toRequest);
  }

  async setRespondBy(number: string, respondBy: string): Promise<void> {
    await this.#events.promise(number, respondBy);
  }

  events(number: string): Promise<RequestEvent[]> {
    return this.#events.of(number);
  }

  /** The promises are part of what the history tells: whoever writes it can't forget them. */
  async addEvent(event: RequestEvent): Promise<void> {
    await this.#events.add(event);
    const request = await this.byNumber(event.number);
    if (request) await followHistory(this.#promises, event, request);
  }

  async setTicket(number: string, ticket: Ticket): Promise<void> {
    await setTicket.write(this.#lane, { number, ticket: JSON.stringify(ticket) });
  }
}
