import { DateTime } from 'luxon';
import type { Finding } from './finding.ts';
import type { Article } from './schema.ts';

/** After this many months somebody should have read an article again. */
const MONTHS = 18;

/**
 * `overdue`: articles that nobody has read for 18 months, which is told and no fault. `future`: dates that are still to come,
 * which can't be true; a day is allowed for whoever is further east. `now` in epoch milliseconds.
 */
export function checkReviewed(articles: readonly Article[], now: number): { overdue: Finding[]; future: Finding[] } {
  const today = DateTime.fromMillis(now, { zone: 'utc' });
  const oldest = today.minus({ months: MONTHS }).toISODate() ?? '';
  const newest = today.plus({ days: 1 }).toISODate() ?? '';
  return {
    overdue: articles
      .filter(({ reviewed }) => reviewed < oldest)
      .map((one) => told(one, `reviewed on ${one.reviewed}, more than ${MONTHS} months ago: read it again`)),
    future: articles
      .filter(({ reviewed }) => reviewed > newest)
      .map((one) => told(one, `${one.reviewed} is still to come`)),
  };
}

function told(article: Article, problem: string): Finding {
  return { file: `articles/${article.language}/${article.topic}.md`, field: 'reviewed', problem };
}
