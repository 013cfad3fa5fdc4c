import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { LogAdapter } from '#bot/adapter.ts';
import type { Floor } from '#bot/floor.ts';
import type { HandoffWatch } from '#bot/handoff-watch.ts';
import type { Levels } from '#bot/levels.ts';
import { IncidentWatch } from '#bot/incident-watch.ts';
import { botAuthentication, connectorAuthorization } from '#bot/authorization.ts';
import type { CardOptions } from '#bot/cards/invoked.ts';
import type { InboundActivity } from '#bot/inbound.ts';
import { Pace } from '#bot/pace.ts';
import type { Limit } from '#bot/pace.ts';
import { personKey } from '#bot/person-key.ts';
import type { Pledges } from '#bot/pledges.ts';
import type { PromiseWatch } from '#bot/promise-watch.ts';
import { Reception } from '#bot/reception.ts';
import type { CodeDesk } from '#bot/send-code.ts';
import { Sender } from '#bot/sender.ts';
import type { SenderOptions } from '#bot/sender.ts';
import type { ServiceHosts } from '#bot/service-url.ts';
import type { ExtensionOptions } from '#bot/teams/extension.ts';
import type { SignIn } from '#bot/teams/sign-in.ts';
import { Turns } from '#bot/turns.ts';
import type { Tools } from '#dialogs/question.ts';
import { BOOK_FOLDER, readBook } from '#knowledge/book.ts';
import type { Book } from '#knowledge/book.ts';
import { readRoles } from '#knowledge/rules.ts';
import { readServiceWords } from '#knowledge/services.ts';
import { readTriageModel } from '#knowledge/triage-model.ts';
import type { Config } from './config.ts';
import { handingOver, handoffRoom } from './handoff-room.ts';
import { housekeepingRoom } from './housekeeping-room.ts';
import type { Log } from './http/log.ts';
import type { Directory } from './intake/ports.ts';
import { vouchedDirectory } from './intake/vouched-directory.ts';
import type { Housekeeping } from './log/housekeeping.ts';
import { Worker } from './log/jobs.ts';
import type { JobHandler } from './log/jobs.ts';
import type { Storage } from './log/ports.ts';
import type { Seal } from './log/seal.ts';
import { Typing } from './log/typing.ts';
import { Watchers } from './log/watchers.ts';
import { mailRoom } from './mail-room.ts';
import { noticeRoom, type NoticeRoom } from './notice-room.ts';
import { noticeHandlers, promiseRoom, type PromiseRoom } from './promise-room.ts';
import { sampleDirectoryWith, sampleKey } from './outside/sample/directory.ts';
import { sampleIncidents } from './outside/sample/incidents.ts';
import { unknownDirectory } from './outside/unknown-directory.ts';
import { sealOf } from './seal.ts';
import { signingIn, teamsJobs } from './signing-in.ts';
import { openStorage } from './storage/open.ts';
import { ticketRoom } from './ticket-room.ts';
import { buildTriageModel } from './triage/model.ts';
import { triage } from './triage/triage.ts';

/** The whole support office behind its doors: everything but HTTP. Used by the server and by `frontdesk chat`. */
export interface House extends NoticeRoom {
  readonly book: Book;
  readonly storage: Storage;
  readonly seal: Seal;
  readonly adapter: LogAdapter;
  readonly reception: Reception;
  readonly watchers: Watchers;
  readonly typing: Typing;
  readonly sender: Sender;
  readonly worker: Worker;
  readonly incidents: IncidentWatch;
  readonly housekeeping: Housekeeping;
  readonly floor: Floor;
  readonly codes: CodeDesk;
  readonly handoffs: HandoffWatch;
  readonly levels: Levels;
  readonly promises: PromiseWatch;
  readonly pledges: Pledges;
  readonly services: ServiceHosts;
  /** What cards in the channels are answered with. */
  readonly cards: CardOptions;
  readonly signIn: SignIn | null;
  readonly extension: ExtensionOptions;
  readonly personKey: (activity: InboundActivity) => string;
}

const MB = 1_048_576;

