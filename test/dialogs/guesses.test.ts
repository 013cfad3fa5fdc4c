import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '#knowledge/schema.ts';
import type { Language } from '#knowledge/schema.ts';
import { contextOf } from '#dialogs/context.ts';
import { heardIn } from '#dialogs/heard.ts';
import type { World } from '#dialogs/question.ts';
import type { Triage } from '#src/triage/triage.ts';
import { NOW, countingTools, talk } from './talk.ts';

/** "Nobody is turned away on a guess": only what names another's product or the own network is out of scope. */

const OURS: Record<Language, readonly string[]> = {
  en: [
    'I forgot my password',
    'forgot password',
    'password reset',
    'I cannot log in to my account',
    'my computer is slow',
    'it does not work',
    'nothing works any more',
    'error 0x80070005',
    'our Outlook does not print to the SAP printer',
    'Teams does not ring on our Zoom room device',
  ],
  'zh-CN': [
    '忘记密码了',
    '我忘记密码了，怎么办',
    '登录不了，怎么回事',
    '账号被锁定了',
    '收不到邮件',
    'Teams 和钉钉的会议日程不同步',
  ],
  ja: [
    'ログインできません',
    'パスワードがわかりません',
    'パスワードを忘れました',
    'パソコンの動作が遅いです',
    '開けません。困っています',
    'アカウントがロックされました',
    'Outlook と Google カレンダーが同期しません',
  ],
};
const NOT_OURS: Record<Language, readonly string[]> = {
  en: [
    'our SAP does not print',
    'Slack does not open',
    'Gmail does not load',
    'our wifi is down',
    'the office router has no connection',
  ],
  'zh-CN': ['我们的SAP打印不了', '企业微信收不到消息', '路由器连不上网', '公司网络断了'],
  ja: ['SAPで印刷できません', 'Slackが開きません', 'ルーターが故障しました', 'LINEにログインできません'],
};
const BEFORE_BUYING: Record<Language, string> = {
  en: 'How much does Microsoft 365 E3 cost?',
  'zh-CN': 'E3套餐多少钱',
  ja: 'E3の価格を教えてください',
};

const routeAfter = (text: string, language: Language): unknown => {
  const there = talk({ as: 'admin-direct', language }).say(text);
  return there.step === 'route' ? there.reply.data?.['route'] : null;
};

describe.each(LANGUAGES)('in %s', (language) => {
  it.each(OURS[language])('"%s" is not turned away', (text) => {
    expect(routeAfter(text, language)).toBeNull();
    expect(talk({ as: 'admin-direct', language }).say(text).known.description).toBe(text);
  });

  it.each(NOT_OURS[language])('"%s" is out of scope, and a person stays reachable', (text) => {
    expect(routeAfter(text, language)).toBe('out-of-scope');
    expect(talk({ as: 'admin-direct', language }).say(text).pick('human').step).toBe('handoff');
  });

  it('prices are asked before buying', () => {
    expect(routeAfter(BEFORE_BUYING[language], language)).toBe('presales');
  });
});

describe('a guess asks one question', () => {
  const heard = { language: 'en', product: '', severity: '', evidence: [], doubt: null } as const;
  const begun = talk({ as: 'admin-direct' }).known;
  const hear = (
    text: string,
    guess: Pick<Triage, 'category' | 'confidence'>,
    evidence: Triage['evidence'] = [],
  ): Triage => {
    const tools = { ...countingTools(NOW), triage: () => ({ ...heard, ...guess, evidence }) };
    const world = new Proxy<World>(Object.create(null), {});
    return heardIn(text, contextOf(begun, tools, world));
  };

  it('how many are affected, of what rests on no word', () => {
    const guess = { category: 'out-of-scope', confidence: 0.99 } as const;
    expect(hear('it does not work at all', guess)).toMatchObject({
      category: 'technical',
      severity: 'C',
      doubt: 'breadth',
    });
    const locked = hear('the log in page says no', guess);
    expect(locked).toMatchObject({ category: 'technical', product: 'identity', severity: 'B', doubt: 'breadth' });
  });

  it('what rests on a word is heard as it is, but not where it is unsure, or names a service of ours', () => {
    const slack = [{ signal: 'third-party', text: 'Slack', start: 0, end: 5 }];
    const sure = { category: 'out-of-scope', confidence: 0.9 } as const;
    expect(hear('Slack does not open', sure, slack).category).toBe('out-of-scope');
    expect(hear('Slack does not open', { ...sure, confidence: 0.7 }, slack).category).toBe('technical');
    expect(hear('Slack does not open in Teams', sure, slack).category).toBe('technical');
    expect(hear('Slack takes no password', { ...sure, confidence: 0.8 }, slack).category).toBe('technical');
    expect(hear('Slack takes no password', { ...sure, confidence: 0.97 }, slack).category).toBe('out-of-scope');
  });
});
