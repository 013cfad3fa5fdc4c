import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '#knowledge/schema.ts';
import type { Language } from '#knowledge/schema.ts';
import type { ColleagueRequest } from '#dialogs/question.ts';
import { CRASH, WAYS, at } from './steps.ts';
import { NOW, talk } from './talk.ts';
import type { Talk } from './talk.ts';

/** What people ask or change in between, whatever the question was. */

const NUMBER_ASKED: Record<Language, readonly string[]> = {
  en: [
    'what number can I call?',
    'What is your phone number?',
    'phone number?',
    'is there a support hotline',
    'can I call you',
  ],
  'zh-CN': ['电话多少', '电话是多少？', '客服电话', '打什么电话', '支持热线是多少'],
  ja: ['電話番号は？', '電話番号を教えてください', 'サポートの電話は？', '何番に電話すればいいですか'],
};
const STATUS_ASKED: Record<Language, readonly string[]> = {
  en: ['status', 'my requests', 'My open requests', 'any news?'],
  'zh-CN': ['status', '进度', '我的请求', '查看进度', '进度怎么样了？'],
  ja: ['status', '状況', '状況を見る', '進捗', '状況を教えてください。'],
};
const asked = ({ known }: Talk): unknown => ({ ...known, misses: 0 });

describe.each(LANGUAGES)('in %s', (language) => {
  const steps = Object.keys(WAYS).filter((step) => !['handoff', 'offering', 'describe'].includes(step));

  it.each(steps)('%s: who asks for the number gets it, and is asked the same again', (step) => {
    for (const text of NUMBER_ASKED[language]) {
      const there = at(step, language);
      const before = asked(there);
      there.say(text);
      expect([text, there.step, asked(there)]).toEqual([text, step, before]);
      expect([text, there.text]).toEqual([
        text,
        expect.stringMatching(/1 800 865 9408|800 988 0365|0120 996 680|400-089-0365|portal|门户|ポータル/),
      ]);
    }
  });

  it('the number is told before anything is described, too', () => {
    for (const text of NUMBER_ASKED[language]) {
      const there = talk({ as: 'cn-admin', language }).arrive().say(text);
      expect([text, there.step, there.known.description]).toEqual([text, 'describe', null]);
      expect(there.text).toContain('(86) 400-089-0365');
    }
  });

  it.each(STATUS_ASKED[language])('"%s" at the door says that there are no requests, and later lists them', (text) => {
    const none = { en: 'no open requests', 'zh-CN': '没有处理中的请求', ja: 'サービス リクエストはありません' }[
      language
    ];
    const begun = talk({ as: 'cn-user', language }).arrive().say(text);
    expect([begun.step, begun.text.includes(none)]).toEqual(['describe', true]);
    for (const there of [at('submitted', language), at('submitted', language).pick('problem')]) {
      const { number } = there.requests[0]!;
      there.say(text);
      expect(there.text).toContain(number);
      expect(there.text).toMatch(/2026/);
      expect(there.requests).toHaveLength(1);
      expect(there.submit('welcome', { choice: 'status' }).text).toContain(number);
      there.requests[0] = { ...there.requests[0]!, state: 'closed' };
      expect(there.say(text).text).not.toContain(number);
    }
  });

  it.each(['severity', 'contact', 'review'])('status at %s is told, and the question stands', (step) => {
    const there = at(step, language);
    const before = asked(there);
    there.say(STATUS_ASKED[language][1]!);
    expect([there.step, asked(there)]).toEqual([step, before]);
    expect(there.text).toMatch(
      /no open requests|has open requests|处理中的请求|サービス リクエストはありません|対応中のサービス リクエスト/,
    );
  });
});

describe('"admins: their organization’s"', () => {
  const colleague: ColleagueRequest = {
    number: 'SR-TEAM-0001',
    severity: 'B',
    offering: 'worldwide',
    category: 'technical',
    description: 'Mail from lee@contoso.example is late',
    createdAt: NOW,
    state: 'open',
    respondBy: null,
    provisional: false,
  };
  const colleagues = (tenant: string): ColleagueRequest[] => (tenant === 'contoso' ? [colleague] : []);

  it('an admin sees the organization’s, without personal data; others only their own', () => {
    const admin = talk({ as: 'admin-direct', colleagues }).say('status').text;
    expect(admin).toContain('SR-TEAM-0001');
    expect(admin).not.toContain('lee@contoso.example');
    for (const as of ['user', 'admin-mixed', 'reader', 'anonymous'])
      expect([as, talk({ as, colleagues }).say('status').text.includes('SR-TEAM-0001')]).toEqual([as, false]);
  });

  it('a long list is cut, and says how much more there is', () => {
    const many = Array.from({ length: 13 }, (_, index) => ({ ...colleague, number: `SR-TEAM-${1000 + index}` }));
    const said = talk({ as: 'admin-direct', colleagues: () => many }).say('status').text;
    expect([said.match(/SR-TEAM-/g)?.length, said.includes('3 more')]).toEqual([10, true]);
  });
});

