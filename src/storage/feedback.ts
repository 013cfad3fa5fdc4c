import { sql } from 'kysely';
import type { FeedbackPage } from '#src/log/feedback-page.ts';
import type { Feedback as Given, Rating, Unanswered } from '#src/log/ports.ts';
import { Query } from './query.ts';
import type { Lane } from './query.ts';
import type { UnansweredTable } from './tables.ts';

const add = new Query<Given>(({ db }, at) =>
  db.insertInto('feedback').values({
    conversation: at.conversation,
    kind: at.kind,
    topic: at.topic,
    question: at.question,
    language: at.language,
    score: at.score,
    comment: at.comment,
    at: at.at,
  }),
);

/** What stands there stays where the new line says nothing of it. */
const rate = new Query<Rating>(({ db }, at) =>
  db
    .insertInto('feedback')
    .values({
      conversation: at.conversation,
      kind: sql.lit('rating'),
      topic: null,
      question: null,
      language: at.language,
      score: at.score,
      comment: at.comment,
      at: at.at,
      agent: at.agent,
      talk: at.talk,
    })
    .onConflict((conflict) =>
      conflict.columns(['conversation', 'talk']).doUpdateSet((row) => ({
        score: row.fn.coalesce('excluded.score', 'feedback.score'),
        comment: row.fn.coalesce('excluded.comment', 'feedback.comment'),
      })),
    ),
);

const addUnanswered = new Query<UnansweredTable>(({ db }, at) =>
  db.insertInto('unanswered').values({ text: at.text, language: at.language, offering: at.offering, at: at.at }),
);

type Told = Given & Pick<Unanswered, 'offering'>;

const list = new Query<FeedbackPage, Told>(({ db }, at) =>
  db
    .selectFrom('feedback')
    .leftJoin('conversations', 'conversations.id', 'feedback.conversation')
    .select(['feedback.conversation', 'kind', 'topic', 'question', 'feedback.language', 'score', 'comment', 'at'])
    .select('conversations.offering')
    .where('at', '>=', at.since)
    .orderBy('at')
    .orderBy('feedback.conversation')
    .limit(at.limit)
    .offset(at.offset),
);

const listUnanswered = new Query<FeedbackPage, UnansweredTable>(({ db }, at) =>
  db
    .selectFrom('unanswered')
    .selectAll()
    .where('at', '>=', at.since)
    .orderBy('at')
    .orderBy('text')
    .limit(at.limit)
    .offset(at.offset),
);

/** What people thought of an answer, and what nobody could answer. */
export class Feedback {
  readonly #lane: Lane;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  async add(feedback: Given): Promise<void> {
    await add.write(this.#lane, feedback);
  }

  async rate(rating: Rating): Promise<void> {
    await rate.write(this.#lane, rating);
  }

  async addUnanswered(question: Unanswered): Promise<void> {
    await addUnanswered.write(this.#lane, question);
  }

  async list(page: FeedbackPage): Promise<Told[]> {
    return list.all(this.#lane, page);
  }

  async listUnanswered(page: FeedbackPage): Promise<Unanswered[]> {
    return listUnanswered.all(this.#lane, page);
  }
}
