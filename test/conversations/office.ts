import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationBotFrameworkAuthentication } from 'botbuilder-core';
import { LogAdapter } from '#bot/adapter.ts';
import { activitySchema } from '#bot/inbound.ts';
import { Reception } from '#bot/reception.ts';
import { Turns } from '#bot/turns.ts';
import { afterAgent } from '#dialogs/after-agent.ts';
import type { Language } from '#knowledge/schema.ts';
import type { Directory } from '#src/intake/ports.ts';
import { Waits } from '#src/handoff/waits.ts';
import type { LogRow, Storage } from '#src/log/ports.ts';
import { Watchers } from '#src/log/watchers.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { sealOf } from '#src/seal.ts';
import { openStorage } from '#src/storage/open.ts';
import { countingTools, NOW } from '../dialogs/talk.ts';
import { LOCALES, saidSchema } from './channel.ts';
import type { Said } from './channel.ts';

/** The house without its doors: real log, turns and dialogs over a directory that a test hands in; the clock stands still. */
export interface Office {
  readonly storage: Storage;
  readonly failures: unknown[];
  /** A person who comes by a channel of this shape, with the key by which the directory knows them. */
  visit(shape: Shape, person: string, language: Language): Promise<Visit>;
  close(): Promise<void>;
}

export interface Visit {
  readonly id: string;
  say(text: string): Promise<Said[]>;
  submit(value: Record<string, unknown>): Promise<Said[]>;
  /** What was filed in this conversation. */
  requests(): Promise<ServiceRequest[]>;
}

/** `pulled`: a web chat reads the log. `pushed`: Teams is called by the sender. */
export const SHAPES = ['pulled', 'pushed'] as const;
export type Shape = (typeof SHAPES)[number];

/** Without a storage it has one of its own, which goes with it. */
export async function openOffice(directory: Directory, given?: Storage): Promise<Office> {
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-office-'));
  const storage = given ?? (await openStorage({ url: undefined, dataDir }));
  const failures: unknown[] = [];
  const failed = (error: unknown): void => void failures.push(error);
  const watchers = new Watchers();
  const adapter = new LogAdapter(new ConfigurationBotFrameworkAuthentication({}));
  const tools = countingTools(NOW);
  const turns = new Turns({
    teamsUrl: 'https://teams.microsoft.com',
    adapter,
    directory,
    tools,
    newId: randomUUID,
    failed,
    afterAgent: (stored, ended, now) => afterAgent(stored, ended, { ...tools, now }),
    patience: 60_000,
    waits: new Waits(),
    seal: sealOf([{ kid: 'a', secret: randomBytes(32) }]),
  });
  const reception = new Reception({
    storage,
    turns,
    watchers,
    send: () => undefined,
    mostPending: 20,
    typing: () => undefined,
    wakeWorker: () => undefined,
    clock: () => NOW,
    newId: randomUUID,
    failed,
  });
  return {
    storage,
    failures,
    visit: (shape, person, language) => enter({ storage, reception, watchers }, { shape, person, language }),
    async close() {
      if (!given) await storage.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

interface Rooms {
  readonly storage: Storage;
  readonly reception: Reception;
  readonly watchers: Watchers;
}

async function enter(
  { storage, reception, watchers }: Rooms,
  { shape, person, language }: { shape: Shape; person: string; language: Language },
): Promise<Visit> {
  const channel = shape === 'pulled' ? 'directline' : 'msteams';
  const id = randomUUID();
  const conversation = { id };
  const reference =
    shape === 'pulled'
      ? null
      : { serviceUrl: 'https://smba.example/', channelId: channel, conversation, user: { id: 'u' }, bot: { id: 'b' } };
  const address = { channel, channelConversationId: id, id, person, tenant: null, reference };
  let seen = 0;
  const fresh = async (): Promise<LogRow[]> => {
    const rows = await storage.transact((unit) => unit.rows.list(id, seen, 100));
    seen = rows.at(-1)?.seq ?? seen;
    return rows.filter(({ direction, role }) => direction === 'out' && role === 'bot');
  };
  const act = async (part: Record<string, unknown>): Promise<Said[]> => {
    const base = { type: 'message', channelId: channel, from: { id: person }, recipient: { id: 'bot' }, conversation };
    const clock = { locale: LOCALES[language], localTimezone: 'Asia/Tokyo' };
    await reception.take(address, activitySchema.parse({ ...base, ...clock, ...part }), randomUUID());
    await answered();
    return (await fresh()).map((row) => saidSchema.parse(row.body));
  };
  /** A turn that waits for the directory is taken up when that has answered: the log tells. */
  const answered = async (): Promise<void> => {
    for (;;) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const stop = watchers.watch(id, resolve);
      const talk = await storage.transact((unit) => unit.conversations.byId(id));
      if (!talk || talk.doneSeq >= talk.inSeq) return stop();
      await promise;
      stop();
    }
  };
  await act({ type: 'conversationUpdate', membersAdded: [{ id: 'bot' }] });
  return {
    id,
    say: (text) => act({ text }),
    submit: (value) => act({ value }),
    requests: () =>
      storage.transact(async (unit) =>
        (await unit.requests.ofPerson(person, 50)).filter((one) => one.conversation === id),
      ),
  };
}
