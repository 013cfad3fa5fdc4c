import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBook } from '#knowledge/book.ts';
import { stepOf } from '../conversations/channel.ts';
import type { Said } from '../conversations/channel.ts';
import { quiet } from '../conversations/quiet.ts';
import { requestsIn } from '../conversations/requests.ts';
import { tokenOf } from '../conversations/play.ts';
import { openConnector, post, teamsActivity } from '../conversations/teams.ts';
import type { Connector } from '../conversations/teams.ts';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';

/** Messages that are edited, deleted and brought back, as Teams tells of them: with the id of the message itself. */
type Part = Record<string, unknown>;
const { phrases } = readBook();
const reread = phrases.text('en', 'edit.reread');
const late = phrases.text('en', 'edit.late');

let house: House;
let connector: Connector;
beforeAll(async () => {
  [house, connector] = await Promise.all([openHouse(), openConnector()]);
}, 180_000);
afterAll(async () => {
  await house?.end();
  await connector?.close();
});

class Chat {
  readonly id = `a:${randomUUID()}`;
  #seen = 0;

  async send(part: Part, count: number): Promise<Said[]> {
    const person = { as: 'admin-direct', conversation: this.id, locale: 'en-US', serviceUrl: connector.url };
    const { status } = await post(house, teamsActivity(person, part));
    if (status !== 200) throw new Error(`answered ${status}`);
    const fresh = (): Said[] => connector.of(this.id).slice(this.#seen);
    await quiet(house, this.id);
    const said = fresh();
    this.#seen += said.length;
    if (said.length !== count) throw new Error(`said ${said.length} things, not ${count}`);
    return said;
  }
  say(text: string, id: string = randomUUID(), count = 1): Promise<Said[]> {
    return this.send({ type: 'message', id, text }, count);
  }
  change(id: string, text: string, count = 1, timestamp: string = new Date().toISOString()): Promise<Said[]> {
    const channelData = { eventType: 'editMessage' };
    return this.send({ type: 'messageUpdate', id, text, timestamp, channelData }, count);
  }
}

/** At the level of a technical problem, and the id of the message that answered the question before. */
async function atSeverity(): Promise<{ chat: Chat; described: string; answered: string }> {
  const chat = new Chat();
  const [described, answered] = [randomUUID(), randomUUID()];
  await chat.say('Our mail arrives late for ten people', described, 2);
  let said = await chat.say('no', answered);
  // What an earlier test filed sounds the same.
  if (stepOf(said) === 'similar') said = await chat.say('different', answered + '-2');
  expect(stepOf(said)).toBe('severity');
  return { chat, described, answered };
}

describe('an edited message', () => {
  test('whose answer is the last one is read again in its place', async () => {
    const { chat, answered } = await atSeverity();
    const [again] = await chat.change(answered, 'no, not at all');
    expect(again?.text).toContain(reread);
    const [said] = await chat.change(answered, 'Yes, solved');
    expect(said?.text).toContain(reread);
    expect(said?.text).toContain(phrases.text('en', 'answer.solved'));
  });

  test('of a description: what was worked out from the old one is forgotten', async () => {
    const chat = new Chat();
    const id = randomUUID();
    await chat.say('How do I set a password that never expires?', id, 2);
    const [said] = await chat.change(
      id,
      'Nobody in the company can send or receive mail, business has stopped completely.',
    );
    expect(said?.text).toContain(reread);
    expect(stepOf([said!])).not.toBe('answer');
    expect(said?.text).toMatch(/level A/);
  });

  test('that wasn’t understood may be mended, and mended again', async () => {
    const { chat } = await atSeverity();
    const id = randomUUID();
    expect(stepOf(await chat.say('hmm', id))).toBe('severity');
    expect(stepOf(await chat.change(id, 'what'))).toBe('severity');
    expect(stepOf(await chat.change(id, 'B'))).not.toBe('severity');
  });

  test('from which the conversation went on: it is too late, and said so; nothing changes', async () => {
    const { chat, described } = await atSeverity();
    const [said] = await chat.change(described, 'How do I set a password that never expires?');
    expect(said?.text).toBe(late);
    expect(stepOf(await chat.say('B'))).toBe('contact');
  });

  test('delivered twice is read once; one that changes no word is not read', async () => {
    const { chat, answered } = await atSeverity();
    const at = new Date().toISOString();
    const changes = [at, at, new Date(Date.now() + 5_000).toISOString()];
    const said: number[] = [];
    for (const [index, when] of changes.entries())
      said.push((await chat.change(answered, 'no, not at all', index === 0 ? 1 : 0, when)).length);
    expect(said).toEqual([1, 0, 0]);
  });

  test('of a request that is filed changes nothing', async () => {
    const { chat, described } = await atSeverity();
    let said = await chat.say('C');
    said = await chat.send(
      { type: 'message', value: { step: 'contact', method: 'email', email: 'kim@contoso.example' } },
      1,
    );
    expect(stepOf(said)).toBe('review');
    said = await chat.send({ type: 'message', value: { step: 'review', choice: 'submit', ...tokenOf(said) } }, 1);
    expect(stepOf(said)).toBe('submitted');
    const before = requestsIn(house);
    await chat.change(described, 'Everything is on fire in the whole company', 0);
    expect(requestsIn(house)).toEqual(before);
  });

  test('that nobody knows is taken without a word', async () => {
    const { chat } = await atSeverity();
    expect(await chat.change(randomUUID(), 'Everything is on fire', 0)).toEqual([]);
  });
});

test('a deleted message, and one that is brought back, are taken without a word; the talk stands where it stood', async () => {
  const { chat, answered } = await atSeverity();
  await chat.send({ type: 'messageDelete', id: answered, channelData: { eventType: 'softDeleteMessage' } }, 0);
  await chat.send(
    { type: 'messageUpdate', id: answered, text: 'no', channelData: { eventType: 'undeleteMessage' } },
    0,
  );
  expect(stepOf(await chat.say('B'))).toBe('contact');
});
