import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { goldSchema, type Gold } from '#knowledge/examples.ts';
import { LANGUAGES, OFFERINGS } from '#knowledge/schema.ts';
import type { Search } from '#knowledge/search.ts';
import { isMiss, renderReport } from './ask-report.ts';
import type { Outcome, Scores } from './ask-report.ts';
import { unmarked } from './render.ts';

/** What is asked of each language; below it, `evaluate ask` ends with 1. */
export const floorsSchema = z.object({
  first: z.number(),
  three: z.number(),
  refused: z.number(),
  wronglyRefused: z.number(),
  facts: z.number().optional(),
});
export type Floors = z.infer<typeof floorsSchema>;

export interface EvaluateOptions {
  search: Search;
  floors?: Floors | undefined;
  /** Where to write the HTML report. */
  report?: string | undefined;
}

/**
 * `evaluate ask`: labelled questions in, scores per language and offering out, then a line for each miss. Returns 0, 1 where a
 * language falls below the floors, 2 where a line can't be read.
 */
export async function runEvaluateAsk(
  lines: AsyncIterable<string>,
  options: EvaluateOptions,
  out: (line: string) => void,
): Promise<number> {
  const gold: Gold[] = [];
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const read = readGold(line);
    if (read === undefined) {
      console.error(`line ${gold.length + 1}: not a labelled question`);
      return 2;
    }
    gold.push(read);
  }
  const outcomes = askAll(gold, options.search);
  const scores = scoreGroups(outcomes);
  for (const score of scores) out(JSON.stringify(score));
  for (const outcome of outcomes.filter(isMiss)) out(JSON.stringify({ miss: outcome.id, ...outcome }));
  if (options.report !== undefined) writeFileSync(options.report, renderReport(scores, outcomes));
  const { floors } = options;
  return floors === undefined || scores.every((score) => reaches(score, floors)) ? 0 : 1;
}

function readGold(line: string): Gold | undefined {
  try {
    return goldSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

/** Asks every question as a person of that language and offering would. */
export function askAll(gold: readonly Gold[], search: Search): Outcome[] {
  return gold.map((one) => {
    const { best, alternatives } = search.ask({ question: one.question, language: one.lang, offering: one.offering });
    const score = best?.score ?? alternatives[0]?.score ?? 0;
    const wrong = wrongIn(unmarked(best?.article.body ?? ''), one);
    return { ...one, found: best?.topic ?? null, score, offered: alternatives.map(({ topic }) => topic), wrong };
  });
}

function wrongIn(shown: string, { says = [], never = [] }: Gold): string[] {
  const isShown = (words: string): boolean => shown.includes(words);
  const lacking = says.map((one) => [one].flat()).filter((ways) => !ways.some(isShown));
  return [...lacking.map((ways) => ways.join(' / ')), ...never.filter(isShown)];
}

/** Scores of all, of each language and of each offering. */
export function scoreGroups(outcomes: readonly Outcome[]): Scores[] {
  const groups = [
    ...LANGUAGES.map((lang) =>
      scoreOf(
        lang,
        outcomes.filter((one) => one.lang === lang),
      ),
    ),
    ...OFFERINGS.map((offering) =>
      scoreOf(
        offering,
        outcomes.filter((one) => one.offering === offering),
      ),
    ),
  ];
  return [scoreOf('all', outcomes), ...groups.filter(({ questions }) => questions > 0)];
}

function scoreOf(group: string, outcomes: readonly Outcome[]): Scores {
  const answerable = outcomes.filter(({ topic }) => topic !== null);
  const others = outcomes.filter(({ topic }) => topic === null);
  const facts = outcomes.filter(({ says }) => says !== undefined);
  return {
    group,
    questions: outcomes.length,
    first: share(answerable, ({ found, topic }) => found === topic),
    three: share(answerable, ({ found, offered, topic }) => found === topic || offered.includes(topic ?? '')),
    refused: share(others, ({ found }) => found === null),
    wronglyRefused: 1 - share(answerable, ({ found }) => found !== null),
    ...(facts.length > 0 && { facts: share(facts, ({ wrong }) => wrong.length === 0) }),
  };
}

function share(outcomes: readonly Outcome[], isSo: (outcome: Outcome) => boolean): number {
  return outcomes.length === 0 ? 1 : outcomes.filter(isSo).length / outcomes.length;
}

/** Floors hold for each language by itself; an average may hide a weak one. */
export function reaches(score: Scores, floors: Floors): boolean {
  if (!LANGUAGES.some((language) => language === score.group)) return true;
  const isEnough = score.first >= floors.first && score.three >= floors.three && score.refused >= floors.refused;
  const areFactsRight = (score.facts ?? 1) >= (floors.facts ?? 0);
  return isEnough && areFactsRight && score.wronglyRefused <= floors.wronglyRefused;
}
