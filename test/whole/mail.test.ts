import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenOf } from '../conversations/play.ts';
import { stepOf } from '../conversations/channel.ts';
import { pause } from '../conversations/teams.ts';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { simpleHeader, textOf } from '../mail/read-mail.ts';
import { MailServer } from '../mail/smtp-house.ts';
import { Visitor } from './visitor.ts';

/** A whole server with a mail server: the confirmation of a filed request reaches the person who filed it. */

let server: MailServer;
let house: House;
beforeAll(async () => {
  // Local mode speaks TLS only where the server offers it; this one has a certificate of its own making.
  server = await MailServer.open({ disabledCommands: ['STARTTLS'], hideSTARTTLS: true });
  house = await openHouse({ SMTP_URL: server.url, MAIL_FROM: 'Contoso Support <support@contoso.example>' });
}, 180_000);
afterAll(async () => {
  await house.end();
  await server.close();
});

const STEPS: readonly [step: string, value: Record<string, unknown>][] = [
  ['answer', { choice: 'no' }],
  ['similar', { choice: 'different' }],
  ['severity', { choice: 'B' }],
  ['contact', { method: 'email', email: 'alex@contoso.example' }],
];

test('who files a request gets one mail with its number, greylisted or not', async () => {
  server.faults.push({ at: 'RCPT', status: 450 });
  const visitor = await Visitor.come(house, 'admin-direct');
  await visitor.open();
  await visitor.post('begin', { text: 'The meeting room devices lose sound in both offices' });
  for (const [step, value] of STEPS)
    if (stepOf(await visitor.all()) === step) await visitor.post(step, { value: { step, ...value } });
  const review = (await visitor.all()).slice(-1);
  await visitor.post('submit', { value: { step: 'review', choice: 'submit', ...tokenOf(review) } });
  await expect.poll(() => server.received.length, { timeout: 60_000 }).toBeGreaterThan(0);
  const number = /SR-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(JSON.stringify(await visitor.all()))?.[0] ?? 'none';
  await pause(500);
  expect(server.received.map(({ to, from }) => [to, from])).toEqual([
    [['alex@contoso.example'], 'support@contoso.example'],
  ]);
  const { raw } = server.received[0]!;
  expect(simpleHeader(raw, 'subject')).toContain(number);
  expect(textOf(raw)).toContain('The meeting room devices lose sound in both offices');
}, 180_000);
