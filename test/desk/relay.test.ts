import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openConnector, pause, post, teamsActivity } from '../conversations/teams.ts';
import type { Connector, TeamsPerson } from '../conversations/teams.ts';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { Visitor } from '../whole/visitor.ts';
import { DeskAgent } from './agent.ts';

/**
 * "No relay message lost, doubled, reordered" and "never to the wrong person" (promises 13, 14): customers and agents write
 * to each other while the server is killed; answers get lost and calls are repeated with the same id. On the Teams leg what
 * was on its way at a kill may come twice, and then the agent sees it marked.
 */
const FULL = process.env['FRONTDESK_FULL'] === '1';
const KILLS = FULL ? 100 : 10;
const WEB = FULL ? 30 : 12;
const TEAMS = FULL ? 20 : 8;
/** Each way; so 400 messages in 20 conversations, or 5,000 in 50. */
const EACH = FULL ? 50 : 10;

let house: House;
let connector: Connector;

beforeAll(async () => {
  const patient = {
    DESK_GONE_S: '100000',
    HANDOFF_WIDEN_S: '100000',
    HANDOFF_FILE_S: '100001',
    RATE_MESSAGES: '100000',
  };
  [house, connector] = await Promise.all([openHouse(patient), openConnector()]);
}, 180_000);
afterAll(async () => {
  await house.end();
  await connector.close();
});

interface Talk {
  readonly name: string;
  readonly id: string;
  readonly agent: DeskAgent;
  /** Says something as the customer; rejects or resolves to a status. */
  readonly say: (id: string, text: string, signal: AbortSignal) => Promise<number>;
  /** What the customer sees of agents, in order. */
  readonly seen: () => Promise<string[]>;
  /** All bytes that the customer ever got. */
  readonly bytes: () => Promise<string>;
}

/** While the server is down nobody knocks: forty who do would take the core that it needs to start. */
let isUp: Promise<unknown> = Promise.resolve();
const progress = { acknowledged: 0 };

/** Repeats until it is acknowledged; now and then the answer is not waited for, or the same is sent twice at once. */
async function surely(send: (signal: AbortSignal) => Promise<number>): Promise<void> {
  for (;;) {
    await isUp;
    const isImpatient = Math.random() < 0.15;
    const signal = isImpatient ? AbortSignal.timeout(Math.ceil(Math.random() * 5)) : AbortSignal.timeout(20_000);
    const twice = Math.random() < 0.1 ? send(signal).catch(() => 0) : Promise.resolve(0);
    const [status] = await Promise.all([send(signal).catch(() => 0), twice]);
    if (status === 200) {
      progress.acknowledged += 1;
      return;
    }
    if (status !== 0 && status !== 503 && status !== 429) throw new Error(`refused: ${status}`);
    await pause(20);
  }
}

async function webTalk(at: number, agent: DeskAgent): Promise<Talk> {
  const visitor = await Visitor.come(house, 'admin-direct');
  await visitor.open();
  await visitor.post('ask', { text: 'agent' });
  const all = () => visitor.all();
  return {
    name: `web${at}`,
    id: visitor.conversation,
    agent,
    say: async (id, text) => (await visitor.post(id, { text })).status,
    seen: async () => (await all()).flatMap(({ text, from }) => (from['id'] === 'agent' ? [text ?? ''] : [])),
    bytes: async () => JSON.stringify(await all()),
  };
}

async function teamsTalk(at: number, agent: DeskAgent): Promise<Talk> {
  const person: TeamsPerson = {
    as: 'admin-direct',
    conversation: `a:${randomUUID()}`,
    locale: 'en-US',
    serviceUrl: connector.url,
  };
  const text = `agent`;
  await post(house, teamsActivity(person, { type: 'message', text }));
  const known = new Set(talks.map(({ id }) => id));
  const id = await expect
    .poll(async () =>
      (await agent.queue()).find(({ conversation, owner }) => owner === 'waiting' && !known.has(conversation)),
    )
    .toBeDefined()
    .then(async () =>
      (await agent.queue()).find(({ conversation, owner }) => owner === 'waiting' && !known.has(conversation)),
    );
  const texts = () => connector.of(person.conversation).map((one) => one.text ?? '');
  return {
    name: `teams${at}`,
    id: id?.conversation ?? '',
    agent,
    say: async (own, words, signal) => {
      const body = JSON.stringify(teamsActivity(person, { type: 'message', text: words, id: own }));
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`${house.url}/api/messages`, { method: 'POST', headers, body, signal })).status;
    },
    seen: () =>
      Promise.resolve(
        texts().flatMap((one) => (one.startsWith(`${agent.id}: `) ? [one.slice(agent.id.length + 2)] : [])),
      ),
    bytes: () => Promise.resolve(JSON.stringify(connector.of(person.conversation))),
  };
}

