import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { stepOf } from '../conversations/channel.ts';
import type { Said, Session } from '../conversations/channel.ts';
import { directLineChannel } from '../conversations/direct-line.ts';
import { ELEVEN } from '../conversations/eleven.ts';
import { play, tokenOf } from '../conversations/play.ts';
import { openConnector, post, teamsActivity, teamsChannel } from '../conversations/teams.ts';
import type { Connector } from '../conversations/teams.ts';
import { DeskAgent } from '../desk/agent.ts';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { startPostgres } from '../storage/cluster.ts';
import { FakeTeams } from '../teams/fake-teams.ts';
import { TeamsChat } from '../teams/talk.ts';
import { startInVain } from './start.ts';
import { Visitor } from './visitor.ts';
import { within } from '../patience.ts';

/** The whole server on PostgreSQL: the same conversations, the same promises, and PostgreSQL stopped under it. */

let folder: string;
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let url: string;
let house: House;
let connector: Connector;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-cluster-'));
  rmSync(folder, { recursive: true });
  postgres = await startPostgres(folder);
  await postgres.cluster.createDatabase('desk');
  url = `postgres://postgres:test@127.0.0.1:${postgres.port}/desk`;
  [house, connector] = await Promise.all([openHouse({ DATABASE_URL: url }), openConnector()]);
}, 180_000);

afterAll(async () => {
  await house.end();
  await connector.close();
  await postgres.cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function asked<T>(rowSchema: z.ZodType<T>, sql: string, values: unknown[]): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return z.array(rowSchema).parse((await client.query(sql, values)).rows);
  } finally {
    await client.end();
  }
}

const channels = [
  { name: 'Teams', channel: () => teamsChannel(connector), language: 'ja' },
  { name: 'web chat', channel: () => directLineChannel, language: 'zh-CN' },
] as const;

describe.each(channels)('the eleven conversations on PostgreSQL, $name in $language', ({ channel, language }) => {
  test.each(ELEVEN)(
    '$name',
    async (script) => void (await play(script, { channel: channel(), house, language })),
    180_000,
  );
});

const numberSchema = z.object({ number: z.string(), description: z.string() });
const requestsOf = (description: string) =>
  asked(
    numberSchema,
    "select number, draft::json->>'description' as description from requests where draft::json->>'description' = $1",
    [description],
  );

/** Brings a conversation to its review card. */
async function toReview(session: Session, description: string): Promise<Said[]> {
  const answers: Record<string, Record<string, unknown>> = {
    answer: { choice: 'no' },
    similar: { choice: 'different' },
    incident: { choice: 'different' },
    severity: { choice: 'B' },
    contact: { method: 'email', email: 'alex@contoso.example' },
  };
  let last = await session.say(description);
  for (let step = stepOf(last); step !== undefined && step in answers; step = stepOf(last))
    last = await session.submit({ step, ...answers[step] });
  expect(stepOf(last)).toBe('review');
  return last;
}

test('100 concurrent submits make one request', async () => {
  const session = await directLineChannel.open(house, 'admin-direct', 'en');
  const description = `Ten users cannot open their calendar ${randomUUID()}`;
  const value = { step: 'review', choice: 'submit', ...tokenOf(await toReview(session, description)) };
  const said = (await Promise.all(Array.from({ length: 100 }, () => session.submit(value)))).flat();
  const numbers = new Set(said.flatMap(({ channelData }) => channelData?.request?.number ?? []));
  expect(numbers.size).toBe(1);
  expect((await requestsOf(description)).map(({ number }) => number)).toEqual([...numbers]);
}, 180_000);

