import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Pace } from '#bot/pace.ts';
import { Sender } from '#bot/sender.ts';
import { quiet } from '../conversations/quiet.ts';
import { requestsIn } from '../conversations/requests.ts';
import { readable, stepOf } from '../conversations/channel.ts';
import type { Said } from '../conversations/channel.ts';
import { post } from '../conversations/teams.ts';
import { tokenOf } from '../conversations/play.ts';
import { DeskAgent } from '../desk/agent.ts';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { engines } from '../storage/engines.ts';
import { conversation as sample, logRow } from '../storage/samples.ts';
import { FakeTeams, FATES, TEAMS_RATES } from './fake-teams.ts';
import type { Fate } from './fake-teams.ts';
import { saidBy, TeamsChat } from './talk.ts';

/**
 * The Teams leg under faults, through the started server (promises 2, 11, 13, 19, 32): nothing lost but what is marked, nothing
 * sent twice, order kept in each conversation, and not one call more than there may be.
 */
let house: House;
let teams: FakeTeams;
let agent: DeskAgent;

beforeAll(async () => {
  const patient = {
    DESK_GONE_S: '100000',
    HANDOFF_WIDEN_S: '100000',
    HANDOFF_FILE_S: '100001',
    RATE_MESSAGES: '100000',
  };
  [house, teams] = await Promise.all([openHouse(patient), FakeTeams.open()]);
  agent = await DeskAgent.come(house, 'agent-1');
}, 180_000);
afterAll(async () => {
  await house?.end();
  await teams?.close();
});

const agentSays = async (conversation: string, text: string): Promise<void> =>
  expect(await agent.act(conversation, 'messages', { id: randomUUID(), text })).toBe(200);

/** Until everything that the agent said has come to an end. */
const ended = async (conversation: string) => {
  const log = () => agent.log(conversation).then((rows) => saidBy(rows, 'agent'));
  await expect
    .poll(async () => (await log()).filter(({ delivery }) => delivery === 'queued').length, { timeout: 60_000 })
    .toBe(0);
  return log();
};

const wordsShown = (chat: TeamsChat): string[] =>
  teams.shown(chat.place).flatMap(({ text = '' }) => (text.startsWith('agent-1: ') ? [text.slice(9)] : []));

const ALL = Object.keys(FATES) as Fate[];

test('each fault is met by exactly the calls that it may have, order is kept, and what is uncertain is marked for the agent', async () => {
  const talks = await inTurn(5, async (at) => {
    const chat = new TeamsChat(teams.url);
    // In every conversation the same faults, each time in front of others.
    const fates = [...ALL.slice(at * 2), ...ALL.slice(0, at * 2), 'well' as const];
    return { chat, id: await chat.meet(house, agent), fates };
  });
  await Promise.all(
    talks.map(async ({ id, fates }) => {
      for (const [at, fate] of fates.entries()) await agentSays(id, `${at}. #${fate}`);
    }),
  );
  for (const { chat, id, fates } of talks) {
    const said = await ended(id);
    expect(said.map(({ text, delivery }) => [text, delivery])).toEqual(
      fates.map((fate, at) => [`${at}. #${fate}`, FATES[fate].delivery]),
    );
    const arrived = fates.flatMap((fate, at) => (FATES[fate].arrives ? [`${at}. #${fate}`] : []));
    expect(wordsShown(chat), 'each once, in order').toEqual(arrived);
    const calls = teams.callsTo(chat.place).filter(({ status }) => status !== 429);
    const counts = fates.map((fate, at) => calls.filter(({ text }) => text === `agent-1: ${at}. #${fate}`).length);
    expect(counts.map((count, at) => [fates[at], count])).toEqual(fates.map((fate) => [fate, FATES[fate].calls]));
  }
});

