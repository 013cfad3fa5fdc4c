import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { directLineRoutes } from '#bot/direct-line/mount.ts';
import { Reception } from '#bot/reception.ts';
import { Turns } from '#bot/turns.ts';
import { activitySchema } from '#bot/inbound.ts';
import type { InboundActivity } from '#bot/inbound.ts';
import { teamsTokens } from '../../src/teams-sign-on.ts';
import { hostIdentity } from '#src/chat/host-identity.ts';
import { tokenRoute } from '#src/chat/token-route.ts';
import { ChatTokens } from '#src/chat/tokens.ts';
import { readConfig } from '#src/config.ts';
import type { Config } from '#src/config.ts';
import type { Route } from '#src/http/call.ts';
import { createDoor } from '#src/http/door.ts';
import { createLog } from '#src/http/log.ts';
import { createRates } from '#src/http/rates.ts';
import type { LogRow, Storage } from '#src/log/ports.ts';
import type { Turn } from '#src/log/turn.ts';
import { Typing } from '#src/log/typing.ts';
import { Watchers } from '#src/log/watchers.ts';
import { openStorage } from '#src/storage/open.ts';

/** Greets an arrival, and answers every message in three parts, the last one with a card. */
class Parrot extends Turns {
  override run(turn: Turn, rows: readonly LogRow[]): Promise<null> {
    for (const row of rows) {
      const activity = activitySchema.parse(row.body);
      if (activity.type === 'conversationUpdate') turn.say('bot', message('welcome'), row.seq);
      if (activity.type === 'message') this.#answer(turn, row, activity);
      turn.done(row.seq);
    }
    return Promise.resolve(null);
  }

  #answer(turn: Turn, row: LogRow, activity: InboundActivity): void {
    const text = activity.text ?? '';
    turn.say('system', message('canary-system'), row.seq);
    turn.say('note', message('canary-note'), row.seq);
    if (text === 'agent') {
      turn.say('agent', { ...message('an agent speaks'), from: { name: 'Li Na' } }, row.seq);
      return;
    }
    const parts = text.startsWith('many ') ? Number(text.slice(5)) : 2;
    for (let n = 1; n <= parts; n += 1) turn.say('bot', message(`${n}: ${text}`), row.seq);
    turn.say(
      'bot',
      { ...message(`did ${text} help?`), attachments: [card], channelData: { step: 'answer', choices: ['yes', 'no'] } },
      row.seq,
    );
  }
}

const message = (text: string): Record<string, unknown> => ({ type: 'message', text });
const card = {
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: {
    type: 'AdaptiveCard',
    version: '1.4',
    body: [],
    actions: [
      { type: 'Action.Submit', title: 'Yes, it did', data: { step: 'answer', choice: 'yes' } },
      { type: 'Action.Submit', title: 'No', data: { step: 'answer', choice: 'no' } },
      { type: 'Action.OpenUrl', title: 'More', url: 'https://example.test/' },
    ],
  },
};

export interface House {
  readonly url: string;
  readonly config: Config;
  readonly storage: Storage;
  readonly watchers: Watchers;
  /** Milliseconds by which the clock is ahead. */
  clock: { ahead: number };
  readonly tokens: ChatTokens;
  readonly failures: unknown[];
  readonly closeAll: (code: number) => void;
  readonly stop: () => Promise<void>;
}

/** What production lacks here is not what is tested; the door only wants to be told. */
const PRODUCTION = {
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  PUBLIC_URL: 'https://desk.contoso.com',
  TOKEN_SIGNING_KEYS: `new:${Buffer.from(randomUUID() + randomUUID()).toString('base64url')}`,
  EMBED_ORIGINS: 'https://admin.contoso.com',
};

export interface HouseOptions {
  readonly production?: boolean;
  readonly pages?: readonly Route[];
  readonly heartbeat?: number;
}

