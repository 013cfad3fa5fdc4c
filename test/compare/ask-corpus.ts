import type { Article, Language } from '#knowledge/schema.ts';

/**
 * Made-up articles for measuring speed: sentences of the book's own articles put together at random, each with made-up names,
 * of which a few are frequent and most are rare, as words are. The same every time.
 */
export function manyArticles(book: readonly Article[], count: number): Article[] {
  const random = createRandom();
  const languages = [...new Set(book.map(({ language }) => language))];
  const sources = new Map(languages.map((language) => [language, sentencesOf(book, language)]));
  return Array.from({ length: count }, (_, at) => {
    const language = languages[at % languages.length] ?? 'en';
    const sentences = sources.get(language) ?? [];
    const pick = (): string => sentences[Math.floor(random() * sentences.length)] ?? '';
    return {
      topic: `made.up-${at}`,
      title: `${pick().slice(0, 40)} ${anyName(random)}`,
      offerings: ['worldwide'],
      audience: 'everyone',
      keywords: [anyName(random), anyName(random)],
      questions: [`${pick().slice(0, 60)} ${anyName(random)}`, `${pick().slice(0, 60)} ${anyName(random)}`],
      source: 'made up',
      reviewed: '2026-11-20',
      language,
      body: Array.from({ length: 6 }, () => `${pick()} ${anyName(random)}`).join('\n'),
    };
  });
}

function sentencesOf(book: readonly Article[], language: Language): string[] {
  const texts = book
    .filter((article) => article.language === language)
    .flatMap(({ body, questions }) => [body, ...questions]);
  return texts.flatMap((text) => text.split(/\n+|(?<=[.。])\s*/)).filter((sentence) => sentence.length > 10);
}

const SYLLABLES = [
  'ka',
  'ro',
  'mi',
  'ten',
  'sul',
  'va',
  'por',
  'li',
  'gem',
  'dax',
  'no',
  'quer',
  'zu',
  'bel',
  'fi',
  'shan',
];

function anyName(random: () => number): string {
  return madeUp(Math.floor(20_000 * random() ** 3));
}

/** The same number, the same name. */
function madeUp(number: number): string {
  let made = '';
  for (let rest = number + 16; rest > 0; rest = Math.floor(rest / 16)) made += SYLLABLES[rest % 16] ?? '';
  return made;
}

function createRandom(): () => number {
  let seed = 42;
  return () => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff) / 0x7fffffff;
}
