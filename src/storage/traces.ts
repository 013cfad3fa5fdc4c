import { sql } from 'kysely';
import { z } from 'zod';
import { ticketKey } from '#src/log/tickets.ts';
import { Query } from './query.ts';
import type { Lane } from './query.ts';
import type { ConversationsTable, RequestEventsTable, RequestsTable } from './tables.ts';

// What tells of somebody elsewhere than in their own talks and requests. By command, seldom: these queries may read whole tables.

export interface TracedJob {
  readonly id: string;
  readonly key: string;
  readonly state: string;
}

/** What is to be told to the outside, or could not be: about what the pattern names, or under that key. */
const jobsAbout = new Query<{ pattern: string; key: string }, TracedJob>(({ db }, at) =>
  db
    .selectFrom('jobs')
    .select(['id', 'key', 'state'])
    .where('state', '<>', 'done')
    .where(sql<boolean>`(payload like ${at.pattern} escape '!' or key = ${at.key})`)
    .orderBy('key'),
);

const codeOf = new Query<{ conversation: string }, { id: string }>(({ db }, at) =>
  db.selectFrom('codes').select('id').where('conversation', '=', at.conversation),
);

const addedOf = new Query<{ person: string }, AddedLine>(({ db }, at) =>
  db
    .selectFrom('request_events as line')
    .innerJoin('requests as filed', 'filed.number', 'line.number')
    .select(['line.number', 'line.seq', 'line.data', 'filed.ticket'])
    .where('line.person', '=', at.person)
    .orderBy('line.number')
    .orderBy('line.seq'),
);

/** What a colleague added before lines were kept with a key: it stands there with their name only. */
const namedOf = new Query<{ tenant: string; pattern: string }, AddedLine>(({ db }, at) =>
  db
    .selectFrom('request_events as line')
    .innerJoin('requests as filed', 'filed.number', 'line.number')
    .select(['line.number', 'line.seq', 'line.data', 'filed.ticket'])
    .where('line.actor', '=', sql.lit('colleague'))
    .where('line.person', 'is', null)
    .where('filed.tenant', '=', at.tenant)
    .where(sql<boolean>`line.data like ${at.pattern} escape '!'`)
    .orderBy('line.number')
    .orderBy('line.seq'),
);

export type AddedLine = Pick<RequestEventsTable, 'number' | 'seq' | 'data'> & Pick<RequestsTable, 'ticket'>;
export type TracedTalk = Pick<ConversationsTable, 'id' | 'channel_conversation_id' | 'reference' | 'state'>;

const stateSchema = z.object({ facts: z.object({ name: z.string(), tenant: z.string() }) });
const referenceSchema = z.object({ user: z.object({ id: z.string() }) });

/** `like` with a text that stands for itself. */
export const containing = (text: string): string => `%${text.replaceAll(/[!%_]/g, '!$&')}%`;

interface Named {
  readonly talks: readonly TracedTalk[];
  readonly requests: readonly Pick<RequestsTable, 'person_name' | 'tenant'>[];
}

/**
 * Lines that somebody wrote into requests of colleagues. Of the oldest only the name is known: where two of an organization
 * share it, those of both count.
 */
export async function addedBy(lane: Lane, person: string, { talks, requests }: Named): Promise<AddedLine[]> {
  const stated = talks.flatMap(({ state }) => stateSchema.safeParse(JSON.parse(state)).data?.facts ?? []);
  const filed = requests.flatMap(({ person_name: name, tenant }) => (tenant === null ? [] : { name, tenant }));
  const named = [...stated, ...filed].filter(({ name }) => name !== '');
  const lines = new Map<string, AddedLine>();
  for (const line of await addedOf.all(lane, { person })) lines.set(ticketKey(line.number, line.seq), line);
  for (const { name, tenant } of named) {
    const pattern = containing(`"by":${JSON.stringify(name)}`);
    for (const line of await namedOf.all(lane, { tenant, pattern })) lines.set(ticketKey(line.number, line.seq), line);
  }
  return [...lines.values()];
}

/** Jobs, done ones aside, that tell of somebody: by conversation, by its name in the channel, by the channel's user, by request. */
export async function jobsOf(lane: Lane, { talks, requests, added }: Whole): Promise<TracedJob[]> {
  const about = [...talks.flatMap(namesOf), ...requests.map(({ number }) => number)];
  const sought = about.map((name) => ({ pattern: containing(JSON.stringify(name)), key: '' }));
  for (const { id: conversation } of talks)
    // Such a mail waits under seal: only its key tells whose it is (bot/send-code.ts).
    for (const { id } of await codeOf.all(lane, { conversation })) sought.push({ pattern: '', key: `mail:code:${id}` });
  for (const { number, seq } of added) sought.push({ pattern: '', key: ticketKey(number, seq) });
  const found = new Map<string, TracedJob>();
  for (const one of sought) for (const job of await jobsAbout.all(lane, one)) found.set(job.id, job);
  return [...found.values()].toSorted((one, other) => (one.key < other.key ? -1 : 1));
}

/** Everything by which jobs about somebody are found. */
export interface Whole {
  readonly talks: readonly TracedTalk[];
  readonly requests: readonly Pick<RequestsTable, 'number'>[];
  readonly added: readonly AddedLine[];
}

function namesOf({ id, channel_conversation_id: place, reference }: TracedTalk): string[] {
  const user = referenceSchema.safeParse(JSON.parse(reference)).data?.user.id;
  return [id, place, ...(user === undefined ? [] : [user])];
}
