import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStorage } from '#src/storage/open.ts';

/** A place for a database that nobody has opened yet: no table is there. */
export interface Bare {
  /** What a process, or a second opening, gives to `openStorage`. */
  where: { url: string | undefined; dataDir: string };
  remove(): Promise<void>;
}

const FILE = 'frontdesk.db';

export async function bareSqlite(): Promise<Bare> {
  const where = { url: undefined, dataDir: mkdtempSync(join(tmpdir(), 'frontdesk-')) };
  return { where, remove: async () => rmSync(where.dataDir, { recursive: true, force: true }) };
}

/** One that went through all migrations, closed. */
export async function migrateSqlite(): Promise<Bare> {
  const bare = await bareSqlite();
  await (await openStorage(bare.where)).close();
  return bare;
}

export async function copiedSqlite(migrated: string): Promise<Bare> {
  const bare = await bareSqlite();
  copyFileSync(join(migrated, FILE), join(bare.where.dataDir, FILE));
  return bare;
}
