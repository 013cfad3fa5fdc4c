import { describe, expect, it } from 'vitest';
import { afterAgent } from '#dialogs/after-agent.ts';
import type { AgentEnded } from '#dialogs/after-agent.ts';
import { AGENT_OUTCOMES } from '#dialogs/case.ts';
import { LANGUAGES } from '#knowledge/schema.ts';
import type { Language } from '#knowledge/schema.ts';
import { CRASH, HOW_TO, WAYS, at } from './steps.ts';
import { NOW, countingTools, talk } from './talk.ts';
import type { Talk } from './talk.ts';

/** After the close: rating 1–5 and words, optional, once; given back, the bot goes on where the dialog was. */

const helped = (language: Language = 'en', given: Partial<AgentEnded> = {}, before = at('handoff', language)): Talk =>
  before.agentEnds(given);

const rated = (there: Talk): unknown[] =>
  there.deeds.flatMap((deed) => (deed.kind === 'rate' ? [[deed.score, deed.comment]] : []));

describe.each(LANGUAGES)('a close, in %s', (language) => {
  it.each(AGENT_OUTCOMES)('%s: says who ended it and how, and asks once how it was', (outcome) => {
    const there = helped(language, { outcome });
    expect(there.reply).toMatchObject({ step: 'rating', data: { handoff: { state: 'ended', agent: 'Mei' } } });
    expect(there.reply.choices?.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '5']);
    expect(there.text).toContain('Mei');
    expect(there.known).toMatchObject({ description: null, request: null, ended: { outcome, agent: 'Mei', at: NOW } });
  });

  const GIVEN: Record<Language, readonly [string, number][]> = {
    en: [
      ['5', 5],
      ['4 stars', 4],
      ['5/5', 5],
      ['3 out of 5', 3],
      ["I'd give it a 4", 4],
      ['⭐⭐⭐⭐⭐', 5],
      ['★★☆☆☆', 2],
      ['Excellent!', 5],
      ['very bad', 1],
      ['good', 4],
      ['it was ok', 3],
    ],
    'zh-CN': [
      ['５', 5],
      ['4分', 4],
      ['打5分', 5],
      ['我给3分', 3],
      ['五星', 5],
      ['★★★★', 4],
      ['非常满意', 5],
      ['不太满意', 2],
      ['一般', 3],
      ['很差', 1],
    ],
    ja: [
      ['４点です', 4],
      ['５', 5],
      ['星5つ', 5],
      ['評価は3', 3],
      ['⭐️⭐️', 2],
      ['とても良かったです', 5],
      ['普通です', 3],
      ['残念でした', 2],
      ['最悪', 1],
    ],
  };

  it.each(GIVEN[language])('"%s" is %d', (text, score) => {
    const there = helped(language).say(text);
    expect([there.step, rated(there)]).toEqual(['rating', [[score, null]]]);
    const words = { en: 'He knew at once what to do', 'zh-CN': '一下子就找到原因了', ja: 'すぐに原因を見つけてくれた' };
    there.say(words[language]);
    expect([there.step, rated(there)]).toEqual([
      'describe',
      [
        [score, null],
        [null, words[language]],
      ],
    ]);
  });

  const WITH_WORDS: Record<Language, readonly [string, number, string][]> = {
    en: [
      ['4, he was quick', 4, 'he was quick'],
      ['5 because she was patient', 5, 'because she was patient'],
      ['Very good, friendly agent', 5, 'friendly agent'],
    ],
    'zh-CN': [
      ['5分，很耐心', 5, '很耐心'],
      ['不满意，等太久了', 2, '等太久了'],
    ],
    ja: [
      ['4、丁寧な対応でした', 4, '丁寧な対応でした'],
      ['満足です。迅速でした', 5, '迅速でした'],
    ],
  };

  it.each(WITH_WORDS[language])('"%s": score and words in one', (text, score, comment) => {
    const there = helped(language).say(text);
    expect([there.step, rated(there)]).toEqual(['describe', [[score, comment]]]);
  });

  const ONLY_WORDS: Record<Language, string> = {
    en: 'The agent was really helpful and patient',
    'zh-CN': '客服很耐心，讲得很清楚',
    ja: '担当者の説明が分かりやすかったです',
  };

  it('words about the talk need no score', () => {
    const there = helped(language).say(ONLY_WORDS[language]);
    expect([there.step, rated(there)]).toEqual(['describe', [[null, ONLY_WORDS[language]]]]);
  });

  it('by card, and by card once more: that card is of before', () => {
    const there = helped(language).pick('2');
    expect(rated(there)).toEqual([[2, null]]);
    there.say(CRASH[language]).submit('rating', { choice: '5' });
    expect(rated(there)).toEqual([[2, null]]);
  });

  const DECLINED: Record<Language, string[]> = {
    en: ['no thanks', 'skip', 'thanks', 'never mind'],
    'zh-CN': ['不用了', '跳过', '谢谢', '取消'],
    ja: ['結構です', 'あとで', 'ありがとうございました', 'キャンセル'],
  };

  it.each(DECLINED[language])('"%s": nobody owes a rating, and nothing is said to be discarded', (text) => {
    for (const there of [helped(language), helped(language).pick('5')]) {
      const before = rated(there);
      there.say(text);
      expect([there.step, rated(there), there.known.description]).toEqual(['describe', before, null]);
      expect(there.text).not.toMatch(/Discarded|放弃|破棄/);
    }
  });

  const NEXT: Record<Language, string[]> = {
    en: [
      '4 users cannot print from Word',
      'Outlook is down again for all users',
      'Good, but now Teams is down for everybody',
    ],
    'zh-CN': ['5个用户登录不了 Outlook', '邮箱又登不上了，发不了邮件'],
    ja: ['4名のユーザーが Outlook にログインできません', 'また全員の Outlook が落ちます'],
  };

  it.each([...NEXT[language], CRASH[language], HOW_TO[language]])(
    '"%s" is the next matter, and is not swallowed',
    (text) => {
      for (const there of [helped(language), helped(language).pick('5')]) {
        there.say(text);
        expect(text).toContain(there.known.description ?? 'nothing');
        expect(there.step).not.toBe('rating');
        expect(there.deeds.some((deed) => deed.kind === 'rate' && deed.comment !== null)).toBe(false);
      }
    },
  );
});

