import type { Lane, Statement } from '../query.ts';
import type { Connection } from './connection.ts';
import { sqlite } from './dialect.ts';

/** One transaction's line to the one connection. Refuses to be used after its transaction: it would write into another. */
export class SqliteLane implements Lane {
  readonly dialect = sqlite;
  readonly #connection: Connection;
  #ended = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async rows({ sql }: Statement, values: readonly unknown[]): Promise<readonly unknown[]> {
    this.#check();
    return this.#connection.rows(sql, values);
  }

  async write({ sql }: Statement, values: readonly unknown[]): Promise<number> {
    this.#check();
    return this.#connection.run(sql, values);
  }

  end(): void {
    this.#ended = true;
  }

  #check(): void {
    if (this.#ended) throw new Error('A unit of work was used after its transaction: a promise was not awaited.');
    // On a full disk SQLite rolls back by itself; a unit that went on after that error would write outside a transaction.
    if (!this.#connection.inTransaction) throw new Error('The transaction was rolled back by SQLite before.');
  }
}
