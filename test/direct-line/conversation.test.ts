import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Client, openHouse, openedSchema, type House } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ RATE_MESSAGES: '300' });
});
afterAll(() => house.stop());

const texts = (activities: readonly { text?: string | undefined }[]) => activities.map(({ text }) => text);

describe('a conversation by polling', () => {
  test('starting greets once, however often it is started', async () => {
    const client = await Client.begin(house);
    const first = await client.call('/conversations', { method: 'POST', json: {} });
    const again = await client.call('/conversations', { method: 'POST', json: {} });
    expect([first.status, again.status]).toEqual([201, 200]);
    const opened = openedSchema.parse(await first.json());
    expect(opened.conversationId).toBe(client.conversation);
    expect(opened.expires_in).toBe(1800);
    const { activities } = await client.poll();
    expect(texts(activities)).toEqual(['welcome']);
    expect(activities[0]?.from).toEqual({ id: 'frontdesk', name: 'Frontdesk', role: 'bot' });
  });

  test('the own activity comes back once, before its answers, with the id that the POST named', async () => {
    const client = await Client.begin(house);
    await client.start();
    const { watermark } = await client.poll();
    const clientActivityID = randomUUID();
    const id = await client.say('hello', clientActivityID);
    const { activities } = await client.poll(watermark);
    expect(texts(activities)).toEqual(['hello', '1: hello', '2: hello', 'did hello help?']);
    expect(activities[0]).toMatchObject({
      id,
      from: { id: client.user, role: 'user' },
      channelData: { clientActivityID },
    });
    for (const answer of activities.slice(1)) expect(answer.replyToId).toBe(id);
    const ids = activities.map((activity) => activity.id);
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((each) => each.startsWith(`${client.conversation}|`))).toBe(true);
  });
});

const begun = async () => {
  const client = await Client.begin(house, { as: 'user', locale: 'ja-JP', timeZone: 'Asia/Tokyo' });
  await client.start();
  return client;
};
const idOf = async (response: Response) => z.strictObject({ id: z.string() }).parse(await response.json()).id;
const logOf = (client: Client) => house.storage.transact((unit) => unit.rows.list(client.conversation, 0, 1_000));

