import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { lineSchema } from '#src/desk/conversation-list.ts';
import { deadLetterSchema } from '#src/desk/dead-letters.ts';
import { mailSchema } from '#src/desk/mails.ts';
import { queueEntrySchema } from '#src/desk/queue-entry.ts';
import { queueOf } from '#src/desk/queue.ts';
import { widenedId } from '#src/handoff/clocks.ts';
import { deskTable } from '#src/desk/routes.ts';
import { Sessions } from '#src/desk/sessions.ts';
import { requestLineSchema, requestViewSchema } from '#src/desk/request-view.ts';
import { conversation, job, logRow, request } from '../storage/samples.ts';
import { pledge } from '../promises/pledge.ts';
import { openDesk, own, signIn, START, type Desk } from './desk.ts';

let desk: Desk;
let cookie = '';
beforeAll(async () => {
  desk = await openDesk();
  cookie = (await signIn(desk.url, 'agent-1')).cookie;
});
afterAll(() => desk.end());

const get = async (path: string) => {
  const response = await fetch(desk.url + path, { headers: { cookie } });
  return { status: response.status, json: await response.json() };
};

test('the queue over HTTP: exactly the fields of the contract, last words where no problem was told', async () => {
  await desk.storage.transact(async (unit) => {
    const talk = conversation({
      id: 'talk',
      owner: 'waiting',
      waitingSince: START,
      ownedSince: START,
      inSeq: 1,
      lastSeq: 1,
    });
    await unit.conversations.create(talk);
    await unit.rows.append([
      logRow({ conversation: 'talk', seq: 1, body: { type: 'message', text: 'a  person\nnow' } }),
    ]);
    await unit.conversations.create(conversation({ id: 'held', owner: 'agent', agent: 'agent-2', deskAt: START }));
    await unit.requests.insert(request({ number: 'SR-HELD', conversation: 'held', severity: 'C', respondBy: null }));
  });
  const { json } = await get('/desk/api/queue');
  const entries = z.array(queueEntrySchema).parse(json);
  expect(entries).toEqual([
    {
      conversation: 'talk',
      severity: 'B',
      offering: 'o365-21vianet',
      category: 'technical',
      language: 'zh-CN',
      summary: 'a person now',
      waitingSince: new Date(START).toISOString(),
      owner: 'waiting',
    },
    expect.objectContaining({ conversation: 'held', request: 'SR-HELD', severity: 'C', owner: 'agent' }),
  ]);
  expect(entries[1]).not.toHaveProperty('respondBy');
});

const filed = (number: string, severity: 'A' | 'B' | 'C', due: number | null, at = START) => {
  const respondBy = due === null ? null : new Date(START + due).toISOString();
  return request({ number, conversation: number, severity, respondBy, createdAt: at });
};
const waits = (id: string, severity: 'A' | 'B' | 'C' | '', since = START) => ({
  conversation: conversation({ id, owner: 'waiting' as const, waitingSince: since }),
  known: { severity, category: 'technical' as const, description: id },
  lastWords: '',
  widened: false,
});

test('the most urgent first: level, then who waits in the chat, then what is due, then who waits longer', () => {
  const queue = queueOf({
    people: [waits('p-none', ''), waits('p-C', 'C', START - 1), waits('p-B', 'B')],
    requests: [
      filed('r-C', 'C', null),
      filed('r-B-late', 'B', 2),
      filed('r-B-none-old', 'B', null, START - 5),
      filed('r-B-none', 'B', null),
      filed('r-B-soon', 'B', 1),
      filed('r-A', 'A', 9),
    ],
    withAgent: new Set(),
    owed: [],
    now: START,
  });
  expect(queue.map((entry) => entry.conversation)).toEqual([
    'r-A',
    'p-B',
    'r-B-soon',
    'r-B-late',
    'r-B-none-old',
    'r-B-none',
    'p-C',
    'p-none',
    'r-C',
  ]);
});

test('within a level, to whom a promise was broken comes first; what is promised next stands on the line', () => {
  const [late, soon, broken] = [filed('r-late', 'B', 9), filed('r-soon', 'B', 1), filed('r-broken', 'B', 99)];
  const owed = [
    pledge({ request: 'r-soon', due: START + 1, warnedAt: START }),
    pledge({ request: 'r-soon', kind: 'call-back', due: START + 2 }),
    pledge({ request: 'r-broken', due: START + 99, misses: 1 }),
  ];
  const queue = queueOf({
    people: [],
    requests: [late, soon, broken],
    withAgent: new Set(),
    owed,
    now: START,
  });
  expect(queue.map(({ request: number, promise }) => [number, promise?.standing, promise?.misses])).toEqual([
    ['r-broken', 'running', 1],
    ['r-soon', 'soon', 0],
    ['r-late', undefined, undefined],
  ]);
  expect(z.array(queueEntrySchema).parse(queue)).toHaveLength(3);
});

