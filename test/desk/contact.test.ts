import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OFFERINGS } from '#knowledge/schema.ts';
import type { Agent } from '#src/desk/agents.ts';
import { contactIs, hiding, masked, type ContactIs } from '#src/desk/contact.ts';
import { Sessions } from '#src/desk/sessions.ts';
import { conversation, request } from '../storage/samples.ts';
import { openDesk, own, START, type Desk } from './desk.ts';

const mine = { id: 'agent-1', name: 'Li', role: 'agent', queues: OFFERINGS } as const satisfies Agent;
const boss = { ...mine, id: 'boss', role: 'supervisor' } as const satisfies Agent;

describe('how much of a request’s contact somebody sees', () => {
  test.each<[string, Agent, { owner: 'bot' | 'waiting' | 'agent'; agent: string | null } | undefined, ContactIs]>([
    ['an agent who has them', mine, { owner: 'agent', agent: 'agent-1' }, 'whole'],
    ['an agent, of whom a colleague has', mine, { owner: 'agent', agent: 'agent-2' }, 'colleague'],
    ['an agent, of who waits', mine, { owner: 'waiting', agent: null }, 'accept-first'],
    ['an agent, of whom nobody has', mine, { owner: 'bot', agent: null }, 'on-reason'],
    ['an agent, where the talk is gone', mine, undefined, 'on-reason'],
    ['a supervisor, of whom somebody has', boss, { owner: 'agent', agent: 'agent-2' }, 'on-reason'],
    ['a supervisor, of who waits', boss, { owner: 'waiting', agent: null }, 'on-reason'],
    ['a supervisor, of whom nobody has', boss, { owner: 'bot', agent: null }, 'on-reason'],
    ['a supervisor, who has them', boss, { owner: 'agent', agent: 'boss' }, 'whole'],
  ])('%s', (_who, agent, talk, is) => expect(contactIs(agent, talk)).toBe(is));
});

describe('of what is shown in part', () => {
  test.each([
    ['+86 139 1234 5678', '…5678'],
    ['wang@contoso.example', 'w…@contoso.example'],
    ['wang@例子.example', '…mple'],
    ['', ''],
    // As people fill in a second contact: name, address, number, in any order.
    ['Anna Weber, anna@contoso.example, +49 30 1234567', '…4567'],
    ['anna@contoso.example / +49 30 1234567', '…4567'],
    ['+49 30 1234567 anna@contoso.example', '…mple'],
    ['anna@contoso.example;bob@contoso.example', '…mple'],
  ])('"%s" is "%s"', (value, part) => expect(masked(value)).toBe(part));
});

describe('what is known of how to reach somebody, where they wrote it themselves', () => {
  const hide = hiding([
    {
      phone: '+86 139 1234 5678',
      email: 'wang@contoso.example',
      secondContact: 'Li, li@contoso.example, +81 90-1234-0000',
    },
  ]);
  test.each([
    ['call +86 139 1234 5678 please', 'call +•• ••• •••• 5678 please'],
    ['请打13912345678', '请打•••••••5678'],
    ['電話は０９０－１２３４－００００です', '電話は•••－••••－００００です'],
    ['mail WANG@contoso.example or li@contoso.example.', 'mail W•••@contoso.example or l•@contoso.example.'],
    ['error 0x80070005 at 2026-11-20 15:00, SR-1234-5678', 'error 0x80070005 at 2026-11-20 15:00, SR-1234-5678'],
  ])('"%s" is "%s"', (text, shown) => {
    expect(hide(text)).toHaveLength(text.length);
    expect(hide(text)).toBe(shown);
  });
  test('also in a form that nobody would take for a number', () =>
    expect(hiding([{ phone: '123456' }])('x123456 or 12 34 56')).toBe('x••3456 or •• 34 56'));
});

