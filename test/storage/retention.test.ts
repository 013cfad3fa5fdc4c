import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conversationOf } from '#bot/whose.ts';
import { Housekeeping } from '#src/log/housekeeping.ts';
import type { Conversation, Unit } from '#src/log/ports.ts';
import { engines } from './engines.ts';
import type { Opened } from './engines.ts';
import { code, conversation, job, logRow, NOON, notice, request, VOUCHED } from './samples.ts';

const DAY = 24 * 3_600_000;
const NOW = NOON + 1_000 * DAY;
const OLD = NOW - 800 * DAY;
const LATELY = NOW - 10 * DAY;

async function talk(unit: Unit, id: string, given: Partial<Conversation> = {}): Promise<void> {
  await unit.conversations.create(conversation({ id, lastSeq: 1, createdAt: OLD, updatedAt: OLD, ...given }));
  await unit.rows.append([logRow({ conversation: id, seq: 1, at: OLD })]);
  const bytes = new Uint8Array([1]);
  await unit.files.add({ id: `file of ${id}`, conversation: id, name: 'a.png', type: 'image/png', bytes, at: OLD });
  await unit.codes.keep(code({ conversation: id }));
}

/** By name what is owed or new in it; the first two are neither. */
async function fill(unit: Unit): Promise<void> {
  const user = { id: '29:a', name: '佐藤', aadObjectId: 'b' };
  await talk(unit, 'old', { vouched: VOUCHED, reference: { serviceUrl: 'https://example.test/', user } });
  await talk(unit, 'closed');
  await unit.requests.insert(request({ number: 'SR-1', conversation: 'closed', state: 'closed', respondBy: null }));
  for (const { request: number, seq } of await unit.promises.open({ conversation: 'closed' }))
    await unit.promises.end({ request: number, seq }, { state: 'kept', reason: 'answered', at: OLD, by: 'agent-1' });
  await talk(unit, 'new', { updatedAt: LATELY });
  await talk(unit, 'waits', { owner: 'waiting', waitingSince: OLD });
  await talk(unit, 'has-agent', { owner: 'agent', agent: 'agent-1' });
  await talk(unit, 'open-turn', { inSeq: 1, doneSeq: 0 });
  await talk(unit, 'unsent', { outSeq: 1, sentSeq: 0 });
  await talk(unit, 'open-request');
  await unit.requests.insert(request({ number: 'SR-2', conversation: 'open-request', respondBy: null }));
  await talk(unit, 'promised');
  await unit.requests.insert(request({ number: 'SR-3', conversation: 'promised', state: 'closed' }));
  await talk(unit, 'incident');
  const link = { incident: 'EX1', offering: 'worldwide', party: 'p', title: '', at: OLD } as const;
  await unit.incidents.link({ ...link, conversation: 'incident' });
  await talk(unit, 'told');
  await unit.incidents.link({ ...link, conversation: 'told' });
  await unit.incidents.told('EX1', 'told', OLD);
}

