import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { simpleHeader, textOf } from '../mail/read-mail.ts';
import { MailServer } from '../mail/smtp-house.ts';
import { Visitor } from './visitor.ts';

/**
 * A person shows by a code that they belong to the organization: the agent sends it from the desk to a registered address,
 * through a real mail server; the person types it in the chat. Nothing of it is left anywhere in the house.
 */

let server: MailServer;
let house: House;
beforeAll(async () => {
  server = await MailServer.open({ disabledCommands: ['STARTTLS'], hideSTARTTLS: true });
  house = await openHouse({ SMTP_URL: server.url, MAIL_FROM: 'support@contoso.example' });
}, 180_000);
afterAll(async () => {
  await house.end();
  await server.close();
});

class Agent {
  #cookie = '';
  async signIn(as: string): Promise<this> {
    const answer = await this.call('POST', '/desk/session', { as });
    this.#cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    return this;
  }
  call(method: string, path: string, json?: unknown): Promise<Response> {
    return fetch(house.url + path, {
      method,
      headers: {
        'x-frontdesk': '1',
        origin: house.url,
        cookie: this.#cookie,
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
  }
  async read(path: string): Promise<unknown> {
    return (await this.call('GET', path)).json();
  }
}

const standing = z.object({
  state: z.string(),
  to: z.string().nullable(),
  triesLeft: z.number().nullable(),
  addresses: z.array(z.object({ id: z.string(), shown: z.string() })).optional(),
});
const rows = z.array(
  z.object({
    role: z.string(),
    text: z.string(),
    event: z.object({ name: z.string(), value: z.unknown() }).nullable(),
  }),
);

async function talkWith(agent: Agent, as: string): Promise<Visitor> {
  const visitor = await Visitor.come(house, as);
  await visitor.open();
  await visitor.post('human', { text: 'human' });
  const accepted = await agent.call('POST', `/desk/api/conversations/${visitor.conversation}/accept`);
  expect(accepted.status).toBe(200);
  return visitor;
}

/** The digits of the latest mail. */
async function mailed(count: number): Promise<string> {
  await expect.poll(() => server.received.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(count);
  const mail = server.received[count - 1];
  expect(simpleHeader(mail!.raw, 'subject')).not.toMatch(/\d{6}/);
  return /^\d{6}/m.exec(textOf(mail!.raw))?.[0] ?? 'none';
}

const last = async (visitor: Visitor) => (await visitor.all()).at(-1);
const shifted = (digits: string, by: number) => String((Number(digits) + by) % 1_000_000).padStart(6, '0');
const fullWidth = (digits: string) =>
  digits.replaceAll(/\d/g, (digit) => String.fromCodePoint(digit.charCodeAt(0) + 0xfee0));

test('wrong, then right in full width: the agent sees it, and the digits are kept nowhere', async () => {
  const agent = await new Agent().signIn('agent-1');
  const visitor = await talkWith(agent, 'cn-admin');
  const path = `/desk/api/conversations/${visitor.conversation}`;
  const code = async () => standing.parse(await agent.read(`${path}/code`));
  expect(await code()).toMatchObject({ state: 'none', addresses: [{ shown: 'i…@fabrikam.example' }] });
  // Before a code is sent, six digits are what they are.
  await visitor.post('order', { text: '654321' });

  const sent = await agent.call('POST', `${path}/code`, {});
  expect(sent.status).toBe(200);
  expect(await sent.json()).toMatchObject({ to: 'i…@fabrikam.example' });
  const asked = await last(visitor);
  expect(asked).toMatchObject({ channelData: { step: 'verify-code' } });
  expect(asked?.text).toContain('i…@fabrikam.example');
  const digits = await mailed(1);
  expect(server.received[0]?.to).toEqual(['it@fabrikam.example']);
  expect(await code()).toMatchObject({ state: 'open', triesLeft: 3 });

  await visitor.post('try-1', { text: shifted(digits, 1) });
  expect((await last(visitor))?.text).toContain('2');
  await visitor.post('try-2', { value: { step: 'verify-code', code: shifted(digits, 2) } });
  expect(await code()).toMatchObject({ state: 'open', triesLeft: 1 });
  await visitor.post('words', { text: '稍等，我再找找。' });
  await visitor.post('try-3', { text: ` ${fullWidth(digits.slice(0, 3))} ${fullWidth(digits.slice(3))} ` });
  expect(await code()).toMatchObject({ state: 'verified' });
  expect((await last(visitor))?.text).toMatch(/验证码正确|code/);
  expect(z.object({ verified: standing }).parse(await agent.read(path)).verified.state).toBe('verified');

  const log = rows.parse(await agent.read(`${path}/log?after=0`));
  const events = log.flatMap(({ event }) => (event?.name.startsWith('code.') ? [[event.name, event.value]] : []));
  expect(events).toEqual([
    ['code.sent', expect.objectContaining({ to: 'i…@fabrikam.example' })],
    ['code.tried', { result: 'wrong', triesLeft: 2 }],
    ['code.tried', { result: 'wrong', triesLeft: 1 }],
    ['code.tried', { result: 'verified', triesLeft: 1 }],
  ]);
  const words = log.filter(({ role }) => role === 'user').map(({ text }) => text);
  expect(words.filter((text) => text.includes('••••••'))).toHaveLength(3);
  expect(words).toContain('654321');
  expect(words).toContain('稍等，我再找找。');
  // What the other side of the chat reads, and what lies on the disk, know nothing of it either.
  const everywhere = [JSON.stringify(await visitor.all()), JSON.stringify(log), ...filesOf(house)].join('\n');
  for (const secret of [digits, shifted(digits, 1), shifted(digits, 2), fullWidth(digits.slice(0, 3))])
    expect(everywhere.includes(secret), secret).toBe(false);
  expect(everywhere).toContain('654321');
}, 180_000);

test('three wrong ones end it; a new code ends the old one; nobody else can send one', async () => {
  const agent = await new Agent().signIn('agent-1');
  const visitor = await talkWith(agent, 'admin-direct');
  const path = `/desk/api/conversations/${visitor.conversation}/code`;
  const before = server.received.length;
  await agent.call('POST', path, {});
  const first = await mailed(before + 1);
  for (const by of [1, 2, 3]) await visitor.post(`wrong-${by}`, { text: shifted(first, by) });
  expect(standing.parse(await agent.read(path))).toMatchObject({ state: 'used-up', triesLeft: 0 });
  await agent.call('POST', path, {});
  await agent.call('POST', path, {});
  const newest = await mailed(before + 3);
  const second = await mailed(before + 2);
  await visitor.post('old', { text: second });
  expect(standing.parse(await agent.read(path))).toMatchObject({ state: second === newest ? 'verified' : 'open' });
  await visitor.post('new', { text: newest });
  expect(standing.parse(await agent.read(path))).toMatchObject({ state: 'verified' });

  const other = await new Agent().signIn('agent-2');
  expect((await other.call('POST', path, {})).status).toBe(409);
  expect((await agent.call('POST', path, { to: 'eve@evil.example' })).status).toBe(400);
  for (let more = 4; more <= 5; more += 1) expect((await agent.call('POST', path, {})).status).toBe(200);
  expect((await agent.call('POST', path, {})).status).toBe(429);
  const stranger = await talkWith(agent, 'anonymous');
  const refused = await agent.call('POST', `/desk/api/conversations/${stranger.conversation}/code`, {});
  expect([refused.status, await refused.json()]).toMatchObject([409, { error: { code: 'no-address' } }]);
}, 180_000);

function filesOf({ dataDir }: House): string[] {
  return readdirSync(dataDir)
    .filter((name) => name.startsWith('frontdesk.db'))
    .map((name) => readFileSync(join(dataDir, name), 'utf8'));
}
