import type { PoolClient, QueryResult } from 'pg';
import type { Lane, Statement } from '../query.ts';
import { postgres } from './dialect.ts';
import { storageError } from './errors.ts';

/** One transaction's line: a client of the pool. Refuses to be used after its transaction: it would write into another. */
export class PostgresLane implements Lane {
  readonly dialect = postgres;
  readonly #client: PoolClient;
  #ended = false;
  /** Ends with the query that is under way; null where none is. */
  #last: Promise<void> | null = null;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  async rows(statement: Statement, values: readonly unknown[]): Promise<readonly unknown[]> {
    return (await this.#query(statement, values)).rows;
  }

  async write(statement: Statement, values: readonly unknown[]): Promise<number> {
    return (await this.#query(statement, values)).rowCount ?? 0;
  }

  end(): void {
    this.#ended = true;
  }

  /**
   * Those that are asked for at the same time go one after the other: pg warns whoever leaves that to it. It sends one at a time
   * in any case, so that costs nothing: 20 at once took as long as without, within what the machine varies.
   */
  #query(statement: Statement, values: readonly unknown[]): Promise<QueryResult> {
    const before = this.#last;
    const query = before === null ? this.#one(statement, values) : before.then(() => this.#one(statement, values));
    const settled = query.then(nothing, nothing).finally(() => {
      if (this.#last === settled) this.#last = null;
    });
    this.#last = settled;
    return query;
  }

  async #one({ name, sql }: Statement, values: readonly unknown[]): Promise<QueryResult> {
    if (this.#ended) throw new Error('A unit of work was used after its transaction: a promise was not awaited.');
    try {
      return await this.#client.query({ name, text: sql, values: values.map(storable) });
    } catch (error) {
      throw storageError(error);
    }
  }
}

const nothing = (): void => undefined;

/** PostgreSQL keeps no NUL in text; the sign that Unicode has for "cannot be shown" stands in for it, in keys as well. */
function storable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}