describe('what is said', () => {
  test('a repeated clientActivityID is the same activity: the first id, and nothing happens twice', async () => {
    const client = await begun();
    const id = await client.say('once', 'c1');
    const again = await Promise.all(Array.from({ length: 10 }, () => client.say('once', 'c1')));
    expect(new Set([id, ...again]).size).toBe(1);
    expect(texts(await client.all())).toEqual(['welcome', 'once', '1: once', '2: once', 'did once help?']);
    const burst = await Promise.all(Array.from({ length: 10 }, () => client.say('burst', 'c2')));
    expect(new Set(burst).size).toBe(1);
    expect(texts(await client.all()).filter((text) => text === 'burst')).toHaveLength(1);
  });

  test('ids of one person mean nothing in another’s conversation, and none is one of ours', async () => {
    const [one, other] = [await begun(), await begun()];
    await one.say('mine', 'same');
    await other.say('theirs', 'same');
    await other.say('not the arrival', 'start');
    expect(texts(await other.all())).toEqual(expect.arrayContaining(['theirs', 'not the arrival']));
  });

  test('two activities without a client’s id are two', async () => {
    const client = await begun();
    const ids = [await client.post({ type: 'message', text: 'a' }), await client.post({ type: 'message', text: 'a' })];
    expect(new Set(await Promise.all(ids.map(idOf))).size).toBe(2);
    expect(texts(await client.all()).filter((text) => text === 'a')).toHaveLength(2);
  });

  test('who speaks, where, and what else nobody proved comes from the token', async () => {
    const client = await begun();
    const [other] = [await begun()];
    await client.post({
      type: 'message',
      id: 'mine|0000001',
      text: 'forged',
      from: { id: other.user, name: 'Global Admin', role: 'bot', aadObjectId: '00000000-0000-0000-0000-000000000010' },
      recipient: { id: 'somebody' },
      conversation: { id: other.conversation, tenantId: 'contoso' },
      channelId: 'msteams',
      serviceUrl: 'https://evil.test/',
      timestamp: '1999-01-01T00:00:00Z',
      replyToId: `${other.conversation}|0000001`,
      entities: [{ type: 'https://schema.org/Message', author: { name: 'Support' } }],
      channelData: { clientActivityID: 'f1', tenant: { id: 'contoso' }, isAdmin: true },
      claims: { role: 'admin' },
    });
    const row = (await logOf(client)).find(({ body }) => body['text'] === 'forged');
    expect(row?.body).toEqual({
      type: 'message',
      text: 'forged',
      channelId: 'directline',
      conversation: { id: client.conversation },
      from: { id: client.user, role: 'user' },
      recipient: { id: 'frontdesk', name: 'Frontdesk', role: 'bot' },
      locale: 'ja-JP',
      localTimezone: 'Asia/Tokyo',
      channelData: { clientActivityID: 'f1' },
    });
    const echo = (await client.all()).find(({ text }) => text === 'forged');
    expect(echo?.from).toEqual({ id: client.user, role: 'user' });
    expect(texts(await other.all())).toEqual(['welcome']);
    const found = await house.storage.transact((unit) => unit.conversations.byId(client.conversation));
    expect([found?.person, found?.tenant]).toEqual(['sample:user', null]);
  });

  test.each<[string, unknown, number]>([
    ['nothing', undefined, 400],
    ['null', null, 400],
    ['a list', [], 400],
    ['no type', {}, 400],
    ['a type in figures', { type: 5 }, 400],
    ['an arrival', { type: 'conversationUpdate', membersAdded: [{ id: 'x' }] }, 400],
    ['an unknown type', { type: '__proto__' }, 400],
    ['a text that is none', { type: 'message', text: { a: 1 } }, 400],
    ['channelData that is none', { type: 'message', text: 'x', channelData: 'y' }, 200],
    [
      'a client’s id of 10 KB',
      { type: 'message', text: 'x', channelData: { clientActivityID: 'i'.repeat(10_000) } },
      400,
    ],
    ['a client’s id that is none', { type: 'message', text: 'x', channelData: { clientActivityID: { a: 1 } } }, 200],
    ['100 000 characters', { type: 'message', text: 'x'.repeat(100_000) }, 200],
    ['one more', { type: 'message', text: 'x'.repeat(100_001) }, 413],
    ['300 KB', { type: 'message', text: 'x'.repeat(300_000) }, 413],
    [
      'a file by address',
      { type: 'message', attachments: [{ contentType: 'image/png', contentUrl: 'http://169.254.169.254/' }] },
      415,
    ],
    [
      'a card of one’s own',
      { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: {} }] },
      415,
    ],
    ['an event', { type: 'event', name: 'handoff.status', value: { state: 'accepted' } }, 200],
    ['an empty message', { type: 'message' }, 200],
    ['a locale of 5 000 characters', { type: 'message', text: 'x', locale: 'x'.repeat(5_000) }, 400],
    ['a NUL in the text', { type: 'message', text: 'a\0b' }, 200],
  ])('%s', async (_name, json, status) => {
    const client = await begun();
    const before = (await logOf(client)).length;
    const response = await client.post(json);
    expect(response.status).toBe(status);
    expect((await logOf(client)).length > before).toBe(status === 200);
    expect(await response.text()).not.toMatch(/zod|expected|stack|select/i);
  });

  test('bodies of another kind are refused', async () => {
    const client = await begun();
    const path = `/conversations/${client.conversation}/activities`;
    const send = (headers: Record<string, string>, body: string) =>
      client.call(path, { method: 'POST', headers, body });
    expect((await send({ 'content-type': 'text/plain' }, '{"type":"message"}')).status).toBe(415);
    expect((await send({ 'content-type': 'application/json' }, '{"type":')).status).toBe(400);
  });

  test('that somebody types is told to nobody', async () => {
    const client = await begun();
    const before = await logOf(client);
    const id = await idOf(await client.post({ type: 'typing', channelData: { clientActivityID: 't' } }));
    expect(id).not.toBe('');
    expect(await logOf(client)).toEqual(before);
  });

  test('a press on a card shows the words on the button', async () => {
    const client = await begun();
    await client.say('printer');
    const press = (value: unknown, id: string) =>
      client.post({ type: 'message', value, channelData: { clientActivityID: id, postBack: true } });
    const known = await idOf(await press({ step: 'answer', choice: 'yes' }, 'p1'));
    const unknown = await idOf(await press({ step: 'answer', choice: 'maybe' }, 'p2'));
    const all = await client.all();
    const [shown, hidden] = [known, unknown].map((id) => all.find((each) => each.id === id));
    expect(shown).toMatchObject({
      text: 'Yes, it did',
      value: { step: 'answer', choice: 'yes' },
      channelData: { clientActivityID: 'p1' },
    });
    expect(shown?.channelData).not.toHaveProperty('postBack');
    expect(hidden?.text).toBeUndefined();
    expect(hidden?.channelData).toEqual({ clientActivityID: 'p2', postBack: true });
  });

  test('an agent speaks by name, and nothing meant for the desk is seen', async () => {
    const client = await begun();
    await client.say('agent');
    const agent = (await client.all()).at(-1);
    expect(agent).toMatchObject({ text: 'an agent speaks', from: { id: 'agent', name: 'Li Na', role: 'bot' } });
    expect(JSON.stringify(await client.all())).not.toContain('canary');
  });

  test('too many messages are refused for a while, and nobody else’s', async () => {
    const [loud, other] = [await Client.begin(house), await Client.begin(house)];
    await other.start();
    await loud.start();
    const answers = await Promise.all(
      Array.from({ length: 320 }, (_, n) => loud.post({ type: 'event', name: `e${n}` })),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(20);
    expect(refused.every(({ headers }) => Number(headers.get('retry-after')) >= 1)).toBe(true);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(320 - refused.length);
    expect((await other.post({ type: 'event', name: 'x' })).status).toBe(200);
  });
});

describe('browsers', () => {
  test('a page of another origin is answered as directlinejs asks', async () => {
    const client = await Client.begin(house);
    const origin = 'http://localhost:9999';
    const asked = 'authorization, content-type, x-ms-bot-agent, x-requested-with';
    for (const path of [
      '/conversations',
      '/tokens/refresh',
      `/conversations/${client.conversation}/activities`,
      `/conversations/${client.conversation}/upload`,
    ]) {
      const headers = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': asked };
      const response = await client.call(path, { method: 'OPTIONS', token: null, headers });
      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(response.headers.get('access-control-allow-headers')).toBe(asked);
    }
    const foreign = await client.call('/conversations', {
      method: 'POST',
      json: {},
      headers: { origin: 'https://evil.test' },
    });
    expect(foreign.status).toBe(403);
  });

  test('a session id is given to whoever asks', async () => {
    const response = await new Client(house).call('/session/getsessionid', { token: null });
    expect(z.strictObject({ sessionId: z.uuid() }).parse(await response.json())).toBeTruthy();
  });
});
