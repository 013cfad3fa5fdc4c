import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { activitySchema } from '#bot/inbound.ts';
import type { Storage, Unit } from '#src/log/ports.ts';
import { Turn } from '#src/log/turn.ts';
import { openOffice } from '../conversations/office.ts';
import type { Office } from '../conversations/office.ts';
import { NOW, person } from '../dialogs/talk.ts';
import { engines } from '../storage/engines.ts';
import type { Opened } from '../storage/engines.ts';
import { request } from '../storage/samples.ts';

const WHO = 'directline:contoso:u1';
const NUMBERS = ['SR-AAAA-0001', 'SR-AAAA-0002', 'SR-AAAA-0003'] as const;

/** Notes the requests that are written to. */
function watched(unit: Unit, numbers: string[]): Unit {
  const requests = new Proxy(unit.requests, {
    get: (target, name) => {
      const found: unknown = Reflect.get(target, name, target);
      if (typeof found !== 'function') return found;
      return (...given: { number?: unknown }[]) => {
        if (name === 'addEvent') numbers.push(String(given[0]?.number));
        return Reflect.apply(found, target, given) as unknown;
      };
    },
  });
  return { ...unit, requests };
}

/** The same storage, which notes the requests that each transaction wrote to. */
function noting(storage: Storage, wrote: string[][]): Storage {
  return {
    shared: storage.shared,
    claim: (key) => storage.claim(key),
    check: () => storage.check(),
    transact: async (work) => {
      const numbers: string[] = [];
      const done = await storage.transact((unit) => work(watched(unit, numbers)));
      if (numbers.length > 0) wrote.push(numbers);
      return done;
    },
    close: () => storage.close(),
  };
}

describe.each(engines)('several messages about several requests wait for their turn, $name', (engine) => {
  let opened: Opened;
  let office: Office;
  const wrote: string[][] = [];
  beforeEach(async () => {
    opened = await engine.open();
    wrote.length = 0;
    const facts = { ...person('admin-direct'), tenant: 'contoso' };
    const directory = {
      find: () => facts,
      incidents: () => [],
      incidentState: () => Promise.resolve('unknown' as const),
    };
    office = await openOffice(directory, noting(opened.storage, wrote));
  }, 180_000);
  afterEach(async () => {
    await office.close();
    await opened.drop();
  });

  test('a transaction takes one request, the next one goes on, and each message is answered once, in order', async () => {
    const { storage } = opened;
    const visit = await office.visit('pulled', WHO, 'en');
    for (const number of NUMBERS)
      await storage.transact((unit) =>
        unit.requests.insert(
          request({ number, conversation: visit.id, person: WHO, tenant: 'contoso', offering: 'worldwide' }),
        ),
      );
    // As a process leaves it that died before their turn.
    await storage.transact(async (unit) => {
      const talk = await unit.conversations.byId(visit.id);
      if (!talk) throw new Error('no conversation');
      const turn = new Turn(talk, storage.shared, NOW);
      const from = {
        type: 'message',
        channelId: 'directline',
        from: { id: WHO },
        recipient: { id: 'bot' },
        locale: 'en-US',
      };
      for (const number of NUMBERS.slice(0, 2)) {
        const said = { ...from, conversation: { id: talk.id }, text: `more for ${number}` };
        turn.hear({ sourceId: null, body: activitySchema.parse(said) });
      }
      expect(await turn.commit(unit)).toBe(true);
    });
    await visit.say(`more for ${NUMBERS[2]}`);
    expect(wrote).toEqual(NUMBERS.map((number) => [number]));
    const rows = await storage.transact((unit) => unit.rows.list(visit.id, 0, 100));
    const heard = rows.filter(({ body }) => String(body['text']).startsWith('more for')).map(({ seq }) => seq);
    const answers = rows.flatMap(({ replyTo }) => (replyTo !== null && heard.includes(replyTo) ? [replyTo] : []));
    expect(heard).toHaveLength(NUMBERS.length);
    expect([...new Set(answers)]).toEqual(heard);
    for (const number of NUMBERS) {
      const events = await storage.transact((unit) => unit.requests.events(number));
      expect(events.filter(({ kind }) => kind === 'information-added')).toHaveLength(1);
    }
    expect(office.failures).toEqual([]);
  }, 60_000);
});
