import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { codeDigest } from '#bot/hear-code.ts';
import { readBook } from '#knowledge/book.ts';
import { nextCode } from '#src/handoff/code.ts';
import { stepOf } from '../conversations/channel.ts';
import type { Said } from '../conversations/channel.ts';
import { tokenOf } from '../conversations/play.ts';
import { Microsoft, withNetwork, withoutNetwork } from '../graph/microsoft.ts';
import { organization, ROLES, told } from '../graph/recorded.ts';
import type { Answer, Asked } from '../graph/microsoft.ts';
import { BOT_APP, discovery, openSignInHouse, userToken } from './sign-in-house.ts';
import type { Chat, SignInHouse } from './sign-in-house.ts';
import { TokenService } from './token-service.ts';

/** Signing in to the bot in Teams: token service, sign-in and Graph are played, the bot and its door are real. */
const { phrases } = readBook();
const words = (key: string): string => phrases.text('en', key);
const PROBLEM = 'Outlook on the web shows a blank page for two people since this morning';
const GRAPH = '00000003-0000-0000-c000-000000000000';

let service: TokenService;
let microsoft: Microsoft;
let open: SignInHouse;
const people = new Map<string, (asked: Asked) => Answer>();

beforeAll(async () => {
  withoutNetwork();
  discovery();
  service = new TokenService();
  microsoft = new Microsoft().answers((asked) => people.get(asked.tenant)?.(asked) ?? { status: 500 });
  open = await openSignInHouse();
}, 240_000);
afterAll(async () => {
  await open?.close();
  withNetwork();
});
beforeEach(() => {
  service.gives = () => 'consent';
  service.keeps = () => null;
  service.offers = () => 200;
  service.lifetime = 3_600;
});

interface Person {
  tenant: string;
  objectId: string;
  chat: Chat;
}

/** Somebody of an organization of their own, in which they hold these roles. */
function somebody(direct: string[] = [ROLES.support.id]): Person {
  const [tenant, objectId] = [randomUUID(), randomUUID()];
  people.set(tenant, (asked) => told(organization({ tenant, person: objectId, direct }), asked));
  return { tenant, objectId, chat: open.chat(tenant, objectId) };
}

/** A Graph token of that person, as the token service gives it. */
function tokenFor(
  { tenant, objectId }: Pick<Person, 'tenant' | 'objectId'>,
  more: Record<string, unknown> = {},
): string {
  const token = userToken({ aud: GRAPH, tid: tenant, oid: objectId, jti: randomUUID(), ...more });
  microsoft.knows(token, tenant);
  return token;
}

/** As far as the question that a sign-in would spare. */
async function atQuestion(person: Person, isOffered = true): Promise<Said[]> {
  await person.chat.say(PROBLEM, 2);
  return person.chat.act({ type: 'message', value: { step: 'answer', choice: 'no' } }, isOffered ? 2 : 1);
}

const oauth = (said: readonly Said[]) =>
  said.flatMap(({ attachments = [] }) => attachments).find(({ contentType }) => contentType.endsWith('card.oauth'));
const exchange = (id: string, connectionName = 'graph') => ({
  type: 'invoke',
  name: 'signin/tokenExchange',
  value: { id, connectionName, token: 'sso-token-of-teams' },
});

