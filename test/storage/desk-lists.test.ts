import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfferingId } from '#knowledge/schema.ts';
import { overdue, widenedId } from '#src/handoff/clocks.ts';
import { noticeStep } from '#src/handoff/notice.ts';
import type { Matter, Notice } from '#src/handoff/notice.ts';
import type { Conversation, Storage } from '#src/log/ports.ts';
import { engines } from './engines.ts';
import type { Opened } from './engines.ts';
import { agent, conversation, NOON, notice, request } from './samples.ts';

const PATIENCE = { gone: 90, widen: 300, file: 900 };
const AGENTS = [
  agent({ id: 'there', presence: 'away', seenAt: NOON }),
  agent({ id: 'silent', presence: 'on-duty', seenAt: NOON - 200 }),
  agent({ id: 'signed-out', presence: 'gone', seenAt: NOON }),
];

/** Everybody who might be looked after: each owner, each agent, just now, lately and long ago, asked everywhere or not. */
function* talks(): Generator<{ talk: Conversation; widened: boolean }> {
  const ages = [0, 90, 91, 299, 300, 899, 900, 5_000];
  for (const age of ages) {
    const ownedSince = NOON - age;
    yield { talk: conversation({ owner: 'bot', ownedSince }), widened: false };
    for (const widened of [true, false])
      yield { talk: conversation({ owner: 'waiting', epoch: 3, waitingSince: NOON, ownedSince }), widened };
    for (const of of ['there', 'silent', 'signed-out', 'nobody-known', null])
      yield { talk: conversation({ owner: 'agent', agent: of, ownedSince }), widened: false };
  }
}

const MATTERS = ['waits', 'waits in another epoch', 'has an agent', 'is the bot’s', 'is gone'] as const;

interface Told {
  told: Notice;
  talk: Conversation | null;
  filed: 'open' | 'closed' | null;
}

/** Every notice that there may be: each kind and state, told before or due, and what became of its matter. */
const notices = (): Told[] =>
  (['handoff', 'level-a'] as const).flatMap((kind) =>
    (['open', 'taken', 'over'] as const).flatMap((state) =>
      TURNS.flatMap(([rounds, nextAt]) =>
        MATTERS.flatMap((what) =>
          (kind === 'handoff' ? [null] : FILED).map((filed) => toldOf({ kind, state, rounds, nextAt }, what, filed)),
        ),
      ),
    ),
  );

const TURNS = [
  [1, NOON + 1],
  [1, NOON],
  [8, NOON],
] as const;
const FILED = ['open', 'closed', null] as const;

function toldOf(
  given: Pick<Notice, 'kind' | 'state' | 'rounds' | 'nextAt'>,
  what: (typeof MATTERS)[number],
  filed: Told['filed'],
): Told {
  const owner = what === 'has an agent' ? 'agent' : what === 'is the bot’s' ? 'bot' : 'waiting';
  const epoch = what === 'waits in another epoch' ? 3 : 2;
  const talk = conversation({ owner, epoch, agent: owner === 'agent' ? 'there' : null });
  const key = `${Object.values(given).join(' ')} ${what} ${filed}`;
  const about = given.kind === 'handoff' ? { epoch: 2, request: null } : { epoch: 0, request: `SR ${key}` };
  return {
    told: notice({ ...given, key, conversation: talk.id, ...about }),
    talk: what === 'is gone' ? null : talk,
    filed,
  };
}

function matterOf(told: Notice, talk: Conversation | null, filed: string | null): Matter {
  const taken = talk?.owner === 'agent' ? ({ kind: 'taken', by: 'there' } as const) : null;
  if (told.kind !== 'handoff') return filed === 'open' ? (taken ?? { kind: 'stands' }) : { kind: 'over' };
  if (talk?.owner === 'waiting' && talk.epoch === told.epoch) return { kind: 'stands' };
  return taken ?? { kind: 'over' };
}

describe.each(engines)('what is looked for every few seconds, on $name', (engine) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await engine.open();
  });
  afterAll(() => opened.drop());

  test('exactly those are found of whom the clocks say that something is overdue', async () => {
    const all = [...talks()];
    const found = await opened.storage.transact(async (unit) => {
      for (const one of AGENTS) await unit.agents.enter(one);
      for (const { talk, widened } of all) {
        await unit.conversations.create(talk);
        if (widened) await unit.spend(widenedId(talk), NOON + 1);
      }
      return unit.conversations.overdue(PATIENCE, NOON, 1_000);
    });
    const due = all.filter(({ talk, widened }) => {
      const has = AGENTS.find(({ id }) => id === talk.agent);
      return overdue({ ...talk, widened }, has, PATIENCE, NOON) !== null;
    });
    expect(due.length).toBeGreaterThan(20);
    expect(found.toSorted()).toEqual(due.map(({ talk }) => talk.id).toSorted());
  });

  test('exactly those notices are found with which something is to be done', async () => {
    const all = notices();
    const found = await opened.storage.transact(async (unit) => {
      for (const { told, talk, filed } of all) {
        if (talk) await unit.conversations.create(talk);
        await unit.notices.add(told);
        if (filed !== null)
          await unit.requests.insert(
            request({ number: told.request ?? '', conversation: told.conversation, state: filed }),
          );
      }
      return unit.notices.unsettled(NOON, 1_000);
    });
    const due = all.filter(({ told, talk, filed }) => noticeStep(told, matterOf(told, talk, filed), NOON) !== null);
    expect(due.length).toBeGreaterThan(30);
    expect(found.map(({ key }) => key).toSorted()).toEqual(due.map(({ told }) => told.key).toSorted());
  });
});

