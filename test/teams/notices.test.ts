import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { post } from '../conversations/teams.ts';
import { DeskAgent } from '../desk/agent.ts';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { Visitor } from '../whole/visitor.ts';
import { FakeTeams } from './fake-teams.ts';

/** A Teams that gives every message an id, and changes it in place when asked: what an agents' channel shows. */
interface Channel {
  readonly url: string;
  /** Cards as they read now, by their id, in order. */
  readonly cards: Map<string, { text: string; buttons: string[] }>;
  readonly calls: { method: string; conversation: string }[];
  close(): void;
}

const cardSchema = z.looseObject({
  text: z.string().optional(),
  attachments: z
    .array(
      z.looseObject({
        content: z.looseObject({
          actions: z.array(z.looseObject({ title: z.string(), data: z.looseObject({ key: z.string() }).optional() })),
        }),
      }),
    )
    .optional(),
});

async function openChannel(): Promise<Channel> {
  const cards: Channel['cards'] = new Map();
  const calls: Channel['calls'] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (bytes: Buffer) => (body += bytes.toString()));
    request.on('end', () => {
      const [, conversation = '', activity] =
        /conversations\/([^/]+)\/activities(?:\/([^/?]+))?/.exec(request.url ?? '') ?? [];
      const { method = '' } = request;
      calls.push({ method, conversation: decodeURIComponent(conversation) });
      const id = method === 'PUT' ? decodeURIComponent(activity ?? '') : randomUUID();
      const { text = '', attachments = [] } = cardSchema.parse(JSON.parse(body));
      cards.set(id, { text, buttons: attachments.flatMap(({ content }) => content.actions.map(({ title }) => title)) });
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    cards,
    calls,
    close: () => server.closeAllConnections() ?? server.close(),
  };
}

const CHANNEL = '19:agents@thread.tacv2';
let house: House;
let teams: Channel;
beforeAll(async () => {
  teams = await openChannel();
  const soon = { NOTICE_AFTER_S: '1', NOTICE_AGAIN_S: '600', HANDOFF_EVERY_S: '1', NOTICE_CHANNEL: CHANNEL };
  house = await openHouse(soon);
}, 180_000);
afterAll(async () => {
  await house.end();
  teams.close();
});

function fromChannel(part: Record<string, unknown>): Promise<Response> {
  const activity = {
    id: randomUUID(),
    channelId: 'msteams',
    serviceUrl: teams.url,
    from: { id: '29:ada', name: 'Ada', aadObjectId: randomUUID() },
    recipient: { id: '28:frontdesk', name: 'Frontdesk' },
    conversation: { id: `${CHANNEL};messageid=1`, conversationType: 'channel', isGroup: true, tenantId: randomUUID() },
    channelData: { team: { id: CHANNEL }, channel: { id: CHANNEL } },
    ...part,
  };
  const headers = { 'content-type': 'application/json' };
  return fetch(`${house.url}/api/messages`, { method: 'POST', headers, body: JSON.stringify(activity) });
}

const now = () => [...teams.cards.values()].filter(({ text }) => /waiting for an agent/.test(text));

test('the channel hears of who waits, once; accepted at the desk, the card says so where it stands', async () => {
  const installed = { type: 'conversationUpdate', membersAdded: [{ id: '28:frontdesk' }] };
  expect((await fromChannel(installed)).status).toBe(200);
  await expect
    .poll(() => [...teams.cards.values()].some(({ text }) => /Notices of the support desk/.test(text)))
    .toBe(true);
  const visitor = await Visitor.come(house, 'cn-admin');
  await visitor.open();
  await visitor.post('ask', { text: 'agent' });
  await expect.poll(now, { timeout: 20_000 }).toHaveLength(1);
  expect(now()[0]?.buttons).toEqual(['Open at the desk', 'I look after it']);
  const agent = await DeskAgent.come(house, 'agent-1');
  expect(await agent.act(visitor.conversation, 'accept')).toBe(200);
  await expect.poll(() => now()[0]?.text, { timeout: 20_000 }).toMatch(/agent-1 has it\.$/);
  expect(now()).toHaveLength(1);
  expect(now()[0]?.buttons).toEqual(['Open at the desk']);
  expect(teams.calls.every(({ conversation }) => conversation === CHANNEL || conversation.startsWith(CHANNEL))).toBe(
    true,
  );
});

const press = (key: string) =>
  fromChannel({
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb: 'frontdesk.answer', data: { step: 'notice', key } } },
  });

test('“I look after it” in the channel is said on the card, by the name of who pressed; a stranger’s key changes nothing', async () => {
  const visitor = await Visitor.come(house, 'cn-admin');
  await visitor.open();
  await visitor.post('ask', { text: 'agent' });
  await expect.poll(now, { timeout: 20_000 }).toHaveLength(2);
  expect((await press('handoff:nothing:1')).status).toBe(200);
  expect((await press(`handoff:${visitor.conversation}:2`)).status).toBe(200);
  await expect.poll(() => now()[1]?.text, { timeout: 20_000 }).toMatch(/Ada has it\.$/);
  const canary = /cn-admin|printer|@/;
  for (const { text } of teams.cards.values()) expect(text).not.toMatch(canary);
});

test('nobody stirs: the channel is told again, then one person on duty after the other in their own chat, until somebody has it', async () => {
  const far = await FakeTeams.open();
  const fast = { NOTICE_AFTER_S: '1', NOTICE_AGAIN_S: '1', HANDOFF_EVERY_S: '1', NOTICE_CHANNEL: CHANNEL };
  const office = await openHouse(fast);
  try {
    const tenantId = randomUUID();
    const arrive = (id: string, conversation: Record<string, unknown>) =>
      post(office, {
        type: 'conversationUpdate',
        id: randomUUID(),
        channelId: 'msteams',
        serviceUrl: far.url,
        from: { id },
        recipient: { id: '28:frontdesk', name: 'Frontdesk' },
        conversation: { tenantId, ...conversation },
        membersAdded: [{ id: '28:frontdesk' }],
        channelData: { team: { id: CHANNEL }, channel: { id: CHANNEL } },
      });
    await arrive('29:ada', { id: CHANNEL, conversationType: 'channel', isGroup: true });
    const agents = await Promise.all(['agent-1', 'agent-2'].map((id) => DeskAgent.come(office, id)));
    for (const agent of agents) {
      await agent.call('/api/me/presence', { method: 'PUT', json: { state: 'on-duty' } });
      await arrive(agent.id, { id: `a:${agent.id}`, conversationType: 'personal' });
    }
    const visitor = await Visitor.come(office, 'cn-admin');
    await visitor.open();
    await visitor.post('ask', { text: 'agent' });
    const told = () => far.calls.filter(({ text, method }) => method === 'POST' && /waiting for an agent/.test(text));
    await expect.poll(() => told().length, { timeout: 60_000 }).toBeGreaterThanOrEqual(4);
    const places = told().map(({ conversation }) => conversation);
    expect(places.slice(0, 2)).toEqual([CHANNEL, CHANNEL]);
    expect(places.slice(2, 4).toSorted()).toEqual(['a:agent-1', 'a:agent-2']);
    expect(await agents[0]?.act(visitor.conversation, 'accept')).toBe(200);
    await expect.poll(() => far.calls.some(({ text }) => text.endsWith('agent-1 has it.'))).toBe(true);
    expect(JSON.stringify(far.calls)).not.toMatch(/cn-admin/);
  } finally {
    await office.end();
    await far.close();
  }
}, 180_000);
