import type { IncomingMessage } from 'node:http';
import { Refusal } from '#src/http/call.ts';
import type { Limits } from '#src/config.ts';

type UploadLimits = Pick<Limits, 'LIMIT_UPLOAD_BYTES' | 'LIMIT_UPLOAD_FILES' | 'LIMIT_BODY_BYTES'>;

/** An upload as it was sent: the activity's JSON text, and files whose content nobody has looked at. */
export interface Upload {
  readonly activity: string;
  readonly files: readonly { name: string; bytes: Buffer }[];
}

/** Bytes that uploads under way may take in this process, all together. */
const BUDGET = 128 * 1024 * 1024;
let inUse = 0;

/** Reads a multipart upload, its bytes counted before they are parsed. Throws a `Refusal`: 400, 413, 415 or 429. */
export async function readUpload(request: IncomingMessage, limits: UploadLimits): Promise<Upload> {
  const type = request.headers['content-type'] ?? '';
  const boundary = /^multipart\/form-data\s*;.*\bboundary="?([\w'()+,./:=?-]{1,70})"?/i.exec(type)?.[1];
  if (boundary === undefined || request.headers['content-encoding'] !== undefined) {
    throw new Refusal(415, 'content-type', 'Send files as multipart/form-data.');
  }
  const most = limits.LIMIT_UPLOAD_BYTES * limits.LIMIT_UPLOAD_FILES + limits.LIMIT_BODY_BYTES;
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge();
  const held = { bytes: 0 };
  try {
    const body = await collect(request, most, held);
    // The activity, its files, the end: more parts than that are not even taken apart.
    if (countOf(body, `--${boundary}`, limits.LIMIT_UPLOAD_FILES + 4) > limits.LIMIT_UPLOAD_FILES + 2) throw tooMany();
    return await taken(await parse(body, type), limits);
  } finally {
    inUse -= held.bytes;
  }
}

function collect(request: IncomingMessage, most: number, held: { bytes: number }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const refuse = (error: Error) => {
      request.off('data', onData);
      reject(error);
    };
    const onData = (chunk: Buffer) => {
      held.bytes += chunk.length;
      inUse += chunk.length;
      if (held.bytes > most) return refuse(tooLarge());
      if (inUse > BUDGET) return refuse(busy());
      chunks.push(chunk);
    };
    request.on('data', onData);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', () => reject(cutOff()));
    request.once('close', () => reject(cutOff()));
  });
}

function countOf(body: Buffer, mark: string, most: number): number {
  let count = 0;
  for (let at = body.indexOf(mark); at >= 0 && count < most; at = body.indexOf(mark, at + mark.length)) count += 1;
  return count;
}

async function parse(body: Buffer, type: string): Promise<FormData> {
  try {
    const bytes = new Uint8Array(body);
    return await new Request('http://upload.invalid/', {
      method: 'POST',
      headers: { 'content-type': type },
      body: bytes,
    }).formData();
  } catch {
    throw new Refusal(400, 'bad-multipart', 'The upload cannot be read.');
  }
}

async function taken(form: FormData, limits: UploadLimits): Promise<Upload> {
  const part = form.get('activity');
  const activity = part instanceof Blob ? await part.text() : (part ?? '{"type":"message"}');
  if (activity.length > limits.LIMIT_BODY_BYTES) throw tooLarge();
  const files = form.getAll('file').filter((each) => each instanceof File);
  if (files.length === 0) throw new Refusal(400, 'no-file', 'The upload has no file.');
  if (files.length > limits.LIMIT_UPLOAD_FILES) throw tooMany();
  if (files.some(({ size }) => size > limits.LIMIT_UPLOAD_BYTES)) throw tooLarge();
  const read = files.map(async (file) => ({ name: file.name, bytes: Buffer.from(await file.arrayBuffer()) }));
  return { activity, files: await Promise.all(read) };
}

function tooLarge(): Refusal {
  return new Refusal(413, 'file-too-large', 'A file is larger than this server takes.');
}

function tooMany(): Refusal {
  return new Refusal(413, 'too-many-files', 'These are more files than one message may have.');
}

function busy(): Refusal {
  return new Refusal(429, 'uploads-busy', 'Many uploads are under way. Please wait a moment.', { 'Retry-After': '5' });
}

/** Nobody is there to read it; the door closes what is left. */
function cutOff(): Refusal {
  return new Refusal(400, 'cut-off', 'The upload ended early.');
}