describe.each(engines)('who stands in line, and what an agent may list, on $name', (engine) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await engine.open();
    await opened.storage.transact(async (unit) => {
      const [o365, azure] = ['o365-21vianet', 'azure-21vianet'] as const;
      for (const [id, owner, offering, deskAt] of [
        ['w1', 'waiting', o365, 6],
        ['w2', 'waiting', azure, 5],
        ['w3', 'waiting', null, 4],
        ['t1', 'agent', o365, 3],
        ['t2', 'agent', azure, 2],
        ['b1', 'bot', o365, 1],
      ] as const) {
        const has = owner === 'agent' ? 'agent-1' : null;
        const since = owner === 'waiting' ? { waitingSince: NOON, epoch: 2 } : {};
        await unit.conversations.create(conversation({ id, owner, offering, deskAt, agent: has, ...since }));
      }
      await unit.notices.add(notice({ key: 'handoff:w1:2', state: 'over' }));
      await unit.notices.add(notice({ key: 'handoff:w2:1' }));
      for (const [number, offering] of [
        ['SR-1', o365],
        ['SR-2', azure],
        ['SR-3', azure],
        ['SR-4', o365],
      ] as const)
        await unit.requests.insert(request({ number, offering, createdAt: NOON + Number(number.at(-1)) }));
    });
  });
  afterAll(() => opened.drop());

  test.each([
    ['o365-21vianet', 'w1', 1],
    ['o365-21vianet', 'nobody', 2],
    ['azure-21vianet', 'nobody', 2],
    ['worldwide', 'nobody', 1],
    [null, 'nobody', 1],
    [null, 'w3', 0],
  ] as const)('others who wait for the people of %s beside %s: %d', async (offering, but, others) => {
    expect(await opened.storage.transact((unit) => unit.conversations.waitingFor(offering, but))).toBe(others);
  });

  test('who waits in an epoch of which the agents’ channel was told, even if it is over, is not read again', async () => {
    const untold = await opened.storage.transact((unit) => unit.conversations.untold(10));
    expect(untold.map(({ id }) => id)).toEqual(['w2', 'w3']);
  });

  test.each<[string, number | null, string | null, string[]]>([
    ['a supervisor of one product: a whole page, also of what says no product', null, null, ['w2', 'w3']],
    ['the next page', 4, null, ['t2']],
    ['an agent: whom they have', null, 'agent-1', ['t2']],
    ['another agent: nobody', null, 'agent-2', []],
  ])('%s', async (_who, before, has, ids) => {
    const offerings = ['azure-21vianet'] as const;
    const page = await opened.storage.transact((unit) =>
      unit.conversations.atDesk({ before, limit: 2, offerings, agent: has }),
    );
    expect(page.map(({ id }) => id)).toEqual(ids);
  });

  test('a page of requests is full where there are enough of the agent’s products', async () => {
    expect(await numbersOf(opened.storage, null, ['o365-21vianet'])).toEqual(['SR-4', 'SR-1']);
    expect(await numbersOf(opened.storage, 'SR-4', ['azure-21vianet'])).toEqual(['SR-3', 'SR-2']);
    expect(await numbersOf(opened.storage, null, ['o365-21vianet', 'azure-21vianet'])).toEqual(['SR-4', 'SR-3']);
    expect(await numbersOf(opened.storage, null, [])).toEqual([]);
    const open = (of?: OfferingId[]) =>
      opened.storage.transact(async (unit) => (await unit.requests.open(1, of)).map(({ offering }) => offering));
    expect(await open(['azure-21vianet'])).toEqual(['azure-21vianet']);
    expect(await open(['o365-21vianet'])).toEqual(['o365-21vianet']);
    expect(await open()).toHaveLength(1);
  });

  test('what is read at the same time in one transaction is read one after the other, without a warning', async () => {
    const warned: unknown[] = [];
    const listen = (warning: unknown): void => void warned.push(warning);
    process.on('warning', listen);
    const all = await opened.storage.transact((unit) =>
      Promise.all(['SR-1', 'SR-2', 'none', 'SR-3'].map((number) => unit.requests.events(number))),
    );
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off('warning', listen);
    expect(all.map(({ length }) => length)).toEqual([1, 1, 0, 1]);
    expect(warned).toEqual([]);
  });

  test('the conversation is read without waiting for who has it locked', async () => {
    const { storage } = opened;
    if (!storage.shared) return;
    const { promise: locked, resolve: isLocked } = Promise.withResolvers<void>();
    const { promise: goOn, resolve: letGo } = Promise.withResolvers<void>();
    const holding = storage.transact(async (unit) => {
      await unit.conversations.byId('t1');
      isLocked();
      await goOn;
    });
    await locked;
    expect((await storage.transact((unit) => unit.conversations.peek('t1')))?.id).toBe('t1');
    letGo();
    await holding;
  });
});

const numbersOf = (storage: Storage, before: string | null, of: readonly OfferingId[]) =>
  storage.transact(async (unit) => (await unit.requests.newest(before, 2, of)).map(({ number }) => number));
