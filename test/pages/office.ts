import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import { OFFERINGS } from '#knowledge/schema.ts';
import { pageRoutes } from '#src/chat/pages.ts';
import { readConfig } from '#src/config.ts';
import { securityHeaders } from '#src/http/headers.ts';
import { PAGES } from '../build.ts';
import { BESIDE, FRONT } from './browser.ts';
import { callOf } from './call.ts';

/**
 * A stand-in for the server behind the pages: Direct Line as the real client speaks it (shared with no other test), with
 * switches for what a page must survive. Only the pages' own behaviour is tested with it.
 */
interface Talk {
  id: string;
  activities: Record<string, unknown>[];
  sockets: Set<WebSocket>;
}

export interface Office {
  readonly origin: string;
  /** Bodies of POST /chat/token, in order. */
  tokenRequests: Record<string, unknown>[];
  /** Activities that the page posted. */
  posted: Record<string, unknown>[];
  /** Status to answer the next token requests with; undefined = serve them. */
  tokenStatus: number | undefined;
  /** Refuses every token request that claims to prove who is there. */
  refuseProof: boolean;
  /** Answer of GET /chat/teams.json. */
  teams: { hosts: string[]; signOn: { chat: boolean; desk: boolean } };
  /** Every token minted so far is refused from now on. */
  expireTokens(): void;
  /** Cuts every socket, as a lost network does. */
  dropSockets(): void;
  say(text: string, more?: Record<string, unknown>): void;
  talks: Map<string, Talk>;
  desk: {
    queue: unknown[];
    requests: Record<string, unknown>[];
    mails: unknown[];
    warnings: unknown[];
    signedIn: boolean;
    /** How to answer a sign-in; undefined = let them in. */
    refusal?: { status: number; code: string };
    /** Whether each question for the queue said that the page asked by itself. */
    background: boolean[];
    /** Bodies of POST /desk/session/teams. */
    tabs: string[];
  };
  close(): Promise<void>;
}

/** What the stand-in says to a text; '' when the conversation starts. */
export type Script = (text: string, say: Office['say']) => void;

/** The one agent there is, as `/desk/api/agents` tells of them. */
const OWN_RECORD = {
  id: 'agent-1',
  name: 'Agent 1',
  role: 'agent',
  queues: OFFERINGS,
  languages: [],
  categories: [],
  capacity: 4,
  presence: 'on-duty',
  there: true,
  load: 0,
  servedAt: null,
};

const bodySchema = z.record(z.string(), z.unknown());