describe('where the directory can’t tell', () => {
  test('a sign-in is offered beside the question that it would spare, and once', async () => {
    const person = somebody();
    const said = await atQuestion(person);
    expect(oauth(said)?.content).toMatchObject({
      connectionName: 'graph',
      text: words('sign-in.offer'),
      buttons: [{ type: 'signin', title: words('sign-in.button') }],
      tokenExchangeResource: { uri: 'api://desk.contoso.com/botid-7d0c0f3a' },
    });
    expect(stepOf(said)).toBe('admin');
    const next = await person.chat.act({ type: 'message', value: { step: 'admin', choice: 'yes' } }, 1);
    expect(stepOf(next)).toBe('purchase');
    expect(oauth(next)).toBeUndefined();
  });

  test('signed in by Teams itself: nothing is asked any more, and the request is the directory’s word', async () => {
    const person = somebody();
    const token = tokenFor(person);
    service.gives = () => ({ token });
    await atQuestion(person);
    const id = randomUUID();
    expect(await person.chat.send(exchange(id))).toEqual({ status: 200, json: { id, connectionName: 'graph' } });
    const [said] = await person.chat.heard(1);
    expect(said?.text).toContain(words('sign-in.done'));
    expect(said?.channelData?.step).toBe('severity');
    expect(service.exchanged.at(-1)).toEqual({
      userId: person.chat.user,
      connection: 'graph',
      channel: 'msteams',
      token: 'sso-token-of-teams',
    });
    expect(await filed(person.chat)).toBe('directory');
  });

  test('each client of the person exchanges by itself: all get 200, one turn comes of it', async () => {
    const person = somebody();
    const token = tokenFor(person);
    service.gives = () => ({ token });
    await atQuestion(person);
    const id = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => person.chat.send(exchange(id))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await person.chat.heard(1)).toHaveLength(1);
  });

  test('the token is for the bot’s own app: exchanged on behalf of the person', async () => {
    const person = somebody();
    const token = tokenFor(person, { aud: `api://desk.contoso.com/botid-${BOT_APP}` });
    service.gives = () => ({ token });
    await atQuestion(person);
    await person.chat.send(exchange(randomUUID()));
    const [said] = await person.chat.heard(1);
    expect(said?.channelData?.step).toBe('severity');
    const behalf = microsoft.signIns.filter(({ grant }) => grant.includes('jwt-bearer'));
    expect(behalf).toEqual([expect.objectContaining({ tenant: person.tenant, clientId: BOT_APP })]);
  });

  test('the list of roles is closed to the person: their own roles are open', async () => {
    const person = somebody([ROLES.global.id]);
    const normal = people.get(person.tenant);
    people.set(person.tenant, (asks) =>
      asks.question.endsWith('roles') && asks.question !== 'own-roles'
        ? { status: 403 }
        : (normal?.(asks) ?? { status: 500 }),
    );
    const token = tokenFor(person);
    service.gives = () => ({ token });
    await atQuestion(person);
    await person.chat.send(exchange(randomUUID()));
    expect(stepOf(await person.chat.heard(1))).toBe('severity');
  });
});

