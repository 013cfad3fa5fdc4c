import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openStorage } from '#src/storage/open.ts';
import { conversation, logRow } from './samples.ts';

/** Writes until it is killed, eight transactions at a time, and says each row's conversation once it was acknowledged. */
const storage = await openStorage({ url: undefined, dataDir: process.argv[2]! });

async function write(): Promise<never> {
  for (;;) {
    const id = randomUUID();
    await storage.transact(async (unit) => {
      const one = await unit.conversations.create(conversation({ id, lastSeq: 2, inSeq: 1, doneSeq: 1, outSeq: 2 }));
      await unit.rows.append([
        logRow({ conversation: id, seq: 1, sourceId: id }),
        logRow({ conversation: id, seq: 2, direction: 'out', role: 'bot', replyTo: 1 }),
      ]);
      await unit.conversations.save({ ...one, owner: 'waiting' });
    });
    writeSync(1, `${id}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, write));
