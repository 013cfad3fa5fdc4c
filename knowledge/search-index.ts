import { CONCEPT, createConcepts, OUTSIDE, type Concepts, type Synonyms } from './concepts.ts';
import type { Example } from './examples.ts';
import { createPartition, type Partition } from './partition.ts';
import { buildIndex, type IndexData, type Learnt, type ShelfData } from './search-build.ts';
import { createClassifier, type Classifier } from './search-classifier.ts';
import { createDoubter, type Doubt, type Doubter } from './search-doubts.ts';
import { createFitter, type Fitter } from './search-fit.ts';
import { createGramReader, type GramReader, type Grams } from './search-grams.ts';
import { createClasses, type Classes } from './search-lessons.ts';
import type { Article, Language, OfferingId } from './schema.ts';
import { tokenise } from './tokens.ts';
import { createSpeller, type Speller } from './typos.ts';
import { createFinder as createTermFinder, type FindWord } from './word-table.ts';

/** What the articles of one offering say, ready to be asked. */
export interface Shelf {
  readonly offering: OfferingId;
  readonly partitions: ReadonlyMap<Language, Partition>;
  readonly speller: Speller;
  /** Its taught topics with their class, and the class of "no answer here". */
  readonly taught: ReadonlyMap<string, number>;
  readonly candidates: Int32Array;
  readonly none: number;
}

/** What a question says: each term once (`undefined` for a token that no article uses), and the classifier's signs. */
export interface Said {
  readonly tokens: ReadonlyMap<string, number | undefined>;
  readonly grams: Grams;
  /** It names a cloud that isn't this one, and not this one: whatever is found here is most likely not what was asked. */
  readonly isForeign: boolean;
  /** It names a matter outside the book. */
  readonly isOutside: boolean;
  /** How much it sounds like what has no answer; undefined where nothing was taught. */
  readonly doubt: Doubt | undefined;
  /** How little it fits a taught topic; see `Fits`. */
  misfit(topic: string): number;
}

export interface Index {
  shelf(offering: OfferingId): Shelf;
  readonly classifier: Classifier | undefined;
  /** Reads a normalised question; what it says is valid until the next is read. */
  read(text: string, shelf: Shelf): Said;
  /** The topic's article in `language`, else in any. */
  inLanguage(topic: string, language: Language): Article | undefined;
}

/** Where a built index is kept, so that the next start needn't build it. `read` gives nothing that is out of date. */
export interface IndexStore {
  read(articles: readonly Article[]): IndexData | undefined;
  /** What was learnt, which stays true when only what articles say has changed. */
  learnt(articles: readonly Article[]): Learnt | undefined;
  write(articles: readonly Article[], data: IndexData): void;
}

export interface Given {
  articles: readonly Article[];
  examples: () => readonly Example[];
  synonyms: Synonyms;
  store: IndexStore | undefined;
}

export function createIndex({ articles, examples, synonyms, store }: Given): Index {
  const concepts = createConcepts(synonyms);
  const data = store?.read(articles) ?? buildAndKeep();
  const parts: Parts = {
    articles,
    concepts,
    termOf: createTermFinder(data.vocabulary),
    classes: createClasses(data.learnt?.weights.topics ?? [], articles),
    gramsOf: createGramReader(),
    doubt: data.learnt === undefined ? undefined : createDoubter(data.learnt.doubts),
    fitter: data.learnt === undefined ? undefined : createFitter(data.learnt.fits),
  };
  const shelves = new Map(data.shelves.map((shelf) => [shelf.offering, lazily(() => openShelf(shelf, parts))]));
  return {
    classifier: data.learnt === undefined ? undefined : createClassifier(data.learnt.weights),
    shelf: (offering) => shelves.get(offering)?.() ?? openShelf({ offering, words: new Map(), partitions: [] }, parts),
    read: (text, shelf) => readQuestion(text, shelf, parts),
    inLanguage: createFinder(articles),
  };

  function buildAndKeep(): IndexData {
    const built = buildIndex({ articles, examples: examples(), concepts }, store?.learnt(articles));
    store?.write(articles, built);
    return built;
  }
}

/** Of ten thousand articles few are ever asked for by topic, so they are ordered by topic when the first is. */
function createFinder(articles: readonly Article[]): Index['inLanguage'] {
  const ordered = lazily(() => {
    const byLanguage = Map.groupBy(articles, ({ language }) => language);
    return new Map(
      Array.from(byLanguage, ([language, own]) => [language, new Map(own.map((article) => [article.topic, article]))]),
    );
  });
  return (topic, language) => {
    const byLanguage = ordered();
    const own = byLanguage.get(language)?.get(topic);
    if (own !== undefined) return own;
    for (const others of byLanguage.values()) {
      const other = others.get(topic);
      if (other !== undefined) return other;
    }
    return undefined;
  };
}

/** The meanings that name another cloud than the offering's own. */
const FOREIGN: Readonly<Record<OfferingId, readonly string[]>> = {
  worldwide: ['vianet', 'azure', 'partner-center'],
  'o365-21vianet': ['azure', 'partner-center'],
  'azure-21vianet': ['partner-center'],
  'partner-center-21vianet': ['azure'],
};
/** Who names his own cloud as well compares the two, and asks about his own: "Azure has four hours, and we with Office 365?" */
const OWN: Readonly<Record<OfferingId, string>> = {
  worldwide: 'worldwide',
  'o365-21vianet': 'office365',
  'azure-21vianet': 'azure',
  'partner-center-21vianet': 'partner-center',
};
/** Azure AD is everybody's directory. */
const ITS_OWN = ['active-directory', 'dir-sync', 'sso'];

/** Makes a value when it is first needed. */
function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

interface Parts {
  articles: readonly Article[];
  concepts: Concepts;
  termOf: FindWord;
  classes: Classes;
  gramsOf: GramReader;
  doubt: Doubter | undefined;
  fitter: Fitter | undefined;
}

function openShelf({ offering, words, partitions }: ShelfData, parts: Parts): Shelf {
  const { concepts, classes, articles } = parts;
  const opened = partitions.map((one) => {
    const own = Array.from(one.articles, (number) => articles[number]).filter((article) => article !== undefined);
    return [one.language, createPartition(own, one)] as const;
  });
  const candidates = classes.candidates(offering);
  return {
    offering,
    partitions: new Map(opened),
    speller: createSpeller(words, concepts.common, concepts.words),
    taught: new Map(Array.from(candidates, (at) => [classes.topics[at] ?? '', at])),
    candidates,
    none: classes.none(offering),
  };
}

function readQuestion(text: string, { speller, offering, taught }: Shelf, parts: Parts): Said {
  const { concepts, termOf, gramsOf, doubt, fitter } = parts;
  const corrected = text.replace(/[a-z]{4,}/g, (word) => speller.correct(word));
  const scan = concepts.scan(corrected);
  const tokens = new Map(tokenise(corrected, scan).map((token) => [token, termOf(token)]));
  const names = (meaning: string): boolean => tokens.has(`${CONCEPT}${meaning}`);
  const isForeign = FOREIGN[offering].some(names) && ![OWN[offering], ...ITS_OWN].some(names);
  const isOutside = scan.tokens.some((token) => token.startsWith(OUTSIDE));
  const grams = gramsOf(corrected, scan);
  const misfits = fitter?.(corrected);
  const misfit = (topic: string): number => misfits?.[taught.get(topic) ?? -1] ?? 0;
  return { tokens, grams, isForeign, isOutside, doubt: doubt?.(corrected, grams), misfit };
}
