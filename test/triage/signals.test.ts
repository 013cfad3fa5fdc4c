import { describe, expect, test } from 'vitest';
import type { Language } from '#knowledge/schema.ts';
import { readSignals } from '#src/triage/find.ts';
import { normalize } from '#src/triage/normalize.ts';
import type { Signal } from '#src/triage/signals/signal.ts';

type Row = [text: string, has: Signal[], hasNot: Signal[]];

const ENGLISH: Row[] = [
  ['All users are down', ['everyone', 'down'], ['one-person', 'nobody-affected']],
  ['Nobody can send mail', ['everyone'], ['nobody-affected', 'others-fine']],
  ['Nobody else is affected', ['others-fine'], ['everyone']],
  ['not urgent, no one is affected', ['not-urgent', 'nobody-affected'], ['everyone', 'urgent', 'down']],
  ['200 users cannot sign in', ['many', 'down', 'sign-in'], ['one-person']],
  ['3 users cannot sign in', ['several', 'down'], ['many']],
  ['about 40% of our staff get no mail', ['many'], []],
  ['Setup stops at 78% on my laptop', ['one-person'], ['many']],
  ['Our Osaka office has no mail', ['site', 'down'], []],
  ['Production has stopped and we lose orders', ['production'], []],
  ['It works in the browser', ['workaround'], ['no-workaround']],
  ['no workaround, the web version too', ['no-workaround'], ['workaround']],
  ["It doesn't work in the browser", ['down'], ['workaround']],
  ['Mail works again now', ['over-now'], []],
  ["It hasn't been resolved", [], ['over-now']],
  ['Teams is slow', ['impaired'], ['down']],
  ['I will write that down', [], ['down']],
  ['How do I download it?', ['question'], ['down']],
  ['The folder named "ALL SYSTEMS DOWN" is hidden', ['only-a-name'], ['down', 'everyone']],
  ['I want to talk to a real person', ['asks-person'], []],
  ['None of our 210 colleagues has had any mail', ['everyone'], ['others-fine', 'few-of-many']],
  ['None of our users is affected', ['nobody-affected'], ['everyone']],
  ['Every one of our 320 users is shut out', ['everyone'], ['one-person', 'few-of-many']],
  ["We thought it was fixed at 11. It isn't fixed, all are out again", ['relapse'], ['over-now']],
  ['Not the test tenant this time', ['relapse'], ['test-only']],
  ['Azure costs went up by 400 %', [], ['everyone']],
];

const CHINESE: Row[] = [
  ['所有用户都无法使用', ['everyone', 'down'], ['nobody-affected']],
  ['没有影响任何人', ['nobody-affected'], ['everyone']],
  ['不着急，没有影响', ['not-urgent', 'nobody-affected'], ['urgent']],
  ['不是所有人，就三个人登不上', ['several', 'down'], ['everyone']],
  ['没有一个邮箱能用', ['everyone'], ['one-person']],
  ['其他人都正常', ['others-fine'], ['everyone']],
  ['二十个用户收不到邮件', ['dozens', 'down', 'exchange'], []],
  ['六成员工登录不了', ['many', 'down'], []],
  ['产线停了', ['production'], []],
  ['网页版可以用', ['workaround'], []],
  ['网页版也打不开', ['no-workaround'], ['workaround']],
  ['现在已经恢复了', ['over-now'], []],
  ['标题为“全部瘫痪”的邮件', ['only-a-name'], ['down', 'everyone']],
  ['怎么设置共享邮箱', ['question'], ['down']],
  ['转人工', ['asks-person'], []],
  ['Azure Advisor天天提示', ['azure'], ['identity']],
  ['约6成员工登录不了', ['many'], []],
  ['没有一位老师能开会议', ['everyone'], ['one-person']],
  ['一个都没丢', [], ['everyone']],
  ['以为好了，十一点又全断了', ['relapse'], ['over-now']],
];

const JAPANESE: Row[] = [
  ['全ユーザーが使えません', ['everyone', 'down'], ['nobody-affected']],
  ['影響はありません', ['nobody-affected'], ['down']],
  ['急ぎではありません', ['not-urgent'], ['urgent']],
  ['全員ではなく、3名だけログインできません', ['several', 'down'], ['everyone']],
  ['社員が一人もログインできません', ['everyone', 'down'], ['one-person']],
  ['他の人は問題ありません', ['others-fine'], ['everyone']],
  ['30名がメールを受信できません', ['dozens', 'down', 'exchange'], []],
  ['工場のラインが止まっています', ['production'], []],
  ['ブラウザなら使えます', ['workaround'], ['down']],
  ['Web版も使えません', ['no-workaround'], ['workaround']],
  ['すでに復旧しています', ['over-now'], []],
  ['「全社停止」という件名のメール', ['only-a-name'], ['down', 'everyone']],
  ['設定方法を教えてください', ['question'], ['down']],
  ['人間のオペレーターと話したい', ['asks-person'], []],
  ['うちだけかもしれません', [], ['hypothetical']],
  ['作業は止まっていません', ['nobody-affected'], ['production', 'down']],
];

const TABLES: [Language, Row[]][] = [
  ['en', ENGLISH],
  ['zh-CN', CHINESE],
  ['ja', JAPANESE],
];

describe.each(TABLES)('signals in %s', (language, rows) => {
  test.each(rows)('%s', (text, has, hasNot) => {
    const { present } = readSignals(normalize(text), language);
    expect([...present]).toEqual(expect.arrayContaining(has));
    for (const signal of hasNot) expect([...present]).not.toContain(signal);
  });
});

describe('normalize', () => {
  test('every unit knows where it came from', () => {
    const original = '《Ｔｅａｍｓ》 ﾒｰﾙ が届かない 👍 Café';
    const { text, at } = normalize(original);
    expect(text).toContain('teams');
    expect(text).toContain('メール');
    expect(text).toContain('cafe');
    expect(at).toHaveLength(text.length + 1);
    const start = text.indexOf('メール');
    expect(original.slice(at[start], at[start + 3])).toBe('ﾒｰﾙ');
  });

  test('composed and decomposed, half and full width are the same text', () => {
    expect(normalize('ﾃﾞｰﾀ').text).toBe(normalize('データ').text);
    expect(normalize('が'.normalize('NFD')).text).toBe(normalize('が').text);
  });

  test('invisible characters and hidden tags vanish', () => {
    expect(normalize('S\u200be\u202Ev \u{E0041}A').text).toBe('sev a');
  });
});
