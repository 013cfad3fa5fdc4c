import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBook } from '#knowledge/book.ts';
import { LANGUAGES } from '#knowledge/schema.ts';
import { LOCALES, readable, stepOf } from '../conversations/channel.ts';
import type { Said } from '../conversations/channel.ts';
import { quiet } from '../conversations/quiet.ts';
import { openConnector, post, teamsActivity } from '../conversations/teams.ts';
import type { Connector } from '../conversations/teams.ts';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { spokenTo } from './group.ts';
import type { Place } from './group.ts';

/** Where others read along: nothing about anybody, and the private chat takes up what was said. */
type Part = Record<string, unknown>;
const { phrases } = readBook();
const BOT = '28:frontdesk';

let house: House;
let connector: Connector;

beforeAll(async () => {
  [house, connector] = await Promise.all([openHouse(), openConnector()]);
}, 180_000);
afterAll(async () => {
  await house?.end();
  await connector?.close();
});

async function send(as: string, conversation: string, part: Part, locale = 'en-US'): Promise<void> {
  const answer = await post(house, teamsActivity({ as, conversation, locale, serviceUrl: connector.url }, part));
  expect(answer.status).toBe(200);
}

async function said(conversation: string, count: number): Promise<Said[]> {
  // What is carried over from elsewhere comes a moment later than its own conversation’s answers.
  await expect.poll(() => connector.of(conversation).length).toBeGreaterThanOrEqual(count);
  await quiet(house, conversation);
  expect(connector.of(conversation)).toHaveLength(count);
  return connector.of(conversation);
}

const thread = (): string => `19:${randomUUID()}@thread.tacv2;messageid=${Date.now()}`;
const group = (): string => `19:${randomUUID()}@thread.v2`;
const speak = (as: string, place: Place, text: string, locale = 'en-US'): Promise<void> =>
  send(as, place.id, spokenTo(place, text), locale);
const channel = (id = thread()): Place => ({ id, kind: 'channel' });
const chat = (id = group()): Place => ({ id, kind: 'groupChat' });
/** The person's own chat, opened. */
async function opened(as: string, id = `a:${randomUUID()}`, locale = 'en-US'): Promise<string> {
  await send(as, id, { type: 'conversationUpdate', membersAdded: [{ id: BOT }] }, locale);
  await said(id, 1);
  return id;
}

/** What only the two of them may see: names and products of the sample people, numbers of requests, ways to reach somebody. */
const PERSONAL = /SR-[0-9A-Z]{4}|@contoso|admin(istrator)?\b|\+\d|Adele|"request"|"step":"(?!welcome)/i;

const words = (id: string): string => connector.of(id).map(readable).join('\n');

/** All of it but the address. */
const seen = (one: Said | undefined): string => JSON.stringify([one?.text, one?.attachments, one?.channelData]);

describe('added to a channel', () => {
  test.each(LANGUAGES)(
    'in %s: one greeting, which names nobody, whatever tells of it and how often',
    async (language) => {
      const id = `19:${randomUUID()}@thread.tacv2`;
      const place = { conversation: { id, conversationType: 'channel', isGroup: true, tenantId: 't' } };
      const locale = LOCALES[language];
      await send('admin-direct', id, { ...place, type: 'installationUpdate', action: 'add' }, locale);
      await send('admin-direct', id, { ...place, type: 'conversationUpdate', membersAdded: [{ id: BOT }] }, locale);
      await send('user', id, { ...place, type: 'conversationUpdate', membersAdded: [{ id: '29:new' }] }, locale);
      await send('admin-direct', id, { ...place, type: 'installationUpdate', action: 'remove' }, locale);
      await send('admin-direct', id, { ...place, type: 'installationUpdate', action: 'add' }, locale);
      await send('admin-direct', id, { ...place, type: 'installationUpdate', action: 'add-upgrade' }, locale);
      const [greeting] = await said(id, 1);
      expect(greeting?.text).toBe(phrases.text(language, 'shared.hello'));
      expect(JSON.stringify(greeting)).toContain('/l/entity/frontdesk/conversations');
    },
  );

  test('others who join are not greeted', async () => {
    const id = group();
    const place = { conversation: { id, conversationType: 'groupChat', isGroup: true } };
    await send('user', id, { ...place, type: 'conversationUpdate', membersAdded: [{ id: '29:new' }] });
    await quiet(house, id);
    expect(connector.of(id)).toEqual([]);
  });
});

