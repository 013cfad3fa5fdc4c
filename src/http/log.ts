import { createHmac, randomBytes } from 'node:crypto';
import { pino, type DestinationStream } from 'pino';
import type { Config } from '#src/config.ts';
import { StorageError } from '#src/log/ports.ts';

/** Facts that may stand in a log line as they are: numbers, and words out of our own closed lists. */
const PLAIN = new Set([
  'address', 'attempts', 'bytes', 'channel', 'check', 'code', 'count', 'engine', 'job', 'kind', 'language', 'method',
  'mode', 'ms', 'node', 'offering', 'outcome', 'pending', 'port', 'reason', 'route', 'seq', 'setting', 'severity', 'signal',
  'state', 'status', 'step', 'topic', 'version',
]); // prettier-ignore
/** Ids of people and of what they wrote: hashed with a salt of this process, so that lines can still be put together. */
const HASHED = new Set(['agent', 'client', 'conversation', 'person', 'request', 'tenant']);

export type Fields = Readonly<Record<string, unknown>>;

/** What happened, as a short name, and its facts. Fields that are not on the list are left out, whoever passes them. */
export interface Log {
  readonly debug: (event: string, fields?: Fields) => void;
  readonly info: (event: string, fields?: Fields) => void;
  readonly warn: (event: string, fields?: Fields) => void;
  readonly error: (event: string, fields?: Fields) => void;
}

const WORD = /^[\w.:/*-]{1,80}$/;
const LONG_NUMBER = /\d{6,}/;

/** A word is kept, free text is not: anything with a space, an @, a plus or a long number could be somebody's. */
function plain(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  return typeof value === 'string' && WORD.test(value) && !LONG_NUMBER.test(value) ? value : '(withheld)';
}

/** Name, code and stack of an error without its message, which may quote what a person wrote. */
function trace(error: unknown): Fields {
  if (!(error instanceof Error)) return { name: typeof error };
  const stack = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const code = 'code' in error && typeof error.code === 'string' ? { code: plain(error.code) } : {};
  // What a database is at fault for is a word of a closed list of ours.
  const reason = error instanceof StorageError ? { reason: error.reason } : {};
  return { name: plain(error.name), ...code, ...reason, at: stack.slice(0, 8).map((line) => line.trim()) };
}

/** The server's log: JSON lines on stdout (or `sink`), by allow-list. */
export function createLog(config: Pick<Config, 'LOG_LEVEL'>, sink?: DestinationStream): Log {
  const salt = randomBytes(16);
  const hash = (value: unknown) => createHmac('sha256', salt).update(String(value)).digest('hex').slice(0, 12);
  const options = { level: config.LOG_LEVEL, base: null, timestamp: () => `,"at":"${new Date().toISOString()}"` };
  const out = sink === undefined ? pino(options) : pino(options, sink);
  const told = (fields: Fields): Record<string, unknown> => {
    const kept: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(fields)) {
      if (value === undefined) continue;
      if (name === 'error') kept[name] = trace(value);
      else if (HASHED.has(name)) kept[name] = hash(value);
      else if (PLAIN.has(name)) kept[name] = plain(value);
    }
    return kept;
  };
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (event: string, fields: Fields = {}): void => {
      if (out.isLevelEnabled(level)) out[level](told(fields), event);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
