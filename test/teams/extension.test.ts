import { randomUUID } from 'node:crypto';
import nock from 'nock';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBook } from '#knowledge/book.ts';
import { LANGUAGES } from '#knowledge/schema.ts';
import { LOCALES, stepOf } from '../conversations/channel.ts';
import { Microsoft, withNetwork, withoutNetwork } from '../graph/microsoft.ts';
import { organization, told } from '../graph/recorded.ts';
import { discovery, openSignInHouse } from './sign-in-house.ts';
import type { Chat, SignInHouse } from './sign-in-house.ts';
import { spokenTo } from './group.ts';

/** The message extension, files and thumbs, as Teams sends them (payloads in the shapes of Microsoft's documentation). */
const { phrases } = readBook();
type Part = Record<string, unknown>;
interface Extension {
  composeExtension: {
    type: string;
    text?: string;
    attachments?: { content: Part; preview: { content: { title: string } } }[];
  };
}
interface Task {
  task: { type: string; value: { title: string; card: { content: { body: Part[]; actions: Part[] } } } };
}

let open: SignInHouse;
beforeAll(async () => {
  withoutNetwork();
  discovery();
  new Microsoft().answers((asked) => {
    const person = /[0-9a-f-]{36}/.exec(`${asked.url.pathname}${asked.url.searchParams.get('$filter') ?? ''}`)?.[0];
    return told(organization({ tenant: asked.tenant, ...(person !== undefined && { person }) }), asked);
  });
  open = await openSignInHouse({
    GRAPH_CLIENT_ID: '5f2c9b1e-8a47-4d63-9c0e-1b7d3a6f2e94',
    GRAPH_CLIENT_SECRET: 'k3~Qz8-not-a-real-secret-Vx91',
  });
}, 240_000);
afterAll(async () => {
  await open?.close();
  withNetwork();
});

const tenant = randomUUID();
const somebody = (of = tenant): Chat => open.chat(of, randomUUID());
const query = (commandId: string, words: string, more: Part = {}): Part => ({
  type: 'invoke',
  name: 'composeExtension/query',
  value: {
    commandId,
    parameters: [{ name: 'query', value: words }],
    queryOptions: { skip: 0, count: 25 },
    ...more,
  },
});
async function searched(chat: Chat, part: Part): Promise<Extension['composeExtension']> {
  const { status, json } = await chat.send(part);
  expect(status).toBe(200);
  return (json as Extension).composeExtension;
}
const conversations = () => open.house.storage.transact((unit) => unit.conversations.withPendingTurns(100));

const QUESTIONS = {
  en: 'How do I set a password that never expires?',
  'zh-CN': '怎么把密码设置为永不过期？',
  ja: 'パスワードを無期限にするにはどうすればいいですか。',
} as const;

