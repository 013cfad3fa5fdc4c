import { describe, expect, test } from 'vitest';
import type { Language } from '#knowledge/schema.ts';
import { detectLanguage, languageOfLocale } from '#src/intake/language.ts';

const DETECTED: [string, Language | undefined, Language | undefined][] = [
  ['Outlook does not start', undefined, 'en'],
  ['Outlook 打不开', undefined, 'zh-CN'],
  ['Outlook 打不开', 'en', 'zh-CN'],
  ['Outlookが開きません', undefined, 'ja'],
  ['ﾒｰﾙが届かない', undefined, 'ja'],
  ['メール停止 全社', undefined, 'ja'],
  ['至急対応願', 'ja', 'ja'],
  ['障害発生、至急対応', undefined, 'ja'],
  ['会議室', 'ja', 'ja'],
  ['会議室', undefined, 'zh-CN'],
  ['请帮忙', 'ja', 'zh-CN'],
  ['全公司收不到邮件', 'ja', 'zh-CN'],
  ['邮件报错 The server is not available, please try again later', undefined, 'zh-CN'],
  ['次のエラーが出ます: You do not have permission to send on behalf of this user', 'en', 'ja'],
  ['Our Beijing (北京) office cannot send mail', undefined, 'en'],
  ['ok', 'ja', 'ja'],
  ['Outlook error 0x80040610', 'zh-CN', 'zh-CN'],
  ['Outlook is not working for me', 'zh-CN', 'en'],
  ['优の良品打不开了怎么办', undefined, 'zh-CN'],
  ['12345 !!!', undefined, undefined],
  ['', 'ja', 'ja'],
  ['👍', 'zh-CN', 'zh-CN'],
];

describe('detectLanguage', () => {
  test.each(DETECTED)('%s (hint %s) is %s', (text, hint, expected) => {
    expect(detectLanguage(text, hint)).toBe(expected);
  });
});

const LOCALES: [string | undefined, Language | undefined][] = [
  ['zh-CN', 'zh-CN'],
  ['zh', 'zh-CN'],
  ['zh-Hant-TW', 'zh-CN'],
  ['ja-JP', 'ja'],
  ['JA', 'ja'],
  ['en_US', 'en'],
  ['de-DE', undefined],
  ['english', undefined],
  ['xx-XX', undefined],
  ['../en', undefined],
  ['__proto__', undefined],
  [`zh-${'x-'.repeat(2500)}`, undefined],
  ['', undefined],
  [undefined, undefined],
];

describe('languageOfLocale', () => {
  test.each(LOCALES)('%s is %s', (locale, expected) => {
    expect(languageOfLocale(locale)).toBe(expected);
  });

  test('what is no string at run time is no locale', () => {
    expect(languageOfLocale(Object(1))).toBeUndefined();
  });
});
