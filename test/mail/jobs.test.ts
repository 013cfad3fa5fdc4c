import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Worker } from '#src/log/jobs.ts';
import { confirmation, mailHandlers, sealedMail } from '#src/log/mail.ts';
import { sealOf } from '#src/seal.ts';
import type { Letter, Post } from '#src/requests/letter.ts';
import { engines, type Opened } from '../storage/engines.ts';
import { job, NOON } from '../storage/samples.ts';
import { simpleHeader, textOf } from './read-mail.ts';
import { MailServer } from './smtp-house.ts';

/** Mails as jobs, through a real mail server and without one. */

const MINUTE = 60_000;
const key = (kid: string) => ({ kid, secret: randomBytes(32) });
const old = key('old');
const seal = sealOf([old]);
const CODE: Letter = { to: 'li@contoso.example', subject: 'Your code', text: 'canary 482913', language: 'en' };
const filed = async (number: string, to: string) =>
  number === 'SR-gone' ? null : { to, subject: `Your request ${number}`, text: 'Filed', language: 'en' };

let server: MailServer;
let opened: Opened;
let now: number;
beforeAll(async () => {
  server = await MailServer.open();
});
beforeEach(async () => {
  opened = await engines[0]!.open();
  now = NOON;
  server.received.length = 0;
  server.faults.length = 0;
});
afterEach(() => opened.drop());
afterAll(() => server.close());

const clock = () => now;

function worker(post: Post | null, keys = [old]): Worker {
  const { storage } = opened;
  const handlers = mailHandlers({ storage, post, seal: sealOf(keys), filed, clock });
  return new Worker({ storage, handlers, clock, chance: () => 0, failed: () => undefined });
}
const add = (...jobs: ReturnType<typeof job>[]) =>
  opened.storage.transact(async (unit) => {
    for (const one of jobs) await unit.jobs.add(one);
  });
const stateOf = (name: string) => opened.storage.transact((unit) => unit.jobs.byKey(name));
const to = (address: string) => ({ to: address, at: NOON });
const code = () => sealedMail(CODE, seal, { id: 'c1', key: 'mail:code:1', at: NOON, until: NOON + 10 * MINUTE });

test('with a mail server a mail is sent once, however often it is written; greylisted, it comes later', async () => {
  server.faults.push({ at: 'RCPT', status: 451 });
  const one = worker(server.post());
  await add(confirmation('1', 'SR-1', to('li@contoso.example')), confirmation('2', 'SR-1', to('li@contoso.example')));
  await one.runDue();
  expect(server.received).toEqual([]);
  expect(await stateOf('mail:filed:SR-1')).toMatchObject({ state: 'ready', lastError: 'smtp-451' });
  for (now += 1; now < NOON + 10 * MINUTE; now += MINUTE) await one.runDue();
  expect(server.received).toHaveLength(1);
  expect(simpleHeader(server.received[0]!.raw, 'subject')).toBe('Your request SR-1');
  expect(await opened.storage.transact((unit) => unit.mails.list(10))).toEqual([]);
});

test('a mail that is refused for good is a dead letter, and holds up no other', async () => {
  server.faults.push({ at: 'RCPT', status: 550 });
  await add(confirmation('1', 'SR-1', to('gone@contoso.example')));
  await worker(server.post()).runDue();
  await add(
    confirmation('2', 'SR-2', to('li@contoso.example')),
    confirmation('3', 'SR-gone', to('li@contoso.example')),
    confirmation('4', 'SR-4', to('li@contoso.example\r\nBcc: eve@evil.example')),
    job({ kind: 'mail', key: 'odd', payload: { surprise: true } }),
  );
  await worker(server.post()).runDue();
  expect(server.received.map(({ to: [address] }) => address)).toEqual(['li@contoso.example']);
  const reasons = ['mail:filed:SR-1', 'mail:filed:SR-gone', 'mail:filed:SR-4', 'odd'].map(stateOf);
  expect((await Promise.all(reasons)).map((state) => [state?.state, state?.lastError])).toEqual([
    ['dead', 'smtp-550'],
    ['dead', 'request-gone'],
    ['dead', 'not-a-letter'],
    ['dead', 'unreadable'],
  ]);
});

test('a connection cut after the mail was taken repeats it with the same id', async () => {
  server.faults.push({ at: 'after DATA', status: 'cut' });
  await add(confirmation('1', 'SR-1', to('li@contoso.example')));
  const one = worker(server.post());
  for (let round = 0; round < 5; round += 1, now += MINUTE) await one.runDue();
  const ids = server.received.map(({ raw }) => simpleHeader(raw, 'message-id'));
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
  expect(await stateOf('mail:filed:SR-1')).toMatchObject({ state: 'done' });
});

test('a secret waits under seal, and nothing of it is left once it is sent', async () => {
  const waiting = code();
  expect(JSON.stringify(waiting)).not.toMatch(/canary|482913|contoso/);
  await add(waiting);
  // A key that came since doesn't matter as long as the one that sealed is there.
  await worker(server.post(), [key('new'), old]).runDue();
  expect(textOf(server.received[0]!.raw)).toBe(CODE.text);
  const [left] = await opened.storage.transact((unit) =>
    unit.jobs.claim({ kind: 'mail', now: now + 1, until: now, limit: 1 }),
  );
  expect(left).toBeUndefined();
  expect(await stateOf('mail:code:1')).toMatchObject({ state: 'done' });
});

test('a secret is not sent when its time is over, and not readable when its key is gone or it was tampered with', async () => {
  await add(code());
  now = NOON + 10 * MINUTE;
  await worker(server.post()).runDue();
  expect(await stateOf('mail:code:1')).toMatchObject({ state: 'done' });
  now = NOON;
  const sealed = code().payload['sealed'];
  await add({ ...code(), id: 'c2', key: 'lost' });
  await worker(server.post(), [key('new')]).runDue();
  await add(job({ kind: 'mail', key: 'bent', payload: { sealed: `${String(sealed)}A`, until: NOON + MINUTE } }));
  await worker(server.post()).runDue();
  expect([await stateOf('lost'), await stateOf('bent')]).toMatchObject([
    { state: 'dead', lastError: 'unreadable' },
    { state: 'dead', lastError: 'unreadable' },
  ]);
  expect(server.received).toEqual([]);
});

test('without a mail server mails are kept for the desk, once; also those that an earlier version wrote', async () => {
  const earlier = { to: 'li@contoso.example', number: 'SR-7', language: 'en' };
  await add(code(), job({ kind: 'mail.filed', key: 'mail.filed:SR-7', payload: earlier }));
  await worker(null).runDue();
  const kept = await opened.storage.transact((unit) => unit.mails.list(10));
  expect(kept.map(({ to: address, subject }) => `${address}: ${subject}`).toSorted()).toEqual([
    'li@contoso.example: Your code',
    'li@contoso.example: Your request SR-7',
  ]);
});
