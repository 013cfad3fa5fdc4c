import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OFFERINGS } from '#knowledge/schema.ts';
import type { Agent } from '#src/desk/agents.ts';
import { deskTable } from '#src/desk/routes.ts';
import { Sessions } from '#src/desk/sessions.ts';
import { conversation, job, request } from '../storage/samples.ts';
import { openDesk, own, signIn, START, type Desk, type Headers } from './desk.ts';

const WORDS = { id: 'words-1', text: 'one moment' };

const PROMISE = { kind: 'update-by', due: new Date(START + 3_600_000).toISOString() };

/**
 * Who gets what from each route of the desk: nobody signed in (with any cookie that is no session, a signed-out one too), an
 * agent of the record's queue, one of another queue, a supervisor of another queue, one of all, an admin. A route without a row fails, and so does a row
 * without a route. A change is tried also without our header, without an Origin, and from a stranger's page.
 */
const ROWS: Readonly<Record<string, { is: Statuses; body?: object }>> = {
  'POST /desk/session': { is: [200, 200, 200, 200, 200, 200], body: { as: 'agent-2' } },
  'POST /desk/session/teams': { is: [403, 403, 403, 403, 403, 403], body: { token: 'x' } },
  'DELETE /desk/session': { is: [401, 204, 204, 204, 204, 204] },
  'GET /desk/sign-in': { is: [303, 303, 303, 303, 303, 303] },
  'GET /desk/callback': { is: [303, 303, 303, 303, 303, 303] },
  'GET /desk/sign-out': { is: [303, 303, 303, 303, 303, 303] },
  'GET /desk/api/sign-in': { is: [200, 200, 200, 200, 200, 200] },
  'GET /desk/api/me': { is: [401, 200, 200, 200, 200, 200] },
  'GET /desk/api/queue': { is: [401, 200, 200, 200, 200, 200] },
  'GET /desk/api/conversations': { is: [401, 200, 200, 200, 200, 200] },
  'GET /desk/api/conversations/talk-canary': { is: [401, 200, 404, 404, 200, 200] },
  'GET /desk/api/conversations/talk-missing': { is: [401, 404, 404, 404, 404, 404] },
  'GET /desk/api/conversations/talk-of-bot': { is: [401, 404, 404, 404, 404, 404] },
  'GET /desk/api/conversations/talk-of-other': { is: [401, 404, 404, 404, 200, 200] },
  'GET /desk/api/conversations/talk-canary/log': { is: [401, 200, 404, 404, 200, 200] },
  'GET /desk/api/conversations/talk-of-other/log': { is: [401, 404, 404, 404, 200, 200] },
  'GET /desk/api/conversations/talk-canary/files/file-canary': { is: [401, 200, 404, 404, 200, 200] },
  'GET /desk/api/conversations/talk-canary/files/file-missing': { is: [401, 404, 404, 404, 404, 404] },
  'POST /desk/api/conversations/talk-canary/contact': { is: [401, 409, 404, 404, 200, 200], body: { reason: 'call' } },
  'POST /desk/api/conversations/talk-of-other/contact': {
    is: [401, 404, 404, 404, 200, 200],
    body: { reason: 'write' },
  },
  'POST /desk/api/conversations/talk-canary/messages': { is: [401, 409, 404, 404, 409, 409], body: WORDS },
  'POST /desk/api/conversations/talk-canary/notes': { is: [401, 409, 404, 404, 200, 200], body: WORDS },
  'POST /desk/api/conversations/talk-canary/typing': { is: [401, 409, 404, 404, 409, 409] },
  'POST /desk/api/conversations/talk-canary/severity': {
    is: [401, 409, 404, 404, 409, 409],
    body: { severity: 'B', reason: 'worse' },
  },
  'POST /desk/api/conversations/talk-canary/warning': { is: [401, 409, 404, 404, 409, 409], body: { severity: 'C' } },
  'GET /desk/api/conversations/talk-canary/code': { is: [401, 200, 404, 404, 200, 200] },
  'POST /desk/api/conversations/talk-canary/code': { is: [401, 409, 404, 404, 409, 409], body: {} },
  'POST /desk/api/conversations/talk-canary/transfer': { is: [401, 409, 404, 404, 409, 409], body: { to: 'queue' } },
  'POST /desk/api/conversations/talk-canary/return': { is: [401, 409, 404, 404, 409, 409] },
  'POST /desk/api/conversations/talk-canary/close': { is: [401, 409, 404, 404, 409, 409], body: { outcome: 'solved' } },
  'POST /desk/api/conversations/talk-free/accept': { is: [401, 200, 404, 404, 409, 409] },
  'POST /desk/api/conversations/talk-of-other/take-over': { is: [401, 403, 403, 404, 200, 200] },
  'PUT /desk/api/me/presence': { is: [401, 200, 200, 200, 200, 200], body: { state: 'on-duty' } },
  'PUT /desk/api/me/skills': {
    is: [401, 200, 200, 200, 200, 200],
    body: { languages: ['ja'], categories: [], capacity: 3 },
  },
  'GET /desk/api/agents': { is: [401, 200, 200, 200, 200, 200] },
  'GET /desk/api/events': { is: [401, 200, 200, 200, 200, 200] },
  'GET /desk/api/requests': { is: [401, 200, 200, 200, 200, 200] },
  'GET /desk/api/requests/SR-CANARY': { is: [401, 200, 404, 404, 200, 200] },
  'POST /desk/api/requests/SR-CANARY/contact': { is: [401, 409, 404, 404, 200, 200], body: { reason: 'call' } },
  'POST /desk/api/requests/SR-MISSING/contact': { is: [401, 404, 404, 404, 404, 404], body: { reason: 'call' } },
  'GET /desk/api/requests/SR-MISSING': { is: [401, 404, 404, 404, 404, 404] },
  'GET /desk/api/dead-letters': { is: [401, 200, 200, 200, 200, 200] },
  'POST /desk/api/dead-letters/job-canary/retry': { is: [401, 403, 403, 404, 200, 404] },
  'POST /desk/api/dead-letters/job-missing/retry': { is: [401, 403, 403, 404, 404, 404] },
  'POST /desk/api/requests/SR-CANARY/promises': { is: [401, 200, 404, 404, 200, 200], body: PROMISE },
  'POST /desk/api/requests/SR-MISSING/promises': { is: [401, 404, 404, 404, 404, 404], body: PROMISE },
  'POST /desk/api/requests/SR-CANARY/promises/1/kept': { is: [401, 200, 404, 404, 200, 200], body: { how: 'tell' } },
  'POST /desk/api/requests/SR-CANARY/promises/99/kept': { is: [401, 404, 404, 404, 404, 404], body: { how: 'tell' } },
  'GET /desk/api/promises': { is: [401, 200, 200, 200, 200, 200] },
  'GET /desk/api/promises/broken': { is: [401, 403, 403, 200, 200, 200] },
  'GET /desk/api/mails': { is: [401, 403, 403, 403, 200, 200] },
  'GET /desk/api/canned': { is: [401, 200, 200, 200, 200, 200] },
  'GET /desk/api/warnings': { is: [401, 200, 200, 200, 200, 200] },
  'GET /desk/api/openapi.json': { is: [401, 200, 200, 200, 200, 200] },
};
type Statuses = readonly [
  nobody: number,
  agent: number,
  otherQueue: number,
  otherSupervisor: number,
  supervisor: number,
  admin: number,
];
const WHO = [
  { id: 'agent-1', name: 'agent-1', role: 'agent', queues: ['o365-21vianet'] },
  { id: 'agent-9', name: 'agent-9', role: 'agent', queues: ['azure-21vianet'] },
  { id: 'boss-9', name: 'boss-9', role: 'supervisor', queues: ['azure-21vianet'] },
  { id: 'supervisor', name: 'supervisor', role: 'supervisor', queues: OFFERINGS },
  { id: 'admin', name: 'admin', role: 'admin', queues: OFFERINGS },
] as const satisfies readonly Agent[];
const CANARIES = ['SR-CANARY', 'canary-words', 'canary-name', 'canary@mail.test', 'canary-person', 'canary-mail'];

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk({ RATE_SIGN_IN: '10000' });
  await desk.storage.transact(async (unit) => {
    const waits = { owner: 'waiting', waitingSince: START, deskAt: START, person: 'canary-person' } as const;
    await unit.conversations.create(conversation({ ...waits, id: 'talk-canary' }));
    await unit.conversations.create(conversation({ ...waits, id: 'talk-free' }));
    await unit.conversations.create(conversation({ id: 'talk-of-bot', person: 'canary-person' }));
    const held = { owner: 'agent', agent: 'agent-2', deskAt: START } as const;
    await unit.conversations.create(conversation({ ...held, id: 'talk-of-other' }));
    const file = { id: 'file-canary', conversation: 'talk-canary', name: 'log.txt', type: 'text/plain', at: START };
    await unit.files.add({ ...file, bytes: Buffer.from('canary-words') });
    await unit.requests.insert(
      request({
        number: 'SR-CANARY',
        conversation: 'talk-canary',
        respondBy: PROMISE.due,
        description: 'canary-words',
        person: 'canary-person',
        personName: 'canary-name',
        contact: { name: 'canary-name', method: 'email', email: 'canary@mail.test', language: 'en' },
      }),
    );
    const letter = { id: 'job-canary', kind: 'ticket', key: 'ticket:SR-CANARY:1', request: 'SR-CANARY' };
    await unit.jobs.add(job(letter));
    await unit.jobs.bury('job-canary', 'refused-400');
    await unit.mails.add({ id: 'm1', to: 'canary@mail.test', subject: 'canary-mail', text: 'canary-mail', at: START });
  });
});
afterAll(() => desk.end());

