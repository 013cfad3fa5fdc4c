import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { LANGUAGES } from '#knowledge/schema.ts';
import type { Language } from '#knowledge/schema.ts';
import { DeskAgent } from '../desk/agent.ts';
import { book } from '../dialogs/talk.ts';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { Visitor } from '../whole/visitor.ts';
import { readable, stepOf } from './channel.ts';
import type { Channel, Said, Session } from './channel.ts';
import { directLineChannel } from './direct-line.ts';
import { tokenOf } from './play.ts';
import { openConnector, teamsChannel } from './teams.ts';
import type { Connector } from './teams.ts';

/** What becomes of a request after it was filed, and of a talk with an agent after it was closed: through the whole house. */

let house: House;
let connector: Connector;
let agent: DeskAgent;
beforeAll(async () => {
  const patient = { DESK_GONE_S: '100000', HANDOFF_WIDEN_S: '100000', HANDOFF_FILE_S: '100001' };
  [house, connector] = await Promise.all([openHouse(patient), openConnector()]);
  agent = await DeskAgent.come(house, 'agent-1');
}, 180_000);
afterAll(async () => {
  await house.end();
  await connector.close();
});

interface Words {
  problem: string;
  list: string;
  add: string;
  added: string;
  withdraw: string;
  yes: string;
  reopen: string;
  human: string;
  rating: string;
  why: string;
  receipt: string;
}

const WORDS: Record<Language, Words> = {
  en: {
    problem: 'Outlook crashes every time I open the calendar.',
    list: 'my requests',
    add: 'I want to add something to N',
    added: 'It began after the update of last night.',
    withdraw: 'please withdraw N',
    yes: 'yes',
    reopen: 'reopen N',
    human: 'human',
    rating: '5',
    why: 'She knew at once what to do',
    receipt: 'receipt',
  },
  'zh-CN': {
    problem: '我一打开日历 Outlook 就崩溃。',
    list: '我的请求',
    add: '我要补充 N',
    added: '昨晚更新之后才开始出现。',
    withdraw: '请帮我撤回 N',
    yes: '是的',
    reopen: '重新打开 N',
    human: '转人工',
    rating: '5分',
    why: '一下子就找到原因了',
    receipt: '回执',
  },
  ja: {
    problem: '予定表を開くたびに Outlook が落ちます。',
    list: '自分のリクエスト',
    add: 'N に追記します',
    added: '昨夜の更新の後から発生しています。',
    withdraw: 'N を取り下げてください',
    yes: 'はい',
    reopen: 'N を再開してください',
    human: '担当者',
    rating: '5',
    why: 'すぐに原因を見つけてくれた',
    receipt: '控え',
  },
};

const MAY_COME: Readonly<Record<string, string>> = { answer: 'no', similar: 'different', incident: 'different' };
const text = (said: readonly Said[]): string => said.map(readable).join('\n').replaceAll('\\', '');

async function file(session: Session, problem: string): Promise<string> {
  let last = await session.say(problem);
  for (let step = stepOf(last); step !== undefined && step in MAY_COME; step = stepOf(last))
    last = await session.submit({ step, choice: MAY_COME[step] });
  expect(stepOf(last), text(last)).toBe('severity');
  await session.submit({ step: 'severity', choice: 'B' });
  last = await session.submit({ step: 'contact', method: 'email', email: 'li@contoso.example' });
  last = await session.submit({ step: 'review', choice: 'submit', ...tokenOf(last) });
  return last.findLast(({ channelData }) => channelData?.request)?.channelData?.request?.number ?? '';
}

const eventSchema = z.object({ kind: z.string(), actor: z.string() });
const ratingSchema = z.object({ score: z.number().nullable(), comment: z.string().nullable(), language: z.string() });

/** Rows as they lie in the database of the running house. */
function stored<T>(schema: z.ZodType<T>, query: string, id: string): T[] {
  const database = new Database(join(house.dataDir, 'frontdesk.db'), { readonly: true });
  try {
    return z.array(schema).parse(database.prepare(query).all(id));
  } finally {
    database.close();
  }
}
const history = (number: string): string[] =>
  stored(eventSchema, 'select kind, actor from request_events where number = ? order by seq', number).map(
    ({ kind, actor }) => `${kind} by ${actor}`,
  );
