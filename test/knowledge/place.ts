import type { Article } from '#knowledge/schema.ts';

/** An article with everything a test doesn't care about filled in. */
export function article(parts: Partial<Article> & { topic: string }): Article {
  return {
    title: parts.topic,
    offerings: ['worldwide'],
    audience: 'everyone',
    keywords: [],
    questions: [],
    source: 'test',
    reviewed: '2026-11-20',
    language: 'en',
    body: 'Text.',
    ...parts,
  };
}

export const NO_SYNONYMS = { stop: [], words: [], outside: [], concepts: {}, everyday: {} };
