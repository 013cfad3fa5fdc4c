import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Storage } from '#src/log/ports.ts';
import { engines, type Opened } from '../storage/engines.ts';

const fileOf = (conversation: string, id: string, size = 1_000) => ({
  id,
  conversation,
  name: 'エラー 报告.log',
  type: 'text/plain',
  bytes: randomBytes(size),
  at: 1_772_413_200_000,
});

describe.each(engines)('files in $name', (engine) => {
  let opened: Opened;
  let storage: Storage;
  beforeAll(async () => {
    opened = await engine.open();
    storage = opened.storage;
  }, 180_000);
  afterAll(() => opened.drop());

  test('come back byte by byte, and the first of an id stays', async () => {
    const file = fileOf('c1', 'f1', 300_000);
    await storage.transact((unit) => unit.files.add(file));
    await storage.transact((unit) => unit.files.add(fileOf('c1', 'f1')));
    const found = await storage.transact((unit) => unit.files.byId('f1'));
    expect(found && { ...found, bytes: Buffer.from(found.bytes) }).toEqual(file);
    expect(await storage.transact((unit) => unit.files.byId('f2'))).toBeUndefined();
  });

  test('are counted and forgotten by conversation', async () => {
    const sizeOf = (conversation: string) => storage.transact((unit) => unit.files.sizeOf(conversation));
    await storage.transact(async (unit) => {
      for (const id of ['a', 'b', 'c']) await unit.files.add(fileOf('c2', id));
      await unit.files.add(fileOf('c3', 'd'));
    });
    expect([await sizeOf('c2'), await sizeOf('c3'), await sizeOf('none')]).toEqual([3_000, 1_000, 0]);
    expect(await storage.transact((unit) => unit.files.forget('c2'))).toBe(3);
    expect([await sizeOf('c2'), await sizeOf('c3')]).toEqual([0, 1_000]);
  });
});
