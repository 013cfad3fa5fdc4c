import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { readable, stepOf } from './channel.ts';
import type { Said, Session } from './channel.ts';
import { directLineChannel } from './direct-line.ts';
import { tokenOf } from './play.ts';
import { quiet } from './quiet.ts';
import { requestsIn } from './requests.ts';
import { openConnector, post, teamsActivity, teamsChannel } from './teams.ts';
import type { Connector } from './teams.ts';

/** "Same submission twice makes one request" (promises 2, 3, 9), through the started server. */

let house: House;
let connector: Connector;

beforeAll(async () => {
  [house, connector] = await Promise.all([openHouse(), openConnector()]);
}, 180_000);

afterAll(async () => {
  await house.end();
  await connector.close();
});

/** Brings a conversation to its review card. */
async function toReview(session: Session, description: string): Promise<Said[]> {
  let last = await session.say(description);
  const answers: Record<string, Record<string, unknown>> = {
    answer: { choice: 'no' },
    similar: { choice: 'different' },
    incident: { choice: 'different' },
    severity: { choice: 'B' },
    contact: { method: 'email', email: 'alex@contoso.example' },
  };
  for (let step = stepOf(last); step !== undefined && step in answers; step = stepOf(last)) {
    last = await session.submit({ step, ...answers[step] });
  }
  expect(stepOf(last), last.map(readable).join()).toBe('review');
  return last;
}

const numbersIn = (said: readonly Said[]): string[] => [
  ...new Set(
    said
      .map(readable)
      .join('\n')
      .match(/SR-[0-9A-Z]{4}-[0-9A-Z]{4}/g) ?? [],
  ),
];

describe.each([
  { name: 'Teams', channel: () => teamsChannel(connector) },
  { name: 'web chat', channel: () => directLineChannel },
])('$name', ({ channel }) => {
  test('100 concurrent submits of one review card make one request', async () => {
    const session = await channel().open(house, 'admin-direct', 'en');
    const description = `Ten users cannot open their calendar ${randomUUID()}`;
    const review = await toReview(session, description);
    const value = { step: 'review', choice: 'submit', ...tokenOf(review) };
    const answers = (await Promise.all(Array.from({ length: 100 }, () => session.submit(value)))).flat();
    expect(numbersIn(answers)).toHaveLength(1);
    expect(requestsIn(house).filter((request) => request.description === description)).toHaveLength(1);
  }, 180_000);

  test('a card that was filed answers with the same number, whatever else is changed', async () => {
    const session = await channel().open(house, 'admin-direct', 'en');
    const description = `The meeting room devices lose sound ${randomUUID()}`;
    const review = await toReview(session, description);
    const value = { step: 'review', choice: 'submit', ...tokenOf(review) };
    const first = numbersIn(await session.submit(value));
    const again = await session.submit({ ...value, severity: 'A', description: 'something else' });
    expect(numbersIn(again)).toEqual(first);
    const kept = requestsIn(house).filter((request) => request.number === first[0]);
    expect(kept.map((request) => [request.description, request.severity])).toEqual([[description, 'B']]);
  }, 180_000);

  test('a forged or absent submission id files nothing', async () => {
    const session = await channel().open(house, 'admin-direct', 'en');
    const description = `Forms do not load for the sales team ${randomUUID()}`;
    await toReview(session, description);
    for (const submissionId of ['00000000-0000-4000-8000-000000000000', '', undefined]) {
      const last = await session.submit({
        step: 'review',
        choice: 'submit',
        ...(submissionId !== undefined && { submissionId }),
      });
      expect(stepOf(last)).toBe('review');
    }
    expect(requestsIn(house).filter((request) => request.description === description)).toEqual([]);
  }, 180_000);
});

test('one click delivered four times, with the same id and with a new one, makes one request', async () => {
  const person = { as: 'admin-direct', conversation: `a:${randomUUID()}`, locale: 'en-US', serviceUrl: connector.url };
  const channel = teamsChannel(connector);
  const session = await channel.open(house, 'admin-direct', 'en');
  const description = `Shared folders vanish for two people ${randomUUID()}`;
  const value = { step: 'review', choice: 'submit', ...tokenOf(await toReview(session, description)) };
  const conversation = connector.received.length === 0 ? '' : conversationOf(connector, description);
  const click = teamsActivity({ ...person, conversation }, { type: 'message', value });
  const answers = await Promise.all(
    [click, click, { ...click, id: randomUUID() }, { ...click, id: randomUUID() }].map((activity) =>
      post(house, activity),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  await quiet(house, conversation);
  expect(requestsIn(house).filter((request) => request.description === description)).toHaveLength(1);
  expect(numbersIn(connector.of(conversation))).toHaveLength(1);
}, 180_000);

/** The conversation in which the connector heard the review of this description. */
function conversationOf(from: Connector, description: string): string {
  const found = from.conversations().find((id) => from.of(id).some((said) => readable(said).includes(description)));
  if (found === undefined) throw new Error('nobody reviewed this');
  return found;
}