describe('where it doesn’t come to a sign-in', () => {
  test.each(['consent', 'expired', 'down'] as const)(
    '%s: 412, and who goes on is asked and unverified',
    async (given) => {
      const person = somebody();
      service.gives = () => given;
      await atQuestion(person);
      const id = randomUUID();
      const answer = await person.chat.send(exchange(id));
      expect(answer).toEqual({
        status: 412,
        json: { id, connectionName: 'graph', failureDetail: expect.any(String) as unknown },
      });
      await person.chat.act({ type: 'message', value: { step: 'admin', choice: 'yes' } }, 1);
      await person.chat.act({ type: 'message', value: { step: 'purchase', choice: 'direct' } }, 1);
      expect(await filed(person.chat)).toBe('stated');
    },
  );

  test.each([
    ['another connection', exchange('x', 'other'), 412],
    ['no token', { ...exchange('x'), value: { id: 'x', connectionName: 'graph' } }, 400],
    ['nothing', { ...exchange('x'), value: null }, 400],
    ['a code that is none', { type: 'invoke', name: 'signin/verifyState', value: { state: '123456' } }, 404],
    ['no code', { type: 'invoke', name: 'signin/verifyState', value: {} }, 404],
    [
      'Teams’ own sign-on fails',
      { type: 'invoke', name: 'signin/failure', value: { code: 'invokeerror', message: 'x' } },
      200,
    ],
  ])('%s', async (_name, part, status) => {
    const person = somebody();
    expect((await person.chat.send(part)).status).toBe(status);
    expect(await person.chat.heard(0)).toEqual([]);
  });

  test('the token names somebody else, or another organization: refused, and Graph is never asked', async () => {
    const person = somebody();
    const other = somebody();
    await atQuestion(person);
    const before = microsoft.asked.length;
    for (const named of [
      { ...person, objectId: other.objectId },
      { ...person, tenant: other.tenant },
    ]) {
      const token = tokenFor(named);
      service.gives = () => ({ token });
      expect((await person.chat.send(exchange(randomUUID()))).status).toBe(412);
    }
    expect(microsoft.asked.slice(before)).toEqual([]);
  });

  test('a token that can’t be read, and is somebody else’s by Graph’s word: nothing of it counts', async () => {
    const person = somebody();
    const token = `opaque-${randomUUID()}`;
    microsoft.knows(token, person.tenant);
    service.gives = () => ({ token });
    const normal = people.get(person.tenant);
    people.set(person.tenant, (asks) =>
      asks.question === 'me'
        ? { status: 200, body: { id: randomUUID(), displayName: 'Somebody Else' } }
        : (normal?.(asks) ?? { status: 500 }),
    );
    await atQuestion(person);
    await person.chat.send(exchange(randomUUID()));
    const [said] = await person.chat.heard(1);
    expect(said?.text).toContain(words('sign-in.nothing'));
    expect(said?.channelData?.step).toBe('admin');
    expect(JSON.stringify(said)).not.toContain('Somebody Else');
  });

  test.each([401, 403, 429, 500, 503])(
    'Graph answers %i to everything: signed in, and asked all the same',
    async (status) => {
      const person = somebody();
      people.set(person.tenant, () => ({ status }));
      const token = tokenFor(person);
      service.gives = () => ({ token });
      await atQuestion(person);
      await person.chat.send(exchange(randomUUID()));
      const [said] = await person.chat.heard(1);
      expect(said?.text).toContain(words('sign-in.nothing'));
      expect(said?.channelData?.step).toBe('admin');
    },
  );

  test('the token service has no offer: the question comes without one', async () => {
    service.offers = () => 503;
    const person = somebody();
    const said = await atQuestion(person, false);
    expect(oauth(said)).toBeUndefined();
    expect(stepOf(said)).toBe('admin');
  });
});

describe('with a code', () => {
  test('that Teams brings, or that the person types; it stands in no log', async () => {
    for (const typed of [false, true]) {
      const person = somebody();
      const token = tokenFor(person);
      service.keeps = (_user, code) => (code === '482913' ? { token } : null);
      await atQuestion(person);
      const bringing = { type: 'invoke', name: 'signin/verifyState', value: { state: '482913' } };
      const { status } = await person.chat.send(typed ? { type: 'message', text: '482913' } : bringing);
      expect(status).toBe(200);
      expect(stepOf(await person.chat.heard(1))).toBe('severity');
      const rows = await open.house.storage.transact(async (unit) => {
        const found = await unit.conversations.byChannel('msteams', person.chat.id);
        return unit.rows.list(found?.id ?? '', 0, 100);
      });
      expect(rows.length).toBeGreaterThan(4);
      expect(JSON.stringify(rows)).not.toContain('482913');
    }
  });

  test('can’t be guessed: after three tries it is a number like any other', async () => {
    const person = somebody();
    await atQuestion(person);
    const before = service.fetched.length;
    for (const guess of ['111111', '222222', '333333', '444444']) await person.chat.say(guess);
    expect(service.fetched.slice(before).map(({ code }) => code)).toEqual(['111111', '222222', '333333']);
  });

  test('that an agent asked for is the agent’s, though a sign-in is offered: the token service never hears of it', async () => {
    const person = somebody();
    service.keeps = () => ({ token: tokenFor(person) });
    await atQuestion(person);
    const { storage, seal } = open.house;
    const code = await storage.transact(async (unit) => {
      const conversation = (await unit.conversations.byChannel('msteams', person.chat.id))?.id ?? '';
      const digest = codeDigest(seal, conversation, 'c1', '482913');
      const made = { id: 'c1', conversation, digest, to: 'a***@contoso.example', agent: 'agent-1' };
      const sent = nextCode(made, undefined, { digits: 6, tries: 3, minutes: 10, codes: 3 }, Date.now());
      if (sent) await unit.codes.keep(sent);
      return sent;
    });
    const before = service.fetched.length;
    await person.chat.say('482913');
    expect(service.fetched.slice(before)).toEqual([]);
    const kept = await storage.transact((unit) => unit.codes.of(code?.conversation ?? ''));
    expect(kept?.state).toBe('verified');
  });
});

