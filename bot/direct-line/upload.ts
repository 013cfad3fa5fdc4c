import { createHash, randomUUID } from 'node:crypto';
import { Refusal } from '#src/http/call.ts';
import type { Answer, Call } from '#src/http/call.ts';
import { parseJson } from '#src/http/body.ts';
import type { SentFile } from '#src/log/ports.ts';
import { callerOf, unknownConversation } from './caller.ts';
import { safeName, typeOf } from './file-kind.ts';
import { readUpload } from './multipart.ts';
import type { Upload } from './multipart.ts';
import type { DirectLineOptions, Visit } from './ports.ts';
import { addressOf, readSaid } from './said.ts';
import type { Said } from './said.ts';
import { sourceOf } from './say.ts';
import { activityId } from './watermark.ts';

/** So many full messages of files one conversation may hold: what a support case needs, and no free store for anybody. */
const FULL_MESSAGES = 2;

/** `POST /conversations/:id/upload`: an activity and its files. The files are kept before the activity that names them. */
export async function upload(call: Call, options: DirectLineOptions): Promise<Answer> {
  const { visit } = await callerOf(call, options.tokens);
  await options.rates.message(visit.user);
  await options.rates.upload(visit.user);
  const sent = await readUpload(call.raw, options.config);
  const said = readSaid(withoutFiles(parseJson(Buffer.from(sent.activity), options.config)), visit);
  const files = kept(sent.files, said, visit, options.clock());
  await keep(files, visit, options);
  const attachments = files.map(({ id, name, type }) => ({ id, name, contentType: type }));
  const receipt = await options.reception.take(
    addressOf(visit),
    { ...said.activity, type: 'message', attachments },
    sourceOf(said.clientId),
  );
  return { status: 200, json: { id: activityId(visit.conversation, receipt.seq) } };
}

/** The client lists its files in the activity too; what was sent is what counts. */
function withoutFiles(json: unknown): unknown {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json, attachments: [] } : json;
}

function kept(files: Upload['files'], { clientId }: Said, { conversation }: Visit, now: number): SentFile[] {
  // A repeated delivery has the same ids, so that its files are not kept twice.
  const key = clientId ?? randomUUID();
  return files.map(({ name: given, bytes }, index) => {
    const name = safeName(given);
    const type = bytes.length === 0 ? null : typeOf(name, bytes);
    if (type === null) throw new Refusal(415, 'file-kind', 'Only PNG, JPEG, PDF, TXT and LOG files can be sent.');
    const id = createHash('sha256')
      .update(JSON.stringify([conversation, key, index]))
      .digest('base64url')
      .slice(0, 32);
    return { id, conversation, name, type, bytes, at: now };
  });
}

function keep(
  files: readonly SentFile[],
  { conversation }: Visit,
  { storage, config }: DirectLineOptions,
): Promise<void> {
  const most = FULL_MESSAGES * config.LIMIT_UPLOAD_BYTES * config.LIMIT_UPLOAD_FILES;
  const size = files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  return storage.transact(async (unit) => {
    if (!(await unit.conversations.byId(conversation))) throw unknownConversation();
    if ((await unit.files.sizeOf(conversation)) + size > most) {
      throw new Refusal(413, 'files-full', 'This conversation holds as many files as it may.');
    }
    for (const file of files) await unit.files.add(file);
  });
}
