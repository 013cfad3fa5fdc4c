import Sqlite from 'better-sqlite3';

/** Holds the write lock of a database file until it is killed. */
const db = new Sqlite(process.argv[2]);
db.exec('begin immediate');
process.stdout.write('locked\n');
// The timer also keeps the handle, and with it the lock, from being collected.
setInterval(() => {
  if (!db.inTransaction) throw new Error('The lock is gone.');
}, 1000);
