import type { SentCode } from '#src/handoff/code.ts';
import { Query } from './query.ts';
import type { Lane } from './query.ts';
import type { CodesTable } from './tables.ts';

const of = new Query<{ conversation: string }, CodesTable>(({ db, locked }, at) =>
  db.selectFrom('codes').selectAll().where('conversation', '=', at.conversation).$call(locked),
);

const keep = new Query<CodesTable>(({ db }, at) => {
  const fields = {
    id: at.id,
    digest: at.digest,
    to: at.to,
    agent: at.agent,
    sent_at: at.sent_at,
    expires_at: at.expires_at,
    tries_left: at.tries_left,
    last_wrong: at.last_wrong,
    state: at.state,
    decided_at: at.decided_at,
    sent: at.sent,
  };
  return db
    .insertInto('codes')
    .values({ conversation: at.conversation, ...fields })
    .onConflict((conflict) => conflict.column('conversation').doUpdateSet(fields));
});

/** Codes by which people show who they are: the last one of each conversation. */
export class Codes {
  readonly #lane: Lane;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  async of(conversation: string): Promise<SentCode | undefined> {
    const row = await of.first(this.#lane, { conversation });
    return (
      row && {
        id: row.id,
        conversation: row.conversation,
        digest: row.digest,
        to: row.to,
        agent: row.agent,
        sentAt: row.sent_at,
        expiresAt: row.expires_at,
        triesLeft: row.tries_left,
        lastWrong: row.last_wrong,
        state: row.state,
        decidedAt: row.decided_at,
        sent: row.sent,
      }
    );
  }

  async keep(code: SentCode): Promise<void> {
    await keep.write(this.#lane, {
      conversation: code.conversation,
      id: code.id,
      digest: code.digest,
      to: code.to,
      agent: code.agent,
      sent_at: code.sentAt,
      expires_at: code.expiresAt,
      tries_left: code.triesLeft,
      last_wrong: code.lastWrong,
      state: code.state,
      decided_at: code.decidedAt,
      sent: code.sent,
    });
  }
}
