import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { directLineRoutes } from '#bot/direct-line/mount.ts';
import type { DirectLine } from '#bot/direct-line/mount.ts';
import { messagesRoute } from '#bot/messages.ts';
import { closeConnections } from '#bot/connector.ts';
import { packetOf } from '#dialogs/packet.ts';
import { summaryOf } from '#dialogs/summary.ts';
import { OFFERINGS } from '#knowledge/schema.ts';
import { hostIdentity } from './chat/host-identity.ts';
import { pageRoutes } from './chat/pages.ts';
import { peopleRoute } from './chat/people-route.ts';
import { teamsRoute } from './chat/teams-route.ts';
import { tokenRoute, type TokenRouteOptions } from './chat/token-route.ts';
import { ChatTokens } from './chat/tokens.ts';
import type { Config } from './config.ts';
import { oursOf } from './desk/contact.ts';
import { deskRoutes } from './desk/routes.ts';
import { deskSignIn } from './desk-sign-in.ts';
import { buildHouse } from './house.ts';
import type { House } from './house.ts';
import { createDoor } from './http/door.ts';
import type { Door } from './http/door.ts';
import { healthRoutes } from './http/health.ts';
import { onSignals } from './http/lifecycle.ts';
import { createLog } from './http/log.ts';
import type { Log } from './http/log.ts';
import { createMetrics } from './http/metrics.ts';
import type { Metrics } from './http/metrics.ts';
import { createRates } from './http/rates.ts';
import { listSamplePeople } from './outside/sample/directory.ts';
import { teamsTokens } from './teams-sign-on.ts';
import { missingCalendars } from './policy/missing-calendars.ts';
import { supportNumbers } from './policy/support-phone.ts';

const DIST = join(import.meta.dirname, '..', 'dist', 'pages');

/** Opens the house to the world: storage, routes, recovery, signals; resolves when it serves. */
export async function serve(config: Config): Promise<void> {
  const log = createLog(config);
  const house = await buildHouse(config, log);
  const metrics = createMetrics();
  const door = createDoor({ config, log, answered: metrics.answered });
  const directLine = mount(door, { config, house, metrics, log });
  const { port } = await door.listen();
  await recover(house, log);
  stopOrderly(door, { config, house, log, directLine });
  announce(config, port);
  warmUp(house);
}

/** Between two offerings: whoever comes first does not wait for all of them. */
const WARM_PAUSE_MS = 500;

/** What the first question of an offering would have to wait for is done while nobody waits. */
function warmUp({ book }: House): void {
  for (const [at, offering] of OFFERINGS.entries())
    setTimeout(() => book.search.warm(offering), at * WARM_PAUSE_MS).unref();
}

interface Parts {
  config: Config;
  house: House;
  metrics: Metrics;
  log: Log;
}

function mount(door: Door, { config, house, metrics, log }: Parts): DirectLine {
  const { book } = house;
  const rates = createRates(config);
  const readCase = (state: unknown, now: number) => summaryOf(state, { rules: book.rules, now });
  const readPacket = (state: unknown, now: number) =>
    packetOf(state, { rules: book.rules, now, article: (...of) => book.article(...of) });
  const deskFailed = (error: unknown): void => log.error('failed', { kind: 'desk', error });
  const checks = [{ name: 'storage', run: () => house.storage.check() }];
  const missing = (now: number) => missingCalendars(book.rules, now);
  const warnings = () => missing(Date.now()).map(({ calendar, year }) => `calendar-missing-${calendar}-${year}`);
  metrics.watch({
    pending: () => pendingTurns(house),
    jobs: () => house.storage.transact((unit) => unit.jobs.counts()),
  });
  const tokens = new ChatTokens(config, Date.now);
  const failed = (error: unknown): void => log.error('failed', { kind: 'stream', error });
  const directLine = directLineRoutes({ ...house, config, tokens, rates, clock: Date.now, failed });
  door.routes([
    ...healthRoutes({ draining: () => door.draining, checks, warnings }),
    ...metrics.routes(config),
    messagesRoute(house),
    ...deskRoutes({
      provider: deskSignIn(config, Date.now, (reason) => log.warn('sign-in-failed', { reason })),
      words: (language, key, values) => book.phrases.text(language, key, values),
      ...house,
      config,
      rates,
      readCase,
      readPacket,
      ours: oursOf(supportNumbers(book.rules)),
      canned: book.canned,
      clock: Date.now,
      missingCalendars: missing,
      newId: randomUUID,
      failed: deskFailed,
    }),
    tokenRoute({ ...whoChats(config, house, log), tokens, mint: rates.mint }),
    teamsRoute(config),
    ...directLine.routes,
    ...(config.samplePeople ? [peopleRoute(listSamplePeople())] : []),
    ...pageRoutes({ distDir: DIST, local: config.mode === 'local' }),
  ]);
  door.upgrades(directLine.upgrades);
  return directLine;
}

/** Whose word counts on who chats: sample people (local mode), host pages, and Teams. */
function whoChats(
  config: Config,
  { storage }: House,
  log: Log,
): Pick<TokenRouteOptions, 'samplePeople' | 'hosts' | 'teams'> {
  const refused = (reason: string): void => log.warn('sign-on-refused', { reason });
  return {
    samplePeople: config.samplePeople ? listSamplePeople().map(({ id }) => id) : null,
    hosts: hostIdentity(config, storage, Date.now),
    teams: { signOn: config.teamsSignOn, check: teamsTokens(config, Date.now, refused), refused, clock: Date.now },
  };
}

async function pendingTurns(house: House): Promise<number> {
  return (await house.storage.transact((unit) => unit.conversations.withPendingTurns(10_000))).length;
}

/** What a crash left open is taken up before anybody waits for it. */
async function recover(house: House, log: Log): Promise<void> {
  const turns = await house.reception.recover();
  const unsent = await house.sender.recover();
  house.worker.wake();
  house.incidents.start();
  house.handoffs.start();
  house.promises.start();
  house.noticeWatch.start();
  house.housekeeping.start();
  if (turns + unsent > 0) log.info('recovered', { pending: turns, count: unsent });
}

/** Clients of the web chat come back by themselves when their socket says that the service restarts. */
const SERVICE_RESTART = 1012;

interface Running {
  config: Config;
  house: House;
  log: Log;
  directLine: DirectLine;
}

function stopOrderly(door: Door, { config, house, log, directLine }: Running): void {
  onSignals(door, {
    log,
    within: config.LIMIT_DRAIN_MS,
    closing: () => directLine.closeAll(SERVICE_RESTART),
    closed: async () => {
      await house.incidents.stop();
      await house.handoffs.stop();
      await house.promises.stop();
      await house.noticeWatch.stop();
      await house.housekeeping.stop();
      await house.worker.stop();
      await house.sender.stop();
      closeConnections();
      await house.storage.close();
    },
  });
}

function announce(config: Config, port: number): void {
  const base = `http://${config.HOST}:${port}`;
  const pages = config.mode === 'local' ? [`Demo admin center  ${base}/`] : [];
  const lines = [
    ...pages,
    `Chat               ${base}/chat`,
    `Agent desk         ${base}/desk`,
    `Health             ${base}/readyz`,
  ];
  process.stdout.write(`Frontdesk is ready.\n${lines.join('\n')}\n`);
}
