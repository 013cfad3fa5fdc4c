import { LANGUAGES, type Article, type OfferingId } from '#knowledge/schema.ts';
import { topicOf } from '#src/cli/docs-topic.ts';
import { makeDocument } from '../import/make-docs.ts';
import { read } from '../import/read.ts';

/**
 * As many articles as asked for, as `import-docs` makes them from documents of Microsoft's kind: for measuring the search
 * with ten or fifty thousand. The same every time, in every language in turn.
 */
export function importedArticles(count: number, offering: OfferingId = 'worldwide'): Article[] {
  const made: Article[] = [];
  for (let at = 0; made.length < count; at++) {
    const language = LANGUAGES[at % LANGUAGES.length] ?? 'en';
    const document = makeDocument(Math.floor(at / LANGUAGES.length), language);
    const { articles, title, reviewed = '2026-01-01', audience } = read(document, { offering });
    for (const [nth, { part, title: name, keywords, body }] of articles.entries()) {
      const topic = topicOf({ offering, name: 'made', path: document.path, heading: part, nth });
      const about = { topic, title: name, audience, keywords: [...keywords], body, language, reviewed };
      made.push({ ...about, offerings: [offering], questions: [], source: title, imported: true });
    }
  }
  return made.slice(0, count);
}