/** Signs in; the token that Graph is asked with. */
async function signedIn(person: Person): Promise<string> {
  const token = tokenFor(person);
  service.gives = () => ({ token });
  await atQuestion(person);
  await person.chat.send(exchange(randomUUID()));
  await person.chat.heard(1);
  return token;
}

describe('signed in', () => {
  test('a token that Graph refuses is renewed once, by the token service', async () => {
    const person = somebody();
    const [first, second] = [tokenFor(person), tokenFor(person)];
    microsoft.revoke(first);
    service.gives = () => ({ token: first });
    service.keeps = () => ({ token: second });
    await atQuestion(person);
    const before = service.fetched.length;
    await person.chat.send(exchange(randomUUID()));
    expect(stepOf(await person.chat.heard(1))).toBe('severity');
    expect(service.fetched.slice(before)).toEqual([{ userId: person.chat.user, code: null }]);
  });

  test('signing out forgets it here and at the token service, and a new matter is asked about', async () => {
    const person = somebody();
    await signedIn(person);
    const [said] = await person.chat.say('sign out');
    expect(said?.text).toContain(words('sign-in.out'));
    await expect.poll(() => service.signedOut).toContain(person.chat.user);
    expect(service.signedOut.filter((user) => user === person.chat.user)).toHaveLength(1);
    await person.chat.say('start over');
    await person.chat.say(PROBLEM);
    const again = await person.chat.act({ type: 'message', value: { step: 'answer', choice: 'no' } }, 1);
    expect(stepOf(again)).toBe('admin');
    expect(oauth(again), 'who signed out is not asked to sign in again').toBeUndefined();
  });

  test('no token stands in the log, in a table, or in what was logged', async () => {
    const person = somebody();
    const token = await signedIn(person);
    const kept = await open.house.storage.transact(async (unit) => {
      const found = await unit.conversations.byChannel('msteams', person.chat.id);
      return [found, await unit.rows.list(found?.id ?? '', 0, 100)];
    });
    for (const secret of [token, 'sso-token-of-teams', person.objectId]) expect(open.logged()).not.toContain(secret);
    expect(JSON.stringify(kept)).not.toContain(token);
    expect(JSON.stringify(kept)).not.toContain('sso-token-of-teams');
  });
});

/** Goes on from the level to a filed request; what it says of how role and purchase are known. */
async function filed(chat: Chat): Promise<string | undefined> {
  let said = await chat.act({ type: 'message', value: { step: 'severity', choice: 'C' } }, 1);
  const contact = { step: 'contact', method: 'email', email: 'adele@contoso.example' };
  if (stepOf(said) === 'contact') said = await chat.act({ type: 'message', value: contact }, 1);
  said = await chat.act({ type: 'message', value: { step: 'review', choice: 'submit', ...tokenOf(said) } }, 1);
  const number = said.at(-1)?.channelData?.request?.number ?? '';
  const request = await open.house.storage.transact((unit) => unit.requests.byNumber(number));
  return request?.entitlement;
}
