import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newCase } from '#dialogs/case.ts';
import { OFFERINGS } from '#knowledge/schema.ts';
import type { Agent } from '#src/desk/agents.ts';
import { Sessions } from '#src/desk/sessions.ts';
import { conversation, logRow, request } from '../storage/samples.ts';
import { openDesk, own, START, type Desk } from './desk.ts';

/** What a customer wrote who gave no contact in any form: nobody knows that it is one. */
const WRITTEN = 'Nobody can sign in, error 0x80070005. Call me at 090-1234-5678 or mail hana@contoso.example';
const IN_PART = 'Nobody can sign in, error 0x80070005. Call me at •••-••••-5678 or mail h•••@contoso.example';
/** Cut in a list, and half a number looks like none. */
const LONG = `${'All is down. '.repeat(15)}090-1234-5678`;
const SECRETS = ['090-1234', '090-1', 'hana@'];

const mine = { id: 'agent-1', name: 'Li', role: 'agent', queues: OFFERINGS } as const satisfies Agent;
const boss = { ...mine, id: 'boss', role: 'supervisor' } as const satisfies Agent;

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  const state = { ...newCase('en', 'Asia/Tokyo', null), description: WRITTEN, impact: `Until then ${WRITTEN}` };
  const talks = {
    waits: { owner: 'waiting', waitingSince: START },
    mine: { owner: 'agent', agent: 'agent-1' },
    other: { owner: 'agent', agent: 'agent-2' },
    free: { owner: 'bot' },
  } as const;
  await desk.storage.transact(async (unit) => {
    for (const [id, talk] of Object.entries(talks)) {
      await unit.conversations.create(
        conversation({ ...talk, id, state, deskAt: START, inSeq: 3, lastSeq: 3, language: 'en' }),
      );
      const said = { conversation: id, at: START } as const;
      await unit.rows.append([
        logRow({ ...said, seq: 1, body: { type: 'message', text: WRITTEN } }),
        logRow({
          ...said,
          seq: 2,
          role: 'bot',
          body: { type: 'message', text: `“${WRITTEN}” Call (86) 400-089-0365.` },
        }),
        logRow({ ...said, seq: 3, body: { type: 'message', text: `again: ${WRITTEN}` } }),
      ]);
      const filed = { number: `SR-${id}`, conversation: id, description: WRITTEN, impact: WRITTEN, evidence: [] };
      await unit.requests.insert(request({ ...filed, ...(id === 'other' && { description: LONG }) }));
      const event = { number: `SR-${id}`, seq: 2, at: START, actor: 'customer', kind: 'information-added' } as const;
      await unit.requests.addEvent({ ...event, data: { text: WRITTEN } });
    }
  });
});
afterAll(() => desk.end());

async function ask(agent: Agent, path: string, body?: object) {
  const cookie = (await new Sessions(desk.options).open(agent)).split(';')[0] ?? '';
  const sent = body ? { method: 'POST', body: JSON.stringify(body) } : {};
  const response = await fetch(`${desk.url}/desk/api/${path}`, { ...sent, headers: { ...own(desk.url), cookie } });
  const text = await response.text();
  return { status: response.status, text, json: JSON.parse(text) };
}

describe('a contact that the customer only wrote is in part', () => {
  test.each([
    ['in the queue', 'queue', mine],
    ['in the queue after an event', 'queue?ids=waits,other,free', mine],
    ['in a supervisor’s list', 'conversations', boss],
    ['in the list of requests', 'requests', mine],
    ['in the log of who waits', 'conversations/waits/log', mine],
    ['in the log, from the middle on', 'conversations/waits/log?after=1', mine],
    ['in the packet of who waits', 'conversations/waits', mine],
    ['in a colleague’s packet', 'conversations/other', boss],
    ['in a request of whom nobody has', 'requests/SR-free', mine],
  ])('%s', async (_where, path, agent) => {
    const { status, text } = await ask(agent, path);
    expect(status).toBe(200);
    expect(text).toContain('5678');
    expect(text).toContain('0x80070005');
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  });

  test('and whole for who has them', async () => {
    for (const path of ['conversations/mine', 'conversations/mine/log', 'conversations', 'requests/SR-mine'])
      expect((await ask(mine, path)).text).toContain(WRITTEN);
  });

  test('the house’s own number is not hidden in what the bot said', async () => {
    const { json } = await ask(mine, 'conversations/waits/log?after=1&limit=1');
    expect(json[0].text).toBe(`“${IN_PART}” Call (86) 400-089-0365.`);
  });
});

const reasons = async () => {
  const all = await desk.storage.transact((unit) => unit.audit.list(200));
  return all.filter(({ action }) => action === 'contact.read').length;
};

describe('who says what for sees it wherever it was written, and that is noted', () => {
  test.each([
    ['of whom nobody has', 'free', mine],
    ['a supervisor, in a colleague’s conversation', 'other', boss],
  ])('a conversation: %s', async (_who, id, agent) => {
    const { status, json } = await ask(agent, `conversations/${id}/contact`, { reason: 'call' });
    expect(status).toBe(200);
    expect(json.packet).toMatchObject({ contactIs: 'on-reason', case: { description: WRITTEN } });
    expect(json.packet.transcript[0].text).toBe(WRITTEN);
    expect(json.contact).toEqual(json.packet.case.contact);
    const [noted] = await desk.storage.transact((unit) => unit.audit.list(1));
    expect(noted).toMatchObject({ actor: agent.id, action: 'contact.read', subject: id, detail: { reason: 'call' } });
  });

  test('a request', async () => {
    const { json } = await ask(mine, 'requests/SR-free/contact', { reason: 'write' });
    expect(json.request).toMatchObject({ number: 'SR-free', description: WRITTEN, impact: WRITTEN });
    expect(json.request.history.at(-1).data).toEqual({ text: WRITTEN });
  });

  test('nobody else: neither it nor a line in the audit', async () => {
    const before = await reasons();
    const refused = await ask(mine, 'conversations/waits/contact', { reason: 'call' });
    expect(refused).toMatchObject({ status: 409, json: { error: { code: 'accept-first' } } });
    for (const secret of SECRETS) expect(refused.text).not.toContain(secret);
    expect(await reasons()).toBe(before);
  });
});
