import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openOffice } from '../conversations/office.ts';
import type { Office } from '../conversations/office.ts';
import { pause } from '../conversations/teams.ts';
import { NOW, person } from '../dialogs/talk.ts';
import { engines } from '../storage/engines.ts';
import type { Opened } from '../storage/engines.ts';
import { agent, conversation, request } from '../storage/samples.ts';
import { floorOn, worker } from './floor.ts';

const WHO = 'directline:contoso:u1';
const ROUNDS = 4;

describe.each(engines)(
  'a request that its owner withdraws in one chat while an agent closes it in another, $name',
  (engine) => {
    let opened: Opened;
    let office: Office;
    beforeEach(async () => {
      opened = await engine.open();
      const facts = { ...person('admin-direct'), tenant: 'contoso' };
      const directory = {
        find: () => facts,
        incidents: () => [],
        incidentState: () => Promise.resolve('unknown' as const),
      };
      office = await openOffice(directory, opened.storage);
    }, 180_000);
    afterEach(async () => {
      await office.close();
      await opened.drop();
    });

    test('ends once', async () => {
      const { storage } = opened;
      const { floor } = floorOn(storage, () => NOW);
      const mei = worker('agent-1');
      await storage.transact((unit) => unit.agents.enter(agent({ id: mei.id, seenAt: NOW })));
      const elsewhere = await office.visit('pulled', WHO, 'en');
      const endings: string[][] = [];
      for (let round = 0; round <= ROUNDS; round += 1) {
        const here = conversation({ person: WHO, reference: null, state: null, owner: 'agent', agent: mei.id });
        const number = `SR-RACE-000${round}`;
        const filed = request({ number, conversation: here.id, person: WHO, tenant: 'contoso', offering: 'worldwide' });
        await storage.transact(async (unit) => {
          await unit.conversations.create(here);
          await unit.requests.insert(filed);
        });
        await elsewhere.submit({ step: 'status', choice: `withdraw:${number}` });
        // Both have begun before either gets the request: whoever comes second must see what the first made of it.
        const held = Promise.withResolvers<void>();
        const locked = Promise.withResolvers<void>();
        const holder = storage.transact(async (unit) => {
          await unit.requests.byNumber(number);
          locked.resolve();
          await held.promise;
        });
        await locked.promise;
        const withdraw = () => elsewhere.submit({ step: 'status', choice: `withdraw-yes:${number}` });
        const close = () => (round === ROUNDS ? null : floor.close(here.id, mei, 'solved'));
        const [one, other] = round % 2 === 0 ? [withdraw, close] : [close, withdraw];
        const first = one();
        // Time to come to the lock, in this order; in whatever order they come, the request ends once.
        await pause(150);
        const second = other();
        await pause(150);
        held.resolve();
        await Promise.all([holder, first, second]);
        const events = await storage.transact((unit) => unit.requests.events(number));
        endings.push(events.slice(1).map(({ kind }) => kind));
        expect((await storage.transact((unit) => unit.requests.byNumber(number)))?.state).toBe(events.at(-1)?.kind);
      }
      expect(endings.map(({ length }) => length)).toEqual(Array.from({ length: ROUNDS + 1 }, () => 1));
      // The control, last: the same press with nobody in its way does withdraw.
      expect(endings.at(-1)).toEqual(['withdrawn']);
      for (const [ending] of endings) expect(['closed', 'withdrawn']).toContain(ending);
      expect(office.failures).toEqual([]);
    }, 180_000);
  },
);