describe('the message extension', () => {
  test.each(LANGUAGES)('finds articles, in %s, as cards that ask nothing', async (language) => {
    const found = await searched(somebody(), {
      ...query('searchKnowledge', QUESTIONS[language]),
      locale: LOCALES[language],
    });
    expect(found.type).toBe('result');
    const [first] = found.attachments ?? [];
    expect(first?.preview.content.title).not.toBe('');
    expect(JSON.stringify(first?.content)).not.toMatch(/Action\.(Submit|Execute)|"Input\./);
    expect(JSON.stringify(first?.content).length).toBeLessThan(24_000);
  });

  test('nothing found, nothing asked, past the end, no sense: each is answered', async () => {
    const chat = somebody();
    const none = await searched(chat, query('searchRequests', 'zzzz qqqq xxxx'));
    expect(none).toEqual({ type: 'message', text: phrases.text('en', 'extension.none', { query: 'zzzz qqqq xxxx' }) });
    const asked = await searched(
      chat,
      query('searchKnowledge', '', { parameters: [{ name: 'initialRun', value: 'true' }] }),
    );
    expect(asked.text).toBe(phrases.text('en', 'extension.ask'));
    const past = await searched(
      chat,
      query('searchKnowledge', QUESTIONS.en, { queryOptions: { skip: 25, count: 25 } }),
    );
    expect(past.attachments).toEqual([]);
    for (const value of [null, {}, { commandId: 'other' }, { commandId: 'searchKnowledge', parameters: 5 }])
      expect((await chat.send({ type: 'invoke', name: 'composeExtension/query', value })).status).toBe(400);
    expect((await chat.send({ type: 'invoke', name: 'composeExtension/selectItem', value: {} })).status).toBe(200);
    expect((await chat.send({ type: 'invoke', name: 'composeExtension/queryLink', value: { url: 'x' } })).status).toBe(
      501,
    );
    expect(await conversations()).toEqual([]);
  });

  test('finds one’s own requests, by number and by words, page by page, without what reaches somebody; nobody else’s', async () => {
    const chat = somebody();
    const numbers = [await filed(chat, 'alpha'), await filed(chat, 'beta'), await filed(chat, 'gamma')];
    const all = await searched(chat, query('searchRequests', ''));
    expect(all.attachments).toHaveLength(3);
    const two = await searched(chat, query('searchRequests', '', { queryOptions: { skip: 2, count: 25 } }));
    expect(two.attachments).toHaveLength(1);
    const one = await searched(chat, query('searchRequests', numbers[1] ?? ''));
    expect(one.attachments?.map(({ preview }) => preview.content.title)).toEqual([
      expect.stringContaining(numbers[1] ?? '?') as unknown,
    ]);
    const card = JSON.stringify(one.attachments?.[0]);
    expect(card).toContain('beta');
    expect(card).not.toMatch(/kim@contoso|Action\.(Submit|Execute)/);
    const byWord = await searched(chat, query('searchRequests', 'GAMMA'));
    expect(byWord.attachments).toHaveLength(1);
    for (const other of [somebody(), somebody(randomUUID())])
      expect(await searched(other, query('searchRequests', numbers[0] ?? ''))).toMatchObject({ type: 'message' });
  }, 180_000);

  test('unsigned it is refused like everything else', async () => {
    const chat = somebody();
    const unsigned = chat.activity(query('searchKnowledge', QUESTIONS.en));
    expect((await open.unsigned(unsigned)).status).toBe(401);
  });
});

const message = (content: string): Part => ({
  type: 'invoke',
  name: 'composeExtension/fetchTask',
  value: {
    commandId: 'openRequest',
    commandContext: 'message',
    messagePayload: { id: '1', createdDateTime: '2026-11-20T01:00:00Z', body: { contentType: 'html', content } },
  },
});
const submit = (data: Part): Part => ({
  type: 'invoke',
  name: 'composeExtension/submitAction',
  value: { commandId: 'openRequest', commandContext: 'message', data },
});

function tokenIn([action]: Part[]): string {
  const data = action?.['data'];
  return typeof data === 'object' && data !== null && 'token' in data ? String(data.token) : '';
}

describe('a request from a message', () => {
  test('its words, without markup, can be changed; submitted they go on in the private chat, once', async () => {
    const chat = somebody();
    await chat.act({ type: 'conversationUpdate', membersAdded: [{ id: '28:frontdesk' }] }, 1);
    const { json } = await chat.send(
      message('<div><at id="0">Ann</at> can&rsquo;t <b>open</b> Outlook &amp; Teams<br>since noon</div>'),
    );
    const { card } = (json as Task).task.value;
    const input = card.content.body.find(({ id }) => id === 'description');
    expect(input?.['value']).toBe('Ann can&rsquo;t open Outlook & Teams\nsince noon');
    const token = tokenIn(card.content.actions);
    const data = { token, description: 'Outlook on the web shows a blank page for two people' };
    const taken = await chat.send(submit(data));
    expect(JSON.stringify(taken.json)).toContain(phrases.text('en', 'extension.taken'));
    await chat.send(submit(data));
    const said = await chat.heard(2);
    expect(said).toHaveLength(2);
    expect(said[0]?.text).toContain('Outlook on the web shows a blank page');
    expect(stepOf(said)).toBeDefined();
  });

  test('where there is no private chat yet, it waits there', async () => {
    const chat = somebody();
    const answer = await chat.send(submit({ token: randomUUID(), description: 'Outlook shows a blank page for us' }));
    expect(JSON.stringify(answer.json)).toContain('/conversations');
    const said = await chat.act({ type: 'conversationUpdate', membersAdded: [{ id: '28:frontdesk' }] }, 3);
    expect(said[1]?.text).toContain('Outlook shows a blank page for us');
  });

  test('too short, or no sense', async () => {
    const chat = somebody();
    const short = await chat.send(submit({ token: randomUUID(), description: 'hm' }));
    expect(JSON.stringify(short.json)).toContain(phrases.text('en', 'extension.too-short'));
    for (const data of [{}, { token: 'x', description: 'long enough to be one' }, { description: 5 }])
      expect((await chat.send(submit(data))).status).toBe(400);
  });
});

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const file = (downloadUrl: string, name: string): Part => ({
  contentType: 'application/vnd.microsoft.teams.file.download.info',
  contentUrl: `https://contoso-my.sharepoint.com/personal/kim/Documents/${name}`,
  name,
  content: { downloadUrl, uniqueId: randomUUID(), fileType: name.split('.').at(-1) },
});

/** Sends files; what is said of them, and what is kept. */
async function sent(attachments: Part[]): Promise<{ text: string; rows: string; replyTo: unknown[] }> {
  const chat = somebody();
  await chat.act({ type: 'conversationUpdate', membersAdded: [{ id: '28:frontdesk' }] }, 1);
  const said = await chat.act({ type: 'message', text: '', attachments }, attachments.length);
  const rows = await open.house.storage.transact(async (unit) => {
    const found = await unit.conversations.byChannel('msteams', chat.id);
    return unit.rows.list(found?.id ?? '', 0, 100);
  });
  const replyTo = said.map(({ replyToId }) => replyToId);
  return { text: said.map(({ text }) => text).join('\n'), rows: JSON.stringify(rows), replyTo };
}

describe('files', () => {
  const HOST = 'https://contoso-my.sharepoint.com';
  test('come from SharePoint and are kept; their address stands in no row', async () => {
    nock(HOST).get('/download').query(true).reply(200, PNG);
    const { text, rows, replyTo } = await sent([file(`${HOST}/download?tempauth=SECRET`, 'screen.png')]);
    expect(text).toBe(phrases.text('en', 'file.added', { name: 'screen.png' }));
    expect(rows).not.toContain('SECRET');
    expect(replyTo).toEqual([undefined]);
    const id = /"attachments":\[\{"id":"([\w-]+)"/.exec(rows)?.[1] ?? '';
    const kept = await open.house.storage.transact((unit) => unit.files.byId(id));
    expect(Buffer.from(kept?.bytes ?? []).equals(PNG)).toBe(true);
    expect(kept?.type).toBe('image/png');
    expect(rows).toContain(`"attachments":[{"id":"${id}","name":"screen.png","contentType":"image/png"}]`);
  });

  test.each([
    ['what it isn’t', 'tool.exe', 200, PNG],
    ['a picture that is none', 'x.png', 200, Buffer.from('<script>')],
    ['nothing', 'x.png', 200, Buffer.alloc(0)],
    ['too big', 'x.txt', 200, Buffer.alloc(6_000_000, 'a')],
    ['gone', 'x.png', 404, PNG],
    ['sent elsewhere', 'x.png', 302, PNG],
  ])('%s: refused, and said so', async (_name, name, status, bytes) => {
    nock(HOST)
      .get('/f')
      .reply(status, bytes, status === 302 ? { location: 'https://evil.example/' } : {});
    const { text } = await sent([file(`${HOST}/f`, name)]);
    expect(text).toBe(phrases.text('en', 'file.refused', { name, size: 5 }));
  });

  test.each([
    'http://contoso-my.sharepoint.com/f',
    'https://contoso-my.sharepoint.com:8443/f',
    'https://user:pass@contoso-my.sharepoint.com/f',
    'https://sharepoint.com.evil.example/f',
    'https://evilsharepoint.com/f',
    'https://127.0.0.1/f',
    'https://169.254.169.254/latest/meta-data/',
    'file:///etc/passwd',
    'nothing',
  ])('never fetched: %s', async (url) => {
    const seen: string[] = [];
    // What goes to the connector is the answer.
    const note = (request: { url?: string }): void =>
      void (request.url?.startsWith(open.connector.url) || seen.push(request.url ?? ''));
    nock.emitter.on('no match', note);
    const { text } = await sent([file(url, 'x.png')]);
    nock.emitter.off('no match', note);
    expect(text).toBe(phrases.text('en', 'file.refused', { name: 'x.png', size: 5 }));
    expect(seen).toEqual([]);
  });
});

test('thumbs under an article in a channel are kept, once; a file that nobody offered is not sent', async () => {
  const chat = somebody();
  const id = `19:${randomUUID()}@thread.tacv2;messageid=1`;
  const asked = spokenTo({ id, kind: 'channel' }, QUESTIONS.en);
  const place = { id, conversationType: 'channel', isGroup: true, tenantId: tenant };
  await chat.post({ ...chat.activity(asked), conversation: place });
  await expect.poll(() => open.connector.of(id).length).toBeGreaterThan(0);
  const since = Date.now() - 60_000;
  const feedback = JSON.stringify({ feedbackText: 'Mail me at kim@contoso.example' });
  const value = { actionName: 'feedback', actionValue: { reaction: 'like', feedback } };
  const thumb = {
    ...chat.activity({ type: 'invoke', name: 'message/submitAction', value, replyToId: '7' }),
    conversation: place,
  };
  for (let twice = 0; twice < 2; twice += 1) expect((await chat.post(thumb)).status).toBe(200);
  const kept = await open.house.storage.transact((unit) => unit.feedback.list({ since, offset: 0, limit: 100 }));
  expect(kept.filter(({ topic }) => topic === 'ts.password-never-expires')).toHaveLength(1);
  expect(JSON.stringify(kept)).not.toContain('kim@contoso');
  const consent = {
    type: 'fileUpload',
    action: 'accept',
    context: {},
    uploadInfo: { uploadUrl: 'https://evil.example/' },
  };
  expect((await chat.send({ type: 'invoke', name: 'fileConsent/invoke', value: consent })).status).toBe(200);
  expect((await chat.send({ type: 'invoke', name: 'something/else', value: {} })).status).toBe(501);
});

/** A request of the person's, as the office keeps it. */
async function filed(chat: Chat, word: string): Promise<string> {
  const number = `SR-${randomUUID().slice(0, 4)}-${word}`.toUpperCase();
  const person = open.house.personKey(
    chat.activity({ type: 'message' }) as Parameters<SignInHouse['house']['personKey']>[0],
  );
  await open.house.storage.transact((unit) => unit.requests.insert(requestOf(number, person, word)));
  return number;
}

function requestOf(number: string, person: string, word: string) {
  return {
    number,
    submissionId: randomUUID(),
    conversation: 'c1',
    person,
    personName: 'Kim',
    tenant,
    state: 'open' as const,
    createdAt: Date.now(),
    respondBy: null,
    provisional: false,
    offering: 'worldwide' as const,
    route: 'open',
    category: 'technical' as const,
    product: 'exchange' as const,
    description: `${word}: mail is slow, write to kim@contoso.example`,
    severity: 'B' as const,
    proposedSeverity: 'B' as const,
    evidence: [],
    contact: { method: 'email' as const, email: 'kim@contoso.example', language: 'en' as const },
    entitlement: 'directory' as const,
    purchase: 'direct' as const,
    language: 'en' as const,
  };
}