const ratings = (conversation: string) =>
  stored(
    ratingSchema,
    "select score, comment, language from feedback where kind = 'rating' and conversation = ?",
    conversation,
  );

const CHANNELS: readonly [string, () => Channel][] = [
  ['Direct Line', () => directLineChannel],
  ['Teams', () => teamsChannel(connector)],
];

describe.each(CHANNELS)('through %s', (name, channel) => {
  test.each(LANGUAGES)('%s: filed, looked at, added to, withdrawn, opened again, kept', async (language) => {
    const words = WORDS[language];
    const session = await channel().open(house, 'cn-admin', language);
    const number = await file(session, words.problem);
    expect(number).toMatch(/^SR-/);
    const named = (sentence: string): string => sentence.replace('N', number);
    const phrase = (key: string, values = {}): string => book.phrases.text(language, key, { number, ...values });
    expect(text(await session.say(words.list))).toContain(number);
    expect(text(await session.say(named(words.add)))).toContain(phrase('request.add-ask'));
    await session.say(words.added);
    expect(text(await session.say(named(words.withdraw)))).toContain(phrase('request.withdraw-ask'));
    expect(history(number).at(-1)).toBe('information-added by customer');
    expect(text(await session.say(words.yes))).toContain(number);
    expect(history(number).at(-1)).toBe('withdrawn by customer');
    expect(text(await session.say(named(words.reopen)))).toContain(number);
    expect(history(number).slice(1)).toEqual([
      'information-added by customer',
      'withdrawn by customer',
      'reopened by customer',
    ]);
    const kept = await session.submit({ step: 'status', choice: `receipt:${number}` });
    expect(text(kept)).toContain(phrase('receipt.title'));
    const [json] = name === 'Teams' ? inText(kept) : await inFiles(kept);
    const read = keptSchema.parse(json);
    expect([read.number, read.state, read.history.map(({ kind }) => kind)]).toEqual([
      number,
      'open',
      ['filed', 'information-added', 'withdrawn', 'reopened'],
    ]);
    await session.close();
  });

  test.each(LANGUAGES)('%s: a talk with an agent, closed and rated once', async (language) => {
    const words = WORDS[language];
    const session = await channel().open(house, 'cn-admin', language);
    await session.say(words.human);
    const [waiting] = (await agent.queue()).filter(({ owner }) => owner === 'waiting');
    const conversation = waiting?.conversation ?? '';
    expect(await agent.act(conversation, 'accept')).toBe(200);
    expect(await agent.act(conversation, 'close', { outcome: 'solved' })).toBe(200);
    // The next words of the person come behind what was said at the close.
    const rated = await session.say(words.rating);
    await expect.poll(() => ratings(conversation)).toEqual([{ score: 5, comment: null, language }]);
    const thanked = await session.say(words.why);
    const once = { score: 5, comment: words.why, language };
    await expect.poll(() => ratings(conversation)).toEqual([once]);
    const kept = await session.say(words.receipt);
    const heard = text([...rated, ...thanked, ...kept]);
    for (const key of ['rating.ask', 'rating.words', 'rating.done', 'receipt.talk-title'])
      expect(heard).toContain(book.phrases.text(language, key));
    await session.submit({ step: 'rating', choice: '1' });
    expect(ratings(conversation)).toEqual([once]);
    await session.close();
  });
});

const keptWords = (name: string): string => book.phrases.text('en', 'file.added', { name });

