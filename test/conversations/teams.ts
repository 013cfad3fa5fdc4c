import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import type { House } from '../house.ts';
import { LOCALES, saidSchema } from './channel.ts';
import type { Channel, Said } from './channel.ts';
import { quiet } from './quiet.ts';

/** The connector's side of Teams: takes what the bot posts, by conversation. */
export interface Connector {
  readonly url: string;
  readonly received: Said[];
  of(conversation: string): Said[];
  conversations(): string[];
  close(): Promise<void>;
}

export async function openConnector(): Promise<Connector> {
  const received: Said[] = [];
  const byConversation = new Map<string, Said[]>();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (text: string) => (body += text));
    request.on('end', () => {
      const conversation = decodeURIComponent(/\/v3\/conversations\/([^/]+)/.exec(request.url ?? '')?.[1] ?? '');
      const said = saidSchema.parse(JSON.parse(body));
      received.push(said);
      byConversation.set(conversation, [...(byConversation.get(conversation) ?? []), said]);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id: randomUUID() }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    of: (conversation) => byConversation.get(conversation) ?? [],
    conversations: () => [...byConversation.keys()],
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Numbers of the sample people, as Teams would know them: the last digits of their Entra object id. */
const NUMBERS = [
  'anonymous',
  'user',
  'admin-direct',
  'admin-mixed',
  'admin-partner',
  'reader',
  'cn-admin-premium',
  'cn-admin',
  'cn-admin-trial',
  'cn-user',
  'azure-admin',
  'azure-admin-premium',
  'partner',
];

export interface TeamsPerson {
  as: string;
  conversation: string;
  locale: string;
  serviceUrl: string;
}

/** An activity in the shape in which Teams delivers it. */
export function teamsActivity(person: TeamsPerson, part: Record<string, unknown>): Record<string, unknown> {
  const number = NUMBERS.indexOf(person.as) + 1;
  const tenant = '00000000-0000-4000-8000-000000000001';
  return {
    id: randomUUID(),
    timestamp: new Date().toISOString(),
    localTimezone: 'Asia/Tokyo',
    channelId: 'msteams',
    serviceUrl: person.serviceUrl,
    from: {
      id: `29:${person.conversation}`,
      name: person.as,
      aadObjectId: `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`,
    },
    recipient: { id: '28:frontdesk', name: 'Frontdesk' },
    conversation: { id: person.conversation, conversationType: 'personal', tenantId: tenant },
    locale: person.locale,
    entities: [{ type: 'clientInfo', locale: person.locale, platform: 'Web', timezone: 'Asia/Tokyo' }],
    channelData: { tenant: { id: tenant } },
    ...part,
  };
}

export function post(house: House, activity: unknown): Promise<Response> {
  return fetch(`${house.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(activity),
  });
}

/** `/api/messages` with the connector's sink as the other end. */
export function teamsChannel(connector: Connector): Channel {
  return {
    name: 'Teams',
    async open(house, as, language) {
      const person = { as, conversation: `a:${randomUUID()}`, locale: LOCALES[language], serviceUrl: connector.url };
      let seen = 0;
      const act = async (part: Record<string, unknown>): Promise<Said[]> => {
        const answer = await post(house, teamsActivity(person, part));
        if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
        await quiet(house, person.conversation);
        const fresh = connector.of(person.conversation).slice(seen);
        seen += fresh.length;
        return fresh;
      };
      const greeting = await act({ type: 'conversationUpdate', membersAdded: [{ id: '28:frontdesk' }] });
      return {
        greeting,
        say: (text) => act({ type: 'message', text, textFormat: 'plain' }),
        submit: (value) => act({ type: 'message', value }),
        close: () => Promise.resolve(),
      };
    },
  };
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
