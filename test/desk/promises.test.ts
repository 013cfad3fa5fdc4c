import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { OFFERINGS } from '#knowledge/schema.ts';
import type { Agent } from '#src/desk/agents.ts';
import { requestViewSchema } from '#src/desk/request-view.ts';
import { Sessions } from '#src/desk/sessions.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { conversation, request } from '../storage/samples.ts';
import { openDesk, own, START, type Desk } from './desk.ts';

const HOUR = 3_600_000;
const iso = (at: number) => new Date(at).toISOString();
const mine = { id: 'agent-1', name: 'Li', role: 'agent', queues: ['o365-21vianet'] } as const satisfies Agent;
const boss = { id: 'boss', name: 'Boss', role: 'supervisor', queues: OFFERINGS } as const satisfies Agent;

let desk: Desk;
let filed: ServiceRequest;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.end());
beforeEach(async () => {
  desk.clock.now = START;
  const talk = conversation({ language: 'ja', reference: null, owner: 'agent', agent: mine.id, deskAt: START });
  const contact = { method: 'phone', phone: '+81312345678', language: 'ja', timeZone: 'Asia/Tokyo' } as const;
  filed = request({ conversation: talk.id, createdAt: START, respondBy: iso(START + HOUR), contact });
  await desk.storage.transact(async (unit) => {
    await unit.conversations.create(talk);
    await unit.requests.insert(filed);
  });
});

const call = async (agent: Agent, path: string, body?: object) => {
  const cookie = (await new Sessions(desk.options).open(agent)).split(';')[0] ?? '';
  const sent = body ? { method: 'POST', body: JSON.stringify(body) } : {};
  const response = await fetch(`${desk.url}/desk/api/${path}`, { ...sent, headers: { ...own(desk.url), cookie } });
  return { status: response.status, json: await response.json() };
};
const promise = (kind: string, due: number, agent: Agent = mine) =>
  call(agent, `requests/${filed.number}/promises`, { kind, due: iso(due) });
const kept = (seq: number, how: string) => call(mine, `requests/${filed.number}/promises/${seq}/kept`, { how });
const promises = async () => {
  const { json } = await call(mine, `requests/${filed.number}`);
  return requestViewSchema
    .parse(json)
    .promises.map(({ seq, kind, standing, by, reason }) => [seq, kind, standing, by, reason]);
};
const said = async () => {
  const rows = await desk.storage.transact((unit) => unit.rows.list(filed.conversation, 0, 50));
  return rows.filter(({ role }) => role === 'bot').map(({ body }) => body['text']);
};

test('an agent promises news: told on both clocks in the customer’s language, and it stands on the request', async () => {
  const { status, json } = await promise('update-by', START + 2 * HOUR);
  expect([status, json]).toEqual([
    200,
    expect.objectContaining({
      seq: 2,
      kind: 'update-by',
      due: iso(START + 2 * HOUR),
      standing: 'running',
      by: 'agent-1',
    }),
  ]);
  expect(await said()).toEqual([
    `${filed.number} の状況は、2026年11月20日(金) 17:00（北京時間）、お客様の現地時間では 2026年11月20日(金) 18:00 までに Li からお知らせします。`,
  ]);
  expect(await promises()).toEqual([
    [1, 'respond', 'running', 'policy', null],
    [2, 'update-by', 'running', 'agent-1', null],
  ]);
});

test('the same again says nothing again; another time takes its place', async () => {
  await promise('update-by', START + 2 * HOUR);
  expect((await promise('update-by', START + 2 * HOUR)).json).toMatchObject({ seq: 2 });
  expect(await said()).toHaveLength(1);
  expect((await promise('update-by', START + 3 * HOUR)).json).toMatchObject({ seq: 3, renews: 2 });
  expect((await promises()).slice(1)).toEqual([
    [2, 'update-by', 'renewed', 'agent-1', 'moved'],
    [3, 'update-by', 'running', 'agent-1', null],
  ]);
});

describe('refused', () => {
  test.each<[number, string, string, number]>([
    [400, 'too-soon', 'update-by', 0],
    [400, 'too-late', 'call-back', 31 * 24 * HOUR],
    [400, 'bad-request', 'respond', HOUR],
  ])('%d %s', async (status, code, kind, after) => {
    expect(await promise(kind, START + after)).toMatchObject({ status, json: { error: { code } } });
    expect(await said()).toEqual([]);
  });

  test('for a request that is closed, or of another queue, or none', async () => {
    const { number } = filed;
    await desk.storage.transact((unit) =>
      unit.requests.addEvent({ number, seq: 2, at: START, actor: 'agent-1', kind: 'closed', data: {} }),
    );
    expect((await promise('update-by', START + HOUR)).status).toBe(409);
    const other = { ...mine, queues: ['worldwide'] } as const satisfies Agent;
    expect((await promise('update-by', START + HOUR, other)).status).toBe(404);
    filed = { ...filed, number: 'SR-NONE' };
    expect((await promise('update-by', START + HOUR)).status).toBe(404);
    expect(await said()).toEqual([]);
  });
});

const nobodyHas = (owner: 'bot' | 'waiting') =>
  desk.storage.transact(async (unit) => {
    const talk = await unit.conversations.byId(filed.conversation);
    if (!talk || !(await unit.conversations.save({ ...talk, owner, agent: null }))) throw new Error('not saved');
  });

