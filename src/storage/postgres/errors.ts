import { StorageError } from '#src/log/ports.ts';
import type { StorageFault } from '#src/log/ports.ts';

/** PostgreSQL's codes (https://www.postgresql.org/docs/current/errcodes-appendix.html) by their beginning, and Node's. */
const FAULTS: readonly (readonly [code: string, reason: StorageFault, message: string])[] = [
  ['23505', 'taken', 'A unique key is in use already.'],
  ['55P03', 'locked', 'Another session holds a lock that Frontdesk needs: end it, or let it finish.'],
  ['57014', 'locked', 'A statement took too long and was cancelled: look for locks and for a slow disk.'],
  ['40001', 'locked', 'Transactions kept getting in each other’s way: look for a long-running one.'],
  ['40P01', 'locked', 'Transactions kept getting in each other’s way: look for a long-running one.'],
  ['53100', 'full', 'The disk of the PostgreSQL server is full: make room.'],
  ['25006', 'read-only', 'PostgreSQL takes no writes: let DATABASE_URL name the primary server.'],
  ['42501', 'read-only', 'The PostgreSQL user may not write: grant it the rights on its schema.'],
  ['XX001', 'corrupt', 'PostgreSQL found damaged data: restore a backup.'],
  ['XX002', 'corrupt', 'PostgreSQL found a damaged index: rebuild it, or restore a backup.'],
  ['53', 'unreachable', 'The PostgreSQL server is out of resources: look at its memory and connections.'],
  ['57P', 'unreachable', 'The PostgreSQL server is shutting down or starting: wait for it.'],
  ['25P03', 'unreachable', 'The transaction stood idle for too long and was ended.'],
  ['08', 'unreachable', 'The connection to PostgreSQL was lost: look at the server and the network.'],
  ['28', 'unreachable', 'PostgreSQL refused the sign-in: look at user and password in DATABASE_URL.'],
  ['3D000', 'unreachable', 'PostgreSQL does not have the database that DATABASE_URL names: create it.'],
  ['E', 'unreachable', 'PostgreSQL does not answer: look at the server, the network, and DATABASE_URL.'],
];

/** pg gives a lost connection and a full pool no code, only these words. */
const LOST =
  /connection terminated|connection ended|not queryable|timeout exceeded when trying to connect|client was closed/i;

/** Turns what PostgreSQL, pg or the network said into ours; anything else stays as it is. */
export function storageError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StorageError) return error;
  const code = codeOf(error);
  const fault = FAULTS.find(([prefix]) => code?.startsWith(prefix));
  if (fault) return new StorageError(fault[1], `${fault[2]} (${code})`, error);
  if (LOST.test(error.message)) {
    return new StorageError('unreachable', 'PostgreSQL does not answer: look at the server and the network.', error);
  }
  return error;
}

/** Serialization failure and deadlock: the same transaction, run again, may well succeed. */
export function mayRunAgain(error: unknown): boolean {
  const cause = error instanceof StorageError ? error.cause : error;
  const code = codeOf(cause);
  return code === '40001' || code === '40P01';
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
