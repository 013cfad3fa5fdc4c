import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { readArticles } from './articles.ts';
import { treesOf } from './book.ts';
import { checkCanned, readCanned } from './canned.ts';
import { checkArticle } from './check-article.ts';
import { checkHosts, readHosts } from './check-hosts.ts';
import { checkInStep, readOneLanguageOnly, readWritten } from './check-in-step.ts';
import { checkPhrases, repeatedKeys } from './check-phrases.ts';
import { readSynonyms } from './concepts.ts';
import { readGold } from './examples.ts';
import type { Finding } from './finding.ts';
import { checkContradictions } from './check-contradictions.ts';
import { checkReferences } from './check-references.ts';
import { checkQuotes, quotesAt, quotesOf } from './check-values.ts';
import { readExcerpts } from './excerpts.ts';
import { contradictionsSchema, sourcesSchema, type Contradictions, type Rules } from './offering.ts';
import { readRoles, readRules } from './rules.ts';
import { articleMetaSchema, LANGUAGES, type Article } from './schema.ts';
import { readServiceWords } from './services.ts';
import { ticketValues } from './tickets.ts';

const topicsSchema = z.record(z.string(), articleMetaSchema.pick({ offerings: true, audience: true }));
type Topics = z.infer<typeof topicsSchema>;

/** The contradictions that are known, each with who won and why. Throws where the file can't be read. */
export function readContradictions(dir: string): Contradictions {
  return contradictionsSchema.parse(parse(readFileSync(join(dir, 'contradictions.yaml'), 'utf8')));
}

/**
 * Everything that can be wrong with the book below `dir`, all of it, each with file and field; with the operator's own
 * calendars from `calendarDir`.
 */
export function checkBook(dir: string, calendarDir?: string): Finding[] {
  const findings: Finding[] = [...checkPhrases(dir), ...phraseFiles(dir).flatMap((file) => repeatedKeys(dir, file))];
  guard('synonyms.yaml', findings, () => readSynonyms(dir));
  const roles = guard('roles.json', findings, () => readRoles(dir));
  findings.push(...checkCanned(guard('canned', findings, () => readCanned(dir)) ?? []));
  guard('services.json', findings, () => readServiceWords(dir));
  const rules = guard('offerings', findings, () => readRules(dir, calendarDir));
  const topics = guard('topics.yaml', findings, () =>
    topicsSchema.parse(parse(readFileSync(join(dir, 'topics.yaml'), 'utf8'))),
  );
  if (rules === undefined || topics === undefined) return findings;
  findings.push(...checkSources(dir, rules), ...checkReferences(rules, roles ?? [], readExcerpts(dir)));
  const { articles, findings: unread } = readArticles(dir, treesOf(rules));
  findings.push(...unread, ...checkTopics(articles, topics), ...articles.flatMap((one) => checkArticle(one, rules)));
  const hosts = guard('hosts.yaml', findings, () => readHosts(dir));
  if (hosts !== undefined) findings.push(...checkHosts(articles, hosts));
  const alone = guard('one-language-only.yaml', findings, () => readOneLanguageOnly(dir));
  if (alone !== undefined) findings.push(...checkInStep(readWritten(dir), alone));
  return [...findings, ...checkExamples(dir, topics)];
}

/** Runs a reader; what it throws becomes a finding in `file`. */
function guard<T>(file: string, findings: Finding[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    findings.push({ file, field: '', problem: error instanceof Error ? error.message : 'not readable' });
    return undefined;
  }
}

function phraseFiles(dir: string): string[] {
  return LANGUAGES.flatMap((language) =>
    readdirSync(join(dir, 'phrases', language))
      .filter((name) => name.endsWith('.json'))
      .map((name) => `phrases/${language}/${name}`),
  );
}

/** Every language has every topic, with the offerings and the audience of the table of contents. */
function checkTopics(articles: readonly Article[], topics: Topics): Finding[] {
  const found = new Map(articles.map((article) => [`articles/${article.language}/${article.topic}.md`, article]));
  const missing = LANGUAGES.flatMap((language) =>
    Object.keys(topics)
      .map((topic) => `articles/${language}/${topic}.md`)
      .filter((file) => !found.has(file))
      .map((file) => ({ file, field: '', problem: 'this topic has no article in this language' })),
  );
  return [...missing, ...[...found].flatMap(([file, article]) => compare(file, article, topics[article.topic]))];
}

function compare(file: string, article: Article, topic: Topics[string] | undefined): Finding[] {
  if (topic === undefined) return [{ file, field: 'topic', problem: 'not in topics.yaml' }];
  const findings: Finding[] = [];
  const offerings = topic.offerings.toSorted().join(', ');
  if (article.offerings.toSorted().join(', ') !== offerings) {
    findings.push({ file, field: 'offerings', problem: `topics.yaml says ${offerings}` });
  }
  if (article.audience !== topic.audience) {
    findings.push({ file, field: 'audience', problem: `topics.yaml says ${topic.audience}` });
  }
  return findings;
}

/** Every value rests on words that stand in a document that `sources.yaml` names; where documents differ, it is decided. */
function checkSources(dir: string, rules: Rules): Finding[] {
  const findings: Finding[] = [];
  const sources = guard('sources.yaml', findings, () =>
    sourcesSchema.parse(parse(readFileSync(join(dir, 'sources.yaml'), 'utf8'))),
  );
  const decided = guard('contradictions.yaml', findings, () => readContradictions(dir));
  if (sources === undefined || decided === undefined) return findings;
  const tickets = guard('tickets', findings, () => ticketValues(dir)) ?? [];
  const ticketQuotes = tickets.flatMap(({ file, value }) => quotesAt({ file, field: value.path }, value));
  const quotes = checkQuotes([...quotesOf(rules, decided), ...ticketQuotes], sources, readExcerpts(dir));
  return [...findings, ...quotes, ...checkContradictions(rules, decided)];
}

/** Labelled questions point at topics that exist in the offering they were asked in. */
function checkExamples(dir: string, topics: Topics): Finding[] {
  const findings: Finding[] = [];
  const ids = new Set<string | number>();
  for (const name of readdirSync(join(dir, 'examples', 'ask')).filter((one) => one.endsWith('.jsonl'))) {
    const file = `examples/ask/${name}`;
    for (const { id, topic, offering } of guard(file, findings, () => readGold(join(dir, file))) ?? []) {
      if (ids.has(id)) findings.push({ file, field: String(id), problem: 'this id stands twice' });
      ids.add(id);
      if (topic !== null && topics[topic]?.offerings.includes(offering) !== true) {
        findings.push({ file, field: String(id), problem: `${offering} has no topic ${topic}` });
      }
    }
  }
  return findings;
}
