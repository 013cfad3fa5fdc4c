import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Storage } from '#src/log/ports.ts';
import { openStorage } from '#src/storage/open.ts';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { conversation, request } from '../storage/samples.ts';

/** "A promise that was broken is told once": the real server is killed while it tells. */

let house: House;
let storage: Storage;
beforeAll(async () => {
  house = await openHouse({ PROMISE_EVERY_S: '1' });
  storage = await openStorage({ url: undefined, dataDir: house.dataDir });
}, 180_000);
afterAll(async () => {
  await storage.close();
  await house.end();
});

const ROUNDS = 3;
const EACH = 40;
const ids = Array.from({ length: ROUNDS * EACH }, (_none, at) => `talk-${at}`);

/** So many promises break at once, in conversations of their own. */
async function breaking(round: number): Promise<void> {
  const now = Date.now();
  await storage.transact(async (unit) => {
    for (const id of ids.slice(round * EACH, (round + 1) * EACH)) {
      await unit.conversations.create(conversation({ id, reference: null, language: 'en' }));
      const respondBy = new Date(now - 1).toISOString();
      await unit.requests.insert(request({ number: `SR-${id}`, conversation: id, createdAt: now - 60_000, respondBy }));
    }
  });
}

const apologies = (): Promise<number[]> =>
  storage.transact(async (unit) => {
    const counts: number[] = [];
    for (const id of ids) {
      const rows = await unit.rows.list(id, 0, 10);
      counts.push(rows.filter(({ role }) => role === 'bot').length);
    }
    return counts;
  });
const told = async (): Promise<number> => (await apologies()).filter((count) => count > 0).length;

async function until(enough: number): Promise<void> {
  for (const began = Date.now(); Date.now() - began < 60_000;) {
    if ((await told()) >= enough) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

test('killed three times in the middle of it: everybody hears once, and has a new promise', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    await breaking(round);
    await until(round * EACH + 3);
    await house.kill();
    await house.restart();
  }
  await until(ids.length);
  expect(await apologies()).toEqual(ids.map(() => 1));
  const states = await storage.transact(async (unit) => {
    const all: string[] = [];
    for (const id of ids) {
      const pledges = await unit.promises.ofRequest(`SR-${id}`);
      const notice = await unit.jobs.byKey(`notice:promise-broken:SR-${id}:1`);
      all.push([...pledges.map(({ state }) => state), notice ? 'notice' : 'no notice'].join());
    }
    return all;
  });
  expect(new Set(states)).toEqual(new Set(['broken,open,notice']));
}, 240_000);
