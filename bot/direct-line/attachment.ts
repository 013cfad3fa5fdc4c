import { fileAnswer } from '#src/http/file.ts';
import { Refusal } from '#src/http/call.ts';
import type { Answer, Call } from '#src/http/call.ts';
import { callerOf, checked } from './caller.ts';
import { ROOT } from './place.ts';
import type { DirectLineOptions, Visit } from './ports.ts';
import type { Shown } from './shown.ts';

/**
 * `GET /attachments/:id`: a file, for the person who sent it or was given it. By the chat token, or by the token in its address, which
 * opens this file only. Whether another's file exists can't be told from the answer.
 */
export async function attachment(call: Call, options: DirectLineOptions): Promise<Answer> {
  const id = call.params['id'] ?? '';
  const visit = await ownerOf(call, id, options);
  const file = await options.storage.transact((unit) => unit.files.byId(id));
  if (!file || file.conversation !== visit.conversation) throw noFile();
  return fileAnswer(file);
}

async function ownerOf(call: Call, id: string, { tokens }: DirectLineOptions): Promise<Visit> {
  const token = call.query.get('t');
  if (token === null) return (await callerOf({ ...call, params: {} }, tokens)).visit;
  const proof = checked(await tokens.read('file', token), undefined, call.headers);
  if (proof.subject !== id) throw noFile();
  return proof.visit;
}

function noFile(): Refusal {
  return new Refusal(404, 'no-file', 'There is no such file.');
}

/** Gives the files of an activity, the person's own or one that was said to them, addresses that an image or a link can open, for a while. */
export async function withAddresses(
  activity: Shown,
  visit: Visit,
  place: string,
  { tokens }: Pick<DirectLineOptions, 'tokens'>,
): Promise<Shown> {
  const files: unknown[] = Array.isArray(activity['attachments']) ? activity['attachments'] : [];
  const addressed = files.map(async (file) => {
    if (typeof file !== 'object' || file === null || !('id' in file) || typeof file.id !== 'string') return file;
    const { id: _id, ...rest } = file;
    return { ...rest, contentUrl: `${place}${ROOT}/attachments/${file.id}?t=${await tokens.file(visit, file.id)}` };
  });
  return { ...activity, attachments: await Promise.all(addressed) };
}
