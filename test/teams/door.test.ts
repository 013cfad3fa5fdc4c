import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOCALES, readable, stepOf } from '../conversations/channel.ts';
import type { Said } from '../conversations/channel.ts';
import { tokenOf } from '../conversations/play.ts';
import { openConnector, post, teamsActivity } from '../conversations/teams.ts';
import type { Connector } from '../conversations/teams.ts';
import { quiet } from '../conversations/quiet.ts';
import { requestsIn } from '../conversations/requests.ts';
import { openHouse } from '../house.ts';
import type { House } from '../house.ts';
import { within } from '../patience.ts';

type Part = Record<string, unknown>;

let house: House;
let connector: Connector;
let pid: number;

beforeAll(async () => {
  [house, connector] = await Promise.all([openHouse(), openConnector()]);
  pid = house.pid;
}, 180_000);

afterAll(async () => {
  await house?.end();
  await connector?.close();
});

const text = 'Outlook crashes for all our users since this morning';

/** A person's activity, in a conversation of its own unless one is given. */
function activity(part: Part, conversation = `a:${randomUUID()}`, as = 'admin-direct'): Part {
  return teamsActivity({ as, conversation, locale: 'en-US', serviceUrl: connector.url }, part);
}

async function answer(body: unknown): Promise<{ status: number; body: string; ms: number }> {
  const began = performance.now();
  const response = await post(house, body);
  return { status: response.status, body: await response.text(), ms: performance.now() - began };
}

const INTERNAL = /node_modules|\/src\/|\/bot\/| at \S+:\d+|SqliteError|ZodError|sqlite|TypeError|stack/i;

/** All that the bot has said there, once it has answered everything. */
async function replies(conversation: string): Promise<Said[]> {
  await quiet(house, conversation);
  return connector.of(conversation);
}

/** Nothing was said, and nothing is on its way. */
async function silence(conversation: string): Promise<void> {
  expect(await replies(conversation)).toEqual([]);
}

const long = (length: number): string => 'x'.repeat(length);
const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
};
const message = (part: Part = {}): Part => ({ type: 'message', text, ...part });
const inConversation = (id: unknown): Part => message({ conversation: { id } });
const submit = (value: unknown): Part => message({ text: undefined, value });

