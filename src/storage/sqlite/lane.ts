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
    return this.#open().rows(sql, values);
  }

  async write({ sql }: Statement, values: readonly unknown[]): Promise<number> {
    return this.#open().run(sql, values);
  }

  end(): void {
    this.#ended = true;
  }

  #open(): Connection {
    if (this.#ended) throw new Error('A unit of work was used after its transaction: a promise was not awaited.');
    return this.#connection;
  }
}
