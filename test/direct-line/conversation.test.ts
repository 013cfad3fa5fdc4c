import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client, openHouse, openedSchema, type House } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
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
