import { createHash } from 'node:crypto';
import nock from 'nock';
import { z } from 'zod';
import type { Ask } from '../../src/outside/tickets/ask.ts';

/**
 * ServiceNow's Table API for incidents, played: answers of the shape that its documentation records, incidents that stay,
 * and faults as they are told. `late`: done, but only that many milliseconds after the connection was given up.
 */
export type Fault = 503 | 'lost' | 'refused' | 400 | 401 | { status: 429; retryAfter: string } | { late: number };

export interface Incident {
  sys_id: string;
  number: string;
  fields: Record<string, string>;
  comments: string[];
}

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
}

type Reply = { status: number; body: unknown; headers?: Record<string, string> } | 'lost' | 'refused';

export const INSTANCE = 'https://contoso.service-now.com';
const fieldsSchema = z.record(z.string(), z.string());

export class ServiceNow {
  readonly incidents: Incident[] = [];
  readonly calls: Call[] = [];
  /** Tokens that were given, and how often one was asked for. */
  readonly tokens: string[] = [];
  /** What happens to the next call that is no sign-in; null: nothing. */
  fault: (call: Call) => Fault | null = () => null;
  clock: () => number = () => 0;
  readonly #late: { at: number; call: Call }[] = [];

  /** Stands on the wire in place of the real one. */
  listen(): this {
    const answer = async (request: Request): Promise<nock.ReplyFnResult> => {
      const reply = this.answer(await callOf(request));
      if (reply === 'refused' || reply === 'lost') throw new Error('use intercepted faults of nock for these');
      return [reply.status, JSON.stringify(reply.body), { 'content-type': 'application/json', ...reply.headers }];
    };
    const scope = nock(INSTANCE).persist();
    scope.get(/.*/).query(true).reply(answer);
    scope.post(/.*/).query(true).reply(answer);
    scope.patch(/.*/).query(true).reply(answer);
    return this;
  }

  /** The same without a wire, for long stories. */
  readonly ask: Ask = async ({ method, url, headers, body }) => {
    const { pathname, searchParams } = new URL(url);
    const reply = this.answer({ method, path: pathname, query: searchParams, headers: new Headers(headers), body });
    if (reply === 'refused') return { kind: 'unsent' };
    if (reply === 'lost') return { kind: 'unheard' };
    return { kind: 'answered', status: reply.status, headers: new Headers(reply.headers), body: reply.body };
  };

  answer(call: Call): Reply {
    this.#arrive();
    this.calls.push(call);
    if (call.path === '/oauth_token.do') return this.#signIn();
    const fault = this.fault(call);
    switch (fault) {
      case null:
        return this.#do(call);
      case 'refused':
        return 'refused';
      case 'lost':
        this.#do(call);
        return 'lost';
      case 400:
        return { status: 400, body: failure('Exception while reading request') };
      case 401:
        return { status: 401, body: failure('User Not Authenticated') };
      case 503:
        return { status: 503, body: '' };
      default:
        if ('status' in fault)
          return { status: 429, body: failure('Rate limit exceeded'), headers: { 'retry-after': fault.retryAfter } };
        this.#late.push({ at: this.clock() + fault.late, call });
        return 'lost';
    }
  }

  of(number: string): Incident[] {
    return this.incidents.filter(({ fields }) => fields['correlation_id'] === number);
  }

  /** Calls that were given up long ago are done at last. */
  #arrive(): void {
    for (const { at, call } of this.#late.splice(0))
      if (at <= this.clock()) this.#do(call);
      else this.#late.push({ at, call });
  }

  #signIn(): Reply {
    this.tokens.push(`token-${this.tokens.length + 1}`);
    return {
      status: 200,
      body: { access_token: this.tokens.at(-1), scope: 'useraccount', token_type: 'Bearer', expires_in: 1799 },
    };
  }

  #do({ method, path, query, body }: Call): Reply {
    const [, id] = /^\/api\/now\/table\/incident\/([0-9a-f]{32})$/.exec(path) ?? [];
    const incident = this.incidents.find(({ sys_id }) => sys_id === id);
    if (method === 'POST') return { status: 201, body: { result: shown(this.#make(fieldsSchema.parse(body))) } };
    if (method === 'GET' && id === undefined) {
      const number = /^correlation_id=(.+)$/.exec(query.get('sysparm_query') ?? '')?.[1] ?? 'none';
      return { status: 200, body: { result: this.of(number).slice(0, 1).map(shown) } };
    }
    if (!incident) return { status: 404, body: failure('No Record found') };
    if (method === 'GET') {
      // As people read it: time, who, what; the newest first.
      const comments = incident.comments.map(
        (text) => `2026-11-30 09:00:00 - Frontdesk (Additional comments)\n${text}\n\n`,
      );
      return { status: 200, body: { result: { comments: comments.toReversed().join('') } } };
    }
    const { comments, ...fields } = fieldsSchema.parse(body);
    if (comments !== undefined) incident.comments.push(comments);
    Object.assign(incident.fields, fields);
    return { status: 200, body: { result: { sys_id: incident.sys_id } } };
  }

  #make(fields: Record<string, string>): Incident {
    const index = this.incidents.length + 1;
    const sys_id = createHash('md5').update(String(index)).digest('hex');
    const incident = { sys_id, number: `INC${String(10_000 + index).padStart(7, '0')}`, fields, comments: [] };
    this.incidents.push(incident);
    return incident;
  }
}

const shown = ({ sys_id, number }: Incident) => ({ sys_id, number });
const failure = (message: string) => ({ error: { message, detail: null }, status: 'failure' });

async function callOf(request: Request): Promise<Call> {
  const { pathname, searchParams } = new URL(request.url);
  const text = await request.text();
  const isJson = request.headers.get('content-type') === 'application/json';
  const body: unknown = isJson ? JSON.parse(text) : text;
  return { method: request.method, path: pathname, query: searchParams, headers: request.headers, body };
}
