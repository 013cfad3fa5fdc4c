import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { queueEntrySchema } from '#src/desk/queue-entry.ts';
import { conversation, request } from '../storage/samples.ts';
import { openDesk, signIn, START, type Desk } from './desk.ts';

/** As many requests as the list shows, and some more. */
const SHOWN = 200;
const MORE = 3;

let desk: Desk;
let cookie: string;
const talkOf = (at: number): string => `talk-${String(at).padStart(3, '0')}`;

beforeAll(async () => {
  desk = await openDesk();
  ({ cookie } = await signIn(desk.url, 'agent-1'));
  await desk.storage.transact(async (unit) => {
    for (let at = 0; at < SHOWN + MORE; at += 1) {
      const id = talkOf(at);
      await unit.conversations.create(conversation({ id }));
      const respondBy = new Date(START + at * 60_000).toISOString();
      await unit.requests.insert(request({ number: `SR-${id}`, conversation: id, severity: 'B', respondBy }));
    }
  });
});
afterAll(() => desk.end());

async function queue(query = ''): Promise<z.infer<typeof queueEntrySchema>[]> {
  const answer = await fetch(`${desk.url}/desk/api/queue${query}`, { headers: { cookie } });
  return z.array(queueEntrySchema).parse(await answer.json());
}
const idsIn = (entries: Awaited<ReturnType<typeof queue>>) => entries.map(({ conversation: id }) => id);
const last = talkOf(SHOWN + MORE - 1);

test('of many open requests the list shows the most urgent, and an event brings no line that it leaves out', async () => {
  const whole = idsIn(await queue());
  expect(whole).toEqual(Array.from({ length: SHOWN }, (_none, at) => talkOf(at)));
  expect(idsIn(await queue(`?ids=${last},${talkOf(SHOWN)}`))).toEqual([]);
  expect(idsIn(await queue(`?ids=${last},${talkOf(SHOWN - 1)}`))).toEqual([talkOf(SHOWN - 1)]);
});

test('who waits stands in it in any case, with their request; and one that ends lets the next one in', async () => {
  await desk.storage.transact(async (unit) => {
    const waits = { id: 'waits', owner: 'waiting', waitingSince: START, deskAt: START } as const;
    await unit.conversations.create(conversation(waits));
    const later = new Date(START + 10 * 86_400_000).toISOString();
    await unit.requests.insert(request({ number: 'SR-WAITS', conversation: 'waits', severity: 'C', respondBy: later }));
    const closed = { number: `SR-${talkOf(0)}`, seq: 2, at: START, actor: 'agent-1', kind: 'closed' } as const;
    await unit.requests.addEvent({ ...closed, data: { outcome: 'solved' } });
  });
  const whole = await queue();
  expect(whole).toHaveLength(SHOWN + 1);
  expect(whole.at(-1)).toMatchObject({ conversation: 'waits', request: 'SR-WAITS' });
  expect(idsIn(whole)).toContain(talkOf(SHOWN));
  expect(idsIn(await queue(`?ids=waits,${talkOf(0)},${talkOf(SHOWN)},${last}`))).toEqual([talkOf(SHOWN), 'waits']);
});