describe('mentioned', () => {
  test.each([
    ['en', 'How do I set a password that never expires?'],
    ['zh-CN', '怎么把密码设置为永不过期？'],
    ['ja', 'パスワードを無期限にするにはどうすればいいですか。'],
  ] as const)(
    'with a question, in %s: the article, in the thread, and no card asks anything',
    async (language, question) => {
      const place = channel();
      await speak('admin-direct', place, question, LOCALES[language]);
      const [answer] = await said(place.id, 1);
      expect(answer?.channelData).toMatchObject({ topic: 'ts.password-never-expires', feedbackLoopEnabled: true });
      expect(answer?.channelData?.step).toBeUndefined();
      expect(answer?.channelData?.choices).toBeUndefined();
      expect(answer?.text).toContain(phrases.text(language, 'shared.more'));
      expect(answer?.replyToId).toBeDefined();
    },
  );

  test('with a problem: the private chat takes it up, quotes it, and nobody else sees more than that', async () => {
    const own = await opened('admin-direct');
    const place = channel();
    await speak('admin-direct', place, 'Our mail is slow for ten people since this morning');
    const [shared] = await said(place.id, 1);
    expect(shared?.text).toBe(phrases.text('en', 'shared.private'));
    expect(seen(shared)).not.toMatch(PERSONAL);
    const here = (await said(own, 3)).slice(1);
    expect(here[0]?.text).toContain('Our mail is slow for ten people since this morning');
    expect(here[0]?.text).toContain('channel');
    expect(stepOf(here)).toMatch(/answer|severity/);
  });

  test.each(['my requests', 'human', 'start over', 'cancel'])('“%s” is nobody else’s business', async (text) => {
    const own = await opened('admin-mixed');
    const before = connector.of(own).length;
    const place = chat();
    await speak('admin-mixed', place, text);
    const [shared] = await said(place.id, 1);
    expect(shared?.text).toBe(phrases.text('en', 'shared.private'));
    expect(seen(shared)).not.toMatch(PERSONAL);
    await expect.poll(() => connector.of(own).length).toBeGreaterThan(before);
  });

  test('where there is no private chat yet: its link, and once it is opened it goes on with what was said, once', async () => {
    const place = chat();
    await speak('cn-admin', place, '从今天早上开始有两位同事收邮件很慢', 'zh-CN');
    const [shared] = await said(place.id, 1);
    expect(shared?.text).toBe(phrases.text('zh-CN', 'shared.open-first'));
    expect(JSON.stringify(shared)).toContain('https://teams.microsoft.com/l/entity/frontdesk/conversations');
    const own = `a:${randomUUID()}`;
    const arrival = { type: 'conversationUpdate', membersAdded: [{ id: BOT }] };
    await send('cn-admin', own, { type: 'installationUpdate', action: 'add' }, 'zh-CN');
    await send('cn-admin', own, arrival, 'zh-CN');
    const [hello, quote, next] = await said(own, 3);
    expect(hello?.channelData?.step).toBe('welcome');
    expect(quote?.text).toContain('从今天早上开始有两位同事收邮件很慢');
    expect(next?.channelData?.step).toBe('answer');
  });

  test('two people in one thread: each goes on in their own chat', async () => {
    const [one, two] = [await opened('azure-admin'), await opened('partner')];
    const place = channel();
    await speak('azure-admin', place, 'CANARY-ONE virtual machines can’t be started since noon');
    await speak('partner', place, 'CANARY-TWO the invoice in Partner Center is wrong');
    await said(place.id, 2);
    await expect.poll(() => words(one)).toContain('CANARY-ONE');
    await expect.poll(() => words(two)).toContain('CANARY-TWO');
    for (const { id } of [{ id: one }, { id: two }, place]) await quiet(house, id);
    expect(words(one)).not.toContain('CANARY-TWO');
    expect(words(two)).not.toContain('CANARY-ONE');
    expect(words(place.id)).not.toContain('CANARY');
  });

  test('a button that is pressed here is nobody’s', async () => {
    const place = chat();
    const value = { step: 'review', choice: 'submit', submissionId: randomUUID() };
    const spoken = { ...spokenTo(place, ''), value };
    await send('admin-direct', place.id, spoken);
    expect((await said(place.id, 1))[0]?.text).toBe(phrases.text('en', 'shared.hello'));
  });

  test('the same message delivered again says nothing twice, here or there', async () => {
    const own = await opened('azure-admin-premium');
    const place = channel();
    const activity = { ...spokenTo(place, 'Our virtual machines are slow since this morning'), id: randomUUID() };
    await send('azure-admin-premium', place.id, activity);
    await said(place.id, 1);
    const there = await said(own, 3);
    await send('azure-admin-premium', place.id, activity);
    expect(await said(place.id, 1)).toHaveLength(1);
    expect(await said(own, there.length)).toHaveLength(there.length);
  });
});
