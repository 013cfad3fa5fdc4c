import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '#knowledge/schema.ts';
import type { Language } from '#knowledge/schema.ts';
import { wantsPerson } from '#dialogs/wants-person.ts';
import { WAYS, at } from './steps.ts';
import { book } from './talk.ts';
import type { Talk } from './talk.ts';

/** "`help`, `back`, `cancel`, `start over`, `human` (and their words in each language) work at every step." */

const STEPS = Object.keys(WAYS);
const WORDS: Record<Language, Record<'help' | 'back' | 'cancel' | 'anew' | 'human', string[]>> = {
  en: {
    help: ['help', '?'],
    back: ['back', 'Go back'],
    cancel: ['cancel', 'never mind'],
    anew: ['start over'],
    human: [
      'human',
      'agent',
      'I want a person',
      'can I talk to a real person please',
      'Could you put me through to an agent?',
      'I’d rather speak with somebody real',
      'is there anyone I can talk to?',
      'this bot does not help, get me a human',
    ],
  },
  'zh-CN': {
    help: ['帮助'],
    back: ['返回', '上一步'],
    cancel: ['取消', '算了'],
    anew: ['重新开始'],
    human: [
      '人工',
      '转人工',
      '我要找人工客服',
      '能不能帮我转人工',
      '我想和真人说话',
      '可以找个真人跟我聊吗？',
      '机器人解决不了，叫人来',
      '麻烦转接一下客服',
    ],
  },
  ja: {
    help: ['ヘルプ'],
    back: ['戻る'],
    cancel: ['キャンセル'],
    anew: ['最初から'],
    human: [
      'オペレーター',
      '担当者と話したい',
      '有人',
      '担当者の方とお話しできますか',
      '人と話せますか？',
      '実際の人に対応してほしいです',
      'ボットではなく人に聞きたいです',
      '担当の方に代わってもらえますか',
    ],
  },
};
/** What must not change where nothing was answered. */
const kept = ({ known }: Talk): unknown => ({
  ...known,
  trail: [],
  submissionId: null,
  misses: 0,
  step: '',
  answer: known.answer?.topic,
});