/** promises.md list B, what concerns this door: what is sent, and how it may be answered. */
const INPUTS: readonly [name: string, part: Part, statuses: readonly number[]][] = [
  ...['', ' ', '\t', 'ms teams', 'a|b', long(65), '<x>'].map((id): [string, Part, number[]] => [
    `1 channelId ${JSON.stringify(id).slice(0, 20)}`,
    message({ channelId: id }),
    [400],
  ]),
  ['1 no channelId', message({ channelId: undefined }), [400]],
  ['1 channelId 5', message({ channelId: 5 }), [400]],
  ...['AseChannel', 'emulator', 'MSTEAMS', '__proto__', 'constructor'].map((id): [string, Part, number[]] => [
    `1 channelId ${id}`,
    message({ channelId: id }),
    [200],
  ]),
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty'].flatMap((word): [string, Part, number[]][] => [
    [`2 type ${word}`, { type: word }, [200]],
    [`2 id ${word}`, message({ id: word }), [200]],
    [`2 locale ${word}`, message({ locale: word }), [200]],
    [`2 text ${word}`, message({ text: word }), [200]],
    [`2 step ${word}`, submit({ step: word, choice: word, submissionId: word }), [200]],
    [`2 choice ${word}`, submit({ step: 'welcome', choice: word, [word]: word }), [200]],
  ]),
  ...[undefined, null, 'me', [], {}, { id: '' }, { id: 5 }, { id: long(513) }, { id: 'a\0b' }].map(
    (from, index): [string, Part, number[]] => [`3 from, shape ${index}`, message({ from }), [400]],
  ),
  ...[undefined, null, 'x', [], {}, { id: '' }, { id: long(10_240) }, { id: { a: 1 } }, { id: 'a\0b' }].map(
    (conversation, index): [string, Part, number[]] => [
      `4 conversation, shape ${index}`,
      message({ conversation }),
      [400],
    ],
  ),
  ...['../../x', 'a|b', 'a\nb', '👩‍👩‍👧‍👦', '%00', "'; drop table rows --", long(512)].map((id): [string, Part, number[]] => [
    `4 conversation id ${JSON.stringify(id).slice(0, 30)}`,
    inConversation(id),
    [200],
  ]),
  ['5 no id', message({ id: undefined }), [200]],
  ['5 id of 10 KB', message({ id: long(10_240) }), [400]],
  ['5 id an object', message({ id: { a: 1 } }), [400]],
  ...['not a date', '9999-12-31T23:59:59Z', -1, '1970-01-01T00:00:00Z', '+275760-09-13T00:00:00Z'].map(
    (timestamp): [string, Part, number[]] => [
      `6 timestamp ${timestamp}`,
      message({ timestamp, localTimestamp: timestamp }),
      [200],
    ],
  ),
  ...['xx-XX', '../en', 'zh-Hant-TW-x-private', '', 'en_US'].map((locale): [string, Part, number[]] => [
    `7 locale ${JSON.stringify(locale)}`,
    message({ locale }),
    [200],
  ]),
  ['7 locale of 5 000 characters', message({ locale: long(5_000) }), [400]],
  ['7 time zone that is none', message({ localTimezone: 'Mars/Olympus' }), [200]],
  ...[5, [], {}, true].map((value): [string, Part, number[]] => [
    `8 text ${JSON.stringify(value)}`,
    message({ text: value }),
    [400],
  ]),
  ['9 text of 100 001 characters', message({ text: long(100_001) }), [400]],
  ['9 text of 1 MB', message({ text: long(1_000_000) }), [413]],
  ['9 text of 28 001 bytes', message({ text: long(28_001) }), [200]],
  ['9 text of 40 001 bytes', message({ text: long(40_001) }), [200]],
  ...['   ', '\u200B\u200B', '\u202E\u2066', '\u3000'].map((blank): [string, Part, number[]] => [
    `10 text ${JSON.stringify(blank)}`,
    message({ text: blank }),
    [200],
  ]),
  ['12 value nested 2 000 deep', submit(nested(2_000)), [400]],
  ['12 value of 1 MB', submit({ step: 'describe', description: long(1_000_000) }), [413]],
  ['13 5 000 mentions', message({ entities: Array.from({ length: 501 }, () => ({ type: 'mention' })) }), [400]],
  [
    '13 mentions of no shape',
    message({ entities: [{ type: 'mention', text: 5, mentioned: null }, { type: 'mention' }] }),
    [200],
  ],
  ['13 entities no array', message({ entities: {} }), [400]],
  [
    '14 an attachment inside the house',
    message({ attachments: [{ contentUrl: 'http://127.0.0.1:3978/desk' }] }),
    [200],
  ],
  ['14 51 attachments', message({ attachments: Array.from({ length: 51 }, () => ({})) }), [400]],
  [
    '15 channelData of another',
    message({ channelData: { tenant: { id: 'other' }, isAdmin: true, agent: 'agent-1' } }),
    [200],
  ],
  ['15 channelData no object', message({ channelData: 'x' }), [400]],
  [
    '17 event handoff.status from a person',
    { type: 'event', name: 'handoff.status', value: { state: 'accepted' } },
    [200],
  ],
  ['17 endOfConversation', { type: 'endOfConversation' }, [200]],
  ['17 contactRelationUpdate', { type: 'contactRelationUpdate', action: 'add' }, [200]],
  ['17 trace', { type: 'trace', name: 'x', value: {} }, [200]],
  ['17 an unknown type', { type: 'somethingNew' }, [200]],
  ['17 type absent', { type: undefined }, [400]],
  ['17 type a number', { type: 5 }, [400]],
  [
    '17 10 000 members',
    { type: 'conversationUpdate', membersAdded: Array.from({ length: 10_000 }, (_, n) => ({ id: `29:${n}` })) },
    [400, 413],
  ],
  [
    '17 1 000 members',
    { type: 'conversationUpdate', membersAdded: Array.from({ length: 1_000 }, (_, n) => ({ id: `29:${n}` })) },
    [200],
  ],
  ['17 members that are none', { type: 'conversationUpdate', membersAdded: [null] }, [400]],
  ['18 replyToId of another conversation', message({ replyToId: randomUUID() }), [200]],
  ...[null, [], 'x', 5, {}, { step: 5 }, { step: 'nowhere' }, { step: 'review', choice: 'submit' }].map(
    (value, index): [string, Part, number[]] => [`19 submit, shape ${index}`, submit(value), [200]],
  ),
  ...['S0', "A'--", ['A'], { a: 1 }].map((choice): [string, Part, number[]] => [
    `19 severity ${JSON.stringify(choice)}`,
    submit({ step: 'severity', choice }),
    [200],
  ]),
  ['19 an input of 100 KB', submit({ step: 'describe', description: long(100_000) }), [200]],
];

