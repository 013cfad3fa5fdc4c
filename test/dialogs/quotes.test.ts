import { expect, it } from 'vitest';
import { contextOf } from '#dialogs/context.ts';
import type { World } from '#dialogs/question.ts';
import { quotes } from '#dialogs/quotes.ts';
import { NOW, countingTools, talk } from './talk.ts';

/** The text, the evidence in it, and the quote that is shown. */
const SHOWN: readonly (readonly ['en' | 'zh-CN' | 'ja', string, readonly string[], string])[] = [
  ['ja', '業務が完全に止まっています。', ['業務が完全に止まっ'], '「業務が完全に止まっています」'],
  ['ja', '工場のラインが全部止まりました、至急お願いします', ['全部止'], '「全部止まりました」'],
  ['ja', '全社員がメールを使えません', ['全社員', '使えません'], '「全社員」「使えません」'],
  ['ja', '全社員が困る', ['全社員が'], '「全社員」'],
  ['ja', 'チームが会議に入れないため困っています', ['入れない', '困って'], '「入れないため」「困っています」'],
  ['ja', '受信トレイが開けなくて困ります', ['開けな'], '「開けなくて」'],
  ['ja', 'メールサーバーが停止しました', ['サーバ', '停止'], '「メールサーバー」「停止しました」'],
  ['zh-CN', '全公司所有人都收发不了邮件，业务完全停了。', ['全公司', '业务完全停'], '“全公司”“业务完全停了”'],
  ['zh-CN', '业务完全停摆了，很急', ['业务完全停'], '“业务完全停摆了”'],
  ['zh-CN', '所有人都打不开会议', ['所有人', '打不开'], '“所有人”“打不开会议”'],
  ['en', 'everybody was affected; it stopped working', ['every', 'stop'], '“everybody”, “stopped”'],
  ['en', "We can't sign in", ['can', 'sign in'], "“can't”, “sign in”"],
  // Two that meet are one.
  ['en', 'nobody at all can work', ['nobody at', 'at all'], '“nobody at all”'],
];

it.each(SHOWN)('%s: "%s", of which %j, is quoted as %s', (language, description, found, shown) => {
  const begun = talk({ language }).known;
  const evidence = found.map((text) => {
    const start = description.indexOf(text);
    return { signal: 'down', text, start, end: start + text.length };
  });
  const triage = {
    category: 'technical',
    product: 'other',
    severity: 'B',
    confidence: 1,
    evidence,
    doubt: null,
  } as const;
  const known = { ...begun, description, triage: { ...triage, evidence } };
  const context = contextOf(known, countingTools(NOW), new Proxy<World>(Object.create(null), {}));
  expect(quotes(context)).toBe(shown);
});

it.each(['asks', 'question', 'first-person'])(
  'that somebody asks or says "my" (%s) is no reason for a level',
  (signal) => {
    const begun = talk({ language: 'ja' }).known;
    const evidence = [{ signal, text: 'たい', start: 2, end: 4 }];
    const triage = { category: 'how-to', product: '', severity: 'C', confidence: 1, evidence, doubt: null } as const;
    const known = { ...begun, description: '作りたいです', triage: { ...triage, evidence } };
    expect(quotes(contextOf(known, countingTools(NOW), new Proxy<World>(Object.create(null), {})))).toBe('');
  },
);

it('what is filed keeps its own offsets', () => {
  const text = '全社員がメールの送受信をできず、業務が完全に止まっています。';
  const there = talk({ as: 'admin-direct', language: 'ja' }).say(text);
  for (const one of there.known.triage?.evidence ?? []) expect(text.slice(one.start, one.end)).toBe(one.text);
  expect(there.known.triage?.evidence.length).toBeGreaterThan(0);
});

it('evidence that isn’t where it says is not quoted', () => {
  const begun = talk({ language: 'en' }).known;
  const evidence = [{ signal: 'down', text: 'gone', start: 0, end: 4 }];
  const triage = {
    category: 'technical',
    product: 'other',
    severity: 'B',
    confidence: 1,
    evidence,
    doubt: null,
  } as const;
  const known = { ...begun, description: 'another text', triage: { ...triage, evidence } };
  expect(quotes(contextOf(known, countingTools(NOW), new Proxy<World>(Object.create(null), {})))).toBe('');
});