test.each([
  { status: 403, code: 'MessageWritesBlocked' },
  { status: 403, code: 'BotNotInConversationRoster' },
  { status: 404, code: 'ConversationNotFound' },
] as const)(
  '$status $code: one call, nothing after it, all of it marked; until the person writes again',
  async (why) => {
    const chat = new TeamsChat(teams.url);
    const id = await chat.meet(house, agent);
    await expect.poll(() => teams.shown(chat.place).length).toBeGreaterThan(0);
    await ended(id);
    const before = teams.callsTo(chat.place).length;
    teams.refuse(chat.place, why.status, why.code);
    for (const text of ['1', '2', '3', '4', '5']) await agentSays(id, text);
    expect((await ended(id)).map(({ delivery }) => delivery)).toEqual(Array.from({ length: 5 }, () => 'failed'));
    expect(teams.callsTo(chat.place)).toHaveLength(before + 1);
    teams.allow(chat.place);
    await agentSays(id, '6');
    expect((await ended(id)).at(-1)?.delivery, 'nobody knows that it would be let in').toBe('failed');
    expect(await chat.say(house, 'I am back')).toBe(200);
    await agentSays(id, '7');
    expect((await ended(id)).at(-1)?.delivery).toBe('sent');
    expect(wordsShown(chat)).toEqual(['7']);
  },
);

test('what Teams delivers again, at once or late, mixed up, is heard once; edits and deletions are marks at the desk', async () => {
  const chat = new TeamsChat(teams.url);
  const id = await chat.meet(house, agent);
  const told = Array.from({ length: 12 }, (_, at) => chat.activity({ type: 'message', text: `told ${at}` }));
  const deliver = (activity: Record<string, unknown>) => chat.send(house, activity);
  for (let at = 0; at < told.length; at += 1) {
    // Each twice at once, with some earlier one once more.
    const again = told[(at * 5) % (at + 1)]!;
    expect(await Promise.all([told[at]!, told[at]!, again].map(deliver))).toEqual([200, 200, 200]);
  }
  const texts = () => agent.log(id).then((rows) => saidBy(rows, 'user').map(({ text }) => text));
  expect((await texts()).slice(-12)).toEqual(told.map((_one, at) => `told ${at}`));

  const edit = { type: 'messageUpdate', text: 'told better', channelData: { eventType: 'editMessage' } };
  const edited = chat.activity({ ...edit, id: told[3]!['id'] });
  const gone = { type: 'messageDelete', id: told[5]!['id'], channelData: { eventType: 'softDeleteMessage' } };
  const deleted = chat.activity(gone);
  expect(await Promise.all([edited, edited, deleted].map(deliver))).toEqual([200, 200, 200]);
  expect(await Promise.all([deleted, edited].map(deliver))).toEqual([200, 200]);
  const marked = await texts();
  expect(marked).toContain('told 3\n✎ told better');
  expect(marked).toContain('✗ told 5');
  expect(marked.filter((text) => /^told \d+$/.test(text))).toHaveLength(10);
});

const other = () => ({ id: randomUUID(), timestamp: new Date().toISOString() });

test('under new ids, too: a message by its time, a press by its card; what is said or pressed twice by the person is two turns', async () => {
  const chat = new TeamsChat(teams.url);
  const quietly = async (...activities: Record<string, unknown>[]): Promise<Said[]> => {
    const seen = teams.shown(chat.place).length;
    for (const one of activities) expect(await chat.send(house, one)).toBe(200);
    await quiet(house, chat.place);
    return teams.shown(chat.place).slice(seen);
  };
  const timed = (text: string, at: string) =>
    chat.activity({ type: 'message', text, timestamp: `2026-03-02T01:00:${at}Z` });
  // The answer helps nobody, twice: the second card asks the same, and "no" to the first must not be taken for it.
  const first = timed('How do I set up a shared mailbox?', '01.001');
  const asked = await quietly(first, { ...first, id: randomUUID() }, first, { ...first, id: randomUUID() });
  expect(asked.filter((said) => stepOf([said]) === 'answer')).toHaveLength(1);

  const no = chat.activity({ type: 'message', value: { step: 'answer', choice: 'no' }, replyToId: 'card-1' });
  const after = await quietly(no, { ...no, ...other() }, no, { ...no, ...other() });
  expect(after, 'answered once').toHaveLength(1);

  // Pressed in place: whichever delivery is answered, the card is the answered one.
  const data = { step: 'welcome', choice: 'status' };
  const value = { action: { type: 'Action.Execute', verb: 'answer', data } };
  const pressed = chat.activity({ type: 'invoke', name: 'adaptiveCard/action', value, replyToId: 'card-0' });
  const answers = [];
  for (const one of [pressed, { ...pressed, ...other() }, { ...pressed, ...other() }]) {
    const answer = await post(house, one);
    answers.push([answer.status, await answer.json()]);
  }
  await quiet(house, chat.place);
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);

  const help = await quietly(timed('help', '02.001'), timed('help', '02.002'));
  expect(help.length, 'whoever asks for help twice gets it twice').toBe(
    2 * (await quietly(timed('help', '02.003'))).length,
  );
  const again = await quietly({ ...no, ...other(), replyToId: 'card-2' });
  expect(again.length, 'the same button of another card').toBeGreaterThan(0);
});

