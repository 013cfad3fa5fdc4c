import type { Feedback as Given, Unit } from '#src/log/ports.ts';
import { Query } from './query.ts';
import type { Lane } from './query.ts';
import type { FeedbackTable, UnansweredTable } from './tables.ts';

const add = new Query<FeedbackTable>(({ db }, at) =>
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

const addUnanswered = new Query<UnansweredTable>(({ db }, at) =>
  db.insertInto('unanswered').values({ text: at.text, language: at.language, offering: at.offering, at: at.at }),
);

type Unanswered = Parameters<Unit['feedback']['addUnanswered']>[0];

/** What people thought of an answer, and what nobody could answer. */
export class Feedback {
  readonly #lane: Lane;

  constructor(lane: Lane) {
    this.#lane = lane;
  }

  async add(feedback: Given): Promise<void> {
    await add.write(this.#lane, feedback);
  }

  async addUnanswered(question: Unanswered): Promise<void> {
    await addUnanswered.write(this.#lane, question);
  }
}
