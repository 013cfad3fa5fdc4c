import type { Article, Language } from './schema.ts';
import type { Judgement } from './search-classifier.ts';
import type { Index, Said, Shelf } from './search-index.ts';
import type { Asker, Ranked } from './ranking.ts';

/**
 * A topic with everything that speaks for it. `chance` is the classifier's, undefined for a topic that it wasn't taught;
 * `strength` puts text, chance and words together, as logarithm of odds among the topics.
 */
export interface Judged {
  topic: string;
  article: Article;
  coverage: number;
  likeness: number;
  text: number;
  chance: number | undefined;
  /** How little the question fits the words in which the topic is asked for; 0 for one that wasn't taught. */
  misfit: number;
  strength: number;
}

/** The candidates, and how likely the book has no answer at all. */
export interface Outlook {
  judged: Judged[];
  none: number;
}

/** What the text's score weighs against the logarithm of the chance; from cross-validation. */
const TEXT = 4;
/** What not fitting weighs: with it the right topic comes first in 0.1 to 1.4 % more of the questions of eight groups of authors, each left out. */
const MISFIT = 0.3;
const LEAST_CHANCE = 1e-4;
/** Below this chance, and with nothing in its text, a topic is no candidate. */
const WORTH_A_LOOK = 0.01;
/** Steps for administrators shown to somebody who isn't one: only where nothing else comes near. */
const OTHER_AUDIENCE = 1;

/** Puts together what the texts say and what the classifier makes of the question; the strongest of each kind first. */
export function judge(ranked: readonly Ranked[], said: Said, { shelf, index, asker }: Court): Outlook {
  const { classifier } = index;
  if (classifier === undefined || shelf.taught.size === 0) {
    return { judged: ranked.map((one) => weighed(one, undefined, asker, said)).toSorted(byStrength), none: 0 };
  }
  const judgement = classifier(said.grams, shelf.candidates, shelf.none);
  const judged = ranked.map((one) => weighed(one, chanceOf(one.topic, shelf, judgement), asker, said));
  const texts = new Set(ranked.map(({ topic }) => topic));
  for (const [topic, at] of shelf.taught) {
    const chance = judgement.chances[at] ?? 0;
    if (chance < WORTH_A_LOOK || texts.has(topic)) continue;
    const article = index.inLanguage(topic, asker.language);
    if (article === undefined) continue;
    judged.push(weighed({ topic, article, coverage: 0, likeness: 0, score: 0 }, chance, asker, said));
  }
  return { judged: judged.toSorted(byStrength), none: judgement.none };
}

export interface Court {
  shelf: Shelf;
  index: Index;
  asker: Asker & { language: Language };
}

function chanceOf(topic: string, { taught }: Shelf, { chances }: Judgement): number | undefined {
  const at = taught.get(topic);
  return at === undefined ? undefined : (chances[at] ?? 0);
}

function weighed(one: Ranked, chance: number | undefined, { audience }: Asker, said: Said): Judged {
  const { topic, article, coverage, likeness, score: text } = one;
  const odds = chance === undefined ? 0 : Math.log(chance + LEAST_CHANCE);
  const foreign = audience === 'everyone' && article.audience !== 'everyone' ? OTHER_AUDIENCE : 0;
  const misfit = chance === undefined ? 0 : said.misfit(topic);
  const strength = TEXT * text + odds - MISFIT * misfit - foreign;
  return { topic, article, coverage, likeness, text, chance, misfit, strength };
}

/** Those with a chance before those that are found by their text alone, which their confidence puts in place. */
function byStrength(a: Judged, b: Judged): number {
  return Number(b.chance !== undefined) - Number(a.chance !== undefined) || b.strength - a.strength;
}
