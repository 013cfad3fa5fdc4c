import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { Levels } from '#bot/levels.ts';
import { Pledges } from '#bot/pledges.ts';
import { PromiseWatch } from '#bot/promise-watch.ts';
import type { PersonFacts } from '#src/intake/ports.ts';
import { Worker } from '#src/log/jobs.ts';
import { TELL_DESK, tellDeskHandler } from '#src/log/tell-desk.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { openOffice } from '../conversations/office.ts';
import type { Office, Visit } from '../conversations/office.ts';
import { countingTools, NOW, person } from '../dialogs/talk.ts';
import { rules } from '../policy/place.ts';
import { engines } from '../storage/engines.ts';
import type { Opened } from '../storage/engines.ts';
import { watchingOrder } from '../storage/in-order.ts';
import { agent, conversation, request } from '../storage/samples.ts';
import { floorOn, worker } from './floor.ts';

/**
 * Colleagues of one organization write into each other’s requests, in chats of their own, while agents work on those requests and
 * the clocks look at them: each transaction touches what another one holds. PostgreSQL itself counts who waited in a circle.
 */
const PEOPLE = 4;
const ROUNDS = 12;
const MINUTE = 60_000;

const postgres = engines.find(({ name }) => name === 'postgres')!;
let opened: Opened;
let office: Office;
/** Transactions that took rows in another order than all others. */
const unordered = new Set<string>();

const find = (): PersonFacts => ({ ...person('admin-direct'), name: 'Kim', tenant: 'contoso' });

beforeAll(async () => {
  opened = await postgres.open();
  const directory = { find, incidents: () => [], incidentState: () => Promise.resolve('unknown' as const) };
  office = await openOffice(
    directory,
    watchingOrder(opened.storage, (what) => unordered.add(what)),
  );
}, 180_000);
afterAll(async () => {
  await office.close();
  await opened.drop();
});

/** Somebody with a request that an agent works on, and a chat with the bot in which they filed another. */
interface Colleague {
  readonly chat: Visit;
  readonly agent: ReturnType<typeof worker>;
  readonly withAgent: ServiceRequest;
  readonly withBot: ServiceRequest;
}

async function colleague(at: number): Promise<Colleague> {
  const who = `directline:contoso:u${at}`;
  const chat = await office.visit('pulled', who, 'en');
  const mei = worker(`agent-${at}`);
  const talk = conversation({
    person: who,
    reference: null,
    state: null,
    owner: 'agent',
    agent: mei.id,
    offering: 'worldwide',
    deskAt: 1,
  });
  const filed = {
    person: who,
    tenant: 'contoso',
    offering: 'worldwide',
    respondBy: new Date(NOW + MINUTE).toISOString(),
  } as const;
  const withAgent = request({ ...filed, number: `SR-AAAA-000${at}`, conversation: talk.id, createdAt: NOW });
  const withBot = request({ ...filed, number: `SR-BBBB-000${at}`, conversation: chat.id, createdAt: NOW });
  await office.storage.transact(async (unit) => {
    await unit.conversations.create(talk);
    await unit.requests.insert(withAgent);
    await unit.agents.enter(agent({ id: mei.id, name: mei.id, seenAt: NOW }));
  });
  await office.storage.transact(async (unit) => {
    await unit.requests.insert(withBot);
  });
  return { chat, agent: mei, withAgent, withBot };
}

test('colleagues, agents and clocks at the same requests: nobody ever waits in a circle, and nothing is lost', async () => {
  const { storage } = office;
  const failures: unknown[] = [];
  let now = NOW;
  const clock = () => now;
  const { floor, speaker } = floorOn(storage, clock);
  const tools = countingTools(NOW);
  const { phrases } = tools;
  const levels = new Levels({ speaker, tools, warning: MINUTE });
  const pledges = new Pledges({ storage, speaker, phrases, rules });
  const patience = { warnShare: 0.2, warnLongest: MINUTE, renewals: 1_000 };
  const failed = (error: unknown): void => void failures.push(error);
  const clocks = { storage, speaker, phrases, rules, every: MINUTE, clock, newId: randomUUID, failed };
  const watches = [new PromiseWatch({ ...clocks, patience }), new PromiseWatch({ ...clocks, patience })];
  const handlers = { [TELL_DESK]: tellDeskHandler(storage, clock), notice: () => Promise.resolve() };
  const jobs = new Worker({ storage, handlers, clock, chance: Math.random, failed: (_kind, error) => failed(error) });
  const people = await Promise.all(Array.from({ length: PEOPLE }, (_none, at) => colleague(at)));
  const clocksOnce = async () => {
    for (const watch of watches) await watch.round();
  };
  // Nine at a time, fewer than there are connections: nobody waits for one of those.
  const told: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    now += MINUTE;
    await Promise.all([
      ...people.flatMap(({ chat: visit, agent: mei, withAgent }, at) => {
        const others = people[(at + 1) % PEOPLE]!;
        const before = people[(at + PEOPLE - 1) % PEOPLE]!;
        const words = [
          `more of ${round} for ${others.withAgent.number}`,
          `more of ${round} for ${before.withBot.number}`,
        ];
        told.push(...words);
        const { conversation: id, number } = withAgent;
        const chat = async () => {
          for (const text of words) await visit.say(text);
        };
        const desk = async () => {
          await floor.say(id, mei, { id: randomUUID(), text: `we look at it, ${round}` });
          const to = round % 2 === 0 ? 'C' : 'B';
          await levels.change(id, mei, { to, reason: 'as agreed', why: 'customer-agreed' });
          await pledges.make(number, mei, { kind: 'update-by', due: now + (round % 3) * MINUTE });
        };
        return [chat(), desk()];
      }),
      clocksOnce(),
    ]);
    await jobs.runDue();
  }
  now += MINUTE;
  await jobs.runDue();
  expect(failures).toEqual([]);
  // Each was told to the desk: in the agents' conversations something is new since the last round.
  const talks = await storage.transact((unit) =>
    unit.conversations.several(people.map((one) => one.withAgent.conversation)),
  );
  for (const { deskAt } of talks) expect(deskAt).toBeGreaterThanOrEqual(now - MINUTE);
  expect(office.failures).toEqual([]);
  const added = await storage.transact(async (unit) => {
    const lines = [];
    for (const one of people)
      for (const { number } of [one.withAgent, one.withBot]) lines.push(...(await unit.requests.events(number)));
    return lines.filter(({ kind }) => kind === 'information-added').map(({ data }) => data['text']);
  });
  expect(new Set(added)).toEqual(new Set(told));
  expect(added).toHaveLength(told.length);
  expect({ deadlocks: await deadlocks(), unordered: [...unordered] }).toEqual({ deadlocks: 0, unordered: [] });
}, 180_000);

/** What PostgreSQL counted in this database; a connection tells of it at its end at the latest, so all others end first. */
async function deadlocks(): Promise<number> {
  const client = new Client({ connectionString: opened.where.url });
  await client.connect();
  try {
    const others = 'from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';
    await client.query(`select pg_terminate_backend(pid) ${others}`);
    await expect.poll(async () => (await client.query(`select pid ${others}`)).rowCount).toBe(0);
    const { rows } = await client.query(
      'select deadlocks::int from pg_stat_database where datname = current_database()',
    );
    return z.array(z.object({ deadlocks: z.number() })).parse(rows)[0]?.deadlocks ?? -1;
  } finally {
    await client.end();
  }
}
