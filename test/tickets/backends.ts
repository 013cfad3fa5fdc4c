import { createServer as createHttp } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, connect } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selfSigned } from '../certificate.ts';
import { ServiceNow } from './servicenow-house.ts';

/** A ticket system on the wire, in which what is created stays. */
export interface Backend {
  /** Settings of the house that speaks to it. */
  readonly env: Record<string, string>;
  /** What stands there of a request, ticket by ticket. */
  readonly of: (number: string) => string[];
  /** Calls so far that would create one of this request. */
  readonly creations: (number: string) => number;
  /** Told when a ticket was made, before that is answered; where it returns true it never is. */
  silent: (number: string) => boolean;
  close(): Promise<void>;
}

type Answer = (status: number, json: unknown) => void;

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let body = '';
  for await (const text of request.setEncoding('utf8')) body += String(text);
  return body;
};

const answering =
  (response: ServerResponse): Answer =>
  (status, json) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(json));
  };

const NUMBER = /SR-[\w-]+/;
const numberIn = (text: string): string => NUMBER.exec(text)?.[0] ?? '';

/** Notes creations, and keeps still about those that the test wants unanswered. */
class Creations {
  readonly numbers: string[] = [];
  silent: Backend['silent'] = () => false;

  /** Whether the call that made it is answered. */
  made(number: string): boolean {
    this.numbers.push(number);
    return !this.silent(number);
  }
}

function backend(
  creations: Creations,
  rest: Pick<Backend, 'env' | 'of'>,
  servers: readonly Server[],
  clear = (): void => undefined,
): Backend {
  return {
    ...rest,
    creations: (number) => creations.numbers.filter((one) => one === number).length,
    get silent() {
      return creations.silent;
    },
    set silent(silent) {
      creations.silent = silent;
    },
    async close() {
      for (const server of servers) {
        if ('closeAllConnections' in server) (server.closeAllConnections as () => void)();
        await new Promise((resolve) => server.close(resolve));
      }
      clear();
    },
  };
}

/** A receiver as the README shows it: what came under a key is known by that key. */
async function openWebhook(): Promise<Backend> {
  const creations = new Creations();
  const kept = new Map<string, string>();
  const server = createHttp(async (request, response) => {
    const body = await bodyOf(request);
    const key = String(request.headers['idempotency-key']);
    if (!kept.has(key)) kept.set(key, numberIn(body));
    if (creations.made(numberIn(body))) answering(response)(200, {});
  });
  const url = `http://127.0.0.1:${await listening(server)}/hook`;
  const env = { TICKET_SYSTEM: 'webhook', WEBHOOK_URL: url, WEBHOOK_SECRET: 'a-secret-of-the-hook-0123456789' };
  const of = (number: string) => [...kept].flatMap(([key, about]) => (about === number ? [key] : []));
  return backend(creations, { env, of }, [server]);
}

async function openServiceNow(): Promise<Backend> {
  const creations = new Creations();
  const desk = new ServiceNow();
  const server = createHttp(async (request, response) => {
    const text = await bodyOf(request);
    const { pathname: path, searchParams: query } = new URL(request.url ?? '', 'http://desk');
    const body: unknown = text === '' ? null : JSON.parse(text);
    const method = request.method ?? '';
    const reply = desk.answer({ method, path, query, headers: new Headers(), body });
    if (reply === 'lost' || reply === 'refused') throw new Error('no fault was asked for');
    const isAnswered = method !== 'POST' || creations.made(numberIn(text));
    if (isAnswered) answering(response)(reply.status, reply.body);
  });
  const env = {
    TICKET_SYSTEM: 'servicenow',
    SERVICENOW_URL: `http://127.0.0.1:${await listening(server)}`,
    SERVICENOW_USER: 'frontdesk',
    SERVICENOW_PASSWORD: 'a-password-of-the-desk',
  };
  return backend(creations, { env, of: (number) => desk.of(number).map((one) => one.number) }, [server]);
}

const SUBSCRIPTION = '132d901f-189d-4381-9214-fe68e27e05a1';
const AZURE_HOSTS = ['management.azure.com', 'login.microsoftonline.com'];
const SERVICE = '/providers/Microsoft.Support/services/windows-guid';
const listed = (id: string, displayName: string) => ({ value: [{ id, properties: { displayName } }] });

/** Azure's own addresses are reached through a proxy, behind which this machine answers in their name. */
async function openAzure(): Promise<Backend> {
  const creations = new Creations();
  const tickets = new Map<string, string>();
  const tls = selfSigned(AZURE_HOSTS);
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-azure-'));
  writeFileSync(join(folder, 'ca.pem'), tls.cert);
  const server = createHttps({ key: tls.key, cert: tls.cert }, async (request, response) => {
    await bodyOf(request);
    const path = new URL(request.url ?? '', 'https://azure').pathname;
    const answer = answering(response);
    if (path.endsWith('/oauth2/v2.0/token'))
      return answer(200, { token_type: 'Bearer', expires_in: 3_599, access_token: 'token' });
    if (path.endsWith('/services')) return answer(200, listed(SERVICE, 'Virtual Machine running Windows'));
    if (path.endsWith('/problemClassifications')) return answer(200, listed(`${SERVICE}/p/1`, 'Other'));
    const name = numberIn(path);
    if (request.method === 'PUT') {
      tickets.set(name, tickets.get(name) ?? String(119_120_321_001_170 + tickets.size));
      if (!creations.made(name)) return undefined;
    }
    const supportTicketId = tickets.get(name);
    return supportTicketId === undefined
      ? answer(404, { error: { code: 'NotFound' } })
      : answer(200, { name, id: path, properties: { supportTicketId } });
  });
  const port = await listening(server);
  const clients = new Set<Socket>();
  const proxy = createTcp((client) => {
    clients.add(client);
    client.once('data', () => {
      const through = connect(port, '127.0.0.1', () => client.write('HTTP/1.1 200 Connection established\r\n\r\n'));
      client.pipe(through).pipe(client);
      through.on('error', () => client.destroy());
      client.on('close', () => through.destroy() && clients.delete(client));
    });
    client.on('error', () => client.destroy());
  });
  const env = {
    TICKET_SYSTEM: 'azure-support',
    AZURE_SUPPORT_SUBSCRIPTION: SUBSCRIPTION,
    AZURE_SUPPORT_TENANT: '0d9b1a77-4d0e-4c0b-8a52-5f0f5a0c7e21',
    AZURE_SUPPORT_CLIENT_ID: '5f2c9b1e-8a47-4d63-9c0e-1b7d3a6f2e94',
    AZURE_SUPPORT_CLIENT_SECRET: 'k3~Qz8-not-a-real-secret-Vx91',
    AZURE_SUPPORT_MAIL: 'desk@contoso.example',
    NODE_USE_ENV_PROXY: '1',
    HTTPS_PROXY: `http://127.0.0.1:${await listening(proxy)}`,
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
  };
  const of = (number: string) => [tickets.get(number) ?? []].flat();
  const clear = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  return backend(creations, { env, of }, [proxy, server], clear);
}

export const BACKENDS = [
  { name: 'webhook', open: openWebhook },
  { name: 'ServiceNow', open: openServiceNow },
  { name: 'Azure Support', open: openAzure },
] as const;
