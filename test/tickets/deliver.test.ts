import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OFFERINGS } from '#knowledge/schema.ts';
import { randomUUID } from 'node:crypto';
import { BOOK_FOLDER } from '#knowledge/book.ts';
import { readServiceNowMap } from '#knowledge/tickets.ts';
import { Worker, LEASE_MS } from '#src/log/jobs.ts';
import { withOutbox } from '#src/log/outbox.ts';
import type { Storage } from '#src/log/ports.ts';
import { TICKET_JOB, ticketHandler, ticketKey } from '#src/log/tickets.ts';
import type { RequestEvent } from '#src/requests/request.ts';
import { serviceNow } from '../../src/outside/tickets/servicenow/system.ts';
import { randomFrom } from '../http/bad-inputs.ts';
import { engines, type Opened } from '../storage/engines.ts';
import { NOON } from '../storage/samples.ts';
import { filed, words } from './place.ts';
import { INSTANCE, ServiceNow } from './servicenow-house.ts';
import type { Call, Fault } from './servicenow-house.ts';

/**
 * "A submitted request reaches the backend exactly once" (promises 1, 4, 5), on a clock of its own: real storage, the real
 * worker, and a ServiceNow that answers, loses answers, is down, is late.
 */

let opened: Opened;
let desk: ServiceNow;
let now: number;
let woken: number;
const clock = () => now;

beforeEach(async () => {
  opened = await engines[0]!.open();
  now = NOON;
  woken = 0;
  desk = new ServiceNow();
  desk.clock = clock;
});
afterEach(() => opened.drop());

const map = readServiceNowMap(BOOK_FOLDER);
const account = { user: 'frontdesk', password: 'secret' };
const system = () => serviceNow({ instance: INSTANCE, account, map, words, ask: desk.ask, clock });
const office = () => withOutbox(opened.storage, { newId: randomUUID, wake: () => (woken += 1) });

function worker(random: () => number = () => 0.5): Worker {
  const handlers = { [TICKET_JOB]: ticketHandler(opened.storage, system(), clock) };
  return new Worker({ storage: opened.storage, handlers, clock, chance: random, failed: () => undefined });
}

const number = (index: number) => `SR-${String(index).padStart(4, '0')}`;
async function file(storage: Storage, ...indexes: number[]): Promise<void> {
  for (const index of indexes)
    await storage.transact((unit) =>
      unit.requests.insert(filed({ number: number(index), submissionId: `card-${index}`, createdAt: now })),
    );
}
const add = (storage: Storage, event: Partial<RequestEvent>) =>
  storage.transact((unit) =>
    unit.requests.addEvent({
      number: number(1),
      seq: 2,
      at: now,
      actor: 'customer',
      kind: 'information-added',
      data: { text: '现在打印机也坏了。' },
      ...event,
    }),
  );
const state = (index: number, seq = 1) =>
  opened.storage.transact((unit) => unit.jobs.byKey(ticketKey(number(index), seq)));
const counts = () => opened.storage.transact((unit) => unit.jobs.counts());
const inserts = (call: Call) => call.method === 'POST';

async function pass(ms: number, step: number, one: Worker): Promise<void> {
  for (const end = now + ms; now < end;) {
    now += step;
    await one.runDue();
  }
}

test('what is filed or changed is a job in the same transaction: all of it is kept, or none', async () => {
  const storage = office();
  await file(storage, 1);
  expect(woken).toBe(1);
  await expect(
    storage.transact(async (unit) => {
      await unit.requests.insert(filed({ number: number(2), submissionId: 'card-2' }));
      throw new Error('after it was written');
    }),
  ).rejects.toThrow('after it was written');
  expect(await counts()).toEqual({ ready: 1, dead: 0 });
  await storage.transact((unit) => unit.requests.byNumber(number(1)));
  expect(woken).toBe(1);
});

test('the whole life of a request, in order, and its number over there is kept', async () => {
  const storage = office();
  await file(storage, 1);
  await add(storage, { seq: 2 });
  await add(storage, { seq: 3, kind: 'severity-changed', data: { severity: 'A', reason: 'worse' } });
  await add(storage, { seq: 4, kind: 'closed', data: { outcome: 'solved' } });
  await add(storage, { seq: 5, kind: 'reopened', data: {} });
  let first = true;
  desk.fault = () => (first ? ((first = false), 503) : null);
  await pass(300_000, 1_000, worker());
  const [incident] = desk.incidents;
  expect(incident).toMatchObject({
    number: 'INC0010001',
    comments: [`现在打印机也坏了。\n\n[${number(1)}:2]`],
    fields: { impact: '1', urgency: '1', state: '2', close_code: 'Solution provided' },
  });
  const bodies = desk.calls.filter(({ method }) => method !== 'GET').map(({ body }) => JSON.stringify(body));
  expect(bodies.map((body) => /correlation_id|comments|"impact"|"6"|"2"/.exec(body)?.[0])).toEqual([
    // The first was refused by a 503.
    'correlation_id', 'correlation_id', 'comments', '"impact"', '"6"', '"2"',
  ]); // prettier-ignore
  expect(await storage.transact((unit) => unit.requests.byNumber(number(1)))).toMatchObject({
    ticket: { system: 'servicenow', number: 'INC0010001', url: `${INSTANCE}/incident.do?sys_id=${incident?.sys_id}` },
  });
  expect(await counts()).toEqual({ ready: 0, dead: 0 });
});

