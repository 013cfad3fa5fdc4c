import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { BOOK_FOLDER } from '#knowledge/book.ts';
import { checkPhrases, repeatedKeys } from '#knowledge/check-phrases.ts';
import { createPhrases, readMessages } from '#knowledge/phrases.ts';

type Files = Record<string, string>;
const folders: string[] = [];

afterEach(() => {
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function folder(files: Files): string {
  const dir = mkdtempSync(join(tmpdir(), 'phrases-'));
  folders.push(dir);
  for (const language of ['en', 'zh-CN', 'ja']) mkdirSync(join(dir, 'phrases', language), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, 'phrases', name), text);
  return dir;
}

const same = (text: string): Files => ({ 'en/a.json': text, 'zh-CN/a.json': text, 'ja/a.json': text });
const phrasesOf = (files: Files) => createPhrases(readMessages(folder(files)).messages);

describe('phrases', () => {
  it('says plain messages as they stand, apostrophes included', () => {
    const phrases = phrasesOf(same('{"hello":"It\'s open"}'));
    expect(phrases.text('en', 'hello')).toBe("It's open");
    expect(phrases.has('hello')).toBe(true);
    expect(phrases.has('nope')).toBe(false);
  });

  it('fills in places, and names the one without a value', () => {
    const phrases = phrasesOf(same('{"wait":"Wait {minutes} min, {name}."}'));
    expect(phrases.text('ja', 'wait', { minutes: 3, name: '$& {name}' })).toBe('Wait 3 min, $& {name}.');
    expect(() => phrases.text('ja', 'wait', { minutes: 3 })).toThrow('"name"');
  });

  it('leaves plurals, choices and quoting to ICU', () => {
    const text = JSON.stringify({
      n: '{n, plural, one {# request} other {# requests}}',
      q: "'{'literal'}' {n}",
      two: "it''s",
    });
    const phrases = phrasesOf(same(text));
    expect(phrases.text('en', 'n', { n: 1 })).toBe('1 request');
    expect(phrases.text('en', 'n', { n: 2 })).toBe('2 requests');
    expect(phrases.text('en', 'q', { n: 5 })).toBe('{literal} 5');
    expect(phrases.text('en', 'two')).toBe("it's");
  });

  it('throws for a key that does not exist', () => {
    expect(() => phrasesOf(same('{"a":"b"}')).text('en', 'toString')).toThrow('toString');
  });
});

describe('checking phrases', () => {
  it('finds nothing wrong with complete files', () => {
    expect(checkPhrases(folder(same('{"a":"b {x}"}')))).toEqual([]);
  });

  it.each([
    ['a key in two files', { ...same('{"a":"b"}'), 'en/b.json': '{"a":"c"}' }, 'another file'],
    ['a key missing in a language', { ...same('{"a":"b"}'), 'ja/a.json': '{}' }, 'missing'],
    ['other placeholders', { ...same('{"a":"{x}"}'), 'ja/a.json': '{"a":"{y}"}' }, 'placeholders'],
    ['a message that is no ICU', same('{"a":"{x"}'), 'ICU'],
    ['a value that is no text', same('{"a":{"b":"c"}}'), 'expected string'],
    ['a file that is no JSON', same('{"a":'), 'JSON'],
  ])('names %s', (_, files, problem) => {
    const findings = checkPhrases(folder(files));
    expect(findings.map((finding) => finding.problem).join('\n')).toContain(problem);
  });

  it('names a key that stands twice in one file', () => {
    const dir = folder(same('{\n  "a": "b",\n  "a": "c"\n}'));
    expect(repeatedKeys(dir, 'phrases/en/a.json')).toMatchObject([{ field: 'a' }]);
  });
});

/** A second name of something that the phrases call otherwise; `words.` holds what people may write, and that may be anything. */
const SECOND_NAMES = {
  'zh-CN': /帐户|机器人|联机服务协议|您的?组织/,
  ja: /利用資格|サポート デスク|重要度|わからな/,
};

describe('what the phrases call a thing', () => {
  it.each(['zh-CN', 'ja'] as const)('%s: it has one name everywhere', (language) => {
    const said = [...readMessages(BOOK_FOLDER).messages[language]].filter(([key]) => !key.startsWith('words.'));
    expect(said.length).toBeGreaterThan(500);
    expect(said.filter(([, message]) => SECOND_NAMES[language].test(message))).toEqual([]);
  });
});
