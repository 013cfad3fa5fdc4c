import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { IncidentWatch } from '#bot/incident-watch.ts';
import { BOOK_FOLDER, readBook } from '#knowledge/book.ts';
import { LANGUAGES } from '#knowledge/schema.ts';
import { NOTHING_KNOWN } from '#src/intake/nobody.ts';
import type { IncidentState, PersonRef } from '#src/intake/ports.ts';
import type { Conversation, LogRow, Storage } from '#src/log/ports.ts';
import { Watchers } from '#src/log/watchers.ts';
import { engines } from '../storage/engines.ts';
import type { Opened } from '../storage/engines.ts';
import { conversation } from '../storage/samples.ts';

const { phrases } = readBook(BOOK_FOLDER);
const EVERY = 60_000;
const TITLE = 'Exchange Online: Users may be unable to send';

describe.each(engines)('whoever said "me too", $name', (engine) => {
  let opened: Opened;
  let storage: Storage;
  let now: number;
  let state: IncidentState | Error;
  let asked: { person: PersonRef; id: string }[];
  let sent: { conversation: string; rows: readonly LogRow[] }[];
  let failures: unknown[];
  let knows: (person: PersonRef) => boolean;

  beforeEach(async () => {
    opened = await engine.open();
    storage = opened.storage;
    [now, state, asked, sent, failures, knows] = [EVERY * 1000, 'over', [], [], [], () => true];
  }, 180_000);
  afterEach(() => opened.drop());

  const watch = (on: Storage = storage): IncidentWatch =>
    new IncidentWatch({
      storage: on,
      directory: {
        find: () => NOTHING_KNOWN,
        incidents: () => [],
        incidentState: (person, _offering, id) => {
          asked.push({ person, id });
          return state instanceof Error ? Promise.reject(state) : Promise.resolve(knows(person) ? state : 'unknown');
        },
      },
      phrases,
      watchers: new Watchers(),
      send: ({ id }, rows) => sent.push({ conversation: id, rows }),
      every: EVERY,
      clock: () => now,
      failed: (error) => failures.push(error),
    });

  /** People who wait, of one organization or of several. */
  const waiting = async (
    count: number,
    given: (at: number) => Partial<Conversation> = () => ({}),
  ): Promise<Conversation[]> => {
    const all = Array.from({ length: count }, (_none, at) => conversation({ tenant: 'contoso', ...given(at) }));
    await storage.transact(async (unit) => {
      for (const { id, tenant, ...talk } of all) {
        await unit.conversations.create({ ...talk, id, tenant });
        await unit.incidents.link({
          incident: 'EX1',
          offering: 'o365-21vianet',
          conversation: id,
          party: tenant ?? id,
          title: TITLE,
          at: now,
        });
      }
    });
    return all;
  };
  const said = (all: readonly Conversation[]): Promise<LogRow[]> =>
    storage.transact(async (unit) => {
      const rows: LogRow[] = [];
      for (const { id } of all) rows.push(...(await unit.rows.list(id, 0, 10)));
      return rows;
    });

  test('hears once that it is over, each in their language; the directory is asked once for an organization', async () => {
    const all = await waiting(20, (at) => ({ language: LANGUAGES[at % 3] ?? 'en' }));
    await watch().round();
    const rows = await said(all);
    expect(rows.map((row) => row.body['text'])).toEqual(
      all.map(({ language }) => phrases.text(language ?? 'en', 'incident.told', { id: 'EX1', title: TITLE })),
    );
    expect(new Set(rows.map((row) => row.conversation)).size).toBe(20);
    expect(asked).toMatchObject([{ id: 'EX1', person: { tenant: 'contoso' } }]);
    expect(sent).toHaveLength(20);
    now += EVERY;
    await watch().round();
    expect([(await said(all)).length, asked.length]).toEqual([20, 1]);
    expect(failures).toEqual([]);
  });

  test('is news, not a question: nothing of the conversation but the log moves on', async () => {
    const [one] = (await waiting(1)) as [Conversation];
    await watch().round();
    const [row] = (await said([one])) as [LogRow];
    expect(row).toMatchObject({
      role: 'bot',
      replyTo: null,
      delivery: storage.shared ? 'queued' : 'sending',
      epoch: one.epoch,
    });
    expect(row.body).toMatchObject({ channelData: { incident: { id: 'EX1', state: 'over' } } });
    expect(row.body['channelData']).not.toHaveProperty('step');
    const after = await storage.transact((unit) => unit.conversations.byId(one.id));
    expect(after).toMatchObject({ state: one.state, owner: one.owner, epoch: one.epoch, lastSeq: 1, outSeq: 1 });
  });

  test('hears it too while an agent has the conversation: in the agent’s epoch, so that it is not dropped', async () => {
    const [one] = (await waiting(1, () => ({ owner: 'agent', agent: 'agent-1', epoch: 7, reference: null }))) as [
      Conversation,
    ];
    await watch().round();
    expect(await said([one])).toMatchObject([{ role: 'bot', epoch: 7, delivery: 'stored' }]);
  });

  test.each(['current', 'unknown'] as const)('hears nothing while it is %s, and is asked for again', async (is) => {
    const all = await waiting(3);
    state = is;
    await watch().round();
    expect(await said(all)).toEqual([]);
    now += EVERY;
    state = 'over';
    await watch().round();
    expect(await said(all)).toHaveLength(3);
  });

  test('two instances at once, in one round or in two: once', async () => {
    const all = await waiting(20, (at) => ({ tenant: `tenant-${at % 4}` }));
    await Promise.all([watch().round(), watch().round()]);
    expect(asked).toHaveLength(4);
    const more = await waiting(20);
    const first = watch().round();
    now += EVERY;
    await Promise.all([first, watch().round(), watch().round()]);
    expect((await said(all)).length).toBe(20);
    expect((await said(more)).length).toBe(20);
  });

  test('one that dies half-way leaves the others to the next round; nobody hears it twice', async () => {
    const all = await waiting(6);
    let left = 5;
    const dying: Storage = {
      ...storage,
      check: () => storage.check(),
      close: () => storage.close(),
      // The process ends inside the transaction: what it wrote is taken back.
      transact: (work) =>
        storage.transact(async (unit) => {
          const result = await work(unit);
          left -= 1;
          if (left <= 0) throw new Error('killed');
          return result;
        }),
    };
    await watch(dying).round();
    expect(failures).toHaveLength(1);
    expect((await said(all)).length).toBeLessThan(6);
    now += EVERY;
    await watch().round();
    const rows = await said(all);
    expect(new Set(rows.map((row) => row.conversation)).size).toBe(6);
    expect(rows).toHaveLength(6);
  });

  test('a directory that fails for one keeps nobody else waiting, and is asked again', async () => {
    const all = await waiting(2, (at) => ({ tenant: at === 0 ? 'a-down' : 'b-up' }));
    const look = watch();
    state = new Error('down');
    await look.round();
    expect([failures.length, (await said(all)).length]).toEqual([2, 0]);
    now += EVERY;
    state = 'over';
    await look.round();
    expect(await said(all)).toHaveLength(2);
  });

  test('parties of whom nobody can tell anything don’t stand in the way of the others, however many', async () => {
    const all = await waiting(1_201, (at) => ({ tenant: `t-${String(at).padStart(4, '0')}`, reference: null }));
    knows = ({ tenant }) => tenant === 't-1200';
    await watch().round();
    const told = await said(all.slice(-1));
    expect([told.length, asked.length]).toEqual([1, 1_201]);
  }, 180_000);

  test('one of whom the directory knows nothing any more doesn’t speak for all of an organization', async () => {
    const all = await waiting(3, (at) => ({ person: `person-${at}` }));
    knows = ({ userId }) => userId === 'person-1';
    for (let rounds = 0; rounds < 3; rounds += 1) {
      await watch().round();
      now += EVERY;
    }
    expect(await said(all)).toHaveLength(3);
  });

  test('where no tenant is known, each is asked for by themselves', async () => {
    await waiting(3, () => ({ tenant: null }));
    await watch().round();
    expect(new Set(asked.map(({ person }) => person.tenant))).toEqual(new Set([null]));
    expect(asked).toHaveLength(3);
  });
});
