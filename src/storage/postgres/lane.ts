import type { PoolClient, QueryResult } from 'pg';
import type { Lane, Statement } from '../query.ts';
import { postgres } from './dialect.ts';
import { storageError } from './errors.ts';

/** One transaction's line: a client of the pool. Refuses to be used after its transaction: it would write into another. */
export class PostgresLane implements Lane {
  readonly dialect = postgres;
  readonly #client: PoolClient;
  #ended = false;

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

  async #query({ name, sql }: Statement, values: readonly unknown[]): Promise<QueryResult> {
    if (this.#ended) throw new Error('A unit of work was used after its transaction: a promise was not awaited.');
    try {
      return await this.#client.query({ name, text: sql, values: values.map(storable) });
    } catch (error) {
      throw storageError(error);
    }
  }
}

/** PostgreSQL keeps no NUL in text; the sign that Unicode has for "cannot be shown" stands in for it, in keys as well. */
function storable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}
