import nock from 'nock';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BOOK_FOLDER } from '#knowledge/book.ts';
import { readAzureSupportMap } from '#knowledge/tickets.ts';
import type { Filed } from '#src/requests/ticket.ts';
import { ask } from '../../src/outside/tickets/ask.ts';
import { azureSupport } from '../../src/outside/tickets/azure-support/system.ts';
import { again, filed, FIRST, NUMBER, words } from './place.ts';

/** The Azure Support API on the wire: shapes as in Microsoft's examples of version 2024-04-01. */

const ARM = 'https://management.azure.com';
const SUBSCRIPTION = '132d901f-189d-4381-9214-fe68e27e05a1';
const TICKET = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Support/supportTickets/${NUMBER}`;
const OPERATION = `${ARM}/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Support/operationsStatus/op-1?api-version=2024-04-01`;
const WINDOWS = '/providers/Microsoft.Support/services/windows-guid';
const LINUX = '/providers/Microsoft.Support/services/linux-guid';
const BODY = { name: NUMBER, id: TICKET, properties: { supportTicketId: '119120321001170', status: 'Open' } };
const TICKET_KEPT = { system: 'azure-support', id: NUMBER, number: '119120321001170' } as const;

let seen: { method: string; path: string; body: unknown; token: string | null }[];
/** Tokens that are refused. */
let refusedToken: string;
let tokens: number;
let now: number;
const paused: number[] = [];

beforeAll(() => nock.disableNetConnect());
beforeEach(() => {
  [seen, refusedToken, tokens, now] = [[], '', 0, 1_800_000_000_000];
  paused.length = 0;
  nock('https://login.microsoftonline.com')
    .persist()
    .post('/tenant-1/oauth2/v2.0/token')
    .reply(async (request: Request) => {
      seen.push({ method: 'TOKEN', path: '', body: await request.text(), token: null });
      return [200, { token_type: 'Bearer', expires_in: 3599, access_token: `token-${(tokens += 1)}` }];
    });
  on('get', '/providers/Microsoft.Support/services', 200, {
    value: [
      {
        id: WINDOWS,
        name: 'windows-guid',
        type: 'Microsoft.Support/services',
        properties: { displayName: 'Virtual Machine running Windows' },
      },
      {
        id: LINUX,
        name: 'linux-guid',
        type: 'Microsoft.Support/services',
        properties: { displayName: 'Virtual Machine running Linux' },
      },
    ],
  });
  for (const service of [WINDOWS, LINUX])
    on('get', `${service}/problemClassifications`, 200, {
      value: ['Cannot connect', 'Other'].map((displayName, index) => ({
        id: `${service}/problemClassifications/problem-${index}`,
        properties: { displayName },
      })),
    });
});
afterEach(() => nock.cleanAll());
afterAll(() => nock.enableNetConnect());

type Method = 'get' | 'put' | 'patch';
type Rest = [body: unknown, headers?: Record<string, string>];
function on(method: Method, path: string, status: number, ...[body, headers = {}]: Rest): void {
  const scope = nock(ARM).persist();
  scope[method](path)
    .query({ 'api-version': '2024-04-01' })
    .reply(async (request: Request) => {
      const text = await request.text();
      const token = request.headers.get('authorization');
      seen.push({ method, path, body: text === '' ? null : JSON.parse(text), token });
      if (token === `Bearer ${refusedToken}`) return [401, { error: { code: 'ExpiredAuthenticationToken' } }];
      return [status, JSON.stringify(body), { 'content-type': 'application/json', ...headers }];
    });
}

const map = readAzureSupportMap(BOOK_FOLDER);
const app = { tenant: 'tenant-1', clientId: 'app', clientSecret: 'secret-of-the-app' };
const pause = async (ms: number): Promise<void> => void paused.push(ms);
const place = { cloud: 'worldwide', subscription: SUBSCRIPTION, deskMail: 'desk@contoso.example' } as const;
const system = () => azureSupport({ ...app, ...place, map, words, ask, clock: () => now, pause });
const azure = (given: Parameters<typeof filed>[0] = {}) =>
  filed({ offering: 'azure-21vianet', product: 'azure', ...given });
const about = (): Filed => ({ ticket: TICKET_KEPT, request: azure() });
const puts = () => seen.filter(({ method }) => method === 'put');

describe('a request becomes a support ticket', () => {
  test('named by our number, with what Azure asks for; ids are fetched once', async () => {
    on('put', TICKET, 200, BODY);
    const contact = {
      name: '李 伟',
      method: 'phone',
      phone: '+86 10 8765 4321',
      email: 'li@contoso.example',
      language: 'zh-CN',
      timeZone: 'Asia/Shanghai',
    } as const;
    const request = azure({ severity: 'A', contact, description: '我们的 Linux 虚拟机全部无法登录。' });
    const one = system();
    expect(await one.file(request, FIRST)).toEqual({ kind: 'done', value: TICKET_KEPT });
    await one.file(request, FIRST);
    expect(puts()[0]?.body).toEqual({
      properties: {
        title: `${NUMBER} 我们的 Linux 虚拟机全部无法登录。`,
        description: expect.stringContaining('我们的 Linux 虚拟机全部无法登录。'),
        serviceId: LINUX,
        problemClassificationId: `${LINUX}/problemClassifications/problem-1`,
        severity: 'critical',
        require24X7Response: true,
        advancedDiagnosticConsent: 'No',
        contactDetails: {
          firstName: '李',
          lastName: '伟',
          preferredContactMethod: 'phone',
          primaryEmailAddress: 'li@contoso.example',
          phoneNumber: '+86 10 8765 4321',
          preferredTimeZone: 'China Standard Time',
          country: 'CHN',
          preferredSupportLanguage: 'zh-hans',
        },
      },
    });
    const lists = seen.filter(({ path }) => path.includes('/services'));
    expect(lists).toHaveLength(2);
    now += 25 * 3_600_000;
    await one.file(request, FIRST);
    expect(seen.filter(({ path }) => path.includes('/services'))).toHaveLength(4);
  });

  test.each([
    ['A', 'critical'],
    ['B', 'moderate'],
    ['C', 'minimal'],
  ] as const)('level %s is %s; who gave no address is reached through the desk', async (severity, level) => {
    on('put', TICKET, 200, BODY);
    const contact = { method: 'phone', phone: '+81 3 1234 5678', language: 'ja' } as const;
    await system().file(azure({ severity, contact, language: 'ja' }), FIRST);
    expect(puts()[0]?.body).toMatchObject({
      properties: {
        severity: level,
        contactDetails: {
          primaryEmailAddress: 'desk@contoso.example',
          country: 'JPN',
          preferredSupportLanguage: 'ja-jp',
        },
      },
    });
  });

  test('level A without a telephone number is nothing that Azure takes: a person must look', async () => {
    expect(await system().file(azure({ severity: 'A' }), FIRST)).toEqual({ kind: 'refused', reason: 'phone-missing' });
    expect(await system().changeSeverity(about(), 'A', FIRST)).toEqual({ kind: 'refused', reason: 'phone-missing' });
    expect(puts()).toEqual([]);
  });

  test('of other products it takes none', () => {
    expect([system().takes(azure()), system().takes(filed({ offering: 'worldwide' }))]).toEqual([true, false]);
  });
});

const standing = (path: string, value: string) => on('get', path, 200, { status: value });

describe('202: Azure goes on with it', () => {
  const accepted = { 'azure-asyncoperation': OPERATION, location: OPERATION, 'retry-after': '1' };
  const operation = new URL(OPERATION).pathname;

  test('it is looked at until it is there', async () => {
    on('put', TICKET, 202, '', accepted);
    standing(operation, 'Succeeded');
    on('get', TICKET, 200, BODY);
    expect(await system().file(azure(), FIRST)).toEqual({ kind: 'done', value: TICKET_KEPT });
    expect(paused).toEqual([1_000]);
  });

  test('what takes longer is found by its name at the next attempt, and not written again', async () => {
    on('put', TICKET, 202, '', accepted);
    standing(operation, 'InProgress');
    expect(await system().file(azure(), FIRST)).toEqual({ kind: 'later', reason: 'in-progress', afterMs: 30_000 });
    on('get', TICKET, 200, BODY);
    expect(await system().file(azure(), again())).toEqual({ kind: 'done', value: TICKET_KEPT });
    expect(puts()).toHaveLength(1);
  });

  test('what fails needs a person', async () => {
    on('put', TICKET, 202, '', accepted);
    standing(operation, 'Failed');
    expect(await system().file(azure(), FIRST)).toEqual({ kind: 'refused', reason: 'operation-failed' });
  });

  test('the token goes to no other host, whatever the answer names', async () => {
    on('put', TICKET, 202, '', { 'azure-asyncoperation': 'https://evil.example/op' });
    const evil = nock('https://evil.example').get('/op').reply(200, { status: 'Succeeded' });
    expect(await system().file(azure(), FIRST)).toEqual({ kind: 'refused', reason: 'foreign-address' });
    expect(evil.isDone()).toBe(false);
  });
});

describe('when it doesn’t go well', () => {
  test('a token that is refused is renewed once', async () => {
    on('put', TICKET, 200, BODY);
    refusedToken = 'token-1';
    expect((await system().file(azure(), FIRST)).kind).toBe('done');
    expect(tokens).toBe(2);
    expect(seen.find(({ method }) => method === 'TOKEN')?.body).toBe(
      'grant_type=client_credentials&client_id=app&client_secret=secret-of-the-app&scope=https%3A%2F%2Fmanagement.azure.com%2F.default',
    );
  });

  test.each([
    [503, {}, { kind: 'later', reason: 'unreachable' }],
    [429, { 'retry-after': '17' }, { kind: 'later', reason: 'throttled', afterMs: 17_000 }],
    [400, {}, { kind: 'refused', reason: 'refused-400' }],
    [403, {}, { kind: 'later', reason: 'forbidden' }],
  ])('%i', async (status, headers, outcome) => {
    on('put', TICKET, status, { error: { code: 'x' } }, headers);
    expect(await system().file(azure(), FIRST)).toEqual(outcome);
  });

  test('an answer that gets lost is no harm: the name makes it the same ticket', async () => {
    nock(ARM)
      .put(TICKET)
      .query(true)
      .replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    expect(await system().file(azure(), FIRST)).toEqual({ kind: 'later', reason: 'unreachable' });
    on('get', TICKET, 404, { error: { code: 'NotFound' } });
    on('put', TICKET, 200, BODY);
    expect((await system().file(azure(), again())).kind).toBe('done');
  });
});

test('a message has a name, too; level and end are set; an engineer is asked where a program may not end it', async () => {
  const message = `${TICKET}/communications/${NUMBER}-2`;
  on('get', message, 404, {});
  on('put', message, 200, { name: `${NUMBER}-2`, properties: {} });
  on('patch', TICKET, 200, BODY);
  const line = { key: `ticket:${NUMBER}:2`, again: true, unsettled: true, at: 0 };
  expect((await system().addInformation(about(), '打印机也坏了。', line)).kind).toBe('done');
  await system().changeSeverity(about(), 'B', FIRST);
  await system().close(about(), FIRST);
  const [said, level, end] = seen
    .filter(({ method }) => method === 'put' || method === 'patch')
    .map(({ body }) => body);
  expect(said).toEqual({
    properties: { subject: expect.stringContaining(NUMBER), body: '打印机也坏了。', sender: 'desk@contoso.example' },
  });
  expect([level, end]).toEqual([{ severity: 'moderate' }, { status: 'closed' }]);
  nock.cleanAll();
  nock('https://login.microsoftonline.com').post(/token/).reply(200, { access_token: 't', expires_in: 3599 });
  on('patch', TICKET, 400, { error: { code: 'BadRequest' } });
  on('put', `${TICKET}/communications/${NUMBER}-4`, 200, {});
  const closing = { ...line, key: `ticket:${NUMBER}:4`, again: false };
  expect((await system().close(about(), closing)).kind).toBe('done');
  expect(JSON.stringify(puts().at(-1)?.body)).toContain('请同时关闭此工单');
});
