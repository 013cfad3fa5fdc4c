import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nock from 'nock';
import { vi } from 'vitest';
import { messagesRoute } from '#bot/messages.ts';
import { readConfig } from '#src/config.ts';
import { buildHouse } from '#src/house.ts';
import type { House } from '#src/house.ts';
import { Refusal } from '#src/http/call.ts';
import { createLog } from '#src/http/log.ts';
import type { Storage } from '#src/log/ports.ts';
import type { Said } from '../conversations/channel.ts';
import { openConnector, teamsActivity } from '../conversations/teams.ts';
import type { Connector } from '../conversations/teams.ts';
import { ISSUER, openIssuer, rsa, tokenOf } from './issuer.ts';
import type { Issuer } from './issuer.ts';

export const BOT_APP = '7d0c0f3a-8f1e-4c55-9d1d-2f6d3c1e9a10';
const SECRET = 'A-long-enough-secret~of.an.app-1';

type Part = Record<string, unknown>;

/** A bot in this process, behind its real door, with signed activities, to which people can sign in. */
export interface SignInHouse {
  readonly house: House;
  readonly connector: Connector;
  logged(): string;
  chat(tenant: string, objectId: string): Chat;
  /** Sends an activity that nobody signed. */
  unsigned(activity: Part): Promise<Answered>;
  close(): Promise<void>;
}

/** A JWT in the form of Entra's; nobody here checks its signature. */
export function userToken(claims: Part): string {
  return tokenOf({ alg: 'RS256', typ: 'JWT' }, claims, () => 'c2lnbmVk');
}

export async function openSignInHouse(more: Record<string, string> = {}): Promise<SignInHouse> {
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-sign-in-'));
  const [issuer, connector] = await Promise.all([openIssuer(), openConnector()]);
  const config = readConfig({
    DATA_DIR: dataDir,
    LOG_LEVEL: 'debug',
    MicrosoftAppId: BOT_APP,
    MicrosoftAppPassword: SECRET,
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: '0d9b1a77-4d0e-4c0b-8a52-5f0f5a0c7e21',
    ToBotFromChannelOpenIdMetadataUrl: issuer.metadata,
    ALLOWED_SERVICE_HOSTS: '127.0.0.1',
    TEAMS_OAUTH_CONNECTION: 'graph',
    ...more,
  });
  let logged = '';
  const house = await buildHouse(config, createLog(config, { write: (text) => void (logged += text) }));
  // What the server does while nobody waits: the first question would have to wait for it.
  house.book.search.warm('worldwide');
  const route = messagesRoute(house);
  const post = async (activity: Part, isSigned = true): Promise<Answered> => {
    const headers = isSigned ? { authorization: `Bearer ${signed(issuer, connector.url)}` } : {};
    const call = { id: '1', method: 'POST', path: '/api/messages', params: {}, query: new URLSearchParams(), ip: '' };
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the route reads nothing of the raw request
      const answer = await route.handle({ ...call, headers, json: activity } as unknown as Parameters<
        typeof route.handle
      >[0]);
      return { status: answer.status, json: answer.json };
    } catch (error) {
      if (error instanceof Refusal) return { status: error.status, json: undefined };
      throw error;
    }
  };
  return {
    house,
    connector,
    logged: () => logged,
    unsigned: (activity) => post(activity, false),
    chat: (tenant, objectId) => new Chat(post, connector, { tenant, objectId }, house.storage),
    async close() {
      await house.worker.stop();
      await house.sender.stop();
      await house.storage.close();
      await connector.close();
      await issuer.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

interface Answered {
  status: number;
  json: unknown;
}

function signed(issuer: Issuer, serviceurl: string): string {
  const now = Math.floor(Date.now() / 1_000);
  const claims = { iss: ISSUER, aud: BOT_APP, nbf: now - 60, exp: now + 3_600, serviceurl };
  return tokenOf({ alg: 'RS256', kid: 'k1', typ: 'JWT' }, claims, rsa(issuer.privateKey));
}

export class Chat {
  readonly id = `a:${randomUUID()}`;
  readonly user = `29:${randomUUID()}`;
  #seen = 0;

  readonly post: (activity: Part) => Promise<Answered>;
  readonly connector: Connector;
  readonly person: { tenant: string; objectId: string };

  readonly storage: Storage;

  constructor(post: Chat['post'], connector: Connector, person: Chat['person'], storage: Storage) {
    this.storage = storage;
    this.post = post;
    this.connector = connector;
    this.person = person;
  }

  activity(part: Part): Part {
    const { tenant, objectId } = this.person;
    const shape = { as: 'user', conversation: this.id, locale: 'en-US', serviceUrl: this.connector.url };
    return {
      ...teamsActivity(shape, part),
      recipient: { id: `28:${BOT_APP}`, name: 'Frontdesk' },
      from: { id: this.user, name: 'Somebody', aadObjectId: objectId },
      conversation: { id: this.id, conversationType: 'personal', tenantId: tenant },
    };
  }
  send(part: Part): Promise<Answered> {
    return this.post(this.activity(part));
  }
  /** Sends it and waits for `count` things to be said. */
  async act(part: Part, count: number): Promise<Said[]> {
    await this.send(part);
    return this.heard(count);
  }
  say(text: string, count = 1): Promise<Said[]> {
    return this.act({ type: 'message', text }, count);
  }
  async heard(count: number): Promise<Said[]> {
    await vi.waitUntil(() => this.#fresh().length >= count, { timeout: 30_000 });
    await this.#quiet();
    const said = this.#fresh();
    this.#seen += this.connector.of(this.id).length - this.#seen;
    return said;
  }
  /** Until everything that was sent is answered, and the answers have arrived. */
  async #quiet(): Promise<void> {
    const isQuiet = async (): Promise<boolean> => {
      const now = await this.storage.transact((unit) => unit.conversations.byChannel('msteams', this.id));
      return now === undefined || (now.doneSeq >= now.inSeq && now.sentSeq >= now.outSeq);
    };
    await vi.waitUntil(isQuiet, { timeout: 30_000 });
  }
  #fresh(): Said[] {
    return this.connector
      .of(this.id)
      .slice(this.#seen)
      .filter(({ type }) => type !== 'typing');
  }
}

/** What MSAL looks up of the sign-in before it asks for a token. */
export function discovery(host = 'https://login.microsoftonline.com'): void {
  nock(host)
    .persist()
    .get(/discovery\/instance|openid-configuration/)
    .query(true)
    .reply(async (request: Request) => {
      const { pathname } = new URL(request.url);
      const tenant = pathname.split('/')[1] ?? '';
      const base = `${host}/${tenant}`;
      const aliases = [new URL(host).host];
      const found = pathname.includes('discovery')
        ? {
            tenant_discovery_endpoint: `${base}/v2.0/.well-known/openid-configuration`,
            'api-version': '1.1',
            metadata: [{ preferred_network: aliases[0], preferred_cache: aliases[0], aliases }],
          }
        : {
            issuer: `${base}/v2.0`,
            token_endpoint: `${base}/oauth2/v2.0/token`,
            authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
            end_session_endpoint: `${base}/oauth2/v2.0/logout`,
            jwks_uri: `${host}/keys`,
          };
      return [200, JSON.stringify(found), { 'content-type': 'application/json' }];
    });
}
