import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deskTable } from '#src/desk/routes.ts';
import { Sessions } from '#src/desk/sessions.ts';
import { conversation, request } from '../storage/samples.ts';
import { openDesk, own, signIn, START, type Desk, type Headers } from './desk.ts';

/**
 * Who gets what from each route of the desk. A route without a row fails, and so does a row without a route. `no` stands for
 * nobody signed in; a change is tried also without our header, without an Origin, and from a stranger's page.
 */
const ROWS: Readonly<Record<string, { no: number; agent: number; supervisor: number; body?: object }>> = {
  'POST /desk/session': { no: 200, agent: 200, supervisor: 200, body: { as: 'agent-2' } },
  'DELETE /desk/session': { no: 401, agent: 204, supervisor: 204 },
  'GET /desk/api/me': { no: 401, agent: 200, supervisor: 200 },
  'GET /desk/api/queue': { no: 401, agent: 200, supervisor: 200 },
  'GET /desk/api/requests': { no: 401, agent: 200, supervisor: 200 },
  'GET /desk/api/requests/SR-CANARY': { no: 401, agent: 200, supervisor: 200 },
  'GET /desk/api/requests/SR-MISSING': { no: 401, agent: 404, supervisor: 404 },
  'GET /desk/api/mails': { no: 401, agent: 200, supervisor: 200 },
  'GET /desk/api/warnings': { no: 401, agent: 200, supervisor: 200 },
  'GET /desk/api/openapi.json': { no: 401, agent: 200, supervisor: 200 },
};
const CANARIES = ['SR-CANARY', 'canary-words', 'canary-name', 'canary@mail.test', 'canary-person', 'canary-mail'];

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
  await desk.storage.transact(async (unit) => {
    const talk = conversation({ id: 'talk-canary', owner: 'waiting', waitingSince: START, person: 'canary-person' });
    await unit.conversations.create(talk);
    await unit.requests.insert(
      request({
        number: 'SR-CANARY',
        description: 'canary-words',
        person: 'canary-person',
        personName: 'canary-name',
        contact: { name: 'canary-name', method: 'email', email: 'canary@mail.test', language: 'en' },
      }),
    );
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
  const response = await fetch(desk.url + path, { method, headers, ...sent });
  return { status: response.status, text: await response.text() };
}

test('every route has a row, and every row a route', () => {
  const table = deskTable(desk.options, new Sessions(desk.options)).map(({ method, path }) => `${method} ${path}`);
  const named = Object.keys(ROWS).map((name) => name.replace(/SR-\w+$/, ':number'));
  expect(new Set(named)).toEqual(new Set(table));
});

describe.each(rows)('$name', (row) => {
  test.each(['agent-1', 'supervisor'] as const)('signed in as %s', async (as) => {
    const { cookie } = await signIn(desk.url, as);
    const { status, text } = await ask(row, { ...own(desk.url), cookie });
    expect(status).toBe(as === 'supervisor' ? row.supervisor : row.agent);
    expect(text).not.toContain('canary-person');
  });

  test.each([
    ['no cookie', ''],
    ['an empty cookie', 'frontdesk-desk='],
    ['a made-up cookie', 'frontdesk-desk=eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZ2VudC0xIn0.'],
    ['the cookie of the production name', '__Host-frontdesk-desk=x'],
  ])('not signed in, with %s: refused, and nothing of anybody is told', async (_what, cookie) => {
    const { status, text } = await ask(row, { ...own(desk.url), ...(cookie && { cookie }) });
    expect(status).toBe(row.no);
    for (const canary of CANARIES) expect(text).not.toContain(canary);
  });
});

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
