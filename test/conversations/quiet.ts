import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { expect } from 'vitest';
import { z } from 'zod';
import type { House } from '../house.ts';

const countSchema = z.array(z.object({ busy: z.coerce.number() })).length(1);

/** What was said there and not yet answered, or answered and not yet sent. */
const BUSY = `select count(*) as busy from conversations
  where channel_conversation_id = $1 and (done_seq < in_seq or sent_seq < out_seq)`;

/**
 * Waits until a conversation of Teams has nothing left to do: every activity that got its 200 has had its turn, and all that was said in
 * it has arrived at the connector. What isn't there by then doesn't come, so a test may also say that nothing came.
 */
export async function quiet(house: House, conversation: string): Promise<void> {
  const look = house.database === undefined ? inFile(house.dataDir) : await inPostgres(house.database);
  try {
    await expect.poll(() => look.busy(conversation), { timeout: 60_000, interval: 10 }).toBe(0);
  } finally {
    await look.close();
  }
}

interface Look {
  busy(conversation: string): number | Promise<number>;
  close(): unknown;
}

function inFile(dataDir: string): Look {
  const database = new Database(join(dataDir, 'frontdesk.db'), { readonly: true });
  const rows = database.prepare<[string]>(BUSY.replace('$1', '?'));
  return {
    busy: (conversation) => countSchema.parse(rows.all(conversation))[0]?.busy ?? 0,
    close: () => database.close(),
  };
}

async function inPostgres(url: string): Promise<Look> {
  const client = new Client(url);
  await client.connect();
  return {
    busy: async (conversation) => countSchema.parse((await client.query(BUSY, [conversation])).rows)[0]?.busy ?? 0,
    close: () => client.end(),
  };
}
