import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClaimedJob, IncidentLink, Storage } from '#src/log/ports.ts';
import { openStorage } from '#src/storage/open.ts';
import { OFFERINGS } from '#knowledge/schema.ts';
import type { OfferingId } from '#knowledge/schema.ts';
import { engines } from './engines.ts';
import type { Opened } from './engines.ts';
import { code, conversation, job, logRow, NOON, request, VOUCHED } from './samples.ts';

const MINUTE = 60_000;

const entry = (at: number) => ({ at, actor: 'agent-1', action: 'accept', subject: 'c', detail: { at } });

const mail = (id: string, at: number) => ({ id, to: 'a@example.test', subject: 'S', text: '文', at });

const numbers = (list: readonly { number: string }[]) => list.map(({ number }) => number);

const link = (id: string, given: Partial<IncidentLink> = {}): IncidentLink => ({
  incident: 'EX1',
  offering: 'worldwide',
  conversation: id,
  party: 'tenant-1',
  title: 'Exchange Online: Users can’t send',
  at: NOON,
  ...given,
});

describe.each(engines)('$name', (engine) => {
  let opened: Opened;
  let storage: Storage;
  beforeEach(async () => {
    opened = await engine.open();
    storage = opened.storage;
  }, 180_000);
  afterEach(() => opened.drop());

  test('what a host page proved is kept apart from the rest, and one of a lost shape is not believed', async () => {
    const kept = conversation({ vouched: VOUCHED });
    await storage.transact((unit) => unit.conversations.create(kept));
    const stored = await storage.transact((unit) => unit.conversations.byId(kept.id));
    expect(stored).toEqual(kept);
    const anew = { ...VOUCHED, roles: [] };
    await storage.transact((unit) => unit.conversations.vouch(kept.id, anew));
    await storage.transact((unit) => unit.conversations.save({ ...kept, epoch: 7 }));
    expect(await storage.transact((unit) => unit.conversations.byId(kept.id))).toMatchObject({
      vouched: anew,
      epoch: 7,
    });
    await storage.transact((unit) => unit.conversations.vouch(kept.id, { ...VOUCHED, tenant: '' }));
    expect(await storage.transact((unit) => unit.conversations.byId(kept.id))).toMatchObject({ vouched: null });
  });

  describe('transact', () => {
    test('keeps all of it, or none of it', async () => {
      const kept = conversation();
      const lost = conversation();
      await storage.transact((unit) => unit.conversations.create(kept));
      const failing = storage.transact(async (unit) => {
        await unit.conversations.create(lost);
        throw new Error('the turn failed');
      });
      await expect(failing).rejects.toThrow('the turn failed');
      await storage.transact(async (unit) => {
        expect(await unit.conversations.byId(kept.id)).toEqual(kept);
        expect(await unit.conversations.byId(lost.id)).toBeUndefined();
      });
    });

    test('one that fails takes no other of the same tick with it', async () => {
      const conversations = Array.from({ length: 9 }, () => conversation());
      const outcomes = await Promise.allSettled(
        conversations.map((one, index) =>
          storage.transact(async (unit) => {
            await unit.conversations.create(one);
            if (index % 3 === 0) throw new Error('the turn failed');
          }),
        ),
      );
      expect(outcomes.map((outcome) => outcome.status)).toEqual(
        conversations.map((_one, index) => (index % 3 === 0 ? 'rejected' : 'fulfilled')),
      );
      const stored = await storage.transact(async (unit) => {
        const found = [];
        for (const { id } of conversations) found.push((await unit.conversations.byId(id)) !== undefined);
        return found;
      });
      expect(stored).toEqual(conversations.map((_one, index) => index % 3 !== 0));
    });

    test('an error of the database leaves the others as they were', async () => {
      const one = request();
      await storage.transact((unit) => unit.requests.insert(one));
      const mine = conversation();
      const outcomes = await Promise.allSettled([
        storage.transact((unit) => unit.requests.insert(request({ number: one.number }))),
        storage.transact((unit) => unit.conversations.create(mine)),
        storage.transact((unit) => unit.requests.insert(request({ submissionId: one.submissionId }))),
      ]);
      expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'fulfilled', 'rejected']);
      expect(await storage.transact((unit) => unit.conversations.byId(mine.id))).toEqual(mine);
    });

    test('a unit cannot be used after its transaction', async () => {
      const unit = await storage.transact(async (given) => given);
      await expect(unit.conversations.byId('any')).rejects.toThrow('after its transaction');
    });

    test('100 read-modify-writes of one conversation, all at once, lose none', async () => {
      const one = conversation();
      await storage.transact((unit) => unit.conversations.create(one));
      const turn = () =>
        storage.transact(async (unit) => {
          const found = await unit.conversations.byId(one.id);
          return unit.conversations.save({ ...found!, lastSeq: found!.lastSeq + 1 });
        });
      const saved = await Promise.all(Array.from({ length: 100 }, turn));
      expect(saved.every(Boolean)).toBe(true);
      const end = await storage.transact((unit) => unit.conversations.byId(one.id));
      expect(end).toMatchObject({ lastSeq: 100, version: 100 });
    });

    test('what was kept is there after opening again; transactions after close are refused', async () => {
      const one = conversation();
      await storage.transact((unit) => unit.conversations.create(one));
      const second = await openStorage(opened.where);
      expect(await second.transact((unit) => unit.conversations.byId(one.id))).toEqual(one);
      await second.close();
      await expect(second.transact((unit) => unit.conversations.byId(one.id))).rejects.toThrow(
        /closed|after calling end/,
      );
    });

    test('check passes where writes work', async () => {
      await expect(storage.check()).resolves.toBeUndefined();
    });
  });

  describe('conversations', () => {
    test('every field comes back as it went in', async () => {
      const one = conversation({
        owner: 'agent',
        epoch: 3,
        agent: 'agent-1',
        tenant: 't',
        language: null,
        offering: null,
        state: null,
        version: 7,
        lastSeq: 9,
        inSeq: 8,
        doneSeq: 7,
        outSeq: 9,
        sentSeq: 6,
        waitingSince: NOON + 1,
        updatedAt: NOON + 2,
      });
      await storage.transact(async (unit) => {
        expect(await unit.conversations.create(one)).toEqual(one);
        expect(await unit.conversations.byChannel(one.channel, one.channelConversationId)).toEqual(one);
        expect(await unit.conversations.byChannel('msteams', one.channelConversationId)).toBeUndefined();
      });
    });

    test('20 creations of one channel conversation make one', async () => {
      const tries = Array.from({ length: 20 }, () => conversation({ channelConversationId: 'same' }));
      const stored = await Promise.all(tries.map((one) => storage.transact((unit) => unit.conversations.create(one))));
      expect(new Set(stored.map(({ id }) => id)).size).toBe(1);
    });

    test('a save with an old version is refused and changes nothing', async () => {
      const one = conversation();
      await storage.transact(async (unit) => {
        await unit.conversations.create(one);
        expect(await unit.conversations.save({ ...one, owner: 'waiting', epoch: 1 })).toBe(true);
        expect(await unit.conversations.save({ ...one, owner: 'agent', epoch: 1 })).toBe(false);
        expect(await unit.conversations.byId(one.id)).toEqual({ ...one, owner: 'waiting', epoch: 1, version: 1 });
      });
    });

    test('the sender’s cursor moves forward only, and a save leaves it alone', async () => {
      const one = conversation({ outSeq: 5, lastSeq: 5 });
      await storage.transact(async (unit) => {
        await unit.conversations.create(one);
        expect(await unit.conversations.withUnsentRows(10)).toEqual([one.id]);
        await unit.conversations.sent(one.id, 5);
        await unit.conversations.sent(one.id, 3);
        expect(await unit.conversations.save({ ...one, doneSeq: 0 })).toBe(true);
        expect(await unit.conversations.byId(one.id)).toEqual({ ...one, sentSeq: 5, version: 1 });
        expect(await unit.conversations.withUnsentRows(10)).toEqual([]);
      });
    });

    test('finds pending turns and who waits, the longest first, up to a limit', async () => {
      await storage.transact(async (unit) => {
        await unit.conversations.create(conversation({ id: 'idle', inSeq: 2, doneSeq: 2 }));
        await unit.conversations.create(conversation({ id: 'b', inSeq: 2, doneSeq: 1, updatedAt: NOON + 2 }));
        await unit.conversations.create(conversation({ id: 'a', inSeq: 4, updatedAt: NOON + 1 }));
        await unit.conversations.create(conversation({ id: 'w2', owner: 'waiting', waitingSince: NOON + 2 }));
        await unit.conversations.create(conversation({ id: 'w1', owner: 'waiting', waitingSince: NOON + 1 }));
        expect(await unit.conversations.withPendingTurns(10)).toEqual(['a', 'b']);
        expect(await unit.conversations.withPendingTurns(1)).toEqual(['a']);
        expect((await unit.conversations.waiting(10)).map(({ id }) => id)).toEqual(['w1', 'w2']);
        expect(await unit.conversations.waiting(1)).toHaveLength(1);
        await unit.conversations.create(conversation({ id: 't', owner: 'agent', agent: 'agent-1' }));
        expect((await unit.conversations.withAgent(10)).map(({ id }) => id)).toEqual(['t']);
      });
    });

    test('finds those of a person in a channel, the one that changed last first, up to a limit', async () => {
      await storage.transact(async (unit) => {
        const of = (id: string, updatedAt: number, more: object = {}) =>
          unit.conversations.create(conversation({ id, channel: 'msteams', person: 'kim', updatedAt, ...more }));
        await of('p1', NOON + 1);
        await of('p2', NOON + 2);
        await of('p3', NOON + 3, { channel: 'webchat' });
        await of('p4', NOON + 4, { person: 'lee' });
        const found = await unit.conversations.ofPerson('msteams', 'kim', 10);
        expect(found.map(({ id }) => id)).toEqual(['p2', 'p1']);
        expect(await unit.conversations.ofPerson('msteams', 'kim', 1)).toHaveLength(1);
      });
    });
  });

  describe('rows', () => {
    test('come back as they went in, in order, after a seq, up to a limit', async () => {
      const { id } = conversation();
      const rows = [
        logRow({ conversation: id, seq: 1, sourceId: 'a' }),
        logRow({ conversation: id, seq: 2, direction: 'out', role: 'bot', replyTo: 1, delivery: 'queued', epoch: 2 }),
        logRow({
          conversation: id,
          seq: 3,
          sourceId: 'b',
          body: { text: '😀 “引用”\u0000', nested: { list: [1, null] } },
        }),
      ];
      await storage.transact(async (unit) => {
        await unit.conversations.create(conversation({ id }));
        await unit.rows.append(rows);
        await unit.rows.append([]);
        expect(await unit.rows.list(id, 0, 10)).toEqual(rows);
        expect(await unit.rows.list(id, 1, 1)).toEqual([rows[1]]);
        expect(await unit.rows.pending(id, 0, 10)).toEqual([rows[0], rows[2]]);
        expect(await unit.rows.pending(id, 1, 10)).toEqual([rows[2]]);
        expect(await unit.rows.bySource(id, 'b')).toEqual(rows[2]);
        expect(await unit.rows.bySource('other', 'b')).toBeUndefined();
        await unit.rows.setDelivery(id, 2, 'uncertain');
        expect(await unit.rows.list(id, 1, 1)).toEqual([{ ...rows[1], delivery: 'uncertain' }]);
      });
    });

    test('more rows than fit into one statement', async () => {
      const { id } = conversation();
      const rows = Array.from({ length: 100 }, (_none, index) => logRow({ conversation: id, seq: index + 1 }));
      await storage.transact(async (unit) => {
        await unit.conversations.create(conversation({ id }));
        await unit.rows.append(rows);
        expect(await unit.rows.list(id, 0, 1000)).toEqual(rows);
      });
    });

    test('the same source id is refused in one conversation, and free in another', async () => {
      const [one, other] = [conversation(), conversation()];
      await storage.transact(async (unit) => {
        await unit.conversations.create(one);
        await unit.conversations.create(other);
        await unit.rows.append([logRow({ conversation: one.id, seq: 1, sourceId: 'x' })]);
        await unit.rows.append([logRow({ conversation: other.id, seq: 1, sourceId: 'x' })]);
      });
      const again = storage.transact((unit) =>
        unit.rows.append([logRow({ conversation: one.id, seq: 2, sourceId: 'x' })]),
      );
      await expect(again).rejects.toMatchObject({ reason: 'taken' });
    });

    test('50 deliveries of 10 activities, all at once, append each once', async () => {
      const one = conversation();
      await storage.transact((unit) => unit.conversations.create(one));
      const deliver = (sourceId: string) =>
        storage.transact(async (unit) => {
          const found = await unit.conversations.byId(one.id);
          const known = await unit.rows.bySource(one.id, sourceId);
          if (known) return known.seq;
          const seq = found!.lastSeq + 1;
          await unit.rows.append([logRow({ conversation: one.id, seq, sourceId })]);
          if (!(await unit.conversations.save({ ...found!, lastSeq: seq, inSeq: seq })))
            throw new Error('lost the swap');
          return seq;
        });
      const seqs = await Promise.all(Array.from({ length: 50 }, (_none, index) => deliver(`activity-${index % 10}`)));
      expect(new Set(seqs).size).toBe(10);
      const rows = await storage.transact((unit) => unit.rows.list(one.id, 0, 100));
      expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    });
  });

  describe('jobs', () => {
    let claim: (now?: number, limit?: number) => Promise<ClaimedJob[]>;
    beforeEach(() => {
      claim = (now = NOON, limit = 10) =>
        storage.transact((unit) => unit.jobs.claim({ kind: 'ticket', now, until: now + MINUTE, limit }));
    });

    test('are claimed when due, in order, each with its data, and counted', async () => {
      const [late, first, second] = [job({ runAt: NOON + 1 }), job({ runAt: NOON - 2 }), job({ runAt: NOON - 1 })];
      await storage.transact(async (unit) => {
        for (const one of [late, second, first]) await unit.jobs.add(one);
        expect(await unit.jobs.counts()).toEqual({ ready: 3, dead: 0 });
      });
      expect(await claim()).toEqual([
        { ...first, attempts: 1, unfinished: false },
        { ...second, attempts: 1, unfinished: false },
      ]);
      expect(await claim()).toEqual([]);
      expect(await claim(NOON + 1, 10)).toEqual([{ ...late, attempts: 1, unfinished: false }]);
    });

    test('two claimers at once take each job once', async () => {
      const other = await openStorage(opened.where);
      await storage.transact(async (unit) => {
        for (let index = 0; index < 60; index++) await unit.jobs.add(job());
      });
      const taken = await Promise.all(
        Array.from({ length: 20 }, (_none, index) =>
          (index % 2 ? storage : other).transact((unit) =>
            unit.jobs.claim({ kind: 'ticket', now: NOON, until: NOON + MINUTE, limit: 5 }),
          ),
        ),
      );
      const ids = taken.flat().map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const left = await claim(NOON, 100);
      expect(ids.length + left.length).toBe(60);
      await other.close();
    });

    test('a lease that ran out frees the job; a retry waits for its time', async () => {
      const one = job();
      await storage.transact((unit) => unit.jobs.add(one));
      await claim();
      expect(await claim(NOON + MINUTE - 1)).toEqual([]);
      expect(await claim(NOON + MINUTE)).toMatchObject([{ id: one.id, attempts: 2, unfinished: true }]);
      await storage.transact((unit) => unit.jobs.retry(one.id, { runAt: NOON + 5 * MINUTE, error: '503' }));
      expect(await claim(NOON + 5 * MINUTE - 1)).toEqual([]);
      expect(await claim(NOON + 5 * MINUTE)).toMatchObject([
        { id: one.id, attempts: 3, lastError: '503', unfinished: false },
      ]);
    });

    test('a buried job is seen and never runs', async () => {
      const one = job();
      await storage.transact((unit) => unit.jobs.add(one));
      await claim();
      await storage.transact((unit) => unit.jobs.bury(one.id, '400'));
      await storage.transact((unit) => unit.jobs.retry(one.id, { runAt: NOON, error: 'late' }));
      expect(await claim(NOON + 10 * MINUTE)).toEqual([]);
      expect(await storage.transact((unit) => unit.jobs.counts())).toEqual({ ready: 0, dead: 1 });
    });

    test('dead letters are listed without what they carry, and one can be tried anew', async () => {
      const one = job({ key: 'ticket:SR-1:1' });
      await storage.transact((unit) => unit.jobs.add(one));
      await claim();
      await storage.transact((unit) => unit.jobs.bury(one.id, 'refused'));
      const dead = {
        id: one.id,
        kind: 'ticket',
        key: 'ticket:SR-1:1',
        state: 'dead',
        attempts: 1,
        lastError: 'refused',
      };
      const { dead: list, byKey } = await storage.transact(async ({ jobs }) => ({
        dead: await jobs.dead(10, OFFERINGS),
        byKey: await jobs.byKey('ticket:SR-1:1'),
      }));
      expect([list, byKey]).toEqual([
        [{ ...dead, runAt: NOON, createdAt: NOON, request: null }],
        { ...dead, runAt: NOON, createdAt: NOON, request: null },
      ]);
      expect(await storage.transact((unit) => unit.jobs.revive('another', NOON + MINUTE, OFFERINGS))).toBe(false);
      expect(await storage.transact((unit) => unit.jobs.revive(one.id, NOON + MINUTE, OFFERINGS))).toBe(true);
      expect(await storage.transact((unit) => unit.jobs.revive(one.id, NOON + MINUTE, OFFERINGS))).toBe(false);
      expect(await claim(NOON + MINUTE)).toMatchObject([{ id: one.id, attempts: 2, payload: one.payload }]);
    });

    test('a dead letter is seen and tried anew by those who serve its request’s offering; one about none by who serves all', async () => {
      const azure = request({ number: 'SR-AZURE', offering: 'azure-21vianet' });
      const jobs = [
        job({ id: 'azure', request: azure.number }),
        job({ id: 'none' }),
        job({ id: 'gone', request: 'SR-?' }),
      ];
      await storage.transact(async (unit) => {
        await unit.requests.insert(azure);
        for (const one of jobs) await unit.jobs.add(one);
        for (const { id } of jobs) await unit.jobs.bury(id, '400');
      });
      const seen = (of: readonly OfferingId[]) =>
        storage.transact(async (unit) => (await unit.jobs.dead(9, of)).map(({ id }) => id).toSorted());
      expect(await seen(OFFERINGS.toReversed())).toEqual(['azure', 'gone', 'none']);
      expect(await seen(['worldwide', 'azure-21vianet'])).toEqual(['azure']);
      expect(await seen(['worldwide'])).toEqual([]);
      const revived = (id: string, of: readonly OfferingId[]) =>
        storage.transact((unit) => unit.jobs.revive(id, NOON, of));
      expect(await revived('azure', ['worldwide'])).toBe(false);
      expect(await revived('none', ['worldwide', 'azure-21vianet'])).toBe(false);
      expect(await revived('azure', ['azure-21vianet'])).toBe(true);
      expect(await revived('none', OFFERINGS)).toBe(true);
    });

    test('a kind is claimed by itself, and named while something of it is due and free', async () => {
      const due = (now: number) => storage.transact((unit) => unit.jobs.dueKinds(now));
      await storage.transact(async (unit) => {
        await unit.jobs.add(job());
        for (const runAt of [NOON, NOON + 1]) await unit.jobs.add(job({ kind: 'mail', runAt }));
      });
      expect([(await due(NOON)).toSorted(), await due(NOON - 1)]).toEqual([['mail', 'ticket'], []]);
      expect(await claim(NOON + 1)).toHaveLength(1);
      expect(await due(NOON + 1)).toEqual(['mail']);
    });

    test('who waits for the same far side is hastened, yet not tried twice within the gap', async () => {
      const [down, throttled, other] = [job(), job(), job({ kind: 'mail' })];
      await storage.transact(async (unit) => {
        for (const one of [down, throttled, other]) await unit.jobs.add(one);
        await unit.jobs.claim({ kind: 'mail', now: NOON, until: NOON, limit: 1 });
      });
      await claim();
      await storage.transact(async ({ jobs }) => {
        await jobs.retry(down.id, { runAt: NOON + 5 * MINUTE, error: 'unreachable' });
        await jobs.retry(throttled.id, { runAt: NOON + 5 * MINUTE, error: 'throttled' });
        await jobs.retry(other.id, { runAt: NOON + 5 * MINUTE, error: 'unreachable' });
        await jobs.hasten('ticket', 'unreachable', MINUTE);
      });
      expect(await claim(NOON + MINUTE - 1)).toEqual([]);
      expect(await claim(NOON + MINUTE)).toMatchObject([{ id: down.id }]);
    });

    test('a key runs once, also after it is done, and under concurrency', async () => {
      await Promise.all(
        Array.from({ length: 20 }, () => storage.transact((unit) => unit.jobs.add(job({ key: 'request-1' })))),
      );
      const claimed = await claim();
      expect(claimed).toHaveLength(1);
      await storage.transact((unit) => unit.jobs.done(claimed[0]!.id));
      await storage.transact((unit) => unit.jobs.add(job({ key: 'request-1' })));
      expect(await claim(NOON + 10 * MINUTE)).toEqual([]);
      expect(await storage.transact((unit) => unit.jobs.counts())).toEqual({ ready: 0, dead: 0 });
    });
  });

  describe('requests', () => {
    test('come back as they went in, with their first event', async () => {
      const one = request();
      const bare = request({ tenant: null, respondBy: null, provisional: true, impact: undefined });
      delete bare.impact;
      await storage.transact(async (unit) => {
        await unit.requests.insert(one);
        await unit.requests.insert(bare);
        expect(await unit.requests.byNumber(one.number)).toEqual(one);
        expect(await unit.requests.bySubmission(bare.submissionId)).toEqual(bare);
        expect(await unit.requests.byNumber('SR-none')).toBeUndefined();
        expect(await unit.requests.events(one.number)).toMatchObject([
          { number: one.number, seq: 1, at: NOON, actor: one.person, kind: 'filed' },
        ]);
      });
    });

    test('50 submissions of one card make one request', async () => {
      const submissionId = 'card-1';
      const outcomes = await Promise.allSettled(
        Array.from({ length: 50 }, () => storage.transact((unit) => unit.requests.insert(request({ submissionId })))),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const reasons = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason);
      expect(reasons.every((reason) => reason.reason === 'taken')).toBe(true);
      expect(await storage.transact((unit) => unit.requests.list(null, 100))).toHaveLength(1);
    });

    test('lists: a person’s and a tenant’s newest first; all, oldest first, page by page', async () => {
      const mine = [1, 2, 3].map((n) => request({ number: `SR-${n}`, createdAt: NOON + n }));
      const same = ['a', 'b'].map((n) =>
        request({ number: `SR-4${n}`, person: 'x', tenant: 'y', createdAt: NOON + 4 }),
      );
      await storage.transact(async (unit) => {
        for (const one of [...same, ...mine]) await unit.requests.insert(one);
        expect(numbers(await unit.requests.ofPerson('dl_person', 2))).toEqual(['SR-3', 'SR-2']);
        expect(numbers(await unit.requests.ofTenant('tenant-1', 9))).toEqual(['SR-3', 'SR-2', 'SR-1']);
        expect(numbers(await unit.requests.list(null, 2))).toEqual(['SR-1', 'SR-2']);
        expect(numbers(await unit.requests.list('SR-2', 2))).toEqual(['SR-3', 'SR-4a']);
        expect(numbers(await unit.requests.list('SR-4a', 2))).toEqual(['SR-4b']);
        expect(await unit.requests.list('SR-4b', 2)).toEqual([]);
        expect(numbers(await unit.requests.newest(null, 2, OFFERINGS))).toEqual(['SR-4b', 'SR-4a']);
        expect(numbers(await unit.requests.newest('SR-4a', 9, OFFERINGS))).toEqual(['SR-3', 'SR-2', 'SR-1']);
        expect(await unit.requests.newest('SR-1', 9, OFFERINGS)).toEqual([]);
      });
    });

    test('open ones: the highest level first, then the oldest; closed ones are left out', async () => {
      const levels = ['C', 'A', 'B', 'A'] as const;
      await storage.transact(async ({ requests }) => {
        for (const [n, severity] of levels.entries())
          await requests.insert(request({ number: `SR-${n}`, severity, createdAt: NOON + n }));
        await requests.insert(request({ number: 'SR-9', severity: 'A', createdAt: NOON }));
        await requests.addEvent({ number: 'SR-9', seq: 2, at: NOON, actor: 'agent-1', kind: 'closed', data: {} });
        expect(numbers(await requests.open(9))).toEqual(['SR-1', 'SR-3', 'SR-2', 'SR-0']);
        expect(numbers(await requests.open(1))).toEqual(['SR-1']);
      });
    });

    test('events move the request along; a seq is given once', async () => {
      const one = request();
      const event = { number: one.number, at: NOON, actor: 'agent-1' } as const;
      await storage.transact(async (unit) => {
        const { requests } = unit;
        await requests.insert(one);
        await requests.addEvent({ ...event, seq: 2, kind: 'information-added', data: { text: 'since noon' } });
        expect(await requests.byNumber(one.number)).toEqual(one);
        await requests.addEvent({
          ...event,
          seq: 3,
          kind: 'severity-changed',
          data: { severity: 'A', respondBy: null },
        });
        expect(await requests.byNumber(one.number)).toEqual({ ...one, severity: 'A', respondBy: null });
        await requests.addEvent({ ...event, seq: 4, kind: 'closed', data: {} });
        expect(await requests.byNumber(one.number)).toMatchObject({ state: 'closed' });
        await requests.addEvent({ ...event, seq: 5, kind: 'reopened', data: {} });
        expect(await requests.byNumber(one.number)).toMatchObject({ state: 'open' });
        expect((await requests.events(one.number)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
      });
      const twice = storage.transact((unit) => unit.requests.addEvent({ ...event, seq: 5, kind: 'closed', data: {} }));
      await expect(twice).rejects.toMatchObject({ reason: 'taken' });
      expect(await storage.transact((unit) => unit.requests.byNumber(one.number))).toMatchObject({ state: 'open' });
    });
  });

  test('withdrawn, opened again with a new time, closed: when it ended last is known while it has ended', async () => {
    const one = request();
    const event = { number: one.number, actor: 'customer', data: {} };
    const stored = await storage.transact(async ({ requests }) => {
      await requests.insert(one);
      await requests.addEvent({ ...event, seq: 2, at: NOON + 1, kind: 'severity-wished', data: { severity: 'A' } });
      const wished = await requests.byNumber(one.number);
      await requests.addEvent({ ...event, seq: 3, at: NOON + 2, kind: 'withdrawn' });
      const withdrawn = await requests.byNumber(one.number);
      const respondBy = '2026-03-04T01:00:00.000Z';
      await requests.addEvent({ ...event, seq: 4, at: NOON + 3, kind: 'reopened', data: { respondBy } });
      const reopened = await requests.byNumber(one.number);
      await requests.addEvent({ ...event, seq: 5, at: NOON + 4, kind: 'closed' });
      return { wished, withdrawn, reopened, closed: await requests.byNumber(one.number), open: await requests.open(9) };
    });
    expect(stored).toEqual({
      wished: one,
      withdrawn: { ...one, state: 'withdrawn', closedAt: NOON + 2 },
      reopened: { ...one, respondBy: '2026-03-04T01:00:00.000Z' },
      closed: { ...one, respondBy: '2026-03-04T01:00:00.000Z', state: 'closed', closedAt: NOON + 4 },
      open: [],
    });
  });

  describe('incident links', () => {
    test('one per incident and conversation; told once, whoever asks; a second wave is told anew', async () => {
      const one = conversation();
      await storage.transact(async ({ conversations, incidents }) => {
        await conversations.create(one);
        expect(await incidents.link(link(one.id))).toBe(true);
        expect(await incidents.link(link(one.id, { at: NOON + 1 }))).toBe(false);
        expect(await incidents.link(link(one.id, { incident: 'EX2' }))).toBe(true);
      });
      const tell = () => storage.transact(({ incidents }) => incidents.told('EX1', one.id, NOON + 2));
      expect((await Promise.all([tell(), tell(), tell()])).filter(Boolean)).toHaveLength(1);
      await storage.transact(async ({ incidents }) => {
        expect((await incidents.parties(9)).map(({ incident }) => incident)).toEqual(['EX2']);
        expect(await incidents.link(link(one.id, { at: NOON + 3 }))).toBe(true);
        expect(await incidents.waiting(link(one.id), 9)).toEqual([link(one.id, { at: NOON + 3 })]);
        expect(await incidents.told('EX1', one.id, NOON + 4)).toBe(true);
      });
    });

    test('one line per incident and party, in order and page by page; nobody of another party is named', async () => {
      const all = Array.from({ length: 4 }, () => conversation());
      const [first, second, third, fourth] = all.map(({ id }) => id).toSorted() as [string, string, string, string];
      await storage.transact(async ({ conversations, incidents }) => {
        for (const each of all) await conversations.create(each);
        await incidents.link(link(second));
        await incidents.link(link(first));
        await incidents.link(link(third, { party: 'tenant-2' }));
        await incidents.link(link(fourth, { offering: 'o365-21vianet' }));
        const party = { incident: 'EX1', offering: 'worldwide', party: 'tenant-1' } as const;
        const other = { ...party, offering: 'o365-21vianet' } as const;
        const last = { ...party, party: 'tenant-2' };
        expect(await incidents.parties(9)).toEqual([other, party, last]);
        expect(await incidents.parties(1)).toEqual([other]);
        expect(await incidents.parties(1, other)).toEqual([party]);
        expect(await incidents.parties(9, party)).toEqual([last]);
        expect(await incidents.parties(9, last)).toEqual([]);
        expect((await incidents.waiting(link(first), 9)).map((each) => each.conversation)).toEqual([first, second]);
        expect(await incidents.waiting(link(first), 1)).toHaveLength(1);
      });
    });
  });

  test('a one-time id is spent once under 50 calls at once, and may be forgotten when it has expired', async () => {
    const spend = () => storage.transact((unit) => unit.spend('id', NOON));
    const spent = await Promise.all(Array.from({ length: 50 }, spend));
    expect(spent.filter(Boolean)).toHaveLength(1);
    await storage.transact(async (unit) => {
      expect(await unit.isSpent('id')).toBe(true);
      expect(await unit.isSpent('other')).toBe(false);
      expect(await unit.retention.spent(NOON, 9)).toBe(0);
      expect(await unit.spend('id', NOON)).toBe(false);
      expect(await unit.retention.spent(NOON + 1, 9)).toBe(1);
      expect(await unit.spend('id', NOON)).toBe(true);
    });
  });

  test('one code for each conversation: the newest takes the place of the one before', async () => {
    const talk = conversation();
    const first = code({ conversation: talk.id });
    const next = code({ conversation: talk.id, triesLeft: 1, lastWrong: 'x', state: 'used-up', decidedAt: NOON });
    await storage.transact(async (unit) => {
      await unit.conversations.create(talk);
      expect(await unit.codes.of(talk.id)).toBeUndefined();
      await unit.codes.keep(first);
      expect(await unit.codes.of(talk.id)).toEqual(first);
      await unit.codes.keep(next);
    });
    expect(await storage.transact((unit) => unit.codes.of(talk.id))).toEqual(next);
  });

  test('mails and audit: newest first; feedback is taken', async () => {
    await storage.transact(async (unit) => {
      for (const one of [mail('1', 1), mail('3', 3), mail('2', 2), mail('2', 2)]) await unit.mails.add(one);
      expect(await unit.mails.list(2)).toEqual([mail('3', 3), mail('2', 2)]);
      expect(await unit.mails.list(9)).toHaveLength(3);
      for (const at of [1, 2, 3]) await unit.audit.add(entry(at));
      expect(await unit.audit.list(2)).toEqual([entry(3), entry(2)]);
      const { id: given } = conversation();
      await unit.feedback.add({
        conversation: given,
        kind: 'rating',
        topic: null,
        question: null,
        language: 'ja',
        score: 5,
        comment: null,
        at: NOON,
      });
      await unit.feedback.addUnanswered({ text: 'q', language: 'en', offering: null, at: NOON });
    });
  });

  test('a talk is rated once: words come beside the score, a new score takes its place, other talks have their own', async () => {
    const given = { conversation: randomUUID(), agent: 'agent-1', language: 'ja' as const };
    const rate = (talk: number, score: number | null, comment: string | null) =>
      storage.transact(({ feedback }) => feedback.rate({ ...given, talk, score, comment, at: NOON + talk }));
    await rate(1, null, '丁寧でした');
    await Promise.all([1, 2, 3].map((score) => rate(2, score, null)));
    await rate(1, 2, null);
    await rate(1, 4, null);
    await rate(3, 5, null);
    await rate(3, null, '早い');
    const listed = await storage.transact(({ feedback }) => feedback.list({ since: 0, offset: 0, limit: 9 }));
    const ratings = listed.filter(({ kind }) => kind === 'rating');
    expect(ratings).toMatchObject([
      { conversation: given.conversation, score: 4, comment: '丁寧でした', at: NOON + 1 },
      { comment: null },
      { score: 5, comment: '早い' },
    ]);
  });

  test('feedback and unanswered questions come by date and page by page, feedback with its conversation’s offering', async () => {
    const one = conversation({ offering: 'o365-21vianet' });
    const given = { topic: 'a.b', question: 'why?', language: 'ja' as const, score: null, comment: null };
    const pages = await storage.transact(async (unit) => {
      await unit.conversations.create(one);
      for (const at of [3, 1, 2]) {
        await unit.feedback.add({ ...given, conversation: one.id, kind: 'not-helpful', at });
        await unit.feedback.addUnanswered({ text: `q${at}`, language: 'en', offering: null, at });
      }
      await unit.feedback.add({ ...given, conversation: 'gone', kind: 'helpful', at: 4 });
      const page = { since: 2, offset: 0, limit: 2 };
      return {
        first: await unit.feedback.list(page),
        second: await unit.feedback.list({ ...page, offset: 2 }),
        unanswered: await unit.feedback.listUnanswered(page),
        rest: await unit.feedback.listUnanswered({ ...page, offset: 2 }),
      };
    });
    expect(pages.first).toEqual(
      [2, 3].map((at) => ({ ...given, conversation: one.id, kind: 'not-helpful', at, offering: 'o365-21vianet' })),
    );
    expect(pages.second).toMatchObject([{ conversation: 'gone', offering: null, at: 4 }]);
    expect(pages.unanswered.map(({ text }) => text)).toEqual(['q2', 'q3']);
    expect(pages.rest).toEqual([]);
  });

  test('a NUL byte, which PostgreSQL cannot keep in text, refuses no message', async () => {
    const one = conversation({ channelConversationId: 'a\0b', person: '\0' });
    const row = logRow({ conversation: one.id, seq: 1, sourceId: 'x\0' });
    await storage.transact(async (unit) => {
      await unit.conversations.create(one);
      await unit.rows.append([row]);
      expect(await unit.conversations.byChannel(one.channel, 'a\0b')).toMatchObject({ id: one.id });
      expect(await unit.rows.bySource(one.id, 'x\0')).toMatchObject({ seq: 1 });
    });
  });

  test('several instances may start on one database at the same time', async () => {
    const bare = await engine.bare();
    const instances = await Promise.all(Array.from({ length: 4 }, () => openStorage(bare.where)));
    const checks = await Promise.allSettled(instances.map((instance) => instance.check()));
    expect(checks.map(({ status }) => status)).toEqual(Array(4).fill('fulfilled'));
    await Promise.all(instances.map((instance) => instance.close()));
    await bare.remove();
  });
});