test('503 in 15 %, the answer lost in 15 %, late in 5 %: each of 60 requests and of their additions arrives once', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const random = randomFrom(seed);
  desk.fault = (call): Fault | null => {
    const chance = random(100);
    if (chance < 15) return 503;
    if (chance < 30) return 'lost';
    return chance < 35 && call.method !== 'GET' ? { late: random(60_000) } : null;
  };
  const storage = office();
  const indexes = Array.from({ length: 60 }, (_, index) => index + 1);
  await file(storage, ...indexes);
  for (const index of indexes) await add(storage, { number: number(index) });
  const one = worker(() => random(1000) / 1000);
  for (let round = 0; round < 24 && (await counts()).ready > 0; round += 1) await pass(600_000, 20_000, one);
  expect(await counts(), `seed ${seed}`).toEqual({ ready: 0, dead: 0 });
  now += 120_000;
  desk.fault = () => null;
  for (const index of indexes) {
    expect(desk.of(number(index)), `seed ${seed}: ${number(index)}`).toHaveLength(1);
    expect(desk.of(number(index))[0]?.comments, `seed ${seed}: ${number(index)}`).toHaveLength(1);
  }
}, 180_000);

test('one that is refused for good holds up no other, and needs a person', async () => {
  desk.fault = (call) => (JSON.stringify(call.body ?? '').includes(number(50)) ? 400 : null);
  const storage = office();
  await file(storage, ...Array.from({ length: 100 }, (_, index) => index + 1));
  await add(storage, { number: number(50) });
  await pass(60_000, 10_000, worker());
  expect(desk.incidents).toHaveLength(99);
  expect(await state(50)).toMatchObject({ state: 'dead', lastError: 'refused-400', attempts: 1 });
  expect(await state(50, 2)).toMatchObject({ state: 'dead', lastError: 'never-filed' });
  // Mended over there, a person has both tried anew.
  desk.fault = () => null;
  for (const seq of [1, 2]) {
    const { id = '' } = (await state(50, seq)) ?? {};
    await opened.storage.transact((unit) => unit.jobs.revive(id, now, OFFERINGS));
  }
  await pass(120_000, 10_000, worker());
  expect(desk.of(number(50))).toMatchObject([{ comments: [expect.stringContaining('打印机')] }]);
}, 180_000);

describe('a process that dies', () => {
  test.each([
    ['before it sent', false],
    ['after it sent and before it marked', true],
  ])('%s: the request is there once', async (_when, sent) => {
    await file(office(), 1);
    const claimed = await opened.storage.transact((unit) =>
      unit.jobs.claim({ kind: TICKET_JOB, now, until: now + LEASE_MS, limit: 1 }),
    );
    expect(claimed).toHaveLength(1);
    if (sent) await system().file(filed({ number: number(1) }), { key: 'k', again: false, unsettled: false, at: now });
    await pass(300_000, 1_000, worker());
    expect(desk.of(number(1))).toHaveLength(1);
    expect(await state(1)).toMatchObject({ state: 'done' });
  });

  test('whose call is done only after another process has looked: it is not sent a second time', async () => {
    await file(office(), 1);
    let calls = 0;
    desk.fault = (call) => (inserts(call) && (calls += 1) === 1 ? { late: 59_000 } : null);
    await pass(600_000, 1_000, worker());
    expect(calls).toBe(1);
    expect(desk.of(number(1))).toHaveLength(1);
  });
});

test('six hours without ServiceNow, five deaths, 200 requests: all arrive once, within a minute, and nobody knocks too often', async () => {
  const hour = 3_600_000;
  const end = NOON + 6 * hour;
  const tries = new Map<string, number[]>();
  desk.fault = () => (now < end ? 'refused' : null);
  const random = randomFrom(46);
  const storage = office();
  let one = worker(() => random(1000) / 1000);
  for (let index = 1; now < end; now += 30_000) {
    if (index <= 200 && now >= NOON + (index * 5.9 * hour) / 200) {
      await file(storage, index);
      index += 1;
    }
    // A process that dies: what it had claimed is free when the lease ends.
    if ((now - NOON) % hour === 30_000 && now - NOON < 5.5 * hour) {
      await opened.storage.transact((unit) =>
        unit.jobs.claim({ kind: TICKET_JOB, now, until: now + LEASE_MS, limit: 10 }),
      );
      one = worker(() => random(1000) / 1000);
    }
    desk.calls.length = 0;
    await one.runDue();
    for (const { body, query } of desk.calls) {
      const about = /SR-\d{4}/.exec(JSON.stringify(body ?? '') + query.get('sysparm_query'))?.[0] ?? '';
      tries.set(about, [...(tries.get(about) ?? []), now]);
    }
  }
  expect(desk.incidents).toEqual([]);
  const hot = [...tries.values()].flatMap((at) => at.slice(5).map((time, index) => time - (at[index + 4] ?? 0)));
  expect(hot.length).toBeGreaterThan(1_000);
  expect(Math.min(...hot)).toBeGreaterThanOrEqual(60_000);
  // Up again: the first who gets through calls the others.
  await pass(90_000, 5_000, one);
  expect(await counts()).toEqual({ ready: 0, dead: 0 });
  expect(desk.incidents).toHaveLength(200);
  expect(new Set(desk.incidents.map(({ fields }) => fields['correlation_id'])).size).toBe(200);
}, 180_000);