describe('the next matter after a close', () => {
  it('can be taken back to where it was described', () => {
    const there = helped().say(HOW_TO.en);
    expect(there.step).toBe('answer');
    there.say('back');
    expect([there.step, there.known.description]).toEqual(['describe', null]);
  });

  it('the greeting’s ways are open, and a short word asks what is wrong', () => {
    expect(helped().submit('welcome', { choice: 'problem' }).step).toBe('describe');
    expect(helped().say('hi').step).toBe('describe');
    const listed = helped().say('my requests');
    expect([listed.step, listed.reply.choices?.length]).toEqual(['rating', 5]);
  });
});

const MEI = { outcome: 'solved', agent: 'Mei', returned: true } as const;

describe('given back to the bot', () => {
  const RESUMED = Object.keys(WAYS).filter((step) => step !== 'handoff' && step !== 'rating');

  it.each(LANGUAGES.flatMap((language) => RESUMED.map((step) => [step, language] as const)))(
    'from %s, in %s: goes on there, and nothing is rated',
    (step, language) => {
      const before = at(step, language);
      const { submissionId: _, ...kept } = before.known;
      // An agent may take a conversation over at any step.
      before.known = { ...before.known, step: 'handoff' };
      const there = helped(language, { returned: true }, before);
      expect([there.step, there.reply.step]).toEqual([step, step]);
      expect(there.known).toMatchObject({ ...kept, misses: 0 });
      expect(there.text).toContain('Mei');
      // The greeting's ways are no choices of the question for what is wrong.
      const choices = step === 'describe' ? undefined : at(step, language).reply.choices;
      expect(there.reply.choices?.map(({ id }) => id)).toEqual(choices?.map(({ id }) => id));
    },
  );

  it.each(LANGUAGES)('with nothing known, in %s: asks what is wrong in the conversation’s language', (language) => {
    for (const stored of [null, { step: 'no-longer' }, 'garbage']) {
      const { case: known, replies } = afterAgent(stored, { ...MEI, language }, countingTools(NOW));
      expect([known.step, known.language, replies[0]?.step]).toEqual(['describe', language, 'describe']);
      expect(known.welcomed).toBe(true);
    }
  });

  it('the review card is a new one, and can be sent', () => {
    const before = at('review');
    const card = before.known.submissionId;
    before.known = { ...before.known, step: 'handoff' };
    const there = helped('en', { returned: true }, before);
    expect(there.submit('review', { choice: 'submit', id: card }).does('file')).toEqual([]);
    expect(there.pick('submit').does('file')).toHaveLength(1);
  });

  it('a request that was filed meanwhile is named after the close', () => {
    const there = helped('en', { outcome: 'filed' }, at('submitted').say('human'));
    const { number } = there.requests[0]!;
    expect([there.known.ended?.number, there.text.includes(number)]).toEqual([number, true]);
    expect(talk().arrive().known.ended).toBeNull();
  });
});