/** Puts the concrete parts together. Nothing is running yet: `worker.wake()` and the two `recover()` begin the work. */
export async function buildHouse(config: Config, log: Log): Promise<House> {
  const book = bookOf(config);
  const opened = await openStorage({ url: config.DATABASE_URL, dataDir: config.DATA_DIR });
  const { storage, ticketing } = ticketRoom(config, book, {
    opened,
    newId: randomUUID,
    wake: () => staff.worker.wake(),
  });
  const seal = sealOf(config.signingKeys);
  const services = { hosts: config.serviceHosts, loopback: config.loopbackServices };
  const adapter = new LogAdapter(botAuthentication(config));
  const { signIn, people } = await signingIn(config, log, { adapter, behind: await directoryOf(config, log) });
  const directory = vouchedDirectory(people, readRoles(BOOK_FOLDER));
  const limits = { mostFileMb: Math.floor(config.LIMIT_UPLOAD_BYTES / MB) };
  const tools = { ...toolsOf(book, config.REOPEN_DAYS), ...limits };
  const mail = mailRoom(config, storage, book, seal);
  const teams = teamsJobs(config, { storage, services, signIn, resume: (id) => staff.reception.resume(id) });
  const handlers = { ...mail, ...ticketing, ...teams };
  const at = { config, log, book, storage, handlers, seal, services, directory, adapter, signIn, tools };
  const staff: Staff = staffOf(at);
  const cards = { storage, tools, clock: Date.now };
  const { reception } = staff;
  const extension = { storage, directory, tools, reception, teamsUrl: config.TEAMS_URL, clock: Date.now };
  const shown = { services, cards, signIn, extension, personKey: personKeyOf(config.samplePeople) };
  const housekeeping = housekeepingRoom(config, storage, log);
  return { book, storage, seal, adapter, housekeeping, ...staff, ...shown };
}

interface Rooms extends Pick<House, 'book' | 'storage' | 'seal' | 'services' | 'adapter' | 'signIn'> {
  readonly config: Config;
  readonly log: Log;
  readonly directory: Directory;
  readonly tools: Omit<Tools, 'now'>;
  readonly handlers: Record<string, JobHandler>;
}

type Staff = Pick<
  House,
  | 'reception'
  | 'watchers'
  | 'typing'
  | 'sender'
  | 'worker'
  | 'incidents'
  | 'floor'
  | 'handoffs'
  | 'levels'
  | 'codes'
  | keyof PromiseRoom
  | keyof NoticeRoom
>;

/** Who works in the house: takes what comes in, answers, sends, and looks at the clocks. */
function staffOf({ book, ...rooms }: Rooms): Staff {
  const { config, log, storage, handlers, seal, services, directory, adapter, signIn, tools } = rooms;
  const watchers = new Watchers();
  const typing = new Typing();
  const failed = (kind: string) => (error: unknown) => log.error('failed', { kind, error });
  const placed: SenderOptions['placed'] = (row, id) => noticing.notices.placed(row, id);
  const sender = senderOf(config, { storage, services, watchers, placed, failed: failed('send') });
  const broken = (key: string, request: string) => noticing.noticeWatch.promiseBroken(key, request);
  const worker = new Worker({
    storage,
    handlers: { ...handlers, ...noticeHandlers(log, broken) },
    clock: Date.now,
    chance: Math.random,
    failed: jobFailed(log),
  });
  const handing = handingOver(config, tools);
  const talking = { ...handing, tools, seal, newId: randomUUID, teamsUrl: config.TEAMS_URL };
  const turns = new Turns({ ...talking, adapter, directory, signIn, failed: failed('turn') });
  const send: Sender['send'] = (conversation, rows) => sender.send(conversation, rows);
  const pushTyping: Sender['typing'] = (conversation) => sender.typing(conversation);
  const speaking = { storage, watchers, send, clock: Date.now, wakeWorker: (): void => worker.wake() };
  const reception = new Reception({
    ...speaking,
    turns,
    mostPending: config.LIMIT_QUEUE,
    typing: pushTyping,
    newId: randomUUID,
    failed: failed('resume'),
  });
  const every = config.INCIDENT_EVERY_S * 1_000;
  const { phrases } = tools;
  const incidents = new IncidentWatch({ ...speaking, directory, phrases, every, failed: failed('incident') });
  const handingRoom = { ...speaking, seal, handing, typing, pushTyping, config, tools, failed: failed('handoff') };
  const { speaker, floor, handoffs, levels, codes } = handoffRoom(handingRoom);
  const keeping = promiseRoom({ ...speaking, config, speaker, book, failed: failed('promise') });
  const noticing = noticeRoom({ config, storage, speaker, tools, failed: failed('notice') });
  const watching = { incidents, handoffs, ...keeping, ...noticing };
  return { reception, watchers, typing, sender, worker, floor, levels, codes, ...watching };
}

