import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { pause, post as deliver, teamsActivity } from '../conversations/teams.ts';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { request } from '../http/bad-inputs.ts';
import { post, raw } from '../http/started.ts';
import { Visitor } from './visitor.ts';

/** "No personal data or secret in logs, metrics, errors" (promises 36): canaries through every route, working and failing. */

const MAIL = 'canary.person@contoso.example';
const PHONE = '+86 10 8765 4321';
const NAME = 'Canaria Vogel';
const TEXT = 'canary-free-text the payroll of Canaria stands still';
const TOKEN = 'canary-token-0123456789abcdef';
const CANARIES = [MAIL, PHONE, NAME, 'canary', 'Canaria', 'Vogel', 'payroll', '8765 4321', '87654321', TOKEN];

let house: House;
/** A channel that answers everything with an error which quotes what it was sent. */
let channel: Server;
let serviceUrl: string;
/** Bodies of refusals: they may not quote either. */
const refusals: string[] = [];

beforeAll(async () => {
  channel = createServer((asked, answer) => {
    asked.resume();
    answer.writeHead(400, { 'content-type': 'application/json', 'x-canary': 'canary' });
    answer.end(JSON.stringify({ error: { code: 'BadArgument', message: `canary ${TEXT}` } }));
  });
  await new Promise<void>((resolve) => channel.listen(0, '127.0.0.1', resolve));
  serviceUrl = `http://127.0.0.1:${(channel.address() as AddressInfo).port}/`;
  house = await openHouse({ LOG_LEVEL: 'debug' });
}, 180_000);

afterAll(async () => {
  await house.end();
  channel.closeAllConnections();
  channel.close();
});

const told = async (answer: Response): Promise<Response> => {
  if (!answer.ok) refusals.push(await answer.clone().text());
  return answer;
};
const send = async (path: string, json: unknown, headers: Record<string, string> = {}) =>
  told(
    await fetch(house.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(json),
    }),
  );
const sendRaw = async (parts: readonly (string | Buffer)[]) => {
  const answer = await raw(Number(new URL(house.url).port), parts);
  refusals.push(answer.text);
};

test('canaries go in everywhere and come out in no log, no metric and no refusal', async () => {
  await teams();
  const visitor = await webChat();
  await failing(visitor);
  await desk();
  await lockedDatabase(visitor);
  const metrics = await (await fetch(`${house.url}/metrics`)).text();
  expect(await house.kill('SIGTERM')).toBe(0);
  const log = house.output();
  expect(log, 'debug is on, so there is something to find').toMatch(
    /"answered"[\s\S]*"route-failed"|"route-failed"[\s\S]*"answered"/,
  );
  for (const canary of [...CANARIES, visitor.token, visitor.conversation, visitor.token.split('.')[1] ?? '']) {
    expect(log.toLowerCase()).not.toContain(canary.toLowerCase());
    expect(metrics.toLowerCase()).not.toContain(canary.toLowerCase());
  }
  for (const body of refusals)
    for (const canary of CANARIES) expect(body.toLowerCase()).not.toContain(canary.toLowerCase());
  expect(refusals.length).toBeGreaterThan(20);
}, 180_000);

async function teams(): Promise<void> {
  const person = { as: 'admin-direct', conversation: `canary-${randomUUID()}`, locale: 'en-US', serviceUrl };
  const parts: Record<string, unknown>[] = [
    {
      type: 'message',
      text: TEXT,
      from: { id: '29:canary', name: NAME, aadObjectId: '00000000-0000-0000-0000-000000000003' },
    },
    { type: 'message', text: `${NAME} ${MAIL} ${PHONE}` },
    { type: 'message', value: { step: 'contact', method: 'phone', phone: PHONE, email: MAIL, secondContact: NAME } },
    { type: 'invoke', name: 'canary/invoke', value: { canary: TEXT } },
    { type: 'invoke', name: 'signin/verifyState', value: { state: TOKEN } },
    { type: 'canary' },
    { type: 'message', text: TEXT, serviceUrl: 'https://canary.example/' },
    { type: 5, text: TEXT },
  ];
  for (const part of parts) await told(await deliver(house, teamsActivity(person, part)));
  await pause(200);
}