describe('whose it is to promise', () => {
  const colleague = { ...mine, id: 'agent-2', name: 'Wu' } as const satisfies Agent;

  test.each([
    ['who has them', mine, 200, { seq: 2 }],
    ['a supervisor', boss, 200, { seq: 2 }],
    ['a colleague', colleague, 409, { error: { code: 'not-yours' } }],
  ] as const)('an agent has them: %s, %i', async (_who, agent, status, told) => {
    expect(await promise('update-by', START + HOUR, agent)).toMatchObject({ status, json: told });
    const noted = await call(agent, `requests/${filed.number}/promises/1/kept`, { how: 'tell' });
    expect(noted.status).toBe(status);
    expect(await said()).toHaveLength(status === 200 ? 1 : 0);
  });

  test.each(['bot', 'waiting'] as const)('nobody has them (%s): anybody of the queue', async (owner) => {
    await nobodyHas(owner);
    expect((await promise('update-by', START + HOUR, colleague)).status).toBe(200);
  });
});

test('a call is kept by calling, not by telling; noted twice it is noted once', async () => {
  await promise('call-back', START + HOUR);
  expect(await kept(2, 'tell')).toMatchObject({ status: 409, json: { error: { code: 'not-by-that' } } });
  desk.clock.now = START + HOUR;
  expect((await kept(2, 'call')).json).toMatchObject({ standing: 'kept', reason: 'called', endedBy: 'agent-1' });
  expect((await kept(2, 'call')).status).toBe(200);
  desk.clock.now = START + HOUR + 1;
  expect((await kept(1, 'tell')).json).toMatchObject({ standing: 'broken', reason: 'late' });
  expect(await kept(1, 'tell')).toMatchObject({ status: 409, json: { error: { code: 'ended' } } });
  expect((await kept(9, 'tell')).status).toBe(404);
});

test('what an agent writes to the customer is the answer that was promised', async () => {
  await promise('update-by', START + HOUR);
  await promise('call-back', START + HOUR);
  const written = await call(mine, `conversations/${filed.conversation}/messages`, {
    id: 'm-1',
    text: 'お待たせしました',
  });
  expect(written.status).toBe(200);
  expect(await promises()).toEqual([
    [1, 'respond', 'kept', 'policy', 'answered'],
    [2, 'update-by', 'kept', 'agent-1', 'answered'],
    [3, 'call-back', 'running', 'agent-1', null],
  ]);
});

test('a note is no answer', async () => {
  await call(mine, `conversations/${filed.conversation}/notes`, { id: 'n-1', text: 'called the vendor' });
  expect(await promises()).toEqual([[1, 'respond', 'running', 'policy', null]]);
});

test('closing what is solved keeps the answer and frees from the call', async () => {
  await promise('call-back', START + HOUR);
  await call(mine, `conversations/${filed.conversation}/close`, { outcome: 'solved' });
  expect(await promises()).toEqual([
    [1, 'respond', 'kept', 'policy', 'closed'],
    [2, 'call-back', 'void', 'agent-1', 'closed'],
  ]);
});

const list = async (agent: Agent, path: string) =>
  z
    .array(
      z.looseObject({
        request: z.string(),
        seq: z.number(),
        standing: z.string(),
        customerZone: z.string().nullable(),
      }),
    )
    .parse((await call(agent, path)).json)
    .filter((line) => line.request === filed.number)
    .map(({ seq, standing, customerZone }) => [seq, standing, customerZone]);

test('what runs out and what was broken: with the customer’s zone, for those who serve that queue', async () => {
  expect(await list(mine, 'promises')).toEqual([]);
  await desk.storage.transact((unit) => unit.promises.warned({ request: filed.number, seq: 1 }, START));
  expect(await list(mine, 'promises')).toEqual([[1, 'soon', 'Asia/Tokyo']]);
  desk.clock.now = START + HOUR + 1;
  expect(await list(mine, 'promises')).toEqual([[1, 'overdue', 'Asia/Tokyo']]);
  expect(await list({ ...mine, queues: ['worldwide'] }, 'promises')).toEqual([]);
  await kept(1, 'tell');
  expect(await list(boss, 'promises/broken')).toEqual([[1, 'broken', 'Asia/Tokyo']]);
  expect(await list({ ...boss, queues: ['worldwide'] }, 'promises/broken')).toEqual([]);
  desk.clock.now = START + 8 * 24 * HOUR;
  expect(await list(boss, 'promises/broken')).toEqual([]);
});

test('two hundred promises of another queue take nobody’s place', async () => {
  const other = request({ number: 'SR-OTHER', offering: 'azure-21vianet', createdAt: START, respondBy: null });
  await desk.storage.transact(async (unit) => {
    await unit.requests.insert(other);
    for (let n = 0; n < 400; n += 1) {
      const { number, conversation: talk } = other;
      const made = { request: number, conversation: talk, kind: 'update-by', madeAt: START, by: 'agent-1' } as const;
      const { seq } = await unit.promises.add({ ...made, due: START - 1 });
      const late = { state: 'broken', reason: 'missed', at: START + 2 * HOUR, by: 'clock' } as const;
      if (n % 2 === 0) await unit.promises.end({ request: number, seq }, late);
    }
  });
  desk.clock.now = START + HOUR + 1;
  const serves = { ...boss, queues: ['o365-21vianet'] } as const satisfies Agent;
  expect(await list(serves, 'promises')).toEqual([[1, 'overdue', 'Asia/Tokyo']]);
  await kept(1, 'tell');
  expect(await list(serves, 'promises/broken')).toEqual([[1, 'broken', 'Asia/Tokyo']]);
});
