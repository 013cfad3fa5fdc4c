import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allowedService } from '#bot/service-url.ts';
import { quiet } from '../conversations/quiet.ts';
import { post, teamsActivity } from '../conversations/teams.ts';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { openSink } from './sink.ts';
import type { Sink } from './sink.ts';

let house: House;
let allowed: Sink;
let redirecting: Sink;
let forbidden: Sink;

beforeAll(async () => {
  forbidden = await openSink();
  allowed = await openSink();
  redirecting = await openSink((_request, response) => {
    response.writeHead(307, { location: `${forbidden.url}/v3/conversations` }).end();
  });
  const hosts = ['smba.trafficmanager.net', `127.0.0.1:${allowed.port}`, `127.0.0.1:${redirecting.port}`];
  house = await openHouse({ ALLOWED_SERVICE_HOSTS: hosts.join(',') });
}, 180_000);

afterAll(async () => {
  await house?.end();
  for (const sink of [allowed, redirecting, forbidden]) await sink?.close();
});

const say = (serviceUrl: unknown, conversation = `a:${randomUUID()}`): Promise<Response> => {
  const person = { as: 'admin-direct', conversation, locale: 'en-US', serviceUrl: '' };
  return post(house, teamsActivity(person, { type: 'message', text: 'help', serviceUrl }));
};

/** promises.md row 22: forms of an address that must not be called; P stands for the port of a far side that would notice. */
const FORBIDDEN = [
  undefined,
  '',
  ' ',
  'http://127.0.0.1:P/',
  'http://localhost:P/',
  'http://[::1]:P/',
  'http://[::ffff:127.0.0.1]:P/',
  'http://2130706433:P/',
  'http://0177.0.0.1:P/',
  'http://0x7f000001:P/',
  'http://127.1:P/',
  'http://localhost.:P/',
  'http://LOCALHOST:P/',
  'http://169.254.169.254/latest/meta-data/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'ftp://127.0.0.1:P/',
  'http://smba.trafficmanager.net/amer/',
  'https://smba.trafficmanager.net@127.0.0.1:P/',
  'http://user:pass@127.0.0.1:P/',
  'https://smba.trafficmanager.net./amer/',
  'https://smba。trafficmanager。net/amer/',
  'https://evil.trafficmanager.net/',
  'https://trafficmanager.net/',
  'https://smba.trafficmanager.net.evil.example/',
  'https://botframework.com.evil.example/',
  'https://xbotframework.com/',
  'https://smba.trafficmanager.net:8443/',
  'https://smba.trafficmanager.net/../../v3',
  'https://smba.trafficmanager.net/amer?next=http://127.0.0.1:P/',
  'https://smba.trafficmanager.net/amer#@127.0.0.1:P/',
  'https://smba.trafficmanager.net\\@127.0.0.1:P/',
  'https:\\\\smba.trafficmanager.net/',
  'https://smba.trafficmanager.net\n.evil.example/',
  '//127.0.0.1:P/',
  'https://127.0.0.1.nip.io:P/',
];

test.each(FORBIDDEN)('never called: %j', async (shape) => {
  const answer = await say(shape?.replace('P', String(forbidden.port)));
  expect(answer.status).toBe(403);
  expect(Object.keys(((await answer.json()) as { error: object }).error)).toEqual(['code', 'message']);
});

test.each([5, {}, [], null])('no address at all: %j', async (shape) => {
  expect((await say(shape)).status).toBe(400);
});

test('an allowed one is called, below its path', async () => {
  const conversation = `a:${randomUUID()}`;
  expect((await say(`http://127.0.0.1:${allowed.port}/amer/`, conversation)).status).toBe(200);
  await expect.poll(() => allowed.seen.length).toBeGreaterThan(0);
  expect(allowed.seen[0]?.path).toContain(`/amer/v3/conversations/${encodeURIComponent(conversation)}/activities`);
});

test('nor where an allowed one points to; and of all that the forbidden one saw nothing', async () => {
  const conversation = `a:${randomUUID()}`;
  expect((await say(redirecting.url, conversation)).status).toBe(200);
  await quiet(house, conversation);
  expect(redirecting.seen.length).toBeGreaterThan(0);
  expect(forbidden.connections()).toBe(0);
});

test('the real hosts are taken in the forms that Teams sends, whatever the case', () => {
  const hosts = { hosts: ['smba.trafficmanager.net', 'smba.infra.gov.teams.microsoft.us'], loopback: false };
  const taken = [
    'https://smba.trafficmanager.net/amer/',
    'https://smba.trafficmanager.net/emea/3f9b-_~.1/',
    'https://SMBA.trafficmanager.net/jp',
  ];
  for (const url of taken) expect(allowedService(url, hosts)?.hostname).toBe('smba.trafficmanager.net');
  expect(allowedService('http://127.0.0.1:3978/', hosts)).toBeNull();
});
