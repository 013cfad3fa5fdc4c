import { Client } from 'pg';
import type { Claim } from '#src/log/ports.ts';
import { storageError } from './errors.ts';

/**
 * What only one instance does at a time, as advisory locks of one session: PostgreSQL itself gives them up when the process
 * dies or its connection breaks, so nobody waits for a lease to run out. Keys are hashed; two that fall together only share.
 */
export class Claims {
  readonly #url: string;
  #session: Promise<Session> | null = null;

  constructor(url: string) {
    this.#url = url;
  }

  async take(key: string): Promise<Claim | null> {
    try {
      const session = await (this.#session ??= this.#connect());
      return await session.take(key);
    } catch (error) {
      throw storageError(error);
    }
  }

  async close(): Promise<void> {
    const session = await this.#session?.catch(() => null);
    await session?.end();
  }

  /** One that broke is not used again: the next who asks makes another. */
  #connect(): Promise<Session> {
    const session: Promise<Session> = Session.open(this.#url, () => {
      if (this.#session === session) this.#session = null;
    });
    session.catch(() => {
      if (this.#session === session) this.#session = null;
    });
    return session;
  }
}

/** A host that vanished without a word is noticed within half a minute, in place of PostgreSQL's two hours. */
const KEEP_ALIVE = 'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3';

/**
 * PostgreSQL has room for some 6,000 locks of everybody (max_locks_per_transaction × max_connections), and each is asked for by
 * itself: a backlog of ten thousand conversations must neither fill that up nor stand in that line. Whoever gets none looks
 * again later.
 */
const MOST_TAKEN = 1_000;

class Session {
  readonly #client: Client;
  #lives = true;
  /** A session is given what it has already: within the process, who has what is known here. */
  readonly #taken = new Set<string>();
  /** Ends with the question that was put last. */
  #asked: Promise<boolean> = Promise.resolve(true);

  private constructor(client: Client) {
    this.#client = client;
  }

  static async open(url: string, lost: () => void): Promise<Session> {
    const client = new Client({
      connectionString: url,
      application_name: 'frontdesk-claims',
      connectionTimeoutMillis: 5000,
      query_timeout: 5000,
      keepAlive: true,
    });
    const session = new Session(client);
    const end = (): void => {
      session.#lives = false;
      lost();
    };
    client.on('error', end).on('end', end);
    try {
      await client.connect();
      await client.query(KEEP_ALIVE);
    } catch (error) {
      // What was not told is no session: nobody could end it later.
      void client.end().catch(() => undefined);
      throw error;
    }
    return session;
  }

  async take(key: string): Promise<Claim | null> {
    if (this.#taken.has(key) || this.#taken.size >= MOST_TAKEN) return null;
    this.#taken.add(key);
    try {
      const taken = await this.#ask('select pg_try_advisory_lock(hashtextextended($1, 0)) as done', key);
      if (taken) return { holds: () => this.#lives, release: () => this.#release(key) };
    } catch (error) {
      // Nobody knows whether it was given: it goes with the session.
      await this.end().catch(() => undefined);
      throw error;
    }
    this.#taken.delete(key);
    return null;
  }

  async end(): Promise<void> {
    this.#lives = false;
    await this.#client.end();
  }

  /** Where it can't be given back, it goes with the session. */
  async #release(key: string): Promise<void> {
    if (!this.#lives) return;
    try {
      await this.#ask('select pg_advisory_unlock(hashtextextended($1, 0)) as done', key);
      this.#taken.delete(key);
    } catch {
      await this.end().catch(() => undefined);
    }
  }

  /** One after the other: each has its own time, and pg won't queue for its callers any more. */
  #ask(text: string, key: string): Promise<boolean> {
    const asked = this.#asked.then(async () => {
      const { rows } = await this.#client.query<{ done: boolean }>(text, [key]);
      return rows[0]?.done === true;
    });
    this.#asked = asked.catch(() => false);
    return asked;
  }
}
