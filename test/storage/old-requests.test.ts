import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { offeringOfRequests } from '#src/storage/after-tables.ts';
import { migrate } from '#src/storage/migrate.ts';
import { Connection } from '#src/storage/sqlite/connection.ts';
import { Transactions } from '#src/storage/sqlite/transactions.ts';
import { unitOn } from '#src/storage/unit.ts';
import { request } from './samples.ts';

test('a request that was filed before its offering stood by itself gets the one of its draft, whatever was written', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-'));
  const connection = new Connection(dataDir);
  const transactions = new Transactions(connection);
  await transactions.run(migrate);
  await transactions.run(async (lane) => {
    const unit = unitOn(lane);
    const description = 'they wrote "offering":"worldwide" and \\"offering\\":\\"worldwide\\"';
    await unit.requests.insert(request({ number: 'SR-1', offering: 'azure-21vianet', description }));
    await unit.requests.insert(request({ number: 'SR-2', offering: 'worldwide' }));
    await lane.write({ name: '', sql: `update requests set offering = ''` }, []);
    for (const statement of offeringOfRequests(lane.dialect.db).slice(1)) {
      const { sql, parameters } = statement.compile();
      await lane.write({ name: '', sql }, parameters);
    }
    const found = await unit.requests.newest(null, 9, ['azure-21vianet']);
    expect(found.map(({ number }) => number)).toEqual(['SR-1']);
  });
  await transactions.close();
  connection.close();
  rmSync(dataDir, { recursive: true });
});
