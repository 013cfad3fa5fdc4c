import { normalise, type Concepts } from './concepts.ts';
import type { Example } from './examples.ts';
import type { Heard } from './search-doubts.ts';
import type { Asked } from './search-fit.ts';
import { createGramReader } from './search-grams.ts';
import type { Lesson } from './search-training.ts';
import { OFFERINGS, type Article, type OfferingId } from './schema.ts';

/** The classes: a topic each, then for every offering one of "the book has no answer". */
export interface Classes {
  readonly topics: readonly string[];
  /** The classes among which a question of this offering is judged. */
  candidates(offering: OfferingId): Int32Array;
  none(offering: OfferingId): number;
}

/** A text as the search reads it, with its signs. */
export type Reader = (text: string) => Pick<Heard, 'text' | 'buckets'>;

/** Reads each text once: one that has no answer in three other offerings is learnt from four times. */
export function createReader(concepts: Concepts): Reader {
  const known = new Map<string, ReturnType<Reader>>();
  const gramsOf = createGramReader();
  return (question) => {
    let read = known.get(question);
    if (read === undefined) {
      const text = normalise(question);
      const { buckets, count } = gramsOf(text, concepts.scan(text));
      known.set(question, (read = { text, buckets: buckets.slice(0, count) }));
    }
    return read;
  };
}

/** What there is to learn from. */
interface Taught {
  articles: readonly Article[];
  examples: readonly Example[];
}

/** With fewer examples a topic is no class of its own, and is found by its text alone. */
const FEWEST = 4;

/** `topics`: those of the classifier; `articles`: where each of them may be shown. */
export function createClasses(topics: readonly string[], articles: readonly Article[]): Classes {
  // Of ten thousand articles a hundred may have a topic that was taught.
  const taught = new Set(topics);
  const ofTaught = articles.filter(({ topic }) => taught.has(topic));
  const shown = new Map(ofTaught.map(({ topic, offerings }) => [topic, offerings]));
  const candidates = new Map(
    OFFERINGS.map((offering) => {
      const own = topics.flatMap((topic, at) => (shown.get(topic)?.includes(offering) === true ? [at] : []));
      return [offering, Int32Array.from(own)];
    }),
  );
  return {
    topics,
    candidates: (offering) => candidates.get(offering) ?? new Int32Array(0),
    none: (offering) => topics.length + OFFERINGS.indexOf(offering),
  };
}

/** Topics with examples enough to be told from the others by them. */
export function taughtTopics(articles: readonly Article[], examples: readonly Example[]): string[] {
  const counts = new Map<string, number>();
  for (const { topic } of examples) if (topic !== null) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  const topics = [...new Set(articles.map(({ topic }) => topic))];
  return topics.filter((topic) => (counts.get(topic) ?? 0) >= FEWEST).toSorted();
}

/**
 * What there is to learn from: the examples, and of the taught topics' articles title, questions and keywords. A question is
 * learnt for every offering in which its topic is shown; one without an answer for its own.
 */
export function lessonsFrom({ articles, examples }: Taught, classes: Classes, read: Reader): Lesson[] {
  const positions = new Map(classes.topics.map((topic, at) => [topic, at]));
  const competing = new Map(
    OFFERINGS.map((offering) => [offering, Int32Array.of(...classes.candidates(offering), classes.none(offering))]),
  );
  const among = (offering: OfferingId, right: number): Lesson['asked'][number] => ({
    candidates: competing.get(offering) ?? new Int32Array(0),
    right,
  });
  const everywhere = (topic: string): Lesson['asked'] => {
    const right = positions.get(topic) ?? -1;
    return OFFERINGS.filter((offering) => classes.candidates(offering).includes(right)).map((offering) =>
      among(offering, right),
    );
  };
  const asked = examples.map(({ question, topic, offering }) => ({
    buckets: read(question).buckets,
    asked: topic === null ? [among(offering, classes.none(offering))] : everywhere(topic),
  }));
  const written = articles.flatMap(({ topic, title, questions, keywords }) =>
    [title, ...questions, ...keywords].map((text) => ({ buckets: read(text).buckets, asked: everywhere(topic) })),
  );
  return [...asked, ...written].filter((lesson) => lesson.asked.length > 0 && lesson.buckets.length > 0);
}

/** Every example, and what articles of `topics` call themselves, with the topics that answer it; each text once. */
export function askedIn({ articles, examples }: Taught, topics: readonly string[], read: Reader): Asked[] {
  const asked = new Map<string, Set<string>>();
  const known = new Set(topics);
  const hear = (question: string, topic: string | null): void => {
    const { text } = read(question);
    const right = asked.get(text) ?? new Set();
    asked.set(text, topic === null ? right : right.add(topic));
  };
  for (const { question, topic } of examples) hear(question, topic);
  for (const { title, questions, topic } of articles.filter((one) => known.has(one.topic)))
    for (const text of [title, ...questions]) hear(text, topic);
  return Array.from(asked, ([text, right]) => ({ text, topics: [...right] }));
}

/** Every text once, with whether any offering answers it; what an article calls itself is answered by it. */
export function heardIn({ articles, examples }: Taught, read: Reader): Heard[] {
  const heard = new Map<string, Heard>();
  const hear = (question: string, isAnswered: boolean): void => {
    const { text, buckets } = read(question);
    heard.set(text, { text, buckets, isAnswered: isAnswered || heard.get(text)?.isAnswered === true });
  };
  for (const { question, topic } of examples) hear(question, topic !== null);
  for (const { title, questions } of articles) for (const text of [title, ...questions]) hear(text, true);
  return [...heard.values()];
}
