import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readBook } from '#knowledge/book.ts';
import { checkBook } from '#knowledge/check-book.ts';
import { exampleFiles, readGold, type Gold } from '#knowledge/examples.ts';
import { splitFrontMatter } from '#knowledge/front-matter.ts';
import { articleMetaSchema, LANGUAGES, type ArticleMeta, type Language } from '#knowledge/schema.ts';
import { isMiss, type Outcome } from './ask-report.ts';
import { askAll } from './evaluate-ask.ts';
import { BadUse } from './verb.ts';

export interface PublishOptions {
  /** The book's own folder. */
  readonly book: string;
  /** Folder with `<language>/<topic>.md`: new articles and changed ones. */
  readonly dir: string;
  readonly write: boolean;
}

type Out = (line: string) => void;

/**
 * `knowledge publish DIR`: tries articles in a copy of the book, on the questions that the search doesn't learn from, and copies
 * them into the book only with `write`, and only where no language answers fewer of them rightly than before. JSON lines: a
 * `finding` of the copy, `broke` and `mended` for a question with its topic before and after, and a line for each language.
 * Returns 1 where it is refused.
 */
export function runPublish({ book, dir, write }: PublishOptions, out: Out): number {
  const files = articlesIn(dir);
  const print = (line: object): void => out(JSON.stringify(line));
  const copy = mkdtempSync(join(tmpdir(), 'frontdesk-publish-'));
  try {
    cpSync(book, copy, { recursive: true, filter: (path) => !path.endsWith('.ts') });
    place(files, copy);
    const findings = checkBook(copy);
    for (const finding of findings) print({ finding: finding.problem, file: finding.file, field: finding.field });
    if (findings.length > 0) return 1;
    const verdict = compare(goldOf(book), book, copy, print);
    if (verdict && write) place(files, book);
    print({ published: verdict && write, passed: verdict, files: files.map(({ file }) => file) });
    return verdict ? 0 : 1;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

interface Draft {
  /** Path below the book's folder. */
  readonly file: string;
  readonly path: string;
  readonly meta: ArticleMeta;
}

function articlesIn(dir: string): Draft[] {
  const drafts = LANGUAGES.flatMap((language) => {
    const folder = join(dir, language);
    if (!existsSync(folder)) return [];
    const names = readdirSync(folder).filter((name) => name.endsWith('.md'));
    return names.map((name) => draftOf(join(folder, name), language));
  });
  if (drafts.length === 0)
    throw new BadUse(`${dir} has no article: <language>/<topic>.md, language ${LANGUAGES.join(', ')}.`);
  return drafts;
}

function draftOf(path: string, language: Language): Draft {
  const meta = articleMetaSchema.safeParse(splitFrontMatter(readFileSync(path, 'utf8'))?.meta);
  if (!meta.success)
    throw new BadUse(`${path}: ${meta.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`).join('; ')}`);
  return { file: join('articles', language, basename(path)), path, meta: meta.data };
}

/** Articles where they belong; a topic that the table of contents doesn't know goes to its end. */
function place(drafts: readonly Draft[], book: string): void {
  const contents = join(book, 'topics.yaml');
  for (const { file, path, meta } of drafts) {
    copyFileSync(path, join(book, file));
    const isKnown = readFileSync(contents, 'utf8').split('\n').some((line) => line.startsWith(`${meta.topic}:`)); // prettier-ignore
    const line = `${meta.topic}: { offerings: [${meta.offerings.join(', ')}], audience: ${meta.audience} }\n`;
    if (!isKnown) appendFileSync(contents, line);
  }
}

/** A topic that is still found may say something else now: where a fact was asked, the answer has to say it. */
const isRight = (outcome: Outcome): boolean => !isMiss(outcome);

/** The questions that nothing is learnt from. */
function goldOf(book: string): Gold[] {
  const folder = join(book, 'examples', 'ask');
  const learnt = new Set(exampleFiles(book));
  const held = readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith('.jsonl') && !learnt.has(path));
  return held.flatMap(readGold);
}

/** Asks both books; false where a language answers fewer questions rightly than before. */
function compare(gold: readonly Gold[], book: string, copy: string, print: (line: object) => void): boolean {
  const before = askAll(gold, readBook(book).search);
  const after = askAll(gold, readBook(copy).search);
  before.forEach((one, at) => {
    const now = after[at];
    if (now === undefined || isRight(one) === isRight(now)) return;
    const { id, lang, offering, question, topic } = one;
    print({
      [isRight(one) ? 'broke' : 'mended']: id,
      lang,
      offering,
      question,
      topic,
      before: one.found,
      after: now.found,
      ...(now.wrong.length > 0 && { wrong: now.wrong }),
    });
  });
  const verdicts = LANGUAGES.map((language) => {
    const share = (outcomes: readonly Outcome[]): number =>
      outcomes.filter((one) => one.lang === language && isRight(one)).length;
    const questions = gold.filter(({ lang }) => lang === language).length;
    const line = { language, questions, right: { before: share(before), after: share(after) } };
    print(line);
    return line.right.after >= line.right.before;
  });
  return verdicts.every(Boolean);
}
