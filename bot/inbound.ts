import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Input } from '#dialogs/question.ts';
import { CHANNEL } from './direct-line/shown.ts';
import { wordsOf } from './words-of.ts';

/**
 * An activity as it may come in: what we rely on is checked, the rest passes through untouched. Whatever is not of this
 * shape is refused with 400 before any of it is stored.
 */
const LONGEST_ID = 512;
const id = z
  .string()
  .min(1)
  .max(LONGEST_ID)
  .refine((text) => !text.includes('\0'), 'holds a NUL')
  // Ids become parts of addresses, where half a character can't be written.
  .refine((text) => text.isWellFormed(), 'is not well-formed Unicode');
const account = z.looseObject({
  id,
  name: z.string().max(LONGEST_ID).optional(),
  aadObjectId: z.string().max(64).optional(),
  role: z.string().max(32).optional(),
});

export const activitySchema = z.looseObject({
  type: z.string().min(1).max(64),
  id: id.optional(),
  // A blank one would pass the SDK's check of who may speak for which channel.
  channelId: z
    .string()
    .max(64)
    .regex(/^[\w.:-]+$/),
  serviceUrl: z.string().max(2048).optional(),
  from: account,
  recipient: account.partial().optional(),
  conversation: z.looseObject({
    id,
    tenantId: z.string().max(64).optional(),
    conversationType: z.string().max(32).optional(),
    isGroup: z.boolean().optional(),
  }),
  text: z.string().max(100_000).optional(),
  locale: z.string().max(64).optional(),
  localTimezone: z.string().max(64).optional(),
  name: z.string().max(256).optional(),
  value: z.unknown().optional(),
  membersAdded: z.array(z.looseObject({ id })).max(20_000).optional(),
  action: z.string().max(64).optional(),
  channelData: z.record(z.string(), z.unknown()).optional(),
  entities: z.array(z.looseObject({})).max(500).optional(),
  attachments: z.array(z.looseObject({})).max(50).optional(),
});
export type InboundActivity = z.infer<typeof activitySchema>;

/** An inbound row's activity: it passed the schema before it was stored. */
export function storedActivity(row: { body: Record<string, unknown> }): InboundActivity {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked at the door; parsing every row again costs a tenth of a turn
  return row.body as InboundActivity;
}

/** The same in botbuilder's words, whose type names more of what passed through untouched. */
export function asActivity(activity: InboundActivity): Activity {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the SDK reads loosely; the fields it relies on are in our schema
  return activity as unknown as Activity;
}

/**
 * What became of an inbound activity: something to converse about, an earlier message that was changed, an arrival, or
 * nothing that concerns a dialog.
 */
export type Meaning =
  | { kind: 'input'; input: Input }
  | { kind: 'edit'; of: string; text: string }
  | { kind: 'arrival' }
  | { kind: 'signed-in' }
  | { kind: 'file'; name: string; end: FileEnd }
  /** Files by upload, without a word. */
  | { kind: 'files'; names: readonly string[] }
  | { kind: 'none' };

/** Written into the log when a file of the person's was fetched, or wasn't; no channel may send it. */
export const FILE_CAME = 'frontdesk.file';

/** Written into the log when somebody has signed in; no channel may send it. */
export const SIGNED_IN = 'frontdesk.signed-in';

export function meaningOf(activity: InboundActivity): Meaning {
  switch (activity.type) {
    case 'message':
      return message(activity);
    case 'conversationUpdate':
      return (activity.membersAdded?.length ?? 0) > 0 ? { kind: 'arrival' } : { kind: 'none' };
    case 'installationUpdate':
      // An upgrade (`add-upgrade`) is nobody's arrival.
      return activity.action === 'add' ? { kind: 'arrival' } : { kind: 'none' };
    case 'messageUpdate':
      return edit(activity);
    case 'invoke':
      return activity.name === 'adaptiveCard/action' ? cardAction(activity.value) : { kind: 'none' };
    case FILE_CAME:
      return fileCame(activity.value);
    case SIGNED_IN:
      return { kind: 'signed-in' };
    default:
      return { kind: 'none' };
  }
}

function message(activity: InboundActivity): Meaning {
  const submitted = submitOf(activity.value);
  if (submitted) return { kind: 'input', input: submitted };
  const text = wordsOf(activity);
  if (text !== '') return { kind: 'input', input: { kind: 'text', text } };
  const names = filesSent(activity);
  return names.length === 0 ? { kind: 'none' } : { kind: 'files', names };
}

const sentFileSchema = z.object({ id: z.string(), name: z.string() });

/** Names of the files that came by upload with a message: they have an id of ours. Those of Teams are fetched later. */
export function filesSent({ channelId, attachments = [] }: InboundActivity): string[] {
  if (channelId !== CHANNEL) return [];
  return attachments.flatMap((each) => sentFileSchema.safeParse(each).data?.name ?? []);
}

/** What was deleted and is there again was read when it was said. */
function edit(activity: InboundActivity): Meaning {
  const text = wordsOf(activity);
  const isEdit = activity.channelData?.['eventType'] !== 'undeleteMessage';
  return isEdit && activity.id !== undefined && text !== ''
    ? { kind: 'edit', of: activity.id, text }
    : { kind: 'none' };
}

const FILE_ENDS = ['added', 'refused', 'lost'] as const;
export type FileEnd = (typeof FILE_ENDS)[number];
const fileSchema = z.object({ name: z.string(), end: z.enum(FILE_ENDS) });

function fileCame(value: unknown): Meaning {
  const file = fileSchema.safeParse(value).data;
  return file ? { kind: 'file', ...file } : { kind: 'none' };
}

const actionSchema = z.object({ action: z.object({ data: z.unknown() }) });

function cardAction(value: unknown): Meaning {
  const action = actionSchema.safeParse(value);
  const submitted = action.success ? submitOf(action.data.action.data) : null;
  return submitted ? { kind: 'input', input: submitted } : { kind: 'none' };
}

const LONGEST_FIELD = 8_000;
const MOST_FIELDS = 50;

/** A card's submit: ids and field texts only; anything that is not text is left out. */
function submitOf(value: unknown): Input | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const texts = Object.entries(value)
    .filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    .slice(0, MOST_FIELDS)
    .map(([key, text]) => [key, text.slice(0, LONGEST_FIELD)] as const);
  const { step, choice, submissionId, ...fields } = Object.fromEntries(texts) as Partial<Record<string, string>>;
  if (step === undefined) return null;
  const given = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    kind: 'submit',
    step,
    choice: choice ?? null,
    submissionId: submissionId ?? null,
    fields: Object.fromEntries(given),
  };
}

/** Our own words come back in some channels, and other bots may talk: neither is a person. */
export function isEcho(activity: InboundActivity): boolean {
  return activity.from.role === 'bot' || activity.from.role === 'skill' || activity.from.id === activity.recipient?.id;
}
