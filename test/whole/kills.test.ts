import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { stepOf } from '../conversations/channel.ts';
import { integrityOf, requestsIn } from '../conversations/requests.ts';
import { pause } from '../conversations/teams.ts';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { randomFrom } from '../http/bad-inputs.ts';
import { logOf } from './tables.ts';
import { setSchema, Visitor } from './visitor.ts';
import type { Heard } from './visitor.ts';

/**
 * The web chat's leg of "a submitted request reaches the store exactly once through kill -9" (promises 1 and 20): people
 * post with ids of their own and repeat what got no answer; readers resume at their watermark, by polling or by WebSocket.
 */
/** Ten in the full run: every start costs seconds. */
const KILLS = process.env['FRONTDESK_FULL'] === '1' ? 10 : 5;
const PEOPLE = 6;

let house: House;
beforeAll(async () => {
  house = await openHouse();
}, 180_000);
afterAll(() => house.end());

interface Case {
  readonly visitor: Visitor;
  readonly reader: Reader;
  readonly description: string;
  /** The client's ids of what was answered with 200, and of what was not. */
  readonly answered: string[];
  readonly unanswered: string[];
  filed: boolean;
}

test(`${KILLS} kills: nothing answered is lost, nothing is heard, said or filed twice`, async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const random = randomFrom(seed);
  const cases: Case[] = [];
  const day = { over: false };
  const people = Array.from({ length: PEOPLE }, async (_, index) => {
    while (!day.over) await fileOne(index % 2 === 0 ? pollingReader : socketReader, { cases, over: () => day.over });
  });
  for (let kill = 0; kill < KILLS; kill += 1) {
    // Long enough for whole visits, so that a kill can meet any step of one.
    await pause(300 + random(900));
    await house.kill('SIGKILL');
    await house.restart();
  }
  // On a busy machine a visit may not fit between two kills.
  const enough = () => cases.filter(({ filed }) => filed).length > 2 * KILLS;
  await expect.poll(enough, { timeout: 60_000 }).toBe(true);
  day.over = true;
  await Promise.all(people);
  for (const each of cases) await checkCase(each, `seed ${seed}`);
  checkRequests(cases, `seed ${seed}`);
  expect(integrityOf(house)).toBe('ok');
}, 300_000);

/** Everything that a reader was given, in the order in which it came. */
interface Reader {
  readonly heard: Heard[];
  stop(): Promise<void>;
}

function pollingReader(visitor: Visitor): Reader {
  const heard: Heard[] = [];
  const state = { stopped: false };
  const reading = (async () => {
    for (let watermark = ''; !state.stopped;) {
      try {
        const set = await visitor.read(watermark);
        heard.push(...set.activities);
        watermark = set.watermark;
      } catch {
        // The server is down: it goes on where it was.
      }
      await pause(30);
    }
  })();
  return { heard, stop: () => ((state.stopped = true), reading) };
}

function socketReader(visitor: Visitor): Reader {
  const heard: Heard[] = [];
  const state = { stopped: false };
  let socket: WebSocket | undefined;
  const reading = (async () => {
    for (let watermark = ''; !state.stopped;) {
      const url = await visitor.reopen(watermark).catch(() => null);
      if (url !== null)
        await new Promise<void>((resolve) => {
          socket = new WebSocket(url);
          socket.on('error', () => undefined).on('close', () => resolve());
          socket.on('message', (data) => {
            if (!Buffer.isBuffer(data)) return;
            const set = setSchema.parse(JSON.parse(data.toString()));
            heard.push(...set.activities);
            watermark = set.watermark;
          });
        });
      await pause(30);
    }
  })();
  return { heard, stop: () => ((state.stopped = true), socket?.close(), reading) };
}

const ANSWERS: Readonly<Record<string, Record<string, unknown>>> = {
  answer: { choice: 'no' },
  similar: { choice: 'different' },
  incident: { choice: 'different' },
  severity: { choice: 'B' },
  contact: { method: 'email', email: 'alex@contoso.example' },
};

