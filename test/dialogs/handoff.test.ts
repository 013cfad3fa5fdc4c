import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '#knowledge/schema.ts';
import type { Language } from '#knowledge/schema.ts';
import { CRASH, HOW_TO, OUTAGE } from './steps.ts';
import { talk } from './talk.ts';
import type { Setting, Talk } from './talk.ts';

/** What somebody in line for a person is told, and what they can leave where nobody is there. */

/** Thursday 19 November 2026, 09:00 in Beijing. */
const OPENS = '2026-11-19T01:00:00.000Z';
const waits = (language: Language, setting: Setting = {}): Talk =>
  talk({ as: 'cn-admin', language, timeZone: 'Europe/London', ...setting })
    .arrive()
    .say(language === 'en' ? 'human' : language === 'ja' ? '担当者' : '人工');

describe.each(LANGUAGES)('in %s', (language) => {
  it('somebody is there: the place in line, and the wait where the queue shows one', () => {
    const there = waits(language, { queue: { waiting: 2, agentsOnDuty: 1, waitMinutes: 7 } });
    expect(there.reply.data?.['handoff']).toEqual({ state: 'waiting', position: 3, waitMinutes: 7 });
    expect(there.text).toMatch(/3/);
    expect(there.text).toMatch(/7 minutes|7 分钟|7 分/);
    expect(there.reply.choices).toBeUndefined();
    const unknown = waits(language, { queue: { agentsOnDuty: 1 } });
    expect(unknown.reply.data?.['handoff']).toEqual({ state: 'waiting', position: 1 });
    expect(unknown.text).not.toMatch(/minute|分钟|待ち時間/);
  });

  it('nobody is there: when somebody is, on both clocks, the place that is kept, mail and a call', () => {
    const there = waits(language, { queue: { opensAt: OPENS } });
    expect(there.text).toMatch(/09:00/);
    expect(there.text).toMatch(/01:00/);
    expect(there.reply.choices?.map(({ id }) => id)).toEqual(['email', 'phone']);
    expect(there.reply.data?.['handoff']).toMatchObject({ position: 1 });
  });

  it('nobody knows when: the same, without a time', () => {
    const there = waits(language);
    expect(there.text).not.toMatch(/01:00/);
    expect(there.reply.choices?.map(({ id }) => id)).toEqual(['email', 'phone']);
  });

  const MAIL: Record<Language, string> = {
    en: 'please reply to me@contoso.example',
    'zh-CN': '请发邮件到 me@contoso.example',
    ja: 'me@contoso.example にメールでお願いします',
  };
  const CALL: Record<Language, string> = {
    en: '+86 138 0013 8000 tomorrow at 10:00',
    'zh-CN': '13800138000，明天10点',
    ja: '+86 138 0013 8000 明日10時に',
  };

  it('an address or a number that is typed is how they are answered; they stay in line', () => {
    const mailed = waits(language).say(MAIL[language]);
    expect([mailed.step, mailed.known.contact]).toMatchObject([
      'handoff',
      { method: 'email', email: 'me@contoso.example' },
    ]);
    expect(mailed.text).toContain('me@contoso.example');
    const called = waits(language).say(CALL[language]);
    expect(called.known.contact).toMatchObject({ method: 'phone', phone: '+86 138 0013 8000' });
    // Ten o'clock in London, where this person is.
    expect(called.known.contact.callbackAt).toBe('2026-11-19T10:00:00.000Z');
    expect([called.text.includes('18:00'), called.text.includes('10:00')]).toEqual([true, true]);
  });

  it('a call at a time is owed: what is known is filed for it, once; another time, or none, takes its place', () => {
    const there = waits(language).say(CALL[language]);
    const [filed] = there.last.deeds;
    const number = there.known.request?.number ?? '';
    expect(there.last.deeds).toHaveLength(1);
    expect(filed).toMatchObject({
      kind: 'file',
      number,
      case: { contact: { method: 'phone', callbackAt: '2026-11-19T10:00:00.000Z' }, description: expect.any(String) },
    });
    expect(there.text).toContain(number);
    expect([there.step, there.reply.data?.['handoff']]).toEqual(['handoff', { state: 'waiting' }]);
    there.say({ en: 'tomorrow at 11:00', 'zh-CN': '明天11点', ja: '明日11時に' }[language]);
    const due = '2026-11-19T11:00:00.000Z';
    expect(there.last.deeds).toEqual([
      { kind: 'promise-call', number, due },
      { kind: 'add-information', number, text: expect.stringContaining('+86 138 0013 8000 · '), by: null },
    ]);
    there.say('me@contoso.example');
    expect(there.last.deeds).toEqual([{ kind: 'promise-call', number, due: null }]);
    expect(there.known.request?.number).toBe(number);
    // Withdrawn meanwhile, in another chat: nothing is owed for it any more, so a call is owed for a new one.
    const [before] = there.requests;
    if (before) there.requests[0] = { ...before, state: 'withdrawn' };
    there.say(CALL[language]);
    expect(there.last.deeds).toMatchObject([{ kind: 'file', number: there.known.request?.number }]);
    expect(there.known.request?.number).not.toBe(number);
  });

  it('what was described before is what is filed', () => {
    const there = talk({ as: 'cn-admin', language, timeZone: 'Europe/London' }).arrive().say(CRASH[language]);
    there.say(language === 'en' ? 'human' : language === 'ja' ? '担当者' : '人工').say(CALL[language]);
    expect(there.last.deeds).toMatchObject([{ kind: 'file', case: { description: CRASH[language] } }]);
  });

  it('by the card: what is known is taken, what isn’t is asked', () => {
    const known = waits(language, { facts: { email: 'li@contoso.example' } }).pick('email');
    expect([known.known.contact.email, known.text.includes('li@contoso.example')]).toEqual([
      'li@contoso.example',
      true,
    ]);
    const asked = waits(language, { facts: { phone: null } }).pick('phone');
    expect([asked.known.contact.method, asked.known.contact.phone]).toEqual(['phone', undefined]);
    asked.say('13800138000');
    expect(asked.known.contact.phone).toBe('+86 138 0013 8000');
    asked.say({ en: 'tomorrow at 10:00', 'zh-CN': '明天10点', ja: '明日10時' }[language]);
    expect(asked.known.contact.callbackAt).toBe('2026-11-19T10:00:00.000Z');
    // Who changes their mind is not called.
    asked.say('me@contoso.example');
    expect(asked.known.contact).toMatchObject({ method: 'email', email: 'me@contoso.example' });
    expect(asked.known.contact.callbackAt).toBeUndefined();
  });

  it('a call is never promised for the night', () => {
    const there = waits(language, { timeZone: 'Asia/Shanghai' }).say('13800138000');
    there.say({ en: 'tomorrow at 3:00', 'zh-CN': '明天凌晨3点', ja: '明日の午前3時' }[language]);
    expect(there.known.contact.callbackAt).toBe(OPENS);
  });

  it.each([
    CRASH[language],
    OUTAGE[language],
    HOW_TO[language],
    'log: mail from a@contoso.example to b@contoso.example was lost at 10:00 today',
  ])('"%s" is for the agent, and changes nothing', (text) => {
    const there = waits(language);
    const before = there.known;
    there.say(text);
    expect([there.step, there.known]).toEqual(['handoff', before]);
    expect(there.reply.data?.['handoff']).toEqual({ state: 'waiting' });
  });
});

function methodsWith(queue: Setting['queue']): unknown[] {
  const there = talk({ as: 'admin-direct', queue }).say(CRASH.en);
  if (there.step === 'answer') there.pick('no');
  const field = there.pick('B').reply.card?.fields?.find(({ id }) => id === 'method');
  return field?.choices?.map(({ id }) => id) ?? [];
}

it('chat is a way to be reached while an agent is there', () => {
  expect(methodsWith({})).toEqual(['phone', 'email']);
  expect(methodsWith({ agentsOnDuty: 1 })).toEqual(['phone', 'email', 'chat']);
});