describe.each(engines)('what is long over goes, on $name', (engine) => {
  let opened: Opened;
  const went: string[] = [];
  beforeAll(async () => {
    opened = await engine.open();
  });
  afterAll(() => opened.drop());
  const round = () =>
    new Housekeeping({
      storage: opened.storage,
      keep: { finished: 90 * DAY, talks: 730 * DAY },
      every: DAY,
      clock: () => NOW,
      went: (what, count) => went.push(`${what} ${count}`),
      failed: (error) => {
        throw error;
      },
    }).round();

  test('texts and files of talks in which nothing is owed go, once; of all others everything stays', async () => {
    await opened.storage.transact(fill);
    await round();
    const kept = await opened.storage.transact(async (unit) => {
      const all: string[] = [];
      for (const id of [
        'old',
        'closed',
        'told',
        'new',
        'waits',
        'has-agent',
        'open-turn',
        'unsent',
        'open-request',
        'promised',
        'incident',
      ]) {
        const rows = await unit.rows.list(id, 0, 9);
        const file = await unit.files.byId(`file of ${id}`);
        const sent = await unit.codes.of(id);
        // All three, or none.
        expect([rows.length === 1, file !== undefined, sent !== undefined]).toEqual(Array(3).fill(rows.length === 1));
        if (rows.length === 1) all.push(id);
      }
      return all;
    });
    expect(kept).toEqual(['new', 'waits', 'has-agent', 'open-turn', 'unsent', 'open-request', 'promised', 'incident']);
    expect(went.splice(0)).toEqual(['talks 3']);
    await round();
    expect(went.splice(0)).toEqual([]);
  });

  test('who writes again goes on in the same conversation, from its beginning, and that goes in its time, too', async () => {
    await opened.storage.transact(async (unit) => {
      const again = await unit.conversations.byId('old');
      // The address stays, and nothing that tells who they are.
      const reference = { serviceUrl: 'https://example.test/', user: { id: '29:a' } };
      expect(again).toMatchObject({ state: null, vouched: null, lastSeq: 1 });
      expect(again?.reference).toEqual(reference);
      if (!again) return;
      // In a group it is nobody else's, though nothing shows any more who spoke in it.
      const { key } = await conversationOf({ ...again, person: 'somebody else' }, true, unit);
      expect(key).toBe(`${again.channelConversationId}|somebody else`);
      expect(await unit.conversations.save({ ...again, lastSeq: 2, updatedAt: NOW + 1 })).toBe(true);
      await unit.rows.append([logRow({ conversation: 'old', seq: 2, at: NOW + 1 })]);
      // The other one, in which something was said lately.
      expect(await unit.retention.talks(NOW + 1, 9, NOW + 1)).toBe(1);
      expect(await unit.rows.list('old', 0, 9)).toHaveLength(1);
      expect(await unit.retention.talks(NOW + 2, 9, NOW + 2)).toBe(1);
      expect(await unit.rows.list('old', 0, 9)).toEqual([]);
    });
  });

  test('done jobs, kept mails, ended notices and expired ids go in small batches; open and dead ones stay', async () => {
    await opened.storage.transact(async (unit) => {
      for (let n = 0; n < 450; n += 1) await unit.jobs.add(job({ id: `j${n}`, key: `k${n}`, runAt: OLD }));
      for (const [limit, at] of [
        [440, OLD],
        [8, LATELY],
      ] as const) {
        for (const { id } of await unit.jobs.claim({ kind: 'ticket', now: at, until: at + 1, limit }))
          await unit.jobs.done(id);
      }
      await unit.jobs.bury('j449', 'refused');
      await unit.mails.add({ id: 'old', to: 'a@example.test', subject: '', text: '', at: OLD });
      await unit.mails.add({ id: 'new', to: 'a@example.test', subject: '', text: '', at: LATELY });
      await unit.notices.add(notice({ key: 'over', state: 'over', since: OLD }));
      await unit.notices.add(notice({ key: 'open', state: 'open', since: OLD }));
      await unit.notices.add(notice({ key: 'lately', state: 'over', since: LATELY }));
      await unit.spend('expired', NOW - 1);
      await unit.spend('good', NOW);
    });
    await round();
    expect(went.splice(0)).toEqual(['jobs 440', 'mails 1', 'notices 1', 'spent 1']);
    await opened.storage.transact(async (unit) => {
      expect(await unit.jobs.counts()).toMatchObject({ dead: 1 });
      expect((await unit.mails.list(9)).map(({ id }) => id)).toEqual(['new']);
      expect([await unit.isSpent('expired'), await unit.isSpent('good')]).toEqual([false, true]);
      expect(await unit.notices.byKey('over')).toBeUndefined();
      expect([await unit.notices.byKey('open'), await unit.notices.byKey('lately')]).not.toContain(undefined);
    });
  });

  test('while another instance does it, nothing is done here', async () => {
    if (!opened.storage.shared) return;
    await opened.storage.transact((unit) => unit.spend('expired too', NOW - 1));
    const claim = await opened.storage.claim('housekeeping');
    await round();
    expect(went.splice(0)).toEqual([]);
    await claim?.release();
    await round();
    expect(went.splice(0)).toEqual(['spent 1']);
  });
});