const talks: Talk[] = [];
const words = (who: string, { name }: Talk): string[] =>
  Array.from({ length: EACH }, (_none, at) => `${who}-${name}-${at}.`);

async function customerWrites(talk: Talk): Promise<void> {
  for (const text of words('customer', talk)) {
    await surely((signal) => talk.say(text, text, signal));
  }
}

async function agentWrites(talk: Talk): Promise<void> {
  const path = `/api/conversations/${talk.id}/messages`;
  for (const text of words('agent', talk)) {
    await surely(
      async (signal) => (await talk.agent.call(path, { method: 'POST', json: { id: text, text }, signal })).status,
    );
  }
}

test(
  `${(WEB + TEAMS) * EACH * 2} messages in ${WEB + TEAMS} conversations, ${KILLS} kills: none lost, doubled, reordered, or another's`,
  async () => {
    const agents = await Promise.all(['agent-1', 'agent-2'].map((id) => DeskAgent.come(house, id)));
    for (let at = 0; at < WEB + TEAMS; at += 1) {
      const agent = agents[at % agents.length];
      if (!agent) throw new Error('no agent');
      const talk = await (at < WEB ? webTalk(at, agent) : teamsTalk(at, agent));
      talks.push(talk);
      expect(await agent.act(talk.id, 'accept')).toBe(200);
    }
    const writing = Promise.all(talks.flatMap((talk) => [customerWrites(talk), agentWrites(talk)]));
    const messages = talks.length * EACH * 2;
    for (let kill = 1; kill <= KILLS; kill += 1) {
      // Spread over the messages, not over time: each kill meets forty writers in the middle of what they say.
      const until = (messages * (kill - 0.5)) / KILLS;
      while (progress.acknowledged < until) await pause(1);
      isUp = house.kill('SIGKILL').then(() => house.restart());
      await isUp;
    }
    await writing;
    let marked = 0;
    for (const talk of talks) marked += await check(talk);
    process.stdout.write(`relay: ${messages} messages, ${KILLS} kills, ${marked} sent twice in Teams and marked\n`);
  },
  FULL ? 1_800_000 : 400_000,
);

/** Returns how many came twice, each of them marked. */
async function check(talk: Talk): Promise<number> {
  const [mine, theirs] = [words('agent', talk), words('customer', talk)];
  const log = await talk.agent.log(talk.id);
  const said = (role: string) =>
    log.filter((row) => row.role === role && !row.note && /^(customer|agent)-/.test(row.text));
  expect(said('user').map(({ text }) => text)).toEqual(theirs);
  expect(said('agent').map(({ text }) => text)).toEqual(mine);
  await expect.poll(async () => [...new Set(await talk.seen())], { timeout: 60_000 }).toEqual(mine);
  const seen = await talk.seen();
  const doubled = mine.filter((text) => seen.filter((one) => one === text).length > 1);
  const marked = said('agent').filter(({ delivery }) => delivery === 'uncertain');
  for (const text of doubled) expect(marked.map((row) => row.text)).toContain(text);
  // The web chat reads the log: nothing can come twice there.
  expect(doubled.filter(() => talk.name.startsWith('web'))).toEqual([]);
  const strangers = talks.filter((other) => other !== talk);
  const [bytes, desk] = [await talk.bytes(), JSON.stringify(log)];
  for (const { name } of strangers)
    for (const canary of [`customer-${name}-`, `agent-${name}-`]) {
      expect(bytes).not.toContain(canary);
      expect(desk).not.toContain(canary);
    }
  return doubled.length;
}
