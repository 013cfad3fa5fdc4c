import nock from 'nock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BOOK_FOLDER } from '#knowledge/book.ts';
import { readServiceNowMap } from '#knowledge/tickets.ts';
import type { Ticket } from '#src/requests/ticket.ts';
import { ask } from '../../src/outside/tickets/ask.ts';
import { serviceNow } from '../../src/outside/tickets/servicenow/system.ts';
import type { ServiceNowOptions } from '../../src/outside/tickets/servicenow/system.ts';
import { again, filed, FIRST, NUMBER, words } from './place.ts';
import { INSTANCE, ServiceNow } from './servicenow-house.ts';

/** ServiceNow on the wire: what it is sent, and what becomes of its answers. */

let desk: ServiceNow;
let now = 0;
beforeAll(() => {
  nock.disableNetConnect();
});
beforeEach(() => {
  now = 1_800_000_000_000;
  desk = new ServiceNow().listen();
});
afterEach(() => nock.cleanAll());
afterAll(() => nock.enableNetConnect());

const ACCOUNT = { user: 'frontdesk', password: 'pässword' };
const map = readServiceNowMap(BOOK_FOLDER);
const system = (given: Partial<ServiceNowOptions> = {}) =>
  serviceNow({ instance: INSTANCE, account: ACCOUNT, map, words, ask, clock: () => now, ...given });

async function made(): Promise<Ticket> {
  const outcome = await system().file(filed(), FIRST);
  if (outcome.kind !== 'done') throw new Error(outcome.reason);
  return outcome.value;
}

describe('a request becomes an incident', () => {
  test('with everything that the person reviewed, found again by our number', async () => {
    const contact = { name: '李伟', method: 'phone', phone: '+86 10 8765 4321', language: 'zh-CN' } as const;
    const outcome = await system({ group: 'Service Desk' }).file(filed({ severity: 'A', contact }), FIRST);
    const [incident] = desk.incidents;
    expect(outcome).toEqual({
      kind: 'done',
      value: {
        system: 'servicenow',
        id: incident?.sys_id,
        number: 'INC0010001',
        url: `${INSTANCE}/incident.do?sys_id=${incident?.sys_id}`,
      },
    });
    expect(incident?.fields).toEqual({
      short_description: `${NUMBER} 上海办公室的所有人都收不到邮件。`,
      description: expect.stringMatching(/上海办公室的所有人都收不到邮件。[^]*李伟[^]*\+86 10 8765 4321/),
      correlation_id: NUMBER,
      correlation_display: 'Frontdesk',
      contact_type: 'virtual_agent',
      category: 'software',
      impact: '1',
      urgency: '1',
      assignment_group: 'Service Desk',
    });
    const [call] = desk.calls;
    expect(call?.headers.get('authorization')).toBe(`Basic ${Buffer.from('frontdesk:pässword').toString('base64')}`);
    expect(desk.calls).toHaveLength(1);
  });

  test.each([
    ['A', '1'],
    ['B', '2'],
    ['C', '3'],
  ] as const)(
    'level %s: impact and urgency %s, and no priority, which is worked out there',
    async (severity, grade) => {
      await system().file(filed({ severity }), FIRST);
      expect(desk.incidents[0]?.fields).toMatchObject({ impact: grade, urgency: grade });
      expect(desk.incidents[0]?.fields).not.toHaveProperty('priority');
    },
  );

  test('a long description makes a title that fits, whole letters', async () => {
    await system().file(filed({ description: '𠮷'.repeat(5_000) }), FIRST);
    const { short_description: title = '', description = '' } = desk.incidents[0]?.fields ?? {};
    expect(Array.from(title).length).toBeLessThanOrEqual(160);
    expect(title.isWellFormed()).toBe(true);
    expect(description).toContain('𠮷'.repeat(5_000));
  });
});

describe('a request is there once', () => {
  test('tried again, it is looked for before it is sent', async () => {
    const ticket = await made();
    expect(await system().file(filed(), again())).toEqual({ kind: 'done', value: ticket });
    expect(desk.incidents).toHaveLength(1);
  });

  test('not found, it is sent; but not while an attempt may still be under way', async () => {
    expect(await system().file(filed(), again({ unsettled: true }))).toEqual({
      kind: 'later',
      reason: 'uncertain',
      afterMs: 75_000,
    });
    expect(desk.incidents).toHaveLength(0);
    expect((await system().file(filed(), again())).kind).toBe('done');
    expect(desk.incidents).toHaveLength(1);
  });

  test('an answer that gets lost leaves it uncertain for as long as ServiceNow may be busy with it', async () => {
    nock.cleanAll();
    nock(INSTANCE)
      .post(/.*/)
      .query(true)
      .replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    expect(await system().file(filed(), FIRST)).toEqual({ kind: 'later', reason: 'uncertain', afterMs: 75_000 });
  });

  test('a connection that never was is nothing to wait for', async () => {
    nock.cleanAll();
    nock(INSTANCE)
      .post(/.*/)
      .query(true)
      .replyWithError(Object.assign(new Error('no'), { code: 'ECONNREFUSED' }));
    expect(await system().file(filed(), FIRST)).toEqual({ kind: 'later', reason: 'unreachable' });
  });
});