type Sending = Pick<SenderOptions, 'storage' | 'services' | 'failed' | 'placed'> & { readonly watchers: Watchers };

function senderOf(config: Config, { watchers, ...sending }: Sending): Sender {
  // Without a registered bot there is no Teams at the other end, and nobody who counts.
  const paceOf = (rates: readonly Limit[]) => new Pace(config.MicrosoftAppId === undefined ? [] : rates);
  return new Sender({
    ...sending,
    authorization: connectorAuthorization(config),
    chance: Math.random,
    clock: Date.now,
    delivered: (conversation) => watchers.wake(conversation),
    pace: paceOf(config.TEAMS_RATES),
    tenantPace: paceOf(config.TEAMS_TENANT_RATES),
  });
}

function bookOf({ CALENDAR_DIR: calendarDir, DATA_DIR }: Config): Book {
  return readBook(BOOK_FOLDER, { calendarDir, articlesDir: join(DATA_DIR, 'articles') });
}

/** Who knows the people: Microsoft Graph where it is set, else the sample people of local mode, else nobody. */
async function directoryOf(config: Config, log: Log): Promise<Directory> {
  const { graph, samplePeople, DATA_DIR } = config;
  if (graph) {
    // Loaded only where it is used: a start without Graph doesn't wait for its libraries.
    const { graphDirectory } = await import('./outside/graph/directory.ts');
    return graphDirectory({
      ...graph,
      roles: readRoles(BOOK_FOLDER),
      words: readServiceWords(BOOK_FOLDER),
      clock: Date.now,
      failed: (cloud, kind, reason) => log.warn('graph-failed', { kind, reason, check: cloud }),
    });
  }
  if (!samplePeople) return unknownDirectory;
  const unreadable = (error: unknown): void => log.warn('failed', { kind: 'sample-incidents', error });
  return sampleDirectoryWith(sampleIncidents(DATA_DIR, unreadable));
}

/** Who is asking, for a channel of the connector: the Entra id where the channel gives one, else the channel's own id. */
function personKeyOf(samples: boolean): (activity: InboundActivity) => string {
  return (activity) => {
    const sample = samples ? sampleKey(activity.from.aadObjectId) : null;
    return sample ?? personKey(activity);
  };
}

function toolsOf(book: Book, reopenDays: number): Omit<Tools, 'now'> {
  const model = buildTriageModel(readTriageModel(BOOK_FOLDER));
  return {
    phrases: book.phrases,
    search: book.search,
    article: (topic, language, offering) => book.article(topic, language, offering),
    rules: book.rules,
    roles: readRoles(BOOK_FOLDER),
    services: readServiceWords(BOOK_FOLDER),
    triage: (text, language) => triage(text, language, model),
    reopenDays,
    mint: { submissionId: randomUUID, requestNumber },
  };
}

/** Letters and digits that nobody mistakes for others on the phone (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** "SR-7K3M-9QXD": 40 random bits, so that a number tells nothing and can't be guessed. */
function requestNumber(): string {
  const letters = [...randomBytes(8)].map((byte) => ALPHABET[byte % 32]).join('');
  return `SR-${letters.slice(0, 4)}-${letters.slice(4)}`;
}

function jobFailed(log: Log): (kind: string, error: unknown, buried: boolean) => void {
  return (kind, error, buried) => log.warn('job-failed', { job: kind, outcome: buried ? 'buried' : 'retry', error });
}
