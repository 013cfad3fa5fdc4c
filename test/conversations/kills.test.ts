import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { readable, stepOf } from './channel.ts';
import { integrityOf, requestsIn } from './requests.ts';
import { openConnector, pause, post, teamsActivity } from './teams.ts';
import type { Connector, TeamsPerson } from './teams.ts';

/**
 * "A submitted request reaches the store exactly once through kill -9" (promises 1). Customers talk to a server that is
 * killed at random moments; each repeats what got no answer, as Teams does, with the same activity id. An operation that
 * was answered must have happened exactly once; one without an answer at most once.
 */
/** Twenty in the full run: every start costs seconds. */
const KILLS = process.env['FRONTDESK_FULL'] === '1' ? 20 : 8;
const CUSTOMERS = 6;
const READY_MS = 2_000;

let house: House;
let connector: Connector;

beforeAll(async () => {
  [house, connector] = await Promise.all([openHouse(), openConnector()]);
}, 180_000);

afterAll(async () => {
  await house.end();
  await connector.close();
});

interface Filed {
  description: string;
  acknowledged: boolean;
}

test(`${KILLS} kills lose nothing that was acknowledged and double nothing`, async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const random = mulberry(seed);
  const filed: Filed[] = [];
  const day = { over: false };
  const customers = Array.from({ length: CUSTOMERS }, async () => {
    while (!day.over) filed.push(await fileOne(() => day.over));
  });
  const starts: number[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    await pause(100 + random() * 500);
    await house.kill('SIGKILL');
    starts.push(await house.restart());
  }
  // On a busy machine a case may not fit between two kills.
  const enough = (): boolean => filed.filter(({ acknowledged }) => acknowledged).length > KILLS;
  await expect.poll(enough, { timeout: 60_000 }).toBe(true);
  day.over = true;
  await Promise.all(customers);
  checkLedger(filed, seed);
  await checkDoubles(seed);
  expect(integrityOf(house)).toBe('ok');
  expect(Math.max(...starts), `ready after ${starts.map(Math.round).join(', ')} ms`).toBeLessThan(
    READY_MS * slowness(),
  );
}, 180_000);

/** Two shared cores are slower while other tests run: the bound is for a machine of its own, and is checked there. */
function slowness(): number {
  return process.env['FRONTDESK_FULL'] === '1' ? 1 : 60;
}

function checkLedger(filed: readonly Filed[], seed: number): void {
  const stored = new Map<string, number>();
  for (const { description } of requestsIn(house)) stored.set(description, (stored.get(description) ?? 0) + 1);
  const acknowledged = filed.filter((one) => one.acknowledged);
  expect(acknowledged.length, `seed ${seed}: hardly anything was filed`).toBeGreaterThan(KILLS);
  for (const { description } of acknowledged)
    expect(stored.get(description), `seed ${seed}: lost ${description}`).toBe(1);
  for (const [description, times] of stored) expect(times, `seed ${seed}: doubled ${description}`).toBe(1);
}

const COUNTS = `select channel_conversation_id as place, sum(done_seq < in_seq or sent_seq < out_seq) over () as busy,
    (select count(*) from activities where conversation = id and role = 'bot' and delivery = 'uncertain') as uncertain
  from conversations`;

/** What a person of Teams read twice because a process died is marked at the desk, and nothing else came twice. */
async function checkDoubles(seed: number): Promise<void> {
  const database = new Database(join(house.dataDir, 'frontdesk.db'), { readonly: true });
  const counts = database.prepare<[], { place: string; busy: number; uncertain: number }>(COUNTS);
  try {
    await expect.poll(() => counts.get()?.busy, { timeout: 60_000 }).toBe(0);
    for (const { place, uncertain } of counts.all()) {
      const said = connector.of(place).map((one) => JSON.stringify(one));
      // One may come a third time: it was on its way at two kills.
      const doubles = new Set(said.filter((one, at) => said.indexOf(one) !== at)).size;
      expect(uncertain, `seed ${seed}: ${place} read something twice, unmarked`).toBeGreaterThanOrEqual(doubles);
    }
  } finally {
    database.close();
  }
}

/** One customer's whole case. It is acknowledged when the bot has told the number. */
async function fileOne(over: () => boolean): Promise<Filed> {
  const person: TeamsPerson = {
    as: 'admin-direct',
    conversation: `a:${randomUUID()}`,
    locale: 'en-US',
    serviceUrl: connector.url,
  };
  const description = `Printing from the app fails for two people ${randomUUID()}`;
  const answers: Record<string, Record<string, unknown>> = {
    answer: { choice: 'no' },
    similar: { choice: 'different' },
    severity: { choice: 'B' },
    contact: { method: 'email', email: 'alex@contoso.example' },
  };
  let part: Record<string, unknown> = { type: 'message', text: description };
  for (let turns = 0; turns < 12 && !over(); turns += 1) {
    const step = await deliver(person, part, over);
    if (step === 'submitted') return { description, acknowledged: true };
    const value = step === 'review' ? { choice: 'submit', ...tokenIn(person) } : answers[step ?? ''];
    if (!value) return { description, acknowledged: false };
    part = { type: 'message', value: { step, ...value } };
  }
  return { description, acknowledged: false };
}

/** Delivers one activity until the channel hears 200, then waits for the reply to it, as long as it takes. */
async function deliver(
  person: TeamsPerson,
  part: Record<string, unknown>,
  over: () => boolean,
): Promise<string | undefined> {
  const activity = teamsActivity(person, part);
  const answersIt = () =>
    connector
      .of(person.conversation)
      .filter(({ replyToId, channelData }) => replyToId === activity['id'] && channelData?.step !== 'welcome');
  for (;;) {
    const status = await post(house, activity).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) break;
    if (over()) return undefined;
    await pause(20);
  }
  for (let tries = 0; tries < 1000 && answersIt().length === 0; tries += 1) await pause(10);
  return stepOf(answersIt());
}

function tokenIn(person: TeamsPerson): Record<string, string> {
  const said = connector
    .of(person.conversation)
    .findLast((one) => readable(one) !== '' && one.channelData?.step === 'review');
  const submissionId = /"submissionId":"([^"]+)"/.exec(JSON.stringify(said ?? {}))?.[1];
  return submissionId === undefined ? {} : { submissionId };
}

/** A small seeded generator, so that a failure can be played again. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