describe('what ServiceNow answers', () => {
  test.each([
    ['503', 503, { kind: 'later', reason: 'unreachable' }],
    ['429 with seconds', { status: 429, retryAfter: '17' }, { kind: 'later', reason: 'throttled', afterMs: 17_000 }],
    ['429 with a date', { status: 429, retryAfter: 'date' }, { kind: 'later', reason: 'throttled', afterMs: 30_000 }],
    ['400', 400, { kind: 'refused', reason: 'refused-400' }],
    ['401: the password is wrong, which can be mended', 401, { kind: 'later', reason: 'unauthorized' }],
  ] as const)('%s', async (_name, fault, outcome) => {
    const date = new Date(now + 30_000).toUTCString();
    const retryAfter = typeof fault === 'object' && fault.retryAfter === 'date' ? date : '17';
    desk.fault = () => (typeof fault === 'object' ? { status: 429, retryAfter } : fault);
    expect(await system().file(filed(), FIRST)).toEqual(outcome);
    expect(desk.calls).toHaveLength(1);
  });

  test.each([
    ['a page of another server', '<html></html>'],
    ['nothing', ''],
    ['an id that is none', JSON.stringify({ result: { sys_id: '../../x', number: 'INC1' } })],
    ['text that isn’t UTF-8', Buffer.from([0xc3, 0x28])],
  ])('200 with %s is not believed', async (_name, body) => {
    nock.cleanAll();
    nock(INSTANCE).post(/.*/).query(true).reply(201, body);
    expect((await system().file(filed(), FIRST)).kind).toBe('later');
  });

  test('a redirect is not followed: the password would go along', async () => {
    nock.cleanAll();
    nock(INSTANCE).post(/.*/).query(true).reply(307, '', { location: 'https://evil.example/' });
    const strange = nock('https://evil.example').post(/.*/).reply(201, '{}');
    expect(await system().file(filed(), FIRST)).toEqual({ kind: 'later', reason: 'redirected' });
    expect(strange.isDone()).toBe(false);
  });
});

describe('an app signs in with its secret', () => {
  const account = { clientId: 'app', clientSecret: 'secret-of-the-app' };

  test('one token serves all calls until shortly before its end', async () => {
    const one = system({ account });
    await Promise.all(['SR-1', 'SR-2', 'SR-3'].map((number) => one.file(filed({ number }), FIRST)));
    now += 1_700_000;
    await one.file(filed({ number: 'SR-4' }), FIRST);
    expect(desk.tokens).toHaveLength(1);
    now += 60_000;
    await one.file(filed({ number: 'SR-5' }), FIRST);
    expect(desk.tokens).toHaveLength(2);
    expect(desk.calls[0]).toMatchObject({
      path: '/oauth_token.do',
      body: 'grant_type=client_credentials&client_id=app&client_secret=secret-of-the-app',
    });
    expect(desk.incidents).toHaveLength(5);
  });

  test('a token that is refused is renewed once, and the call made again', async () => {
    desk.fault = ({ headers }) => (headers.get('authorization') === 'Bearer token-1' ? 401 : null);
    expect((await system({ account }).file(filed(), FIRST)).kind).toBe('done');
    expect(desk.tokens).toHaveLength(2);
    desk.fault = () => 401;
    const before = desk.calls.length;
    expect(await system({ account }).file(filed(), FIRST)).toEqual({ kind: 'later', reason: 'unauthorized' });
    expect(desk.calls.slice(before).map(({ path }) => path)).toEqual([
      '/oauth_token.do',
      '/api/now/table/incident',
      '/oauth_token.do',
      '/api/now/table/incident',
    ]);
  });

  test('a sign-in that says no is no fault of the request', async () => {
    nock.cleanAll();
    nock(INSTANCE).post('/oauth_token.do').reply(400, { error: 'invalid_client' });
    expect(await system({ account }).file(filed(), FIRST)).toEqual({ kind: 'later', reason: 'unauthorized' });
  });
});

describe('what happens to a request happens to its incident', () => {
  test('information is a comment, once, however often it is sent', async () => {
    const about = { ticket: await made(), request: filed() };
    const line = { key: `ticket:${NUMBER}:2`, at: 0 };
    const first = { ...line, again: false, unsettled: false };
    const later = { ...line, again: true, unsettled: false };
    expect((await system().addInformation(about, '现在打印机也坏了。', first)).kind).toBe('done');
    expect((await system().addInformation(about, '现在打印机也坏了。', later)).kind).toBe('done');
    expect(desk.incidents[0]?.comments).toEqual([`现在打印机也坏了。\n\n[${NUMBER}:2]`]);
    const other = { key: `ticket:${NUMBER}:3`, again: true, unsettled: true, at: 0 };
    expect(await system().addInformation(about, '再补充', other)).toMatchObject({ kind: 'later', reason: 'uncertain' });
    expect((await system().addInformation(about, '再补充', { ...other, unsettled: false })).kind).toBe('done');
    expect(desk.incidents[0]?.comments).toHaveLength(2);
  });

  test('level, close and reopening set fields', async () => {
    const about = { ticket: await made(), request: filed() };
    await system().changeSeverity(about, 'A', FIRST);
    await system().close(about, FIRST);
    expect(desk.incidents[0]?.fields).toMatchObject({
      impact: '1',
      urgency: '1',
      state: '6',
      close_code: 'Solution provided',
      close_notes: 'Closed in Frontdesk.',
    });
    await system().reopen(about, FIRST);
    expect(desk.incidents[0]?.fields).toMatchObject({ state: '2' });
    const gone = { ...about, ticket: { ...about.ticket, id: 'f'.repeat(32) } };
    expect(await system().close(gone, FIRST)).toEqual({ kind: 'refused', reason: 'refused-404' });
  });
});