test('files by upload: that they are kept is said, with words or without, and the question stands', async () => {
  const visitor = await Visitor.come(house, 'cn-admin');
  await visitor.open();
  const send = async (words: string, ...names: string[]): Promise<string[]> => {
    const before = (await visitor.all()).length;
    const form = new FormData();
    const message = JSON.stringify({ type: 'message', from: { id: 'me' }, ...(words !== '' && { text: words }) });
    form.set('activity', new Blob([message], { type: 'application/vnd.microsoft.activity' }));
    for (const name of names) form.append('file', new Blob(['line 1'], { type: 'text/plain' }), name);
    const { status } = await fetch(`${house.url}/v3/directline/conversations/${visitor.conversation}/upload`, {
      method: 'POST',
      headers: { authorization: `Bearer ${visitor.token}` },
      body: form,
    });
    expect(status).toBe(200);
    const said = (await visitor.all()).slice(before).filter(({ from }) => from.role === 'bot');
    return said.map(readable);
  };
  expect(await send('', 'one.log', 'two.txt')).toEqual([keptWords('one.log and two.txt')]);
  const [first, ...rest] = await send(WORDS.en.problem, 'three.log');
  expect(first).toBe(keptWords('three.log'));
  expect(rest.join()).not.toBe('');
});

const keptSchema = z.object({
  number: z.string(),
  state: z.string(),
  history: z.array(z.object({ kind: z.string() })),
});

/** What a fence of Markdown holds. */
function inText(said: readonly Said[]): unknown[] {
  return said.flatMap(({ text: words = '' }) => {
    const [, inside] = /^```json\n([^]*)\n```$/.exec(words) ?? [];
    return inside === undefined ? [] : [JSON.parse(inside) as unknown];
  });
}

const fileSchema = z.object({ name: z.string(), contentType: z.literal('application/json'), contentUrl: z.string() });

async function inFiles(said: readonly Said[]): Promise<unknown[]> {
  const files = said.flatMap(({ attachments = [] }) =>
    attachments.flatMap((one) => fileSchema.safeParse(one).data ?? []),
  );
  return Promise.all(files.map(async ({ contentUrl }) => (await fetch(contentUrl)).json() as Promise<unknown>));
}

test('the file of a receipt is its person’s alone, and never a page of ours', async () => {
  const words = WORDS.en;
  const session = await directLineChannel.open(house, 'cn-admin', 'en');
  const number = await file(session, words.problem);
  const kept = await session.submit({ step: 'status', choice: `receipt:${number}` });
  const again = await session.submit({ step: 'status', choice: `receipt:${number}` });
  const files = [...kept, ...again].flatMap(({ attachments = [] }) =>
    attachments.flatMap((one) => fileSchema.safeParse(one).data ?? []),
  );
  const [first, second] = files.map(({ contentUrl }) => new URL(contentUrl));
  expect(files.map(({ name }) => name)).toEqual([`${number}.json`, `${number}.json`]);
  if (!first || !second) throw new Error('no file');
  // Asked for twice, kept once.
  expect(second.pathname).toBe(first.pathname);
  const opened = await fetch(first);
  expect([opened.status, opened.headers.get('content-type')]).toEqual([200, 'application/json']);
  expect(opened.headers.get('x-content-type-options')).toBe('nosniff');
  expect(opened.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${number}.json`);
  expect(opened.headers.get('content-security-policy')).toContain('sandbox');
  expect(keptSchema.parse(await opened.json()).number).toBe(number);

  const other = await directLineChannel.open(house, 'cn-admin', 'en');
  const theirs = await file(other, words.problem);
  const [own] = (await other.submit({ step: 'status', choice: `receipt:${theirs}` })).flatMap(({ attachments = [] }) =>
    attachments.flatMap((one) => fileSchema.safeParse(one).data ?? []),
  );
  const swapped = new URL(first);
  swapped.search = new URL(own?.contentUrl ?? '').search;
  expect((await fetch(new URL(own?.contentUrl ?? ''))).status).toBe(200);
  expect((await fetch(swapped)).status).toBe(404);
  const stranger = await Visitor.come(house, 'cn-admin');
  await stranger.open();
  expect((await stranger.call(first.pathname.replace('/v3/directline', ''))).status).toBe(404);
  const bare = new URL(first);
  bare.search = '';
  expect((await fetch(bare)).status).toBe(401);
});
