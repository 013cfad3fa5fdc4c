import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BOOK_FOLDER, readBook } from '#knowledge/book.ts';
import { readConfig, type Config } from '#src/config.ts';
import { oursOf } from '#src/desk/contact.ts';
import type { SignInProvider } from '#src/desk/ports.ts';
import { Floor } from '#bot/floor.ts';
import { CodeDesk } from '#bot/send-code.ts';
import { Levels } from '#bot/levels.ts';
import { Pledges } from '#bot/pledges.ts';
import { afterAgent } from '#dialogs/after-agent.ts';
import { packetOf } from '#dialogs/packet.ts';
import { deskRoutes, type DeskOptions } from '#src/desk/routes.ts';
import { createDoor, type Door } from '#src/http/door.ts';
import { createLog } from '#src/http/log.ts';
import { createRates } from '#src/http/rates.ts';
import type { Storage } from '#src/log/ports.ts';
import { Speaker } from '#src/log/speak.ts';
import { Waits } from '#src/handoff/waits.ts';
import { Typing } from '#src/log/typing.ts';
import { Watchers } from '#src/log/watchers.ts';
import { missingCalendars } from '#src/policy/missing-calendars.ts';
import { supportNumbers } from '#src/policy/support-phone.ts';
import { sealOf } from '#src/seal.ts';
import { openStorage } from '#src/storage/open.ts';
import { countingTools } from '../dialogs/talk.ts';
import { rules } from '../policy/place.ts';

/** The desk behind the real door, on a real database, with a clock that the test sets. */
export interface Desk {
  readonly url: string;
  readonly config: Config;
  readonly storage: Storage;
  readonly options: DeskOptions;
  readonly clock: { now: number };
  readonly end: () => Promise<void>;
}

export const START = Date.parse('2026-11-20T07:00:00Z');

const { phrases } = readBook(BOOK_FOLDER);

const nothing = (): void => undefined;

const random = (below: number): number => randomInt(below);

export async function openDesk(
  env: Record<string, string> = {},
  providerOf: (config: Config, clock: () => number) => SignInProvider | null = () => null,
  given: Partial<DeskOptions> = {},
): Promise<Desk> {
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-desk-'));
  const config = readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent', ...env });
  const storage = await openStorage({ url: undefined, dataDir });
  const clock = { now: START };
  const watchers = new Watchers();
  const speaker = new Speaker({ storage, watchers, send: nothing, wakeWorker: nothing, clock: () => clock.now });
  const tools = countingTools(START);
  const seal = sealOf(config.signingKeys);
  const options: DeskOptions = {
    codes: new CodeDesk({ speaker, tools, seal, newId: randomUUID, random, canMail: true }),
    config,
    storage,
    watchers,
    floor: new Floor({
      speaker,
      phrases: tools.phrases,
      waits: new Waits(),
      typing: new Typing(),
      pushTyping: nothing,
      afterAgent: (stored, ended, now) => afterAgent(stored, ended, { ...tools, now }),
    }),
    levels: new Levels({ speaker, tools, warning: 7_200_000 }),
    pledges: new Pledges({ storage, speaker, phrases, rules }),
    readPacket: (state, now) => packetOf(state, { rules, now, article: tools.article }),
    ours: oursOf(supportNumbers(rules)),
    typing: new Typing(),
    failed: (error) => {
      throw error;
    },
    rates: createRates(config),
    canned: [],
    readCase: () => ({ severity: 'B', category: 'technical', description: null }),
    clock: () => clock.now,
    missingCalendars: (now) => missingCalendars(rules, now),
    newId: randomUUID,
    provider: providerOf(config, () => clock.now),
    words: (language, key, values) => phrases.text(language, key, values),
    ...given,
  };
  const door: Door = createDoor({ config, log: createLog(config) });
  door.routes(deskRoutes(options));
  const { port } = await door.listen();
  const end = async () => {
    await door.drain(200, 0);
    await storage.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}`, config, storage, options, clock, end };
}

/** Good production settings, with keys of their own. */
export const production = (): Record<string, string> => ({
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  PUBLIC_URL: 'https://desk.contoso.com',
  TOKEN_SIGNING_KEYS: `a:${randomBytes(32).toString('base64url')}`,
  ALLOWED_SERVICE_HOSTS: 'smba.trafficmanager.net',
  EMBED_ORIGINS: 'https://admin.contoso.com',
  MicrosoftAppId: randomUUID(),
  MicrosoftAppPassword: randomBytes(24).toString('base64url'),
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppTenantId: randomUUID(),
  DESK_OIDC_ISSUER: 'https://login.microsoftonline.com/0d9b1a77-4d0e-4c0b-8a52-5f0f5a0c7e21/v2.0',
  DESK_OIDC_CLIENT_ID: randomUUID(),
  DESK_OIDC_CLIENT_SECRET: randomBytes(24).toString('base64url'),
});

export type Headers = Record<string, string>;

/** What our own page sends with a change. */
export const own = (url: string): Headers => ({ 'x-frontdesk': '1', origin: url, 'content-type': 'application/json' });

/** Signs in and returns the answer with the cookie to send back. */
export async function signIn(url: string, as: string, headers: Headers = own(url)) {
  const response = await fetch(`${url}/desk/session`, { method: 'POST', headers, body: JSON.stringify({ as }) });
  const [setCookie = ''] = response.headers.getSetCookie();
  return { response, setCookie, cookie: setCookie.split(';')[0] ?? '' };
}