test('who waits after filing is one line, with the highest of their requests; the others stay lines of their own', () => {
  const talk = conversation({ id: 'talk', owner: 'waiting', waitingSince: START });
  const mine = (['C', 'A'] as const).map((severity) =>
    request({ number: `SR-${severity}`, conversation: 'talk', severity, description: `words ${severity}` }),
  );
  const queue = queueOf({
    people: [
      { conversation: talk, known: { severity: 'C', category: null, description: 'x' }, lastWords: '', widened: false },
    ],
    requests: mine,
    withAgent: new Set(),
    owed: [],
    now: START,
  });
  expect(queue).toHaveLength(2);
  expect(queue[0]).toMatchObject({ request: 'SR-A', severity: 'A', summary: 'words A', owner: 'waiting' });
  expect(queue[1]).toMatchObject({ request: 'SR-C', owner: 'waiting' });
});

test('a long text is cut between letters', () => {
  const description = `${'a'.repeat(198)}😀😀`;
  const [entry] = queueOf({
    people: [],
    requests: [request({ description })],
    withAgent: new Set(),
    owed: [],
    now: START,
  });
  expect(entry?.summary).toBe(`${'a'.repeat(198)}…`);
});

test('requests: newest first, page by page, with history; nothing but the view leaves the house', async () => {
  const fields = { person: 'key-of-person', tenant: 'tenant-key', submissionId: 'once-canary' };
  await desk.storage.transact(async (unit) => {
    await unit.requests.insert(request({ ...fields, number: 'SR-1', createdAt: START + 1 }));
    await unit.requests.insert(request({ ...fields, number: 'SR-2', createdAt: START + 2, submissionId: 'once-2' }));
    const event = { number: 'SR-2', seq: 2, at: START + 3, actor: 'agent-1', data: { text: 'more' } };
    await unit.requests.addEvent({ ...event, kind: 'information-added' });
  });
  const { json } = await get('/desk/api/requests?limit=2');
  const views = z.array(requestLineSchema.strict()).parse(json);
  expect(views.map(({ number }) => number)).toEqual(['SR-2', 'SR-1']);
  expect(views[0]?.history).toEqual([
    expect.objectContaining({ seq: 1, actor: 'customer', kind: 'filed' }),
    {
      seq: 2,
      at: new Date(START + 3).toISOString(),
      actor: 'agent-1',
      kind: 'information-added',
      data: { text: 'more' },
    },
  ]);
  for (const inside of ['key-of-person', 'tenant-key', 'once-canary'])
    expect(JSON.stringify(json)).not.toContain(inside);
  const next = z.array(requestLineSchema).parse((await get('/desk/api/requests?before=SR-1&limit=5')).json);
  expect(next.map(({ number }) => number)).toEqual(['SR-HELD']);
});

test('one request; reading it is noted with who read it', async () => {
  const { json } = await get('/desk/api/requests/SR-1');
  expect(requestViewSchema.strict().parse(json)).toMatchObject({ number: 'SR-1', state: 'open', severity: 'B' });
  const [entry] = await desk.storage.transact((unit) => unit.audit.list(1));
  expect(entry).toMatchObject({ actor: 'agent-1', action: 'request.read', subject: 'SR-1' });
});

test.each(['0', '201', '-1', '1e2', 'x', ''])('limit=%s is refused', async (limit) => {
  expect((await get(`/desk/api/requests?limit=${limit}`)).status).toBe(400);
});

test('mails, the newest first', async () => {
  const mail = { to: 'a@b.test', subject: 's', text: 't' };
  await desk.storage.transact(async (unit) => {
    for (const n of [1, 3, 2]) await unit.mails.add({ id: `m${n}`, ...mail, at: START + n });
  });
  const mails = z.array(mailSchema).parse((await get('/desk/api/mails')).json);
  expect(mails.map(({ id }) => id)).toEqual(['m3', 'm2', 'm1']);
  expect(mails[0]).toEqual({ id: 'm3', ...mail, at: new Date(START + 3).toISOString() });
});

const documentSchema = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({ responses: z.record(z.string(), z.unknown()) }))),
});

test('the description names every path, and every answer that was seen', async () => {
  const { paths } = documentSchema.parse((await get('/desk/api/openapi.json')).json);
  const named = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((name) => `${name} ${path}`),
  );
  const table = deskTable(desk.options, new Sessions(desk.options));
  const served = table.map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  expect(named.toSorted()).toEqual(served.toSorted());
  const responses = Object.keys(paths['/desk/api/requests/{number}']?.['get']?.responses ?? {});
  expect(responses).toEqual(['200', '401', '404']);
});

test('a missing year of working days is told, from 1 December on', async () => {
  expect((await get('/desk/api/warnings')).json).toEqual([]);
  desk.clock.now = Date.parse('2026-12-01T00:00:00+08:00');
  // The session of November is over by then.
  cookie = (await signIn(desk.url, 'agent-1')).cookie;
  const warning = { code: 'calendar-missing', calendar: 'cn', year: '2027' };
  expect((await get('/desk/api/warnings')).json).toEqual([warning]);
  desk.clock.now = START;
});