describe('list B at /api/messages', () => {
  test.each(INPUTS)('%s', async (_name, part, statuses) => {
    const got = await answer(activity(part));
    expect(statuses).toContain(got.status);
    expect(got.ms).toBeLessThan(within(1_000));
    expect(got.body).not.toMatch(INTERNAL);
    expect(got.body).toMatch(got.status < 400 ? /^$/ : /^\{"error":\{"code":"[\w-]+","message":"[^"]+"\}\}$/);
  });

  test.each([{}, [], null, 'x', 5, { type: 'message' }])('no activity at all: %j', async (body) => {
    const got = await answer(body);
    expect(got.status).toBe(400);
    expect(got.body).not.toMatch(INTERNAL);
  });

  test('after all that it is the same process, ready, and nothing failed inside', async () => {
    expect(house.pid).toBe(pid);
    expect((await fetch(`${house.url}/readyz`)).status).toBe(200);
    expect(house.output()).not.toContain('"msg":"failed"');
  });
});

const json = async (path: string, body: unknown, token = ''): Promise<Record<string, string>> => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const made = await fetch(`${house.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await made.json()) as Record<string, string>;
};

describe('what comes and goes in a conversation', () => {
  const arrival = { type: 'conversationUpdate', membersAdded: [{ id: '28:frontdesk' }] };

  test('installed, told of it twice and delivered again: one welcome', async () => {
    const conversation = `a:${randomUUID()}`;
    const installed = activity({ type: 'installationUpdate', action: 'add' }, conversation);
    await answer(installed);
    await answer(activity(arrival, conversation));
    await answer(activity({ ...arrival, membersAdded: [{ id: '29:someone' }] }, conversation));
    await answer(installed);
    expect((await replies(conversation)).map(({ channelData }) => channelData?.step)).toEqual(['welcome']);
  });

  test('a message before anybody arrived: welcomed, and answered', async () => {
    const conversation = `a:${randomUUID()}`;
    await answer(activity(message(), conversation));
    const said = await replies(conversation);
    expect(said.map(({ channelData }) => channelData?.step)[0]).toBe('welcome');
    expect(said).toHaveLength(2);
    await answer(activity(arrival, conversation));
    expect(await replies(conversation)).toHaveLength(2);
  }, 180_000);

  test.each([
    ['our own words', { from: { id: '28:frontdesk', name: 'Frontdesk' } }],
    ['another bot', { from: { id: '28:other', role: 'bot' } }],
    ['a skill', { from: { id: '28:other', role: 'skill' } }],
  ])('no answer to %s', async (_name, part) => {
    const conversation = `a:${randomUUID()}`;
    expect((await answer(activity(message(part), conversation))).status).toBe(200);
    await silence(conversation);
  });

  test.each([
    ['an edit', { type: 'messageUpdate', text }],
    ['a deletion', { type: 'messageDelete' }],
    ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }],
    ['typing', { type: 'typing' }],
    ['somebody leaving', { type: 'conversationUpdate', membersRemoved: [{ id: '29:1' }] }],
    ['being removed', { type: 'installationUpdate', action: 'remove' }],
    ['an event', { type: 'event', name: 'anything' }],
    ['an empty message', { type: 'message', text: '  ' }],
  ])('%s is taken without a word', async (_name, part) => {
    const conversation = `a:${randomUUID()}`;
    expect((await answer(activity(part, conversation))).status).toBe(200);
    await silence(conversation);
  });

  test('an arrival in another’s name does not decide who is asking', async () => {
    const conversation = `a:${randomUUID()}`;
    await answer(activity({ ...arrival, from: { id: conversation } }, conversation));
    await answer(activity(message({ text: 'How do I set a password that never expires?' }), conversation));
    const answered = await replies(conversation);
    await answer(activity(submit({ step: stepOf(answered), choice: 'no' }), conversation));
    const said = await replies(conversation);
    expect(said.map(({ channelData }) => channelData?.step)).toEqual(['welcome', 'answer', 'severity']);
  });

  test('nobody gets into a web chat through the connector', async () => {
    const { token } = await json('/chat/token', { as: 'admin-direct' });
    const { conversationId } = await json('/v3/directline/conversations', {}, token);
    const got = await answer(activity(message({ channelId: 'directline' }), conversationId));
    expect(got.status).toBe(403);
    await silence(conversationId!);
  });
});

const invoke = (name: string, value: unknown, conversation?: string): Part =>
  activity({ type: 'invoke', name, value }, conversation);

describe('invoke', () => {
  test('a card’s action is done, and answered in the same response', async () => {
    const conversation = `a:${randomUUID()}`;
    await answer(activity(message({ text: 'Our mail arrives late for ten people' }), conversation));
    const step = stepOf(await replies(conversation));
    const action = { action: { type: 'Action.Execute', verb: 'answer', data: { step, choice: 'no' } } };
    const got = await answer(invoke('adaptiveCard/action', action, conversation));
    expect(got.status).toBe(200);
    expect(JSON.parse(got.body)).toMatchObject({
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
      value: { type: 'AdaptiveCard' },
    });
    expect(stepOf(await replies(conversation))).toBe('severity');
  });

  test.each([
    null,
    {},
    { action: null },
    { action: { data: 5 } },
    { action: { verb: 'x', data: { step: 'nowhere' } } },
  ])('a card’s action without sense is answered: %j', async (value) => {
    expect((await answer(invoke('adaptiveCard/action', value))).status).toBe(200);
  });

  test.each([
    ['something/unknown', {}, 501],
    ['', null, 501],
    ['composeExtension/query', { commandId: 'x' }, 400],
    ['composeExtension/anything', {}, 501],
    ['signin/verifyState', { state: '123456' }, 412],
    ['signin/tokenExchange', { id: '1', token: 'x' }, 412],
  ])('%s', async (name, value, status) => {
    const got = await answer(invoke(name, value));
    expect(got.status).toBe(status);
    expect(got.body).not.toMatch(INTERNAL);
  });
});

/** What is done at each step on the way from a description to its review. */
const ONWARD: Record<string, Part> = {
  answer: { choice: 'no' },
  incident: { choice: 'different' },
  similar: { choice: 'different' },
  severity: { choice: 'C' },
  contact: { method: 'email', email: 'kim@contoso.example' },
  review: { choice: 'submit' },
};

describe('8 000 characters', () => {
  test.each([
    ['en', 'Ten of our users can’t open "shared" files in SharePoint. '],
    ['zh-CN', '我们有十个用户打不开 SharePoint 里的共享文件。'],
    ['ja', '10名のユーザーが SharePoint の共有ファイルを開けません。'],
  ] as const)(
    'in %s: no answer is too long for Teams, and the request holds every word',
    async (language, sentence) => {
      const conversation = `a:${randomUUID()}`;
      const description = sentence.repeat(1_000).slice(0, 8_000).trim();
      const locale = LOCALES[language];
      const say = (part: Part): Promise<unknown> => answer({ ...activity(part, conversation, 'cn-admin'), locale });
      await say(message({ text: description }));
      let said = await replies(conversation);
      for (let turn = 0; turn < 8 && stepOf(said) !== 'submitted'; turn += 1) {
        const step = stepOf(said) ?? '';
        await say(submit({ step, ...tokenOf(said.slice(-1)), ...ONWARD[step] }));
        said = await replies(conversation);
      }
      expect(stepOf(said)).toBe('submitted');
      const sizes = said.map((one) => Buffer.byteLength(JSON.stringify(one)));
      expect(Math.max(...sizes)).toBeLessThanOrEqual(24_000);
      const review = said.find(({ channelData }) => channelData?.step === 'review');
      expect(readable(review!)).toContain(description.slice(0, 80));
      expect(requestsIn(house).map((request) => request.description)).toContain(description);
    },
  );
});
