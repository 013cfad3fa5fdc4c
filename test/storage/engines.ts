import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { openStorage } from '#src/storage/open.ts';
import type { Storage } from '#src/log/ports.ts';
import { bareSqlite, copiedSqlite } from './bare.ts';
import type { Bare } from './bare.ts';
import { MIGRATED, onCluster, urlOf } from './cluster.ts';

export interface Opened {
  storage: Storage;
  where: Bare['where'];
  /** Closes, and leaves nothing behind. */
  drop(): Promise<void>;
}

interface Engine {
  readonly name: 'sqlite' | 'postgres';
  open(): Promise<Opened>;
  bare(): Promise<Bare>;
}

/**
 * Each opening is an empty database of its own: a copy of one that went through all migrations once in the run. That nothing keeps a
 * connection to a database which was closed is seen when it is dropped.
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

async function migratedSqlite(): Promise<Bare> {
  return copiedSqlite(await (folderOfSqlite ??= shared('sqlite')));
}

async function barePostgres(template = 'template1'): Promise<Bare> {
  const port = Number(await (portOfPostgres ??= shared('postgres')));
  const database = `t${randomUUID().replaceAll('-', '')}`;
  await onCluster(port, `create database ${database} template ${template}`);
  return {
    where: { url: urlOf(port, database), dataDir: '' },
    remove: () => onCluster(port, `drop database ${database}`),
  };
}

let folderOfSqlite: Promise<string> | undefined;
let portOfPostgres: Promise<string> | undefined;

async function shared(engine: Engine['name']): Promise<string> {
  const answer = await fetch(`${inject('engines')}/${engine}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${engine} could not be had: ${text}`);
  return text;
}