test('what needs a person: the reason, the request, and nothing of what it carries; a supervisor has it tried anew', async () => {
  const at = { runAt: START, createdAt: START };
  const mail = { number: 'SR-DEAD', to: 'canary@mail.test' };
  await desk.storage.transact(async (unit) => {
    await unit.requests.insert(request({ number: 'SR-DEAD' }));
    await unit.jobs.add(
      job({ id: 'dead-mail', kind: 'mail', key: 'mail:filed:SR-DEAD', request: 'SR-DEAD', payload: mail, ...at }),
    );
    await unit.jobs.add(job({ id: 'dead-ticket', kind: 'ticket', key: 'ticket:SR-DEAD:1', request: 'SR-DEAD', ...at }));
    await unit.jobs.bury('dead-mail', 'smtp-550');
    await unit.jobs.bury('dead-ticket', 'refused-400');
  });
  const { json } = await get('/desk/api/dead-letters');
  const letters = z.array(deadLetterSchema).parse(json);
  expect(letters.map(({ id, request: about, reason }) => [id, about, reason])).toEqual(
    expect.arrayContaining([
      ['dead-mail', 'SR-DEAD', 'smtp-550'],
      ['dead-ticket', 'SR-DEAD', 'refused-400'],
    ]),
  );
  expect(JSON.stringify(json)).not.toContain('canary');
  const view = async () => requestViewSchema.parse((await get('/desk/api/requests/SR-DEAD')).json).ticket;
  expect(await view()).toEqual({ state: 'needs-a-person', reason: 'refused-400' });
  const { cookie: boss } = await signIn(desk.url, 'supervisor');
  const retry = () =>
    fetch(`${desk.url}/desk/api/dead-letters/dead-ticket/retry`, {
      method: 'POST',
      headers: { ...own(desk.url), cookie: boss },
    });
  expect([(await retry()).status, (await retry()).status]).toEqual([200, 404]);
  expect(await view()).toEqual({ state: 'waiting', reason: 'refused-400' });
  await desk.storage.transact(async (unit) => {
    const ticket = {
      system: 'servicenow',
      id: 'f'.repeat(32),
      number: 'INC1',
      url: 'https://x.service-now.com/i',
    } as const;
    await unit.requests.setTicket('SR-DEAD', ticket);
    await unit.jobs.done('dead-ticket');
  });
  expect(await view()).toEqual({
    state: 'filed',
    system: 'servicenow',
    number: 'INC1',
    url: 'https://x.service-now.com/i',
    reason: null,
  });
});

test('whom everybody was asked for is offered to everybody: by the mark of the watch, not by another clock', async () => {
  const talks = ['w-asked', 'w-again', 'w-not'].map((id) =>
    conversation({ id, owner: 'waiting', waitingSince: START, ownedSince: 0, epoch: 3 }),
  );
  await desk.storage.transact(async (unit) => {
    for (const talk of talks) await unit.conversations.create(talk);
    await unit.spend(widenedId({ id: 'w-asked', epoch: 3 }), START + 1);
    // Of an earlier time in line.
    await unit.spend(widenedId({ id: 'w-again', epoch: 1 }), START + 1);
  });
  const entries = z.array(queueEntrySchema).parse((await get('/desk/api/queue?ids=w-asked,w-again,w-not')).json);
  expect(entries.map(({ conversation: id, widened }) => [id, widened])).toEqual([
    ['w-again', undefined],
    ['w-asked', true],
    ['w-not', undefined],
  ]);
});

test('after an event only the lines of what changed are read: the same as in the whole list', async () => {
  const whole = z.array(queueEntrySchema).parse((await get('/desk/api/queue')).json);
  for (const id of ['talk', 'held', 'w-asked']) {
    const part = z.array(queueEntrySchema).parse((await get(`/desk/api/queue?ids=${id}`)).json);
    expect(part).toEqual(whole.filter((entry) => entry.conversation === id));
    expect(part).toHaveLength(1);
  }
  expect((await get('/desk/api/queue?ids=gone')).json).toEqual([]);
  const { cookie: boss } = await signIn(desk.url, 'supervisor');
  const lines = async (path: string) =>
    z
      .array(lineSchema)
      .parse(await (await fetch(`${desk.url}/desk/api/conversations${path}`, { headers: { cookie: boss } })).json())
      .map(({ conversation: id }) => id);
  expect(await lines('')).toEqual(['held']);
  expect(await lines('?ids=held,talk,gone')).toEqual(['held']);
  // A colleague’s.
  expect((await get('/desk/api/conversations?ids=held')).json).toEqual([]);
});

test.each(['', ',', Array.from({ length: 51 }, (_none, n) => n).join()])('ids=%s is refused', async (ids) => {
  expect((await get(`/desk/api/queue?ids=${ids}`)).status).toBe(400);
  expect((await get(`/desk/api/conversations?ids=${ids}`)).status).toBe(400);
});
