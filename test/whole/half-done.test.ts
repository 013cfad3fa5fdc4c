import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stepOf } from '../conversations/channel.ts';
import { tokenOf } from '../conversations/play.ts';
import { requestsIn } from '../conversations/requests.ts';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { Visitor } from './visitor.ts';

/** "A turn is one transaction": one that fails between its writes has not happened, and can be asked again. */

let house: House;
beforeAll(async () => {
  house = await openHouse();
}, 180_000);
afterAll(() => house.end());

const STEPS: readonly [step: string, value: Record<string, unknown>][] = [
  ['answer', { choice: 'no' }],
  ['similar', { choice: 'different' }],
  ['severity', { choice: 'B' }],
  ['contact', { method: 'email', email: 'alex@contoso.example' }],
];

test('a submit that fails after its request was written leaves no request, no word and the same step', async () => {
  const visitor = await Visitor.come(house, 'admin-direct');
  await visitor.open();
  await visitor.post('begin', { text: 'The meeting room devices lose sound in both offices' });
  for (const [step, value] of STEPS) {
    if (stepOf(await visitor.all()) !== step) continue;
    await visitor.post(step, { value: { step, ...value } });
  }
  const before = await visitor.all();
  expect(stepOf(before)).toBe('review');
  const part = { value: { step: 'review', choice: 'submit', ...tokenOf(before.slice(-1)) } };

  const operator = new Database(join(house.dataDir, 'frontdesk.db'), { timeout: 5_000 });
  operator.exec("create trigger no_jobs before insert on jobs begin select raise(abort, 'canary'); end");
  const refused = await visitor.post('submit', part);
  expect(refused.status).toBeGreaterThanOrEqual(500);
  expect(await refused.text()).not.toContain('canary');
  expect(requestsIn(house)).toEqual([]);
  expect((await visitor.all()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));

  operator.exec('drop trigger no_jobs');
  operator.close();
  for (let times = 0; times < 2; times += 1) expect((await visitor.post('submit', part)).status).toBe(200);
  expect(stepOf(await visitor.all())).toBe('submitted');
  expect(requestsIn(house)).toHaveLength(1);
}, 180_000);
