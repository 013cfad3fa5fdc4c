import nock from 'nock';
import { vi } from 'vitest';
import { readRoles } from '#knowledge/rules.ts';
import { BOOK_FOLDER } from '#knowledge/book.ts';
import { readServiceWords } from '#knowledge/services.ts';
import type { Directory, PersonRef } from '#src/intake/ports.ts';
import type { Cloud } from '#src/intake/vouched.ts';
import { graphDirectory } from '../../src/outside/graph/directory.ts';
import type { GraphDirectoryOptions } from '../../src/outside/graph/directory.ts';
import { NAMES } from './recorded.ts';
import type { Recorded } from './recorded.ts';

/** Microsoft's sign-in and Graph of one cloud, played by nock: answers as they were recorded, and every call kept. */
export const HOSTS = {
  worldwide: { login: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com' },
  china: { login: 'https://login.partner.microsoftonline.cn', graph: 'https://microsoftgraph.chinacloudapi.cn' },
} as const;

export interface Reply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}
/** What a question gets; `never`: no answer at all. */
export type Answer = Reply | 'never';

export interface Asked {
  /** Tenant that the token was issued for. */
  tenant: string;
  token: string;
  question: Recorded;
  url: URL;
  headers: Headers;
}

export class Microsoft {
  readonly asked: Asked[] = [];
  /** Tenants as the sign-in was asked for tokens. */
  readonly signIns: { tenant: string; clientId: string; scope: string; grant: string }[] = [];
  readonly #cloud: Cloud;
  readonly #owners = new Map<string, string>();
  readonly #revoked = new Set<string>();
  #answer: (asked: Asked) => Answer = () => ({ status: 404 });
  #signIn: (tenant: string) => Answer | null = () => null;
  /** Seconds for which a token is good. */
  lifetime = 3600;

  constructor(cloud: Cloud = 'worldwide') {
    this.#cloud = cloud;
    nock(HOSTS[cloud].login)
      .persist()
      .post(/\/oauth2\/v2\.0\/token$/)
      .query(true)
      .reply(async (request: Request) => this.#give(request));
    nock(HOSTS[cloud].graph)
      .persist()
      .get(/.*/)
      .query(true)
      .reply(async (request: Request) => this.#tell(request));
  }

  answers(answer: (asked: Asked) => Answer): this {
    this.#answer = answer;
    return this;
  }
  signsIn(answer: (tenant: string) => Answer | null): this {
    this.#signIn = answer;
    return this;
  }
  /** Every token given until now is refused from now on. */
  revokeAll(): void {
    for (const token of this.#owners.keys()) this.#revoked.add(token);
  }
  /** A token that was given elsewhere, e.g. to a person. */
  knows(token: string, tenant: string): void {
    this.#owners.set(token, tenant);
  }
  revoke(token: string): void {
    this.#revoked.add(token);
  }
  of(question: Recorded): Asked[] {
    return this.asked.filter((one) => one.question === question);
  }

  async #give(request: Request): Promise<nock.ReplyFnResult> {
    const tenant = new URL(request.url).pathname.split('/')[1] ?? '';
    const form = new URLSearchParams(await request.text());
    const part = (name: string): string => form.get(name) ?? '';
    this.signIns.push({ tenant, clientId: part('client_id'), scope: part('scope'), grant: part('grant_type') });
    const other = this.#signIn(tenant);
    if (other) return played(other);
    const token = `token-${this.#cloud}-${tenant}-${this.signIns.length}`;
    this.#owners.set(token, tenant);
    return [
      200,
      { token_type: 'Bearer', expires_in: this.lifetime, ext_expires_in: this.lifetime, access_token: token },
    ];
  }

  async #tell(request: Request): Promise<nock.ReplyFnResult> {
    const url = new URL(request.url);
    const token = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
    const tenant = this.#owners.get(token);
    if (tenant === undefined || this.#revoked.has(token)) return [401, REFUSED];
    const asked = { tenant, token, question: questionOf(url), url, headers: request.headers };
    this.asked.push(asked);
    return played(this.#answer(asked));
  }
}

const REFUSED = {
  error: { code: 'InvalidAuthenticationToken', message: 'Lifetime validation failed, the token is expired.' },
};

async function played(answer: Answer): Promise<nock.ReplyFnResult> {
  if (answer === 'never') return new Promise(() => undefined);
  const { status, body = '', headers = {} } = answer;
  return [
    status,
    typeof body === 'string' ? body : JSON.stringify(body),
    { 'content-type': 'application/json', ...headers },
  ];
}

function questionOf({ pathname }: URL): Recorded {
  const found = NAMES.find(([, path]) => path.test(pathname));
  if (!found) throw new Error(`nobody asks Graph for ${pathname}`);
  return found[0];
}

/** A host that would take a token gladly; what it was asked. */
export function stranger(origin: string): string[] {
  const asked: string[] = [];
  const answer = async (request: Request): Promise<nock.ReplyFnResult> => {
    asked.push(`${request.url} ${request.headers.get('authorization') ?? ''}`);
    return [200, JSON.stringify({ value: [{ status: 'Enabled', ownerTenantId: null }], access_token: 'x' })];
  };
  nock(origin).persist().get(/.*/).query(true).reply(answer);
  nock(origin).persist().post(/.*/).query(true).reply(answer);
  return asked;
}

/** Nothing but what is played, and nothing of it left behind. */
export function withoutNetwork(): void {
  nock.disableNetConnect();
  nock.enableNetConnect(/127\.0\.0\.1|localhost/);
}
export function withNetwork(): void {
  nock.cleanAll();
  nock.enableNetConnect();
}

export const APP = { clientId: '5f2c9b1e-8a47-4d63-9c0e-1b7d3a6f2e94', secret: 'k3~Qz8-not-a-real-secret-Vx91' };
export const failed = vi.fn<GraphDirectoryOptions['failed']>();

/** Longer than the busiest machine takes: only a test that is about slowness says how long. */
const PATIENT = { callMs: 60_000, budgetMs: 60_000 };

/** The directory under test. */
export function graphOf(part: Partial<GraphDirectoryOptions> = {}): Directory {
  return graphDirectory({
    apps: { worldwide: APP, china: APP },
    teamsCloud: 'worldwide',
    roles: readRoles(BOOK_FOLDER),
    words: readServiceWords(BOOK_FOLDER),
    clock: Date.now,
    failed,
    ...PATIENT,
    ...part,
  });
}

export function teamsPerson(tenant: string, objectId: string): PersonRef {
  return { channel: 'msteams', userId: `msteams:${tenant}:${objectId}`, tenant, objectId, vouched: null };
}
