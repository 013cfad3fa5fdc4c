import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Hopeless, Later } from '#src/log/jobs.ts';
import type { JobHandler } from '#src/log/jobs.ts';
import type { Job, Storage, Unit } from '#src/log/ports.ts';
import { Turn } from '#src/log/turn.ts';
import { safeName, typeNamed, typeOf } from '../direct-line/file-kind.ts';
import { FILE_CAME } from '../inbound.ts';
import type { InboundActivity } from '../inbound.ts';
import { allowedService } from '../service-url.ts';
import type { ServiceHosts } from '../service-url.ts';
import { fetchFile } from './fetch-file.ts';
import { isShared } from './place.ts';

/** Kind of the jobs that fetch a file from Teams. */
export const FETCH_FILE = 'teams-file';

const downloadSchema = z.object({
  contentType: z.literal('application/vnd.microsoft.teams.file.download.info'),
  name: z.string().max(1_000),
  content: z.object({ downloadUrl: z.string().max(4_096) }),
});
const pictureSchema = z.object({
  contentType: z.string().regex(/^image\/[\w.+*-]{1,40}$/),
  contentUrl: z.string().max(4_096),
  name: z.string().max(1_000).optional(),
});

const payloadSchema = z.object({
  id: z.string(),
  channel: z.string(),
  place: z.string(),
  name: z.string(),
  url: z.string(),
  /** Id of the message that it came with. */
  message: z.string().optional(),
  /** A picture in the text: the connector gives it to the bot alone. */
  inline: z.boolean(),
});
type Payload = z.infer<typeof payloadSchema>;

/** An activity without addresses, and what is to be fetched from them. */
export interface WithFiles {
  readonly activity: InboundActivity;
  readonly jobs: readonly Job[];
}

/**
 * Takes the files out of a message: what stays names them, and addresses go to jobs, which forget them when they are done. In
 * a place that others read no file is taken.
 */
export function filesOf(activity: InboundActivity, place: string, now: number): WithFiles {
  const { attachments = [], channelId: channel, conversation } = activity;
  if (channel !== 'msteams' || attachments.length === 0) return { activity, jobs: [] };
  const found = isShared(conversation) || activity.type !== 'message' ? [] : attachments.flatMap(readFile);
  const payloads = found.map((file, at): Payload => {
    const key = JSON.stringify([channel, place, activity.id ?? now, at]);
    return {
      ...file,
      id: createHash('sha256').update(key).digest('base64url').slice(0, 32),
      channel,
      place,
      message: activity.id,
    };
  });
  return {
    activity: {
      ...activity,
      attachments: payloads.map(({ id, name }) => ({ id, name, contentType: typeNamed(name) })),
    },
    jobs: payloads.map((payload) => jobOf(payload, now)),
  };
}

function jobOf(payload: Payload, now: number): Job {
  const { id } = payload;
  const job = { id: `file-${id}`, kind: FETCH_FILE, key: `${FETCH_FILE}:${id}`, payload, attempts: 0, lastError: null };
  return { ...job, runAt: now, createdAt: now };
}

function readFile(attachment: unknown): Pick<Payload, 'name' | 'url' | 'inline'>[] {
  const file = downloadSchema.safeParse(attachment).data;
  if (file) return [{ name: safeName(file.name), url: file.content.downloadUrl, inline: false }];
  const picture = pictureSchema.safeParse(attachment).data;
  return picture ? [{ name: safeName(picture.name ?? 'picture.png'), url: picture.contentUrl, inline: true }] : [];
}

export interface FileOptions {
  readonly storage: Storage;
  readonly services: ServiceHosts;
  /** Hosts whose files may be fetched, with all hosts below them: those of SharePoint. */
  readonly fileHosts: readonly string[];
  readonly authorization: () => Promise<string | null>;
  readonly mostBytes: number;
  /** Bytes that one conversation may hold. */
  readonly mostKept: number;
  readonly resume: (conversation: string) => Promise<void>;
  readonly clock: () => number;
}

