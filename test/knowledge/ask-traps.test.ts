import { describe, expect, it } from 'vitest';
import { readBook } from '#knowledge/book.ts';
import type { Language, OfferingId } from '#knowledge/schema.ts';

/** What an answer in that offering has to say, and what belongs to another one; 'none': it has no answer to this. */
type Expected = { says: RegExp; never: RegExp } | 'none';

interface Trap {
  fact: string;
  wordings: Record<Language, string>;
  clouds: Partial<Record<OfferingId, Expected>>;
}

const WORLDWIDE_PHONE = /1 800 865 9408/;
const CHINA_PHONE = /400-089-0365/;

const TRAPS: Trap[] = [
  {
    fact: 'the telephone',
    wordings: {
      en: 'What number do I call for support?',
      'zh-CN': '支持电话是多少？',
      ja: 'サポートの電話番号を教えてください',
    },
    clouds: {
      worldwide: { says: WORLDWIDE_PHONE, never: CHINA_PHONE },
      'o365-21vianet': { says: CHINA_PHONE, never: WORLDWIDE_PHONE },
    },
  },
  {
    fact: 'the first response at level A',
    wordings: {
      en: 'How quickly do you respond to a severity A case?',
      'zh-CN': 'A 级问题多久响应？',
      ja: '重大度 A の応答時間はどのくらいですか',
    },
    clouds: {
      'o365-21vianet': { says: /1 hour|1 小时|1 時間/, never: /2 hours|2 小时|2 時間/ },
      'azure-21vianet': { says: /2 hours|2 小时|2 時間/, never: /\b1 hour|1 小时|1 時間/ },
    },
  },
  {
    fact: 'the first response at level B',
    wordings: {
      en: 'When will I hear back about a level B problem?',
      'zh-CN': 'B 级问题多长时间有答复？',
      ja: 'レベル B はいつ最初の返事が来ますか',
    },
    clouds: {
      'o365-21vianet': { says: /1 business day|1 个工作日|1 営業日/, never: /4 hours|4 小时|4 時間/ },
      'azure-21vianet': { says: /4 hours|4 小时|4 時間/, never: /1 business day|1 个工作日|1 営業日/ },
    },
  },
  {
    fact: 'the first response at level C',
    wordings: { en: 'Response time for level C?', 'zh-CN': 'C 级的响应时间？', ja: 'レベル C の応答時間は？' },
    clouds: {
      'o365-21vianet': { says: /3 business days|3 个工作日|3 営業日/, never: /8 hours|8 小时|8 時間/ },
      'azure-21vianet': { says: /8 hours|8 小时|8 時間/, never: /3 business days|3 个工作日|3 営業日/ },
    },
  },
  {
    fact: 'the agreement for level A',
    wordings: {
      en: 'Which agreement do we need for level A?',
      'zh-CN': '使用 A 级需要签什么协议？',
      ja: 'レベル A を使うにはどの契約が必要ですか',
    },
    clouds: {
      'o365-21vianet': {
        says: /advanced online service agreement|高级在线服务协议|高度なオンライン サービス契約/,
        never: /Premium|プレミアム/,
      },
      'azure-21vianet': {
        says: /Premium online service agreement|世纪互联高级在线服务协议|プレミアム オンライン サービス契約/,
        never: /高度なオンライン/,
      },
      worldwide: 'none',
    },
  },
  {
    fact: 'hours of billing support',
    wordings: {
      en: 'Until what time is billing support open?',
      'zh-CN': '计费支持到几点？',
      ja: '請求サポートは何時までですか',
    },
    clouds: {
      // Its Chinese article names the hours of the worldwide number in China too, which end at 18:00.
      worldwide: { says: /17:00/, never: /400-089|Beijing time|北京时间/ },
      'o365-21vianet': { says: /18:00/, never: /17:00/ },
      'azure-21vianet': { says: /18:00/, never: /17:00/ },
    },
  },
  {
    fact: 'hours of technical support',
    wordings: {
      en: 'What are the hours of technical support?',
      'zh-CN': '技术支持几点到几点？',
      ja: '技術サポートの時間帯は？',
    },
    clouds: {
      worldwide: { says: /24/, never: /24:00|Beijing|北京/ },
      'o365-21vianet': { says: /09:00.24:00/, never: /development|开发|開発/ },
      'azure-21vianet': { says: /development|开发|開発/, never: /365 days|400-089/ },
    },
  },
  {
    fact: 'where a request is opened',
    wordings: {
      en: 'Where do I open a service request online?',
      'zh-CN': '在哪里在线提交服务请求？',
      ja: 'オンラインでサービス リクエストを出すにはどこですか',
    },
    clouds: {
      worldwide: {
        says: /Help & support|帮助和支持|ヘルプとサポート/,
        never: /21Vianet|世纪互联|microsoftonline\.cn|linkid=2024339/,
      },
      'o365-21vianet': {
        says: /https:\/\/portal\.partner\.microsoftonline\.cn/,
        never: /admin\.microsoft\.com|linkid=2024339/,
      },
    },
  },
  {
    fact: 'help for somebody who is no admin',
    wordings: {
      en: "I'm not an admin, where do I get help?",
      'zh-CN': '我不是管理员，去哪里求助？',
      ja: '管理者ではありません。どこで助けてもらえますか',
    },
    clouds: {
      worldwide: { says: /support\.microsoft\.com|https:\/\//, never: /linkid=842838/ },
      'o365-21vianet': { says: /linkid=842838/, never: /admin\.microsoft\.com/ },
    },
  },
  {
    fact: 'ICP filing',
    wordings: {
      en: 'Do you help with ICP filing?',
      'zh-CN': '你们提供 ICP 备案支持吗？',
      ja: 'ICP 登録のサポートはありますか',
    },
    clouds: {
      'azure-21vianet': { says: /09:00.18:00/, never: /400-089/ },
      worldwide: 'none',
      'o365-21vianet': 'none',
    },
  },
  {
    fact: 'the official account',
    wordings: {
      en: 'Can I follow you on WeChat?',
      'zh-CN': '可以在微信上关注你们吗？',
      ja: 'WeChat でフォローできますか',
    },
    clouds: { 'o365-21vianet': { says: /WeChat|微信/, never: WORLDWIDE_PHONE }, 'azure-21vianet': 'none' },
  },
  {
    fact: 'a shared mailbox',
    wordings: {
      en: 'How do I create a shared mailbox?',
      'zh-CN': '怎么创建共享邮箱？',
      ja: '共有メールボックスを作成するには',
    },
    clouds: {
      worldwide: { says: /50/, never: CHINA_PHONE },
      'o365-21vianet': { says: /O365China/, never: WORLDWIDE_PHONE },
      'azure-21vianet': 'none',
      'partner-center-21vianet': 'none',
    },
  },
];

const { search } = readBook();
const rows = TRAPS.flatMap(({ fact, wordings, clouds }) =>
  (Object.entries(wordings) as [Language, string][]).flatMap(([language, question]) =>
    (Object.entries(clouds) as [OfferingId, Expected][]).map(([offering, expected]) => ({
      name: `${fact}, ${language}, ${offering}`,
      expected,
      best: search.ask({ question, language, offering }).best,
      language,
    })),
  ),
);
const told = rows.flatMap(({ expected, ...row }) => (expected === 'none' ? [] : [{ ...row, expected }]));

describe('one wording, different clouds, different facts', () => {
  it('is a table worth having', () => expect(rows.length).toBeGreaterThanOrEqual(75));

  it.each(told)('$name', ({ best, language, expected }) => {
    expect(best?.article.language).toBe(language);
    expect(best?.article.body).toMatch(expected.says);
    expect(best?.article.body).not.toMatch(expected.never);
  });

  it.each(rows.filter(({ expected }) => expected === 'none'))('$name: no answer', ({ best }) => {
    expect(best?.topic ?? null).toBeNull();
  });
});
