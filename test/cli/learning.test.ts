import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { BOOK_FOLDER, readBook } from '#knowledge/book.ts';
import { goldSchema } from '#knowledge/examples.ts';
import { LANGUAGES } from '#knowledge/schema.ts';
import { clustersOf } from '#src/cli/cluster.ts';
import { exampleOf, gapsIn, readQuestions } from '#src/cli/gaps.ts';
import { runPublish } from '#src/cli/publish.ts';
import { conversation } from '../storage/samples.ts';
import { engines } from '../storage/engines.ts';
import { run, withData } from './run.ts';

const DAY = 24 * 3_600_000;
const at = (day: number): number => Date.parse('2026-11-01T08:00:00Z') + day * DAY;
const texts = (clusters: readonly { members: readonly string[] }[]): number[] =>
  clusters.map(({ members }) => members.length);

describe('questions that say nearly the same', () => {
  it.each([
    ['How do I archive old mail?', 'how do i archive old mails', 'How can I archive my old mail?'],
    ['共享邮箱怎么归档旧邮件', '怎么归档共享邮箱的旧邮件？', '共享邮箱怎么归档旧邮件啊'],
    ['古いメールをアーカイブするには？', '古いメールをアーカイブしたい', '古いメールのアーカイブするには'],
  ])('come together: %s', (...alike) => {
    const other = { en: 'Printer queue is empty', zh: '打印机不见了', ja: '印刷できません' };
    expect(texts(clustersOf([...alike, other.en, other.zh, other.ja], (text) => text))).toEqual([3, 1, 1, 1]);
  });

  it('say the same of the same, and personal data makes no two alike', () => {
    const asked = ['[name] [mail] [number]', '[name] [mail] [id]', 'Reset it', 'Reset it'];
    expect(clustersOf(asked, (text) => text)).toEqual(clustersOf(asked, (text) => text));
    expect(texts(clustersOf(asked, (text) => text))).toEqual([2, 1, 1]);
  });
});

describe.each(engines)('gaps on $name', (engine) => {
  it('shows counts, newest day, nearest topic, and what was shown and did not help', async () => {
    const opened = await engine.open();
    const { storage } = opened;
    const one = conversation({ offering: 'worldwide' });
    const question = 'How do I archive old mail of jane@contoso.com?';
    await storage.transact(async ({ conversations, feedback }) => {
      await conversations.create(one);
      const asked = { language: 'en' as const, offering: 'worldwide' as const };
      for (const day of [1, 2, 3])
        await feedback.addUnanswered({ ...asked, text: `${question} ${'!'.repeat(day)}`, at: at(day) });
      await feedback.addUnanswered({ ...asked, text: 'Too old', at: at(-400) });
      await feedback.addUnanswered({ text: '打印机', language: 'zh-CN', offering: 'o365-21vianet', at: at(1) });
      const judged = { conversation: one.id, language: 'en' as const, score: null, comment: null };
      await feedback.add({ ...judged, kind: 'not-helpful', topic: 'ts.sso', question: 'Where is the fax?', at: at(4) });
      await feedback.add({
        ...judged,
        kind: 'helpful',
        topic: 'ts.shared-mailbox',
        question: 'Shared mailbox?',
        at: at(5),
      });
      await feedback.add({ ...judged, kind: 'rating', topic: null, question: null, at: at(5) });
    });
    const asked = { since: at(0), offering: 'worldwide' as const, language: undefined };
    const questions = await readQuestions(storage, asked);
    await opened.drop();
    const [first, second, ...others] = gapsIn(questions, readBook().search);
    expect(first).toMatchObject({ kind: 'unanswered', count: 3, newest: '2026-11-04', languages: ['en'], topic: null });
    expect(first?.question).toContain('[mail]');
    expect(second).toMatchObject({ kind: 'not-helpful', count: 1, topic: 'ts.sso', question: 'Where is the fax?' });
    expect(others).toEqual([]);
    const examples = questions.flatMap((each) => exampleOf(each) ?? []);
    expect(examples).toHaveLength(5);
    for (const example of examples) expect(goldSchema.safeParse(example).success).toBe(true);
    expect(examples.filter(({ topic }) => topic !== null).map(({ topic }) => topic)).toEqual(['ts.shared-mailbox']);
    expect(examples.find(({ from }) => from === 'not-helpful')).toMatchObject({ topic: null, shown: 'ts.sso' });
  });
});