const rows = Object.entries(ROWS).map(([name, row]) => {
  const [method = '', path = ''] = name.split(' ');
  return { name, method, path, ...row };
});

async function ask({ method, path, body }: (typeof rows)[number], headers: Headers) {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(desk.url + path, { method, headers, redirect: 'manual', ...sent });
  if (response.headers.get('content-type')?.startsWith('text/event-stream') === true) {
    await response.body?.cancel();
    return { status: response.status, text: '' };
  }
  return { status: response.status, text: await response.text() };
}

/** A session of anybody's, as the sign-in of the organization opens it. */
const cookieFor = async (agent: Agent): Promise<string> =>
  (await new Sessions(desk.options).open(agent)).split(';')[0] ?? '';

const isOf = (route: string) => new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}$`);

test('every route has a row, and every row a route', () => {
  const table = deskTable(desk.options, new Sessions(desk.options)).map(({ method, path }) => `${method} ${path}`);
  // A name without parameters is the more exact one: `sign-in` is no `:number`.
  const routeOf = (name: string) =>
    table.find((route) => route === name) ?? table.find((route) => isOf(route).test(name));
  const covered = Object.keys(ROWS).map((name) => routeOf(name) ?? `no route: ${name}`);
  expect(new Set(covered)).toEqual(new Set(table));
});

describe.each(rows)('$name', (row) => {
  test.each(WHO.map((agent, at) => [`${agent.role} of ${agent.queues.join()}`, agent, at + 1] as const))(
    'signed in as %s',
    async (_who, agent, at) => {
      const { status, text } = await ask(row, { ...own(desk.url), cookie: await cookieFor(agent) });
      expect(status).toBe(row.is[at]);
      expect(text).not.toContain('canary-person');
      // Of another queue nothing at all is told.
      for (const canary of at === 2 || at === 3 ? CANARIES : []) expect(text).not.toContain(canary);
    },
  );

  test.each([
    ['no cookie', ''],
    ['an empty cookie', 'frontdesk-desk='],
    ['a made-up cookie', 'frontdesk-desk=eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZ2VudC0xIn0.'],
    ['the cookie of the production name', '__Host-frontdesk-desk=x'],
    ['a signed-out cookie', 'signed-out'],
  ])('not signed in, with %s: refused, and nothing of anybody is told', async (_what, given) => {
    const cookie = given === 'signed-out' ? await signedOut() : given;
    const { status, text } = await ask(row, { ...own(desk.url), ...(cookie && { cookie }) });
    expect(status).toBe(row.is[0]);
    for (const canary of CANARIES) expect(text).not.toContain(canary);
  });
});

async function signedOut(): Promise<string> {
  const cookie = await cookieFor(WHO[4]);
  await fetch(`${desk.url}/desk/session`, { method: 'DELETE', headers: { ...own(desk.url), cookie } });
  return cookie;
}

describe.each(rows.filter(({ method }) => method !== 'GET'))('$name, a change', (row) => {
  test.each([
    ['our header', (url: string) => ({ ...own(url), 'x-frontdesk': '' })],
    ['the right header', (url: string) => ({ ...own(url), 'x-frontdesk': 'true' })],
    ['an Origin', (url: string) => ({ 'x-frontdesk': '1', 'content-type': own(url)['content-type'] ?? '' })],
    ['our Origin (null)', (url: string) => ({ ...own(url), origin: 'null' })],
    ['our Origin (another port)', (url: string) => ({ ...own(url), origin: 'http://127.0.0.1:1' })],
    ['our Origin (a stranger)', (url: string) => ({ ...own(url), origin: 'https://evil.test' })],
    ['our Origin (ours as a prefix)', (url: string) => ({ ...own(url), origin: `${url}.evil.test` })],
  ])('without %s: 403, and nothing has changed', async (_what, headersOf) => {
    const { cookie } = await signIn(desk.url, 'agent-1');
    const { status, text } = await ask(row, { ...headersOf(desk.url), cookie });
    expect(status).toBe(403);
    expect(JSON.parse(text)).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
    const me = await fetch(`${desk.url}/desk/api/me`, { headers: { cookie } });
    expect(await me.json()).toMatchObject({ id: 'agent-1' });
  });
});