async function webChat(): Promise<Visitor> {
  for (const body of [
    { as: 'canary' },
    { as: 5, canary: TEXT },
    { resume: TOKEN },
    { locale: 'canary', timeZone: 'Canary/Canaria', page: { url: `https://contoso.example/?${TOKEN}`, title: NAME } },
  ])
    await send('/chat/token', body);
  const visitor = await Visitor.come(house, 'admin-direct');
  await visitor.open();
  const parts: Record<string, unknown>[] = [
    { text: TEXT },
    { value: { step: 'answer', choice: 'no' } },
    { value: { step: 'severity', choice: 'B' } },
    { value: { step: 'contact', method: 'email', email: 'canary.person@' } },
    { value: { step: 'contact', method: 'phone', phone: PHONE, email: MAIL, secondContact: NAME } },
    { value: { step: 'contact', method: 'email', email: MAIL } },
    { value: { step: 'review', choice: 'submit', submissionId: 'canary' } },
    { text: 'human' },
  ];
  for (const part of parts) await told(await visitor.post(`canary-${randomUUID()}`, part));
  const socket = new WebSocket(await visitor.reopen(''));
  socket.on('error', () => undefined).once('open', () => socket.send(TEXT));
  await new Promise((resolve) => socket.once('close', resolve));
  return visitor;
}

async function failing(visitor: Visitor): Promise<void> {
  const line = `/v3/directline/conversations/${visitor.conversation}`;
  const bearer = [`Authorization: Bearer ${visitor.token}`];
  const named = `canary?mail=${encodeURIComponent(MAIL)}&t=${TOKEN}`;
  const file = `--x\r\nContent-Disposition: form-data; name="file"; filename="${NAME}.exe"\r\n\r\n${TEXT}\r\n--x--`;
  for (const authorization of [`Bearer ${TOKEN}`, TOKEN, `Basic ${TOKEN}`, `Bearer ${visitor.token}x`]) {
    await told(await fetch(`${house.url}${line}/activities?watermark=canary`, { headers: { authorization } }));
    await send('/v3/directline/tokens/refresh', {}, { authorization });
    await send('/api/messages', { type: 'message', text: TEXT, from: { name: NAME } }, { authorization });
  }
  for (const path of [
    `/${named}`,
    `/chat/${named}`,
    `/assets/${named}`,
    `/desk/api/${named}`,
    `/v3/directline/conversations/${named}`,
    `/v3/directline/attachments/${named}`,
  ])
    for (const method of ['GET', 'POST', 'DELETE'])
      await sendRaw([request(path, [`X-Canary: ${TOKEN}`, `Cookie: frontdesk=${TOKEN}`], method)]);
  await sendRaw(post(`${line}/activities`, `{"text":"${TEXT}`, [...bearer, 'Content-Type: application/json']));
  await sendRaw(post(`${line}/activities`, TEXT, [...bearer, 'Content-Type: text/plain']));
  await sendRaw(post(`${line}/upload`, file, [...bearer, 'Content-Type: multipart/form-data; boundary=x']));
  await sendRaw(
    post(`${line}/upload`, file.replace('.exe', '.txt'), [...bearer, 'Content-Type: multipart/form-data; boundary=x']),
  );
  await sendRaw([`GET /canary\0 HTTP/1.1\r\nHost: canary\r\n\r\n`]);
  await sendRaw([request(`${line}/stream?t=${TOKEN}`, ['Connection: Upgrade', 'Upgrade: websocket'])]);
  await sendRaw([
    request(`${line}/stream?t=${TOKEN}`, [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Origin: https://canary.example',
    ]),
  ]);
}

async function desk(): Promise<void> {
  const headers = { 'x-frontdesk': '1', origin: house.url };
  await send('/desk/session', { as: 'canary' }, headers);
  await send('/desk/session', { as: TEXT.repeat(10) }, headers);
  const signedIn = await send('/desk/session', { as: 'agent-1' }, headers);
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  for (const path of [
    '/desk/api/queue',
    '/desk/api/requests',
    '/desk/api/mails',
    '/desk/api/requests/canary',
    `/desk/api/requests?limit=${TOKEN}`,
  ])
    await told(await fetch(house.url + path, { headers: { cookie } }));
}

/** A route that fails inside: somebody else holds the database. Nothing is answered that is not kept, and it goes on by itself. */
async function lockedDatabase(visitor: Visitor): Promise<void> {
  const other = new Database(join(house.dataDir, 'frontdesk.db'));
  other.exec('begin immediate');
  const locked = await told(await visitor.post('canary-locked', { text: TEXT }));
  expect([locked.status, locked.headers.get('retry-after')]).toEqual([503, '2']);
  expect((await fetch(`${house.url}/readyz`)).status).toBe(503);
  other.exec('rollback');
  other.close();
  await expect
    .poll(async () => (await visitor.post('canary-locked', { text: TEXT })).status, { timeout: 60_000 })
    .toBe(200);
  await expect.poll(async () => (await fetch(`${house.url}/readyz`)).status).toBe(200);
}