/** Fetches a file, looks at what it is, keeps it, and lets the conversation tell of it. */
export function fetchFileJob(options: FileOptions): JobHandler {
  return async ({ payload, attempts }) => {
    const read = payloadSchema.safeParse(payload);
    if (!read.success) throw new Hopeless('malformed');
    const file = read.data;
    const target = addressOf(file, options);
    const fetched = target ? await fetchFile(target.url, await target.authorization(), options.mostBytes) : 'refused';
    // The address is good for some minutes only: then the person sends it again.
    if (fetched === 'later' && attempts < MOST_ATTEMPTS) throw new Later('file');
    const bytes = typeof fetched === 'string' ? null : fetched;
    const end = await keep(file, bytes, fetched === 'later' ? 'lost' : 'refused', options);
    if (end !== null) await options.resume(end);
  };
}

const MOST_ATTEMPTS = 4;

/** Where the file is, if it may be fetched from there, and what is shown there; null: nobody goes there. */
function addressOf({ url, inline }: Payload, { services, fileHosts, authorization }: FileOptions) {
  if (inline) {
    // The token goes to the connector only, and only for what it keeps of messages.
    const place = allowedService(url, services);
    return place && /\/v3\/attachments\/[^/]+\/views\/[\w-]+$/.test(place.pathname)
      ? { url: place, authorization }
      : null;
  }
  const place = URL.parse(url);
  const isTheirs = fileHosts.some((host) => place?.hostname === host || place?.hostname.endsWith(`.${host}`));
  const isPlain = place?.protocol === 'https:' && place.port === '' && place.username === '' && place.password === '';
  return place && isTheirs && isPlain ? { url: place, authorization: () => Promise.resolve(null) } : null;
}

/** The conversation in which it is told; null: it is gone. */
function keep(
  { id, channel, place, name: given, message, inline }: Payload,
  bytes: Buffer | null,
  without: 'lost' | 'refused',
  { storage, clock, mostKept }: FileOptions,
): Promise<string | null> {
  const now = clock();
  return storage.transact(async (unit) => {
    const conversation = await unit.conversations.byChannel(channel, place);
    if (!conversation) return null;
    const name = bytes !== null && inline ? named(given, bytes) : given;
    const type = bytes === null || bytes.length === 0 ? null : typeOf(name, bytes);
    const fits = (await unit.files.sizeOf(conversation.id)) + (bytes?.byteLength ?? 0) <= mostKept;
    const isKept = bytes !== null && type !== null && fits;
    if (isKept) await unit.files.add({ id, conversation: conversation.id, name, type, bytes, at: now });
    if (isKept && message !== undefined)
      await describe({ id, name, contentType: type }, unit, conversation.id, message);
    const turn = new Turn(conversation, storage.shared, now);
    const from = { id: 'file' };
    const value = { name, end: isKept ? 'added' : without };
    const body = { type: FILE_CAME, channelId: channel, from, conversation: { id: place }, value };
    if (!(await unit.rows.bySource(conversation.id, `file:${id}`))) turn.hear({ sourceId: `file:${id}`, body });
    if (!(await turn.commit(unit))) throw new Error('the conversation moved while it was locked');
    return conversation.id;
  });
}

/** The message names what has come as what it is: its bytes tell more than its name did. */
async function describe(
  file: { id: string; name: string; contentType: string },
  unit: Unit,
  conversation: string,
  message: string,
): Promise<void> {
  const row = await unit.rows.bySource(conversation, message);
  const listed = row?.body['attachments'];
  if (!row || !Array.isArray(listed)) return;
  const attachments = listed.map((one: unknown) => (isOf(file.id, one) ? file : one));
  await unit.rows.redact(conversation, row.seq, { ...row.body, attachments });
}

const isOf = (id: string, listed: unknown): boolean =>
  typeof listed === 'object' && listed !== null && 'id' in listed && listed.id === id;

/** A picture in a text has no name: it gets the ending that its bytes have. */
function named(name: string, bytes: Buffer): string {
  if (typeOf(name, bytes) !== null) return name;
  const ending = ['png', 'jpg'].find((one) => typeOf(`picture.${one}`, bytes) !== null);
  return ending === undefined ? name : `${name.replace(/\.[^.]*$/, '')}.${ending}`;
}
