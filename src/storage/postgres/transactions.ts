import type { Pool, PoolClient } from 'pg';
import { mayRunAgain, storageError } from './errors.ts';
import { PostgresLane } from './lane.ts';

/** A deadlock is rare and short; what still fails after so many attempts has another cause. */
const ATTEMPTS = 5;
const PAUSE_MS = 20;

/** Each transaction on a connection of its own; instances keep out of each other's way by row locks. */
export class Transactions {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async run<T>(work: (lane: PostgresLane) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#once(work);
      } catch (error) {
        if (attempt === ATTEMPTS || !mayRunAgain(error)) throw error;
      }
      await pause(Math.random() * PAUSE_MS * 2 ** attempt);
    }
  }

  async #once<T>(work: (lane: PostgresLane) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    const lane = new PostgresLane(client);
    try {
      await command(client, 'begin');
      const value = await work(lane);
      lane.end();
      await command(client, 'commit');
      client.release();
      return value;
    } catch (error) {
      lane.end();
      await rollback(client);
      throw error;
    }
  }

  async #connect(): Promise<PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw storageError(error);
    }
  }
}

async function command(client: PoolClient, text: string): Promise<void> {
  try {
    const { command: done } = await client.query(text);
    // PostgreSQL answers a COMMIT after a swallowed error with ROLLBACK: saying "kept" then would be a lie.
    if (text === 'commit' && done === 'ROLLBACK')
      throw new Error('The transaction had failed before; nothing was kept.');
  } catch (error) {
    throw storageError(error);
  }
}

/** A client that cannot roll back is not given to anybody else. */
async function rollback(client: PoolClient): Promise<void> {
  try {
    await client.query('rollback');
    client.release();
  } catch {
    client.release(true);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