test('a click delivered five times, with the same id and with new ones, while the answer to it gets lost: one request, told once', async () => {
  const chat = new TeamsChat(teams.url);
  const description = `Printing from the app fails for two people ${randomUUID()} #lost`;
  const answers: Record<string, object> = {
    answer: { choice: 'no' },
    similar: { choice: 'different' },
    incident: { choice: 'different' },
    severity: { choice: 'B' },
    contact: { method: 'email', email: 'alex@contoso.example' },
  };
  let part: Record<string, unknown> = { type: 'message', text: description };
  for (let step: string | undefined; step !== 'review';) {
    const seen = teams.shown(chat.place).length;
    expect(await chat.send(house, chat.activity(part))).toBe(200);
    await expect.poll(() => stepOf(teams.shown(chat.place).slice(seen))).not.toBeOneOf([undefined, 'welcome']);
    step = stepOf(teams.shown(chat.place));
    part = { type: 'message', value: { step, ...answers[step ?? ''] } };
  }
  const value = { step: 'review', choice: 'submit', ...tokenOf([...teams.shown(chat.place)]) };
  const click = chat.activity({ type: 'message', value });
  const again = Array.from({ length: 3 }, () => ({ ...click, id: randomUUID(), timestamp: new Date().toISOString() }));
  const deliveries = [click, click, ...again].map((activity) => chat.send(house, activity));
  expect(new Set(await Promise.all(deliveries))).toEqual(new Set([200]));
  await expect.poll(() => stepOf(teams.shown(chat.place))).toBe('submitted');
  await quiet(house, chat.place);
  const filed = requestsIn(house).filter((request) => request.description === description);
  expect(filed).toHaveLength(1);
  const told = teams
    .shown(chat.place)
    .map(readable)
    .join('\n')
    .match(/SR-[0-9A-Z]{4}-[0-9A-Z]{4}/g);
  expect(new Set(told)).toEqual(new Set([filed[0]?.number]));
});

test('at the pace that the house keeps, Teams never once answers 429', async () => {
  const opened = await engines[0]!.open();
  const { storage } = opened;
  const place = `a:${randomUUID()}`;
  const user = { id: '29:1' };
  const reference = {
    serviceUrl: teams.url,
    channelId: 'msteams',
    conversation: { id: place },
    user,
    bot: { id: '28:1' },
  };
  const one = sample({ channel: 'msteams', reference, lastSeq: 18, outSeq: 18 });
  const rows = Array.from({ length: 18 }, (_, at) =>
    logRow({
      conversation: one.id,
      seq: at + 1,
      direction: 'out',
      role: 'bot',
      body: { type: 'message', text: `${at}` },
      delivery: 'queued',
    }),
  );
  await storage.transact(async (unit) => {
    await unit.conversations.create(one);
    await unit.rows.append(rows);
  });
  const sender = new Sender({
    storage,
    services: { hosts: [], loopback: true },
    authorization: () => Promise.resolve(null),
    chance: () => 0,
    clock: () => performance.now(),
    delivered: () => undefined,
    placed: () => Promise.resolve(),
    pace: new Pace(TEAMS_RATES),
    tenantPace: new Pace([]),
    failed: (error) => {
      throw error;
    },
  });
  sender.send(one, rows);
  await expect.poll(() => teams.callsTo(place).length, { timeout: 60_000 }).toBe(18);
  expect(teams.callsTo(place).map(({ status, text }) => [status, text])).toEqual(
    rows.map((_row, at) => [201, `${at}`]),
  );
  await sender.stop();
  await opened.drop();
});

/** One after the other: who asks for a person is told apart by being the new one in line. */
async function inTurn<T>(count: number, make: (at: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let at = 0; at < count; at += 1) made.push(await make(at));
  return made;
}
