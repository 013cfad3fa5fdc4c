import type { Mail } from '#src/log/ports.ts';
import { Query } from './query.ts';
import type { Lane } from './query.ts';
import type { MailsTable } from './tables.ts';

/** The same id again changes nothing: a mail job may run twice. */
const add = new Query<MailsTable>(({ db }, at) =>
  db
    .insertInto('mails')
    .values({ id: at.id, to: at.to, subject: at.subject, text: at.text, at: at.at })
    .onConflict((conflict) => conflict.column('id').doNothing()),
);

const list = new Query<{ limit: number }, MailsTable>(({ db }, at) =>
  db.selectFrom('mails').selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(at.limit),
);

/** Mail that the local mode shows instead of sending it. */
export class Mails {
  readonly #lane: Lane;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  async add(mail: Mail): Promise<void> {
    await add.write(this.#lane, mail);
  }

  /** Newest first. */
  list(limit: number): Promise<Mail[]> {
    return list.all(this.#lane, { limit });
  }
}