const CONTACT = {
  name: '王芳',
  method: 'phone',
  phone: '+86 139 1234 5678',
  email: 'wang@contoso.example',
  secondContact: '+86 139 8765 4321',
  language: 'zh-CN',
} as const;
const SECRETS = ['1234', 'wang@', '8765'];
const PARTS = { name: '王芳', phone: '…5678', email: 'w…@contoso.example', secondContact: '…4321' };

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  const talks = {
    waits: { owner: 'waiting', waitingSince: START, deskAt: START },
    mine: { owner: 'agent', agent: 'agent-1', deskAt: START },
    other: { owner: 'agent', agent: 'agent-2', deskAt: START },
    bot: {},
  } as const;
  await desk.storage.transact(async (unit) => {
    for (const [id, talk] of Object.entries(talks)) {
      await unit.conversations.create(conversation({ ...talk, id }));
      await unit.requests.insert(request({ number: `SR-${id}`, conversation: id, contact: CONTACT }));
    }
  });
});
afterAll(() => desk.end());

const ask = async (agent: Agent, path: string, body?: object) => {
  const cookie = (await new Sessions(desk.options).open(agent)).split(';')[0] ?? '';
  const sent = body ? { method: 'POST', body: JSON.stringify(body) } : {};
  const response = await fetch(`${desk.url}/desk/api/requests${path}`, {
    ...sent,
    headers: { ...own(desk.url), cookie },
  });
  const text = await response.text();
  return { status: response.status, text, json: JSON.parse(text) };
};
const audited = async () => (await desk.storage.transact((unit) => unit.audit.list(1)))[0];

test.each([mine, boss])('the list gives every contact in part, to $role too', async (agent) => {
  const { text, json } = await ask(agent, '');
  expect(json).toHaveLength(4);
  for (const line of json) expect(line.contact).toMatchObject(PARTS);
  for (const secret of SECRETS) expect(text).not.toContain(secret);
});

test.each<[string, Agent, ContactIs]>([
  ['SR-mine', mine, 'whole'],
  ['SR-other', boss, 'on-reason'],
  ['SR-waits', boss, 'on-reason'],
  ['SR-other', mine, 'colleague'],
  ['SR-waits', mine, 'accept-first'],
  ['SR-bot', mine, 'on-reason'],
])('%s, read by $role: $contactIs, and noted', async (number, agent, shown) => {
  const { json } = await ask(agent, `/${number}`);
  expect(json).toMatchObject({ contactIs: shown, contact: shown === 'whole' ? CONTACT : PARTS });
  const { id: actor } = agent;
  expect(await audited()).toMatchObject({ actor, action: 'request.read', subject: number, detail: { contact: shown } });
});

test('whom nobody has may be called: the whole contact for a reason, which stands in the audit', async () => {
  const { status, json } = await ask(mine, '/SR-bot/contact', { reason: 'call' });
  expect([status, json.contact, json.request.contact]).toEqual([200, CONTACT, CONTACT]);
  const noted = { actor: 'agent-1', action: 'contact.read', subject: 'SR-bot', detail: { reason: 'call' } };
  expect(await audited()).toMatchObject(noted);
});

test('a supervisor says why, too, in a colleague’s conversation', async () => {
  const { status, json } = await ask(boss, '/SR-other/contact', { reason: 'write' });
  expect([status, json.contact, json.request.contact]).toEqual([200, CONTACT, CONTACT]);
  expect(await audited()).toMatchObject({ actor: 'boss', action: 'contact.read', subject: 'SR-other' });
});

test.each([
  ['SR-waits', { reason: 'call' }, 409, 'accept-first'],
  ['SR-other', { reason: 'write' }, 409, 'not-yours'],
  ['SR-bot', {}, 400, 'bad-request'],
  ['SR-bot', { reason: 'curious' }, 400, 'bad-request'],
])('%s for %j is refused: %d %s', async (number, body, status, code) => {
  const { text, ...refused } = await ask(mine, `/${number}/contact`, body);
  expect(refused).toMatchObject({ status, json: { error: { code } } });
  for (const secret of SECRETS) expect(text).not.toContain(secret);
});