/** Our endpoint on the real door, the real log and the real reception; only the dialogs are a parrot. */
export async function openHouse(env: Record<string, string> = {}, options: HouseOptions = {}): Promise<House> {
  const { production = false, pages = [], heartbeat } = options;
  const dataDir = env['DATA_DIR'] ?? mkdtempSync(join(tmpdir(), 'frontdesk-dl-'));
  const base = readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...env });
  const config: Config = production
    ? { ...base, mode: 'production', PUBLIC_URL: PRODUCTION.PUBLIC_URL, loopbackEmbeds: false }
    : base;
  const storage = await openStorage({ url: undefined, dataDir });
  const clock = { ahead: 0 };
  const now = () => Date.now() + clock.ahead;
  const watchers = new Watchers();
  const failures: unknown[] = [];
  const failed = (error: unknown) => void failures.push(error);
  // A parrot needs no tools.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const turns = new Parrot({} as ConstructorParameters<typeof Turns>[0]);
  const reception = new Reception({
    storage,
    turns,
    watchers,
    send: () => undefined,
    typing: () => undefined,
    wakeWorker: () => undefined,
    mostPending: 20,
    clock: now,
    newId: randomUUID,
    failed,
  });
  const tokens = new ChatTokens(config, now);
  const rates = createRates(config);
  const directLine = directLineRoutes({
    config,
    storage,
    reception,
    typing: new Typing(),
    watchers,
    tokens,
    rates,
    clock: now,
    patience: 1_000,
    ...(heartbeat !== undefined && { heartbeat }),
    failed,
  });
  const door = createDoor({ config, log: createLog(config) });
  door.routes([
    ...pages,
    ...directLine.routes,
    tokenRoute({
      tokens,
      samplePeople: production ? null : ['anonymous', 'user', 'cn-admin'],
      hosts: hostIdentity(config, storage, now),
      teams: {
        signOn: config.teamsSignOn,
        check: teamsTokens(config, now, () => undefined),
        refused: () => undefined,
        clock: now,
      },
      mint: rates.mint,
    }),
  ]);
  door.upgrades(directLine.upgrades);
  const { port } = await door.listen();
  const stop = async () => {
    directLine.closeAll(1012);
    await door.drain(200, 0);
    await storage.close();
    if (env['DATA_DIR'] === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  return {
    url: `http://127.0.0.1:${port}`,
    config,
    storage,
    watchers,
    clock,
    tokens,
    failures,
    closeAll: directLine.closeAll,
    stop,
  };
}

const activity = z.looseObject({
  id: z.string(),
  type: z.string(),
  timestamp: z.string(),
  channelId: z.literal('directline'),
  conversation: z.object({ id: z.string() }),
  from: z.looseObject({ id: z.string(), role: z.string(), name: z.string().optional() }),
  replyToId: z.string().optional(),
  text: z.string().optional(),
  channelData: z.record(z.string(), z.unknown()).optional(),
  attachments: z.array(z.looseObject({ contentUrl: z.string().optional(), contentType: z.string() })).optional(),
});
export type Shown = z.infer<typeof activity>;
export const pageSchema = z.object({ activities: z.array(activity), watermark: z.string().regex(/^\d+$/) });
export const tokenSchema = z.strictObject({
  token: z.string(),
  expiresIn: z.number(),
  userId: z.string(),
  conversationId: z.string(),
});
export const openedSchema = z.strictObject({
  conversationId: z.string(),
  token: z.string(),
  expires_in: z.number(),
  streamUrl: z.string(),
});

/** A client as directlinejs is one: fetch, and a token that it replaces with what it is given. */
export class Client {
  readonly house: House;
  token = '';
  conversation = '';
  user = '';
  constructor(house: House) {
    this.house = house;
  }

  static async begin(house: House, body: object = {}): Promise<Client> {
    const client = new Client(house);
    const minted = tokenSchema.parse(await (await client.mint(body)).json());
    client.token = minted.token;
    client.user = minted.userId;
    client.conversation = minted.conversationId;
    return client;
  }

  mint(body: object, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.house.url}/chat/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }

  call(
    path: string,
    init: {
      method?: string;
      json?: unknown;
      body?: BodyInit;
      headers?: Record<string, string>;
      token?: string | null;
    } = {},
  ): Promise<Response> {
    const { method = 'GET', json, body, headers = {}, token = this.token } = init;
    return fetch(`${this.house.url}/v3/directline${path}`, {
      method,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(body !== undefined && { body }),
    });
  }

  async start(): Promise<z.infer<typeof openedSchema>> {
    const response = await this.call('/conversations', {
      method: 'POST',
      json: { user: { id: 'somebody' }, locale: 'en-US' },
    });
    const opened = openedSchema.parse(await response.json());
    this.token = opened.token;
    return opened;
  }

  async reopen(watermark: string): Promise<z.infer<typeof openedSchema>> {
    const response = await this.call(`/conversations/${this.conversation}?watermark=${watermark}`);
    const opened = openedSchema.parse(await response.json());
    this.token = opened.token;
    return opened;
  }

  post(json: unknown, init: { token?: string | null; conversation?: string } = {}): Promise<Response> {
    const { conversation = this.conversation, ...rest } = init;
    return this.call(`/conversations/${conversation}/activities`, { method: 'POST', json, ...rest });
  }

  async say(text: string, clientActivityID: string = randomUUID(), more: object = {}): Promise<string> {
    const response = await this.post({
      type: 'message',
      from: { id: 'me', role: 'user' },
      text,
      channelData: { clientActivityID },
      ...more,
    });
    return z.object({ id: z.string() }).parse(await response.json()).id;
  }

  /** The whole conversation, by polling from the beginning. */
  async all(): Promise<Shown[]> {
    const all: Shown[] = [];
    for (let watermark = ''; ;) {
      const page = await this.poll(watermark);
      all.push(...page.activities);
      if (page.watermark === watermark) return all;
      watermark = page.watermark;
    }
  }

  async poll(watermark = ''): Promise<z.infer<typeof pageSchema>> {
    const response = await this.call(`/conversations/${this.conversation}/activities?watermark=${watermark}`);
    return pageSchema.parse(await response.json());
  }
}

/** A WebSocket and what it brought. */
export class Tap {
  readonly socket: WebSocket;
  readonly activities: Shown[] = [];
  watermark = '';
  readonly opened: Promise<'open' | number>;
  readonly closed: Promise<number>;
  constructor(url: string, options: ConstructorParameters<typeof WebSocket>[2] = {}) {
    this.socket = new WebSocket(url, options);
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data) => {
      if (!Buffer.isBuffer(data)) throw new Error('a text arrived in pieces');
      const page = pageSchema.parse(JSON.parse(data.toString()));
      this.activities.push(...page.activities);
      this.watermark = page.watermark;
    });
    this.opened = new Promise((resolve) => {
      this.socket.once('open', () => resolve('open'));
      this.socket.once('unexpected-response', (_request, response) => {
        resolve(response.statusCode ?? 0);
        this.socket.terminate();
      });
    });
    this.closed = new Promise((resolve) => this.socket.once('close', resolve));
  }

  async until(done: (activities: readonly Shown[]) => boolean, ms = 30_000): Promise<void> {
    const end = performance.now() + ms;
    while (!done(this.activities)) {
      if (performance.now() > end)
        throw new Error(`waited in vain; have ${this.activities.map(({ text, type }) => text ?? type).join(' | ')}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
