import { set } from './setting.ts';
import { whole } from './values.ts';

const limit = (title: string, meaning: string, byDefault: number) =>
  set(whole(1, 1_000_000_000), title, meaning, [String(byDefault), String(byDefault)]);

/** Starting values: promises.md, "Limits". */
export const LIMITS = {
  LIMIT_BODY_BYTES: limit('JSON body', 'bytes', 262_144),
  LIMIT_BODY_DEPTH: limit('JSON depth', 'levels', 64),
  LIMIT_BODY_KEYS: limit('JSON keys', 'keys in one body', 2_000),
  LIMIT_ID_CHARS: limit('Ids', 'characters', 512),
  LIMIT_UPLOAD_BYTES: limit('Upload', 'bytes of one file', 5_242_880),
  LIMIT_UPLOAD_FILES: limit('Uploads', 'files in one message', 5),
  LIMIT_REQUEST_MS: limit('Request', 'milliseconds until it has arrived whole', 15_000),
  LIMIT_HEADERS_MS: limit('Headers', 'milliseconds until they have arrived', 10_000),
  LIMIT_KEEP_ALIVE_MS: limit('Idle connection', 'milliseconds', 65_000),
  LIMIT_CONNECTIONS: limit('Connections', 'at once, without WebSockets', 500),
  LIMIT_SOCKETS: limit('WebSockets', 'at once', 2_000),
  LIMIT_SOCKETS_PER_USER: limit('WebSockets of one person', 'at once', 2),
  LIMIT_QUEUE: limit('Waiting messages', 'of one conversation, then 429', 20),
  LIMIT_TOKEN_S: limit('Chat token', 'seconds; Web Chat refreshes every 15 minutes', 1_800),
  LIMIT_SESSION_S: limit('Chat session', 'seconds through all refreshes', 86_400),
  LIMIT_STREAM_URL_S: limit('Stream address', 'seconds', 60),
  LIMIT_DESK_IDLE_S: limit('Desk session, idle', 'seconds', 1_800),
  LIMIT_DESK_SESSION_S: limit('Desk session', 'seconds', 43_200),
  LIMIT_DRAIN_MS: limit('Shutdown', 'milliseconds', 10_000),
  INCIDENT_EVERY_S: limit(
    'Ended incidents',
    'seconds between two looks whether an incident that people wait for is over',
    60,
  ),
  REOPEN_DAYS: limit('Reopening', 'days in which a request that ended can be opened again', 14),
  KEEP_DAYS: limit(
    'Housekeeping',
    'days for which jobs that are done, mails kept to be shown and notices that are over stay',
    90,
  ),
  KEEP_TALKS_DAYS: limit(
    'Old talks',
    'days after the last word until what was said and sent goes, where no request, promise or incident is open',
    730,
  ),
  RATE_MINT: limit('Tokens', 'minted per minute and address', 600),
  RATE_SIGN_IN: limit('Desk sign-ins', 'per minute and address', 60),
  RATE_MESSAGES: limit('Messages', 'per 10 seconds and person', 200),
  RATE_UPLOADS: limit('Uploads', 'per minute and person', 20),
} as const;