describe.each(LANGUAGES)('at every step, in %s', (language) => {
  const words = WORDS[language];

  it.each(STEPS)('%s: help says what can be said, and asks the same again', (step) => {
    for (const word of words.help) {
      const there = at(step, language);
      const before = kept(there);
      there.say(word);
      expect([there.step, kept(there)]).toEqual([step, before]);
      expect(there.text).toMatch(/back|返回|戻る/);
    }
  });

  it.each(STEPS)('%s: a person, now; and back to the same question with everything kept', (step) => {
    for (const word of words.human) {
      const there = at(step, language);
      const before = kept(there);
      const { request } = there.known;
      there.say(word);
      expect([word, there.step, there.does('wait-for-agent').length]).toEqual([word, 'handoff', 1]);
      expect(there.reply.data?.['handoff']).toMatchObject({ state: 'waiting', position: 1 });
      // Once more changes nothing: still waiting, at the same place.
      there.say(word);
      expect(there.reply.data?.['handoff']).toMatchObject({ state: 'waiting', position: 1 });
      there.say(words.back[0]!);
      expect(there.does('return-to-bot')).toHaveLength(1);
      // Who asks for a person under an article was not helped by it: that question is answered. Who waited is back; and who
      // was asked how it was isn't asked again.
      const moved = ['answer', 'handoff', 'rating'].includes(step);
      expect([there.step, kept(there)]).toEqual(moved ? [there.step, kept(there)] : [step, before]);
      expect(there.known.request).toEqual(request);
      expect(there.step).not.toBe('handoff');
    }
  });

  it.each(STEPS)('%s: cancel and start over forget the matter, say so, and keep who it is', (step) => {
    // What was filed is not forgotten by a word: whether to withdraw it is asked then.
    for (const word of [...(step === 'submitted' ? [] : words.cancel), ...words.anew]) {
      const there = at(step, language);
      const { facts, language: spoken } = there.known;
      there.say(word);
      expect([word, there.step, there.known.description]).toEqual([word, 'describe', null]);
      expect(there.known.facts).toEqual(facts);
      expect(there.known.language).toBe(spoken);
      expect(there.does('file')).toEqual([]);
      expect(there.does('return-to-bot')).toHaveLength(step === 'handoff' ? 1 : 0);
    }
  });

  it.each(STEPS)('%s: back, again and again, asks each answered question once, until nothing is left', (step) => {
    const there = at(step, language);
    const seen: string[] = [];
    for (let times = 0; times < 20; times += 1) {
      const before = JSON.stringify(there.known);
      there.say(words.back[0]!);
      if (JSON.stringify(there.known) === before) break;
      seen.push(there.step);
    }
    expect(new Set(seen).size, seen.join()).toBe(seen.length);
    expect(there.step).toBe(step === 'submitted' || step === 'rating' ? step : 'describe');
    const nothing = { en: 'nothing to go back to', 'zh-CN': '', ja: '' }[language];
    expect(there.text).toContain(nothing);
  });

  it.each(STEPS)('%s: a stale card of any other step changes nothing and says where we are', (step) => {
    const there = at(step, language);
    const before = JSON.stringify(there.known);
    for (const other of [...STEPS, 'rating', 'verify-code', 'nowhere', '__proto__', '']) {
      if (other === step) continue;
      for (const choice of ['yes', 'A', 'submit', 'cancel', null]) {
        there.submit(other, { choice, fields: { phone: '13800138000', method: 'phone' }, id: 'card-1' });
        expect([other, choice, JSON.stringify(there.known)]).toEqual([other, choice, before]);
        expect(there.reply.step).toBe(step);
        expect(there.last.deeds).toEqual([]);
      }
    }
  });

  it.each(STEPS.filter((step) => !['describe', 'submitted', 'handoff', 'impact', 'contact'].includes(step)))(
    '%s: a choice that was not offered, or a hostile field, changes nothing but the count of misses',
    (step) => {
      const there = at(step, language);
      const before = kept(there);
      for (const choice of ['never-offered', '__proto__', 'constructor', 'chat', '', 'A"', 'x'.repeat(8000)]) {
        const hostile = '\u0000\r\nBcc: x '.repeat(600);
        const fields = { phone: hostile, email: hostile, callbackAt: hostile, query: hostile, impact: hostile };
        there.submit(step, { choice, fields });
        expect([choice.slice(0, 20), there.step, kept(there)]).toEqual([choice.slice(0, 20), step, before]);
      }
      expect(there.text).toMatch(/human|人工|担当者/);
    },
  );
});

describe('who tells of people and calls asks for nobody', () => {
  it.each([
    'I cannot talk to anyone in Teams meetings',
    'We can’t transfer the call to an agent in our call queue',
    'I want to talk to someone in Teams but the call drops',
    'I don’t want to speak to an agent, just tell me the steps',
    'Transfer of the mailbox to a colleague fails',
    '我们的客服系统登录不了',
    '联系不上客服的 Teams 群组',
    'Teams で人と話せません',
    '担当者に権限を付与できません',
  ])('%s', (text) => {
    expect(wantsPerson(text, book.phrases)).toBe(false);
  });
});

describe('a card for everybody', () => {
  it.each(STEPS.filter((step) => step !== 'describe'))(
    '%s: every choice that is offered is taken by its id, in any case, and by its card',
    (step) => {
      const shown = at(step);
      for (const { id } of shown.reply.choices ?? []) {
        const typed = at(step).say(id.toUpperCase());
        const picked = at(step).pick(id);
        expect([id, typed.step], typed.text).toEqual([id, picked.step]);
        expect(JSON.stringify(typed.known)).toBe(JSON.stringify(picked.known));
      }
    },
  );

  it.each(
    LANGUAGES.flatMap((language) =>
      STEPS.filter((step) => step !== 'describe').map((step) => [step, language] as const),
    ),
  )('%s, %s: every choice is taken by its label and by its number', (step, language) => {
    const shown = at(step, language);
    for (const [index, { id, label }] of (shown.reply.choices ?? []).entries()) {
      const picked = JSON.stringify(at(step, language).pick(id).known);
      expect([id, JSON.stringify(at(step, language).say(label).known)]).toEqual([id, picked]);
      if (step === 'callback-time' || step === 'contact') continue;
      const numbered = at(step, language).say(String(index + 1));
      expect([id, JSON.stringify(numbered.known)]).toEqual([id, picked]);
    }
  });
});
