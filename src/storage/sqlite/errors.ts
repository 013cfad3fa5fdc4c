import { StorageError } from '#src/log/ports.ts';
import type { StorageFault } from '#src/log/ports.ts';

/** SQLite's result codes (https://sqlite.org/rescode.html): primary code, what it means here, what to do. */
const FAULTS: readonly (readonly [code: string, reason: StorageFault, message: string])[] = [
  ['SQLITE_BUSY', 'locked', 'Another process holds the database file: end it, or let it finish.'],
  ['SQLITE_LOCKED', 'locked', 'Another process holds the database file: end it, or let it finish.'],
  ['SQLITE_FULL', 'full', 'The disk under DATA_DIR is full: make room.'],
  // SQLite enlarges the wal-index here; it fails only where there is no room.
  ['SQLITE_IOERR_SHMSIZE', 'full', 'The disk under DATA_DIR is full: make room.'],
  ['SQLITE_READONLY', 'read-only', 'The database file cannot be written: give Frontdesk write access to DATA_DIR.'],
  ['SQLITE_PERM', 'read-only', 'The database file cannot be written: give Frontdesk write access to DATA_DIR.'],
  ['SQLITE_CORRUPT', 'corrupt', 'The database file is damaged: restore the last backup into DATA_DIR.'],
  ['SQLITE_NOTADB', 'corrupt', 'frontdesk.db in DATA_DIR is no SQLite database: restore the last backup.'],
  ['SQLITE_CANTOPEN', 'unreachable', 'The database file cannot be opened: look whether DATA_DIR is there.'],
  ['SQLITE_IOERR', 'unreachable', 'The disk under DATA_DIR does not answer: look at the machine.'],
  ['SQLITE_CONSTRAINT_UNIQUE', 'taken', 'A unique key is in use already.'],
  ['SQLITE_CONSTRAINT_PRIMARYKEY', 'taken', 'A unique key is in use already.'],
];

/** System errors from making the folder and the file. */
const FILE_FAULTS: Readonly<Record<string, readonly [StorageFault, string]>> = {
  EACCES: ['read-only', 'DATA_DIR cannot be written: give Frontdesk write access to it.'],
  EPERM: ['read-only', 'DATA_DIR cannot be written: give Frontdesk write access to it.'],
  EROFS: ['read-only', 'DATA_DIR lies on a file system that is mounted read-only.'],
  ENOSPC: ['full', 'The disk under DATA_DIR is full: make room.'],
  ENOTDIR: ['unreachable', 'DATA_DIR is not a folder.'],
  EEXIST: ['unreachable', 'DATA_DIR is not a folder.'],
};

/** Turns what SQLite or the file system said into ours; anything else, such as a mistake in our code, stays as it is. */
export function storageError(error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  const fault = FAULTS.find(([prefix]) => code === prefix || code.startsWith(`${prefix}_`));
  if (fault) return new StorageError(fault[1], `${fault[2]} (${code})`, error);
  const file = FILE_FAULTS[code];
  return file ? new StorageError(file[0], `${file[1]} (${code})`, error) : error;
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
