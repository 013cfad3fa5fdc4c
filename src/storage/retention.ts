import { sql } from 'kysely';
import { z } from 'zod';
import type { RetentionStore } from '#src/log/forgetting.ts';
import { Query } from './query.ts';
import type { Lane } from './query.ts';
import { dropSaid } from './said.ts';

interface Old {
  before: number;
  limit: number;
}

/** Dead letters stay: a person must look. A job that is done keeps nothing but its key, and nobody writes that one again. */
const jobs = new Query<Old>(({ db }, at) =>
  db
    .deleteFrom('jobs')
    .where('id', 'in', (old) =>
      old
        .selectFrom('jobs')
        .select('id')
        .where('state', '=', sql.lit('done'))
        .where('tried_at', '<', at.before)
        .orderBy('tried_at')
        .limit(at.limit),
    ),
);

const mails = new Query<Old>(({ db }, at) =>
  db
    .deleteFrom('mails')
    .where('id', 'in', (old) =>
      old.selectFrom('mails').select('id').where('at', '<', at.before).orderBy('at').limit(at.limit),
    ),
);

const notices = new Query<Old>(({ db }, at) =>
  db
    .deleteFrom('notices')
    .where('key', 'in', (old) =>
      old
        .selectFrom('notices')
        .select('key')
        .where('state', '=', sql.lit('over'))
        .where('since', '<', at.before)
        .orderBy('since')
        .limit(at.limit),
    ),
);

const spent = new Query<Old>(({ db }, at) =>
  db
    .deleteFrom('spent')
    .where('id', 'in', (old) =>
      old.selectFrom('spent').select('id').where('expires_at', '<', at.before).orderBy('expires_at').limit(at.limit),
    ),
);

/**
 * Talks in which nobody said a word since `before` and nothing is owed: no open turn, no reply on its way, no agent, no open
 * request or promise, no incident whose end is to be told. The first condition is that of the index, word for word. Whoever
 * writes at this moment is passed over.
 */
const idle = new Query<Old, { id: string; reference: string }>(({ db, lockedSkipping }, at) =>
  db
    .selectFrom('conversations')
    .select(['id', 'reference'])
    .where(sql<boolean>`(cleared_at is null or cleared_at < updated_at)`)
    .where('updated_at', '<', at.before)
    .where('owner', '=', 'bot')
    .where(sql<boolean>`done_seq >= in_seq and sent_seq >= out_seq`)
    .where(sql<boolean>`not exists (select 1 from requests where conversation = conversations.id and state = 'open')`)
    .where(sql<boolean>`not exists (select 1 from promises where conversation = conversations.id and state = 'open')`)
    .where(
      sql<boolean>`not exists (select 1 from incident_links where conversation = conversations.id and told_at is null)`,
    )
    .orderBy('updated_at')
    .limit(at.limit)
    .$call(lockedSkipping),
);

/**
 * The conversation itself stays, so that who writes again goes on in it, from its beginning. What a page proved of them goes,
 * too: it is proved anew with the next session.
 */
const cleared = new Query<{ id: string; reference: string; now: number }>(({ db }, at) =>
  db
    .updateTable('conversations')
    .set((row) => ({
      state: 'null',
      vouched: 'null',
      imprints: '[]',
      pushes: '[]',
      reference: at.reference,
      cleared_at: at.now,
      version: row('version', '+', 1),
    }))
    .where('id', '=', at.id),
);

/** Lets go of what is long over, so that tables and personal data don't grow for ever. */
export class Retention implements RetentionStore {
  readonly #lane: Lane;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  jobs(before: number, limit: number): Promise<number> {
    return jobs.write(this.#lane, { before, limit });
  }

  mails(before: number, limit: number): Promise<number> {
    return mails.write(this.#lane, { before, limit });
  }

  notices(before: number, limit: number): Promise<number> {
    return notices.write(this.#lane, { before, limit });
  }

  spent(before: number, limit: number): Promise<number> {
    return spent.write(this.#lane, { before, limit });
  }

  async talks(before: number, limit: number, now: number): Promise<number> {
    const found = await idle.all(this.#lane, { before, limit });
    for (const { id, reference } of found) {
      await dropSaid(this.#lane, { id });
      await cleared.write(this.#lane, { id, reference: addressOnly(reference), now });
    }
    return found.length;
  }
}

const referenceSchema = z.looseObject({ user: z.looseObject({ id: z.string() }) });

/** The address at which the channel reaches them stays, their name and whatever else the channel tells of them goes. */
function addressOnly(reference: string): string {
  const known = referenceSchema.safeParse(JSON.parse(reference)).data;
  return known ? JSON.stringify({ ...known, user: { id: known.user.id } }) : reference;
}
