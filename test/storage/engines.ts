import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, inject } from 'vitest';
import { openStorage } from '#src/storage/open.ts';
import type { Storage } from '#src/log/ports.ts';
import { MIGRATED, onCluster, urlOf } from './cluster.ts';

export interface Opened {
  storage: Storage;
  /** What a second process, or a second opening, gives to `openStorage`. */
  where: { url: string | undefined; dataDir: string };
  /** Closes, and leaves nothing behind. */
  drop(): Promise<void>;
}

/** A place for a database that nobody has opened yet: no table is there. */
export interface Bare {
  where: Opened['where'];
  remove(): Promise<void>;
}

interface Engine {
  readonly name: 'sqlite' | 'postgres';
  open(): Promise<Opened>;
  bare(): Promise<Bare>;
}

/**
 * Each opening is an empty database of its own: a copy of one that went through all migrations once. PostgreSQL starts with the first one
 * of the run; that nothing keeps a connection to a database which was closed is seen when it is dropped.
 */
export const engines: readonly Engine[] = [
  { name: 'sqlite', bare: bareSqlite, open: () => opened(migratedSqlite()) },
  { name: 'postgres', bare: () => barePostgres(), open: () => opened(barePostgres(MIGRATED)) },
];

async function opened(place: Promise<Bare>): Promise<Opened> {
  const bare = await place;
  const storage = await openStorage(bare.where);
  const drop = async () => {
    await storage.close();
    await bare.remove();
  };
  return { storage, where: bare.where, drop };
}

async function bareSqlite(): Promise<Bare> {
  const where = { url: undefined, dataDir: mkdtempSync(join(tmpdir(), 'frontdesk-')) };
  return { where, remove: async () => rmSync(where.dataDir, { recursive: true, force: true }) };
}

const FILE = 'frontdesk.db';
let migrated: Promise<Bare> | undefined;

async function migratedSqlite(): Promise<Bare> {
  const { where } = await (migrated ??= migrateSqlite());
  const bare = await bareSqlite();
  copyFileSync(join(where.dataDir, FILE), join(bare.where.dataDir, FILE));
  return bare;
}

async function migrateSqlite(): Promise<Bare> {
  const bare = await bareSqlite();
  await (await openStorage(bare.where)).close();
  return bare;
}

async function barePostgres(template = 'template1'): Promise<Bare> {
  const port = await (started ??= portOfPostgres());
  const database = `t${randomUUID().replaceAll('-', '')}`;
  await onCluster(port, `create database ${database} template ${template}`);
  return {
    where: { url: urlOf(port, database), dataDir: '' },
    remove: () => onCluster(port, `drop database ${database}`),
  };
}

let started: Promise<number> | undefined;

async function portOfPostgres(): Promise<number> {
  const answer = await fetch(inject('postgres'));
  const text = await answer.text();
  if (!answer.ok) throw new Error(`PostgreSQL did not start: ${text}`);
  return Number(text);
}

afterAll(async () => {
  await (await migrated)?.remove();
  migrated = undefined;
});