test('one activity delivered 30 times at once, the first of its conversation, is heard once', async () => {
  const person = { as: 'admin-direct', conversation: `a:${randomUUID()}`, locale: 'en-US', serviceUrl: connector.url };
  const activity = teamsActivity(person, { type: 'message', text: 'Shared folders vanish for two people' });
  const answers = await Promise.all(Array.from({ length: 30 }, () => post(house, activity)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const rows = await asked(z.object({ seq: z.number() }), 'select seq::int from activities where source_id = $1', [
    activity['id'],
  ]);
  expect(rows).toHaveLength(1);
}, 180_000);

test('a start without PostgreSQL says what is wrong, and not the password', async () => {
  const { code, printed, ms } = await startInVain({
    DATABASE_URL: 'postgres://desk:canary-secret@127.0.0.1:1/desk',
    DATA_DIR: house.dataDir,
    PORT: '0',
  });
  expect(code).toBe(1);
  expect(ms).toBeLessThan(within(6_000));
  expect(printed).toMatch(/Frontdesk can't start: PostgreSQL does not answer.*DATABASE_URL/);
  expect(printed).not.toMatch(/canary| at \S+ \(/);
}, 180_000);

test('an agent’s words through two instances, one of which is killed: in order, none lost, and what came twice is marked', async () => {
  const [second, teams] = await Promise.all([openHouse({ DATABASE_URL: url }), FakeTeams.open()]);
  try {
    const chat = new TeamsChat(teams.url);
    const desks = [await DeskAgent.come(house, 'agent-1'), await DeskAgent.come(second, 'agent-1')];
    const id = await chat.meet(second, desks[1]!);
    const texts = Array.from({ length: 20 }, (_, at) => `said ${at}.`);
    for (const [at, text] of texts.entries()) {
      // Teams lets eight through in two seconds: when the one is killed, some of its words still wait there.
      if (at === 12) await second.kill('SIGKILL');
      const desk = desks[at < 12 ? at % 2 : 0]!;
      expect(await desk.act(id, 'messages', { id: text, text })).toBe(200);
    }
    const seen = () => teams.shown(chat.place).flatMap(({ text = '' }) => /said \d+\./.exec(text)?.[0] ?? []);
    await expect.poll(() => [...new Set(seen())], { timeout: 60_000 }).toEqual(texts);
    const marked = (await desks[0]!.log(id)).filter(({ delivery }) => delivery === 'uncertain').map(({ text }) => text);
    const twice = texts.filter((text) => seen().filter((one) => one === text).length > 1);
    expect(marked).toEqual(expect.arrayContaining(twice));
    expect(twice.length).toBeLessThan(2);
  } finally {
    await second.end();
    await teams.close();
  }
}, 180_000);

test('PostgreSQL stopped: not ready, nothing taken that is not kept; started again: all goes on without a restart', async () => {
  const visitor = await Visitor.come(house, 'admin-direct');
  await visitor.open();
  expect((await visitor.post('before', { text: 'Outlook crashes for the whole sales team' })).status).toBe(200);
  const { pid } = house;
  const person = { as: 'admin-direct', conversation: `a:${randomUUID()}`, locale: 'en-US', serviceUrl: connector.url };
  const activity = teamsActivity(person, { type: 'message', text: 'Teams calls have no sound' });

  await postgres.cluster.stop();
  await expect.poll(async () => (await fetch(`${house.url}/readyz`)).status, { timeout: 60_000 }).toBe(503);
  expect((await fetch(`${house.url}/healthz`)).status).toBe(200);
  const refused = [
    await visitor.post('while it is down', { text: 'Is anybody there?' }),
    await post(house, activity),
    await visitor.call('/conversations', { method: 'POST', json: {} }),
    await visitor.call(`/conversations/${visitor.conversation}/activities?watermark=`),
  ];
  expect(refused.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
  for (const answer of refused) {
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(await answer.json()).toEqual({
      error: { code: 'storage', message: expect.not.stringMatching(/postgres|ECONN|127\./i) },
    });
  }

  await postgres.cluster.start();
  await expect.poll(async () => (await fetch(`${house.url}/readyz`)).status, { timeout: 60_000 }).toBe(200);
  expect(house.pid).toBe(pid);
  const before = await visitor.all();
  expect(JSON.stringify(before)).not.toContain('Is anybody there?');
  // What their senders repeat, as they do after a 503, is taken once.
  for (let times = 0; times < 2; times += 1) {
    expect((await visitor.post('while it is down', { text: 'Is anybody there?' })).status).toBe(200);
    expect((await post(house, activity)).status).toBe(200);
  }
  expect((await visitor.all()).filter(({ text }) => text === 'Is anybody there?')).toHaveLength(1);
  await expect.poll(() => connector.of(person.conversation).length, { timeout: 60_000 }).toBeGreaterThan(0);
  expect(house.output()).not.toMatch(/"fatal"/);
}, 180_000);
