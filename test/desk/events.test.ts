import { afterAll, beforeAll, expect, test } from 'vitest';
import { conversation } from '../storage/samples.ts';
import { openDesk, own, signIn, START, type Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.end());

/** What the stream says, until it names `words`. */
async function until(reader: ReadableStreamDefaultReader<string>, words: string): Promise<string> {
  for (let heard = ''; ;) {
    const { value, done } = await reader.read();
    heard += value ?? '';
    if (done || heard.includes(words)) return heard;
  }
}

test('a desk that has just come hears that somebody whom it saw waiting was taken, and nothing of them after', async () => {
  const waits = { owner: 'waiting', waitingSince: START, ownedSince: START, deskAt: START } as const;
  await desk.storage.transact(async (unit) => {
    for (const id of ['seen', 'other']) await unit.conversations.create(conversation({ ...waits, id }));
  });
  const [one, two] = [await signIn(desk.url, 'agent-1'), await signIn(desk.url, 'agent-2')];
  const stop = new AbortController();
  const { signal } = stop;
  const stream = await fetch(`${desk.url}/desk/api/events`, { headers: { cookie: one.cookie }, signal });
  const reader = (stream.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
  expect(await until(reader, 'event: hello')).toContain('retry: 2000');

  const headers = { ...own(desk.url), cookie: two.cookie };
  const act = (path: string, body?: object) =>
    fetch(`${desk.url}/desk/api/conversations/${path}`, {
      method: 'POST',
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
  desk.clock.now += 1_000;
  expect((await act('seen/accept')).status).toBe(200);
  expect(await until(reader, '"seen"')).toContain('"agent":"agent-2"');
  desk.clock.now += 1_000;
  expect((await act('seen/messages', { id: 'm', text: 'between us' })).status).toBe(200);
  expect((await act('other/accept')).status).toBe(200);
  expect(await until(reader, '"other"')).not.toContain('"seen"');
  stop.abort();
});
