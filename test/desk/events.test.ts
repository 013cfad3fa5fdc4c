import { afterAll, beforeAll, expect, test } from 'vitest';
import { Sessions } from '#src/desk/sessions.ts';
import { conversation, request } from '../storage/samples.ts';
import { openDesk, own, signIn, START, type Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({}, () => null, { later: 20 });
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

/** A desk that follows, and has heard "hello". */
async function follow(cookie: string) {
  const ending = new AbortController();
  const { signal } = ending;
  const stream = await fetch(`${desk.url}/desk/api/events`, { headers: { cookie }, signal });
  const reader = (stream.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
  expect(await until(reader, 'event: hello')).toContain('retry: 2000');
  return { reader, stop: () => ending.abort() };
}

test('a desk that has just come hears that somebody whom it saw waiting was taken, and nothing of them after', async () => {
  const waits = { owner: 'waiting', waitingSince: START, ownedSince: START, deskAt: START } as const;
  await desk.storage.transact(async (unit) => {
    for (const id of ['seen', 'other']) await unit.conversations.create(conversation({ ...waits, id }));
  });
  const [one, two] = [await signIn(desk.url, 'agent-1'), await signIn(desk.url, 'agent-2')];
  const { reader, stop } = await follow(one.cookie);

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
  stop();
});

test('of a colleague’s conversation a list hears where a request stands in it: which one, and only of its own queues', async () => {
  const held = { owner: 'agent', agent: 'agent-2', ownedSince: START, deskAt: START } as const;
  await desk.storage.transact(async (unit) => {
    for (const id of ['filed', 'bare']) await unit.conversations.create(conversation({ ...held, id }));
    await unit.requests.insert(request({ number: 'SR-FILED', conversation: 'filed' }));
  });
  const { cookie } = await signIn(desk.url, 'agent-2');
  const azure = { id: 'agent-9', name: 'Nine', role: 'agent', queues: ['azure-21vianet'] } as const;
  const [list, other] = await Promise.all([
    follow((await signIn(desk.url, 'agent-1')).cookie),
    follow((await new Sessions(desk.options).open(azure)).split(';')[0] ?? ''),
  ]);
  const say = (id: string, words: string) =>
    fetch(`${desk.url}/desk/api/conversations/${id}/messages`, {
      method: 'POST',
      headers: { ...own(desk.url), cookie },
      body: JSON.stringify({ id: words, text: words }),
    });
  desk.clock.now += 1_000;
  // Both in one look: had the other one been told, it would stand beside it or before it.
  expect([(await say('bare', 'one')).status, (await say('filed', 'two')).status]).toEqual([200, 200]);
  const heard = await until(list.reader, '"filed"');
  expect(heard).toContain('event: listed\ndata: {"conversations":["filed"]}\n\n');
  expect(heard).not.toMatch(/bare|event: conversation/);
  list.stop();
  // Somebody of their own queue waits: all that this desk ever hears.
  const waits = { owner: 'waiting', waitingSince: START, offering: 'azure-21vianet' } as const;
  desk.clock.now += 1_000;
  await desk.storage.transact((unit) =>
    unit.conversations.create(conversation({ ...waits, id: 'azure', deskAt: desk.clock.now })),
  );
  expect(await until(other.reader, '"azure"')).not.toMatch(/filed|bare|listed/);
  other.stop();
});
