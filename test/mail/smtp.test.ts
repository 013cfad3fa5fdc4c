import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { letterSchema, type Letter } from '#src/requests/letter.ts';
import { headerNames, simpleHeader, textOf } from './read-mail.ts';
import { MailServer, USER } from './smtp-house.ts';
import type { Fault } from './smtp-house.ts';

/** Mail against a real SMTP server: what it takes, and what becomes of a mail that it doesn't. */

let server: MailServer;
beforeAll(async () => {
  server = await MailServer.open();
});
afterEach(() => {
  server.received.length = 0;
  server.faults.length = 0;
});
afterAll(() => server.close());

const LETTER: Letter = {
  to: 'li.wei@contoso.example',
  subject: 'ご依頼 SR-7K3M-9QXD を受け付けました',
  text: '一行目です。\n.\n二行目 𠮷 😀',
  language: 'ja',
};

test('a mail arrives as it was written: plain text in UTF-8, over TLS, with a sender, an id and no way back for robots', async () => {
  expect(await server.post().send(LETTER, 'mail:filed:SR-1')).toEqual({ kind: 'done', value: undefined });
  const [mail] = server.received;
  expect(mail).toMatchObject({ to: [LETTER.to], from: 'support@contoso.example', secure: true });
  expect(simpleHeader(mail!.raw, 'subject')).toBe(LETTER.subject);
  expect(simpleHeader(mail!.raw, 'from')).toBe('Contoso サポート <support@contoso.example>');
  expect(simpleHeader(mail!.raw, 'content-type')).toBe('text/plain; charset=utf-8');
  expect(simpleHeader(mail!.raw, 'auto-submitted')).toBe('auto-generated');
  expect(simpleHeader(mail!.raw, 'content-language')).toBe('ja');
  expect(textOf(mail!.raw)).toBe(LETTER.text);
});

test('who has an account signs in with it', async () => {
  expect(await server.post(USER).send(LETTER, 'k')).toMatchObject({ kind: 'done' });
  expect(server.received).toMatchObject([{ user: USER.user, secure: true }]);
  const wrong = await server.post({ ...USER, password: 'wrong' }).send(LETTER, 'k');
  expect(wrong).toEqual({ kind: 'later', reason: 'unauthorized' });
});

test('a server speaks TLS from the start where it is set so', async () => {
  const early = await MailServer.open({ secure: true });
  expect(await early.post({ secure: true, ca: early.tls.cert }).send(LETTER, 'k')).toMatchObject({ kind: 'done' });
  expect(early.received).toMatchObject([{ secure: true }]);
  await early.close();
});

describe('nothing is said', () => {
  test('to a server without TLS, where TLS is required', async () => {
    const plain = await MailServer.open({ disabledCommands: ['STARTTLS'], hideSTARTTLS: true });
    expect((await plain.post().send(LETTER, 'k')).kind).toBe('later');
    expect(plain.received).toEqual([]);
    expect(await plain.post({ requireTls: false }).send(LETTER, 'k')).toMatchObject({ kind: 'done' });
    await plain.close();
  });

  test('to one whose certificate nobody vouches for, or that is somebody else’s', async () => {
    const { cert } = (await MailServer.open()).tls;
    expect((await server.post({ ca: cert }).send(LETTER, 'k')).kind).toBe('later');
    expect(server.received).toEqual([]);
  });
});

test.each<[string, Fault, object]>([
  ['greylisted', { at: 'RCPT', status: 451 }, { kind: 'later', reason: 'smtp-451' }],
  ['mailbox full for now', { at: 'DATA', status: 452 }, { kind: 'later', reason: 'smtp-452' }],
  ['nobody of that name', { at: 'RCPT', status: 550 }, { kind: 'refused', reason: 'smtp-550' }],
  ['refused as spam', { at: 'DATA', status: 554 }, { kind: 'refused', reason: 'smtp-554' }],
])('%s', async (_name, fault, outcome) => {
  server.faults.push(fault);
  expect(await server.post().send(LETTER, 'k')).toEqual(outcome);
  expect(server.received).toEqual([]);
});

test('a connection cut after the mail was taken: tried again, and the repeat can be recognised by its id', async () => {
  server.faults.push({ at: 'after DATA', status: 'cut' });
  const post = server.post();
  expect((await post.send(LETTER, 'mail:filed:SR-1')).kind).toBe('later');
  expect(await post.send(LETTER, 'mail:filed:SR-1')).toMatchObject({ kind: 'done' });
  expect(await post.send(LETTER, 'mail:filed:SR-2')).toMatchObject({ kind: 'done' });
  const [first, repeat, other] = server.received.map(({ raw }) => simpleHeader(raw, 'message-id'));
  expect(first).toMatch(/^<[0-9a-f]{40}@contoso\.example>$/);
  expect(repeat).toBe(first);
  expect(other).not.toBe(first);
});

test('a server that says nothing any more, or that isn’t there, is asked later', async () => {
  server.faults.push({ at: 'RCPT', status: 'silent' });
  expect(await server.post({ silentMs: 500 }).send(LETTER, 'k')).toEqual({ kind: 'later', reason: 'unreachable' });
  const gone = await MailServer.open();
  const post = gone.post();
  await gone.close();
  expect(await post.send(LETTER, 'k')).toEqual({ kind: 'later', reason: 'unreachable' });
});

describe('nothing in a mail becomes a header or a command', () => {
  test.each([
    ['a second recipient in the subject', { subject: 'Hello\r\nBcc: eve@evil.example' }],
    ['a line feed alone in the subject', { subject: 'Hello\nBcc: eve@evil.example' }],
    ['a line separator in the subject', { subject: 'Hello\u2028Bcc: eve@evil.example' }],
    ['a header behind the address', { to: 'li@contoso.example\r\nBcc: eve@evil.example' }],
    ['two addresses', { to: 'li@contoso.example,eve@evil.example' }],
    ['two addresses, another way', { to: 'li@contoso.example;eve@evil.example' }],
    ['a name around another address', { to: '"li@contoso.example" <eve@evil.example>' }],
    ['a group', { to: 'all:eve@evil.example;' }],
    ['a comment', { to: 'eve@evil.example(li@contoso.example)' }],
    ['a parameter of the command', { to: 'li@contoso.example> NOTIFY=NEVER' }],
    ['no address', { to: 'li' }],
  ])('%s is no letter', (_name, change) => {
    expect(letterSchema.safeParse({ ...LETTER, ...change }).success).toBe(false);
  });

  test('a text that looks like the end of the mail and a new one is text', async () => {
    const text = 'Hello\n.\nMAIL FROM:<eve@evil.example>\nRCPT TO:<eve@evil.example>\nDATA\nBcc: eve@evil.example';
    await server.post().send({ ...LETTER, text, subject: 'Bcc: eve@evil.example' }, 'k');
    const [{ raw, to } = { raw: '', to: [] }, ...more] = server.received;
    expect(more).toEqual([]);
    expect(to).toEqual([LETTER.to]);
    expect(textOf(raw)).toBe(text);
    expect(headerNames(raw)).not.toContain('bcc');
  });
});