interface Day {
  readonly cases: Case[];
  readonly over: () => boolean;
}

/** One person's whole visit, from the welcome to the number. */
async function fileOne(readerOf: (visitor: Visitor) => Reader, { cases, over }: Day): Promise<void> {
  const visitor = await until(() => Visitor.come(house, 'admin-direct'), over);
  if (!visitor || !(await until(() => visitor.open(), over))) return;
  const description = `Printing from the app fails for two people ${randomUUID()}`;
  const one: Case = { visitor, reader: readerOf(visitor), description, answered: [], unanswered: [], filed: false };
  cases.push(one);
  let part: Record<string, unknown> | null = { text: description };
  for (let turns = 0; part && turns < 12 && !over(); turns += 1) part = await takeTurn(one, part, over);
}

/** Says one thing until it is answered; what to do at the step that comes then, null at the end. */
async function takeTurn(
  one: Case,
  part: Record<string, unknown>,
  over: () => boolean,
): Promise<Record<string, unknown> | null> {
  const id = randomUUID();
  one.unanswered.push(id);
  const said = await until(async () => {
    const answer = await one.visitor.post(id, part);
    if (answer.status !== 200) throw new Error(String(answer.status));
    return answer.json();
  }, over);
  if (!said) return null;
  one.unanswered.pop();
  one.answered.push(id);
  const heard = await until(() => one.visitor.all(), over);
  const step = stepOf(heard ?? []);
  one.filed ||= step === 'submitted';
  if (!heard || one.filed) return null;
  const card = JSON.stringify(heard.findLast(({ channelData }) => channelData?.step === step));
  const submissionId = /"submissionId":"([^"]+)"/.exec(card)?.[1];
  const value = step === 'review' ? { choice: 'submit', submissionId } : ANSWERS[step ?? ''];
  return value ? { value: { step, ...value } } : null;
}

/** Tries again until it works; undefined when the day is over before. */
async function until<T>(what: () => Promise<T>, over: () => boolean): Promise<T | undefined> {
  for (;;) {
    try {
      return await what();
    } catch {
      if (over()) return undefined;
      await pause(20);
    }
  }
}

async function checkCase({ visitor, reader, answered, unanswered }: Case, seed: string): Promise<void> {
  const rows = logOf(house).filter(({ conversation }) => conversation === visitor.conversation);
  const times = (id: string) => rows.filter(({ source }) => source === `client:${id}`);
  for (const id of answered) expect(times(id), `${seed}: answered, so in the log once`).toHaveLength(1);
  for (const id of unanswered) expect(times(id).length, `${seed}: not answered, so once at most`).toBeLessThan(2);
  for (const { seq } of rows.filter(({ source }) => source?.startsWith('client:'))) {
    const replies = rows.filter(({ reply, role, body }) => reply === seq && role === 'bot' && body.includes('"step"'));
    expect(replies, `${seed}: one answer to ${visitor.conversation} ${seq}`).toHaveLength(1);
  }
  const whole = (await visitor.all()).map(({ id }) => id);
  await expect.poll(() => reader.heard.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(whole.length);
  await reader.stop();
  const heard = reader.heard.map(({ id }) => id);
  expect(heard, `${seed}: a reader heard all of ${visitor.conversation} once, in order`).toEqual(whole);
  expect(whole, `${seed}: ids rise`).toEqual([...new Set(whole)].toSorted());
}

function checkRequests(cases: readonly Case[], seed: string): void {
  const stored = requestsIn(house).map(({ description }) => description);
  const filed = cases.filter((each) => each.filed).map(({ description }) => description);
  expect(filed.length, `${seed}: hardly anything was filed`).toBeGreaterThan(KILLS);
  expect(new Set(stored).size, `${seed}: a request twice`).toBe(stored.length);
  expect(
    filed.filter((each) => !stored.includes(each)),
    `${seed}: told a number, and lost`,
  ).toEqual([]);
}
