import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { activitySchema } from '#bot/inbound.ts';
import { readConfig } from '#src/config.ts';
import { buildHouse } from '#src/house.ts';
import type { House } from '#src/house.ts';
import { createLog } from '#src/http/log.ts';
import { LOCALES, saidSchema } from '../conversations/channel.ts';
import type { Said } from '../conversations/channel.ts';
import { teamsActivity } from '../conversations/teams.ts';
import type { Language } from '#knowledge/schema.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { APP } from './microsoft.ts';

/** A house behind its door, in this process, whose bot is signed in and whose directory is Microsoft Graph. */
export interface TeamsHouse {
  readonly house: House;
  /** All that was logged. */
  logged(): string;
  /** A person of Teams, or of another channel of the connector, begins to talk. */
  talk(tenant: string, objectId: string, language: Language, channel?: string): Promise<Talk>;
  close(): Promise<void>;
}

export interface Talk {
  readonly greeting: readonly Said[];
  say(text: string): Promise<Said[]>;
  submit(value: Record<string, unknown>): Promise<Said[]>;
  requests(): Promise<readonly ServiceRequest[]>;
}

export async function teamsHouse(): Promise<TeamsHouse> {
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-graph-'));
  const config = readConfig({
    DATA_DIR: dataDir,
    LOG_LEVEL: 'debug',
    MicrosoftAppId: '6f2a0c1e-58b1-4c9e-9d38-0f6a7e1f2b11',
    MicrosoftAppPassword: 'not-a-real-password-7Q',
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: '0d9b1a77-4d0e-4c0b-8a52-5f0f5a0c7e21',
    GRAPH_CLIENT_ID: APP.clientId,
    GRAPH_CLIENT_SECRET: APP.secret,
  });
  let logged = '';
  const log = createLog(config, { write: (text) => void (logged += text) });
  const house = await buildHouse(config, log).catch((error: unknown) => {
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  });
  return {
    house,
    logged: () => logged,
    talk: (tenant, objectId, language, channel = 'msteams') =>
      beginTalk(house, { tenant, objectId, language, channel }),
    async close() {
      await house.worker.stop();
      await house.sender.stop();
      await house.storage.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

interface Person {
  channel: string;
  tenant: string;
  objectId: string;
  language: Language;
}

async function beginTalk(house: House, { tenant, objectId, language, channel }: Person): Promise<Talk> {
  const conversation = `a:${randomUUID()}`;
  const shape = {
    as: 'user',
    conversation,
    locale: LOCALES[language],
    serviceUrl: 'https://smba.trafficmanager.net/x/',
  };
  let seen = 0;
  let person = '';
  const act = async (part: Record<string, unknown>): Promise<Said[]> => {
    const raw = teamsActivity(shape, part);
    const activity = activitySchema.parse({
      ...raw,
      channelId: channel,
      from: { id: `29:${conversation}`, name: 'Somebody', aadObjectId: objectId },
      conversation: { id: conversation, conversationType: 'personal', tenantId: tenant },
    });
    person = house.personKey(activity);
    const address = { channel, channelConversationId: conversation, person, tenant, reference: null };
    const { conversation: id } = await house.reception.take(address, activity, activity.id ?? null);
    const rows = await answered(house, id, seen);
    seen = rows.at(-1)?.seq ?? seen;
    return rows.map(({ body }) => saidSchema.parse(body));
  };
  const greeting = await act({ type: 'conversationUpdate', membersAdded: [{ id: '28:frontdesk' }] });
  return {
    greeting,
    say: (text) => act({ type: 'message', text, textFormat: 'plain' }),
    submit: (value) => act({ type: 'message', value }),
    requests: () => house.storage.transact((unit) => unit.requests.ofPerson(person, 10)),
  };
}

/** What is said after `seen`, once nothing of the conversation is open. A turn that waits for Graph wakes its watchers. */
function answered(house: House, id: string, seen: number) {
  return new Promise<{ seq: number; body: Record<string, unknown> }[]>((resolve, reject) => {
    const look = async (): Promise<void> => {
      const rows = await house.storage.transact(async (unit) => {
        const talk = await unit.conversations.byId(id);
        return !talk || talk.doneSeq < talk.inSeq ? null : unit.rows.list(id, seen, 100);
      });
      if (rows === null) return;
      stop();
      resolve(rows.filter(({ direction, role }) => direction === 'out' && role === 'bot'));
    };
    const stop = house.watchers.watch(id, () => void look().catch(reject));
    look().catch(reject);
  });
}
