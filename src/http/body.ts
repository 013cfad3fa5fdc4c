import { isAscii, isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { Limits } from '#src/config.ts';
import { Refusal } from './call.ts';

export type BodyLimits = Pick<Limits, 'LIMIT_BODY_BYTES' | 'LIMIT_BODY_DEPTH' | 'LIMIT_BODY_KEYS'>;

const JSON_TYPE = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;

const tooLarge = () => new Refusal(413, 'body-too-large', 'The body is larger than this server takes.');
const badJson = (why: string) => new Refusal(400, 'bad-json', why);

/** The sender went away in the middle of its body: there is nobody to answer. */
export class Gone extends Error {}

/**
 * Reads a JSON body: only `application/json` in UTF-8 without a content-encoding (415), within the limits (413), strict
 * JSON without byte order mark (400). Returns undefined where there is no body. The keys `__proto__`, `constructor` and
 * `prototype` are dropped; of a repeated key the last counts; NUL and lone surrogates inside strings stay as they are.
 */
export async function readJson(request: IncomingMessage, limits: BodyLimits): Promise<unknown> {
  const { headers } = request;
  const declared = headers['content-length'];
  if (declared === '0' || (declared === undefined && headers['transfer-encoding'] === undefined)) return undefined;
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity')
    throw new Refusal(415, 'content-encoding', 'Send the body without a content-encoding.');
  if (!JSON_TYPE.test(headers['content-type'] ?? ''))
    throw new Refusal(415, 'content-type', 'Send the body as application/json in UTF-8.');
  if (Number(declared ?? 0) > limits.LIMIT_BODY_BYTES) throw tooLarge();
  const bytes = await collect(request, limits.LIMIT_BODY_BYTES);
  return bytes.length === 0 ? undefined : parseJson(bytes, limits);
}

function collect(request: IncomingMessage, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > most) {
        request.off('data', onData);
        reject(tooLarge());
      } else chunks.push(chunk);
    };
    request.on('data', onData);
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)));
    // 'close' comes after every request; an Error is only worth making for one that broke off.
    const onBreak = () => {
      if (!request.complete) reject(new Gone());
    };
    request.once('error', onBreak);
    request.once('close', onBreak);
  });
}

/** Bytes to plain data, or a `Refusal`. Nothing of the parser's own message is passed on: it quotes the body. */
export function parseJson(bytes: Buffer, limits: BodyLimits): unknown {
  if (bytes[0] === 0xef && bytes[1] === 0xbb) throw badJson('Send JSON without a byte order mark.');
  const plain = isAscii(bytes);
  if (!plain && !isUtf8(bytes)) throw badJson('The body is not valid UTF-8.');
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString(plain ? 'latin1' : 'utf8'));
  } catch {
    throw badJson('The body is not valid JSON.');
  }
  if (typeof value === 'object' && value !== null)
    walk(value, limits.LIMIT_BODY_DEPTH, { keys: limits.LIMIT_BODY_KEYS });
  return value;
}

const isDangerous = (key: string): boolean =>
  (key.length === 9 && (key === '__proto__' || key === 'prototype')) || (key.length === 11 && key === 'constructor');

const isRecord = (value: object): value is Record<string, unknown> => !Array.isArray(value);

/** One pass over the parsed body; `levels` left bounds the recursion, so it can't exhaust the stack. */
function walk(value: object, levels: number, left: { keys: number }): void {
  if (levels === 0) throw badJson('The body is nested too deeply.');
  if (Array.isArray(value)) {
    for (const item of value) check(item, levels, left);
    return;
  }
  if (!isRecord(value)) return;
  for (const key of Object.keys(value)) {
    if (--left.keys < 0) throw badJson('The body has too many keys.');
    if (isDangerous(key)) Reflect.deleteProperty(value, key);
    else check(value[key], levels, left);
  }
}

function check(item: unknown, levels: number, left: { keys: number }): void {
  if (typeof item === 'object' && item !== null) walk(item, levels - 1, left);
  else if (typeof item === 'number' && !Number.isFinite(item))
    throw badJson('The body has a number that is too large.');
}