const byPhone = (language: Language): Talk =>
  at('review', language)
    .pick('edit-contact')
    .form({ method: 'phone', phone: '+1 202-555-0143', email: 'me@contoso.example' });

describe('at review: the contact is changed in words', () => {
  const mail: Record<Language, readonly string[]> = {
    en: [
      'actually by mail',
      'by email please',
      'yes, but by mail',
      'change it to mail',
      'write to you@contoso.example instead',
    ],
    'zh-CN': ['改成邮件', '还是用邮件吧', '发邮件到 you@contoso.example'],
    ja: ['やっぱりメールで', 'メールに変更してください', 'メールでお願いします'],
  };
  const later: Record<Language, readonly string[]> = {
    en: ['tomorrow at 10', 'please call me tomorrow at 10:00'],
    'zh-CN': ['明天10点', '明天上午10点打给我'],
    ja: ['明日10時に', '明日の10時に電話してください'],
  };

  it.each(LANGUAGES)('by mail, in %s', (language) => {
    for (const text of mail[language]) {
      const there = byPhone(language);
      const card = there.known.submissionId;
      there.say(text);
      expect([text, there.step, there.known.contact.method]).toEqual([text, 'review', 'email']);
      expect(there.text).toContain(text.includes('you@') ? 'you@contoso.example' : 'me@contoso.example');
      expect(there.does('file')).toEqual([]);
      expect(there.known.submissionId).not.toBe(card);
      expect(there.pick('submit').does('file')).toHaveLength(1);
    }
  });

  it.each(LANGUAGES)('a time for a call, in %s', (language) => {
    for (const text of later[language]) {
      const there = byPhone(language).say(text);
      expect([text, there.step, there.known.contact.method]).toEqual([text, 'review', 'phone']);
      // Ten o'clock in New York, where this person is.
      expect([text, there.known.contact.callbackAt]).toEqual([text, '2026-11-19T15:00:00.000Z']);
    }
  });

  it.each(['change the phone number', '修改电话', '電話番号を変更したい', 'edit-contact'])(
    '"%s" opens the card',
    (text) => {
      expect(at('review').say(text).step).toBe('contact');
    },
  );

  it.each(LANGUAGES)('asked for the number then, it may still be by mail, in %s', (language) => {
    const there = talk({ as: 'cn-admin', language }).say(CRASH[language]);
    if (there.step === 'answer') there.pick('no');
    there.pick('B').form({ method: 'email', email: 'me@contoso.example' }).say(later[language][0]!);
    expect(there.step).toBe('contact-phone');
    there.say(mail[language][0]!);
    expect([there.step, there.known.contact.method]).toEqual(['review', 'email']);
    expect(there.known.contact.callbackAt).toBeUndefined();
  });

  it('a call when the phone is closed is refused with the opening, and nothing changes', () => {
    const there = talk({ as: 'cn-admin' }).say('Outlook crashes for some of our users every day.');
    if (there.step === 'answer') there.pick('no');
    there.pick('B').form({ method: 'email', email: 'me@contoso.example' });
    const before = there.known.contact;
    there.say('call me tomorrow at 3:00');
    expect([there.step, there.known.contact]).toEqual(['review', before]);
    expect(there.text).toContain('09:00');
  });
});

describe('at severity: "no" leads to the levels by what they mean', () => {
  const no: Record<Language, string> = { en: 'no', 'zh-CN': '不对', ja: 'いいえ' };

  it.each(LANGUAGES)('in %s', (language) => {
    const there = at('severity', language).say(no[language]);
    expect(there.step).toBe('severity');
    const labels = there.reply.choices?.map(({ label }) => label) ?? [];
    expect(labels.join(' ')).toMatch(/whole service|整个服务|サービス全体|many|影响多|多数/);
    expect(there.reply.choices?.map(({ id }) => id)).toEqual(['A', 'B', 'C']);
    expect(there.text.length).toBeLessThan(200);
    expect(there.say(labels[2]!).known.severity).toBe('C');
    expect(there.known.refused).toBe(false);
  });

  it('a reason after it is listened to', () => {
    const there = at('severity').say('no, all of our 300 people are affected and nobody can work');
    expect(there.known.description).toContain('300 people');
  });

  it('from the review card too: the old level stays until there is a new one', () => {
    const there = at('review').pick('edit-severity').say('no');
    expect([there.step, there.known.severity]).toEqual(['severity', 'B']);
    expect(there.say('C').step).toBe('review');
  });
});