it('the commands: an empty database has no gaps; bad use is 2', async () => {
  await withData(async (DATA_DIR) => {
    const env = { DATA_DIR };
    const table = await run(['knowledge', 'gaps'], { env });
    expect(table).toMatchObject({ code: 0, out: '' });
    expect(table.err).toContain('0 gaps of 0 questions');
    expect(await run(['knowledge', 'export'], { env })).toMatchObject({ code: 0, out: '' });
    for (const bad of [
      ['--since', 'soon'],
      ['--lang', 'fr'],
      ['--offering', 'moon'],
    ])
      expect((await run(['knowledge', 'gaps', ...bad], { env })).code).toBe(2);
    expect((await run(['knowledge', 'publish', DATA_DIR], { env })).code).toBe(2);
  });
});

const textOf = (language: string, topic: string): string =>
  readFileSync(join(BOOK_FOLDER, 'articles', language, `${topic}.md`), 'utf8');

describe('publishing', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
  });

  function folder(): string {
    const dir = mkdtempSync(join(tmpdir(), 'frontdesk-learning-'));
    folders.push(dir);
    return dir;
  }

  function publish(book: string, articles: Readonly<Record<string, string>>, write = true) {
    const dir = folder();
    for (const [file, text] of Object.entries(articles)) {
      mkdirSync(join(dir, file, '..'), { recursive: true });
      writeFileSync(join(dir, file), text);
    }
    const lines: Record<string, unknown>[] = [];
    const code = runPublish({ book, dir, write }, (line) => lines.push(JSON.parse(line) as Record<string, unknown>));
    return { code, lines };
  }

  function copyOfBook(): string {
    const book = join(folder(), 'knowledge');
    cpSync(BOOK_FOLDER, book, { recursive: true, filter: (path) => !path.endsWith('.ts') });
    return book;
  }

  it('refuses an article that takes the questions of another, names them, and leaves the book as it was', () => {
    const book = copyOfBook();
    // A planted article: the text of one topic under the name of another, in every language.
    const planted = LANGUAGES.flatMap((language) => [
      [
        `${language}/ts.sso.md`,
        textOf(language, 'ts.shared-mailbox').replace('topic: ts.shared-mailbox', 'topic: ts.sso'),
      ],
      [
        `${language}/ts.shared-mailbox.md`,
        textOf(language, 'ts.sso').replace('topic: ts.sso', 'topic: ts.shared-mailbox'),
      ],
    ]);
    const { code, lines } = publish(book, Object.fromEntries(planted));
    expect(code).toBe(1);
    const broke = lines.filter((line) => line['broke'] !== undefined);
    expect(broke.length).toBeGreaterThan(0);
    for (const line of broke) expect(line).toMatchObject({ before: line['topic'] });
    expect(lines.at(-1)).toMatchObject({ published: false, passed: false });
    expect(readFileSync(join(book, 'articles/en/ts.sso.md'), 'utf8')).toBe(textOf('en', 'ts.sso'));
  });

  it('refuses a new topic that is missing in a language, before anything is asked', () => {
    const text = textOf('en', 'ts.sso').replace('topic: ts.sso', 'topic: ts.new');
    const { code, lines } = publish(copyOfBook(), { 'en/ts.new.md': text });
    expect(code).toBe(1);
    expect(lines.map((line) => line['file'])).toEqual(['articles/zh-CN/ts.new.md', 'articles/ja/ts.new.md']);
  });

  it('copies an article that breaks nothing', () => {
    const book = copyOfBook();
    const text = textOf('en', 'ww.phone-numbers').replace(/^reviewed: .*$/m, 'reviewed: 2026-11-19');
    const { code, lines } = publish(book, { 'en/ww.phone-numbers.md': text });
    expect(lines.at(-1)).toMatchObject({ published: true, passed: true });
    expect(code).toBe(0);
    expect(readFileSync(join(book, 'articles/en/ww.phone-numbers.md'), 'utf8')).toBe(text);
  });
});
