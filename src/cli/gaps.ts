import { createHash } from 'node:crypto';
import type { Gold } from '#knowledge/examples.ts';
import type { Language, OfferingId } from '#knowledge/schema.ts';
import type { Search } from '#knowledge/search.ts';
import { withoutPersonalData } from '#src/intake/redact.ts';
import type { FeedbackPage } from '#src/log/feedback-page.ts';
import type { Feedback, Storage, Unit } from '#src/log/ports.ts';
import { clustersOf, type Cluster } from './cluster.ts';

export interface Asked {
  /** Epoch milliseconds: nothing older is read. */
  readonly since: number;
  readonly offering: OfferingId | undefined;
  readonly language: Language | undefined;
}

/** A question that the book didn't answer, or whose answer was judged. */
export interface Question {
  readonly kind: 'unanswered' | Feedback['kind'];
  readonly text: string;
  readonly language: Language;
  readonly offering: OfferingId | null;
  /** The article that was shown; null where there was none. */
  readonly topic: string | null;
  readonly at: number;
}

/** Questions of one kind that say nearly the same. */
export interface Gap {
  readonly kind: 'unanswered' | 'not-helpful';
  readonly count: number;
  readonly question: string;
  readonly offering: OfferingId | null;
  readonly languages: readonly Language[];
  /** The article that didn't help. */
  readonly topic: string | null;
  /** What the book has nearest to it now. */
  readonly nearest: { readonly topic: string; readonly score: number } | null;
  /** ISO date. */
  readonly newest: string;
  readonly others: readonly string[];
}

const PAGE = 500;

/** Reads what people asked and judged, the oldest first, page by page. */
export async function readQuestions(storage: Storage, asked: Asked): Promise<Question[]> {
  const judged = await pages(storage, asked.since, (unit, page) => unit.feedback.list(page));
  const unanswered = await pages(storage, asked.since, (unit, page) => unit.feedback.listUnanswered(page));
  const questions = [
    ...judged.flatMap(({ kind, question, language, offering, topic, at }): Question[] =>
      question === null || question === '' ? [] : [{ kind, text: question, language, offering, topic, at }],
    ),
    ...unanswered.map((one): Question => ({ ...one, kind: 'unanswered', topic: null })),
  ];
  return (
    questions
      .filter(({ offering }) => asked.offering === undefined || offering === asked.offering)
      .filter(({ language }) => asked.language === undefined || language === asked.language)
      // Rows that were kept before a rule was added are cleaned when they are read.
      .map((one) => ({ ...one, text: withoutPersonalData(one.text) }))
  );
}

async function pages<T>(
  storage: Storage,
  since: number,
  read: (unit: Unit, page: FeedbackPage) => Promise<T[]>,
): Promise<T[]> {
  const all: T[] = [];
  for (;;) {
    const page = await storage.transact((unit) => read(unit, { since, offset: all.length, limit: PAGE }));
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}

/** What the book lacks: unanswered questions, and answers that didn't help, by how often they were asked. */
export function gapsIn(questions: readonly Question[], search: Search): Gap[] {
  const lacking = questions.filter(({ kind }) => kind === 'unanswered' || kind === 'not-helpful');
  const groups = Map.groupBy(lacking, ({ kind, offering, language, topic }) =>
    [kind, offering, language, topic].join(' '),
  );
  const gaps = [...groups.values()].flatMap((group) =>
    clustersOf(
      group.toSorted((a, b) => b.at - a.at),
      ({ text }) => text,
    ).map((cluster) => gapOf(cluster, search)),
  );
  return gaps.toSorted((a, b) => b.count - a.count || (a.newest < b.newest ? 1 : a.newest > b.newest ? -1 : a.question < b.question ? -1 : 1)); // prettier-ignore
}

const OTHERS = 3;

function gapOf({ leader, members }: Cluster<Question>, search: Search): Gap {
  const { kind, text, offering, language, topic } = leader;
  const found = offering === null ? undefined : search.ask({ question: text, language, offering });
  const near = found?.best ?? found?.alternatives[0];
  return {
    kind: kind === 'not-helpful' ? kind : 'unanswered',
    count: members.length,
    question: text,
    offering,
    languages: [...new Set(members.map((one) => one.language))],
    topic,
    nearest: near ? { topic: near.topic, score: Math.round(near.score * 100) / 100 } : null,
    newest: new Date(Math.max(...members.map(({ at }) => at))).toISOString().slice(0, 10),
    others: [...new Set(members.map((one) => one.text))].filter((other) => other !== text).slice(0, OTHERS),
  };
}

/** For people: one line a gap, with what it is near to. */
export function tableOf(gaps: readonly Gap[]): string[] {
  return gaps.flatMap(({ count, kind, newest, languages, offering, question, topic, nearest, others }) => [
    `${String(count).padStart(4)} × ${kind.padEnd(11)} ${newest} ${languages.join(',').padEnd(5)} ${offering ?? '(offering not known)'}  ${question}`,
    ...(topic === null ? [] : [`       shown: ${topic}`]),
    ...(nearest === null || nearest.topic === topic ? [] : [`       nearest: ${nearest.topic} (${nearest.score})`]),
    ...others.map((other) => `       also: ${other}`),
  ]);
}

interface LearntExample extends Gold {
  readonly from: Question['kind'];
  readonly shown?: string | null;
}

/** A line of `knowledge/examples/ask`, for a person to label: what helped has its topic already. */
export function exampleOf({ kind, text, language, offering, topic }: Question): LearntExample | undefined {
  if (offering === null || kind === 'rating') return undefined;
  const digest = createHash('sha256').update(`${offering} ${language} ${text}`).digest('hex').slice(0, 10);
  const line = {
    id: `learnt-${digest}`,
    question: text,
    lang: language,
    offering,
    topic: kind === 'helpful' ? topic : null,
  };
  return { ...line, from: kind, ...(kind === 'not-helpful' && { shown: topic }) };
}