/** Listens on `port`; the browser knows it as `FRONT`. */
export async function openOffice(port: number, answer: Script = () => undefined): Promise<Office> {
  const valid = new Map<string, string>();
  const routes = pageRoutes({ distDir: PAGES, local: true });
  const headers = securityHeaders(
    readConfig({ PUBLIC_URL: FRONT, EMBED_ORIGINS: `https://portal.contoso.com,${BESIDE}` }),
  );
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => reply(response, 500, { error: String(error) }));
  });
  const sockets = new WebSocketServer({ server });
  const office: Office = {
    origin: FRONT,
    tokenRequests: [],
    posted: [],
    tokenStatus: undefined,
    refuseProof: false,
    teams: {
      hosts: ['https://teams.microsoft.com', 'https://teams.microsoftonline.cn'],
      signOn: { chat: false, desk: false },
    },
    talks: new Map(),
    desk: { queue: [], requests: [], mails: [], warnings: [], signedIn: false, background: [], tabs: [] },
    expireTokens: () => valid.clear(),
    dropSockets: () => sockets.clients.forEach((each) => each.terminate()),
    say: (text, more) => [...office.talks.values()].slice(-1).forEach((talk) => tell(talk, bot(text, more))),
    close: async () => {
      sockets.clients.forEach((each) => each.terminate());
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };

  const token = (conversation: string) => {
    const minted = randomUUID();
    valid.set(minted, conversation);
    return minted;
  };

  sockets.on('connection', (socket, request) => {
    const url = new URL(request.url ?? '/', 'http://x');
    const talk = office.talks.get(url.searchParams.get('c') ?? '');
    if (!talk) return socket.close();
    talk.sockets.add(socket);
    socket.on('close', () => talk.sockets.delete(socket));
    const after = Number(url.searchParams.get('w') || 0);
    const activities = talk.activities.slice(after);
    if (activities.length) socket.send(JSON.stringify({ activities, watermark: String(talk.activities.length) }));
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://x');
    const body = await read(request);
    if (url.pathname === '/chat/token') return mint(body, response);
    if (url.pathname.startsWith('/v3/directline/')) return directLine(url, request, body, response);
    if (url.pathname === '/chat/teams.json') return reply(response, 200, office.teams);
    if (url.pathname === '/chat/people') return reply(response, 200, PEOPLE);
    if (url.pathname.startsWith('/desk/')) return desk(url.pathname, request, response, body);
    return page(url, request, response);
  }

  function mint(body: string, response: ServerResponse): void {
    const asked = bodySchema.parse(JSON.parse(body));
    office.tokenRequests.push(asked);
    if (office.refuseProof && 'signOn' in asked) return reply(response, 401, { error: { code: 'x', message: 'x' } });
    if (office.tokenStatus) return reply(response, office.tokenStatus, { error: { code: 'x', message: 'x' } });
    let id: string;
    if (typeof asked.resume === 'string') {
      id = asked.resume.split('.')[1] ?? '';
      if (!office.talks.has(id)) return reply(response, 403, { error: { code: 'x', message: 'x' } });
    } else id = randomUUID();
    reply(response, 200, { token: `${token(id)}.${id}`, expiresIn: 1800, userId: 'dl_1', conversationId: id });
  }

  function directLine(url: URL, request: IncomingMessage, body: string, response: ServerResponse): void {
    const [bearer = '', id = ''] = (request.headers.authorization ?? '').replace('Bearer ', '').split('.');
    if (valid.get(bearer) !== id) return reply(response, 403, { error: { code: 'token', message: 'x' } });
    const rest = url.pathname.slice('/v3/directline/'.length);
    const opened = (watermark: string) => ({
      conversationId: id,
      token: `${bearer}.${id}`,
      expires_in: 1800,
      streamUrl: `${FRONT.replace('http', 'ws')}/stream?c=${id}&w=${watermark}`,
    });
    if (rest === 'tokens/refresh') return reply(response, 200, { token: `${token(id)}.${id}` });
    if (rest === 'conversations') {
      if (!office.talks.has(id)) {
        const talk = { id, activities: [], sockets: new Set<WebSocket>() };
        office.talks.set(id, talk);
        answer('', (text, more) => tell(talk, bot(text, more)));
      }
      return reply(response, 201, opened(''));
    }
    const talk = office.talks.get(id);
    if (!talk) return reply(response, 404, { error: { code: 'x', message: 'x' } });
    if (request.method === 'GET') return reply(response, 200, opened(url.searchParams.get('watermark') ?? ''));
    const activity = bodySchema.parse(JSON.parse(body));
    office.posted.push(activity);
    const stored = tell(talk, { ...activity, from: { id: 'dl_1', role: 'user' } });
    reply(response, 200, { id: stored });
    if (activity.type === 'message') {
      answer(typeof activity.text === 'string' ? activity.text : JSON.stringify(activity.value), (text, more) =>
        tell(talk, bot(text, more)),
      );
    }
  }

  function desk(path: string, request: IncomingMessage, response: ServerResponse, body: string): void {
    if (path === '/desk/session/teams') {
      office.desk.tabs.push(body);
      office.desk.signedIn = !office.refuseProof;
      return reply(response, office.refuseProof ? 401 : 200, { id: 'agent-1', name: 'Agent 1' });
    }
    if (path === '/desk/session') {
      const { refusal } = office.desk;
      if (refusal) return reply(response, refusal.status, { error: { code: refusal.code, message: 'x' } });
      office.desk.signedIn = request.method === 'POST';
      return reply(response, 200, { id: 'agent-1', name: 'Agent 1' });
    }
    if (path === '/desk/api/queue') office.desk.background.push(request.headers['x-frontdesk-background'] === '1');
    if (path === '/desk/api/sign-in') return reply(response, 200, { samples: ['agent-1'], provider: false });
    if (!office.desk.signedIn) return reply(response, 401, { error: { code: 'x', message: 'x' } });
    if (path === '/desk/api/events')
      return void response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': \n\n');
    const lists: Record<string, unknown> = {
      '/desk/api/queue': office.desk.queue,
      '/desk/api/requests': office.desk.requests,
      '/desk/api/mails': office.desk.mails,
      '/desk/api/warnings': office.desk.warnings,
      '/desk/api/me': { id: 'agent-1', name: 'Agent 1', role: 'agent', queues: OFFERINGS },
      '/desk/api/conversations': [],
      '/desk/api/promises': [],
      '/desk/api/dead-letters': [],
      '/desk/api/agents': [OWN_RECORD],
    };
    const one = office.desk.requests.find(({ number }) => path === `/desk/api/requests/${String(number)}`);
    const found = one ? { ...one, contactIs: 'whole' } : lists[path];
    return reply(response, found === undefined ? 404 : 200, found ?? {});
  }

  async function page(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, folder, name = ''] = url.pathname.split('/');
    const route = routes.find(
      (each) => each.path === url.pathname || (folder === 'assets' && each.path === '/assets/:name'),
    );
    if (!route) return reply(response, 404, {});
    const result = await route.handle(callOf(url.pathname, { name }, request.headers));
    response.writeHead(result.status, { ...headers[route.kind ?? 'api'], ...result.headers });
    response.end(result.bytes);
  }

  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return office;
}

const bot = (text: string, more: Record<string, unknown> = {}) => ({
  type: 'message',
  from: { id: 'bot', role: 'bot' },
  text,
  ...more,
});
const tell = (talk: Talk, activity: Record<string, unknown>) => {
  const stored = {
    id: `${talk.id}|${String(talk.activities.length).padStart(7, '0')}`,
    timestamp: new Date().toISOString(),
    channelId: 'directline',
    conversation: { id: talk.id },
    ...activity,
  };
  talk.activities.push(stored);
  const watermark = String(talk.activities.length);
  talk.sockets.forEach((each) => each.send(JSON.stringify({ activities: [stored], watermark })));
  return stored.id;
};

function reply(response: ServerResponse, status: number, json: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(json));
}

async function read(request: IncomingMessage): Promise<string> {
  let body = '';
  request.setEncoding('utf8');
  for await (const part of request) body += part;
  return body;
}

const PEOPLE = [
  { id: 'anonymous', offering: 'worldwide', person: 'not signed in', language: 'en' },
  { id: 'admin-direct', offering: 'worldwide', person: 'Global Administrator', language: 'en' },
  { id: 'cn-admin-premium', offering: 'o365-21vianet', person: 'Global Administrator', language: 'zh-CN' },
  { id: 'reader', offering: 'worldwide', person: 'Global Reader', language: 'ja' },
];
