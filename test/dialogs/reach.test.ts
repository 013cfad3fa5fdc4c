import { describe, expect, it } from 'vitest';
import { readTime } from '#dialogs/read-time.ts';
import type { Language } from '#knowledge/schema.ts';
import { NIGHT, at } from './steps.ts';
import { NOW, talk } from './talk.ts';
import { within } from '../patience.ts';

/** How and when to be reached, as people write it. */

/** `NOW` is Wednesday 18 November 2026, 15:00 in Beijing and 16:00 in Tokyo; times are on the zone's clock, null = asked again. */
const TIMES: readonly (readonly [string, Language, string | null])[] = [
  ['tomorrow 10:00', 'en', '2026-11-19 10:00'],
  ['next Monday 9am', 'en', '2026-11-23 09:00'],
  ['Monday at 3pm', 'en', '2026-11-23 15:00'],
  ['next week Tuesday 10:00', 'en', '2026-11-24 10:00'],
  ['the day after tomorrow at 10:30', 'en', '2026-11-20 10:30'],
  ['call me tomorrow at 10:30 please', 'en', '2026-11-19 10:30'],
  ['16:00', 'en', '2026-11-18 16:00'],
  ['13:00', 'en', '2026-11-19 13:00'],
  ['2026-11-23 10:00', 'en', '2026-11-23 10:00'],
  ['10:00 or 14:00', 'en', null],
  ['tomorrow 10:00 or Friday 10:00', 'en', null],
  ['not tomorrow 10:00', 'en', null],
  ['today 10:00', 'en', null],
  ['yesterday 10:00', 'en', null],
  ['2026-11-01 10:00', 'en', null],
  ['25:00', 'en', null],
  ['2026-02-30 10:00', 'en', null],
  ['2027-02-29 10:00', 'en', null],
  ['30 February 10:00', 'en', null],
  ['tomorrow morning', 'en', null],
  ['Friday', 'en', null],
  ['now', 'en', null],
  ['明天上午10点', 'zh-CN', '2026-11-19 10:00'],
  ['后天下午3点', 'zh-CN', '2026-11-20 15:00'],
  ['大后天下午3点', 'zh-CN', '2026-11-21 15:00'],
  ['下周二上午10点半', 'zh-CN', '2026-11-24 10:30'],
  ['下下周一10点', 'zh-CN', '2026-11-30 10:00'],
  ['明天十点一刻', 'zh-CN', '2026-11-19 10:15'],
  ['23号上午10点', 'zh-CN', '2026-11-23 10:00'],
  ['明天不行，后天10点', 'zh-CN', '2026-11-20 10:00'],
  ['明后天上午10点', 'zh-CN', null],
  ['10点或者14点', 'zh-CN', null],
  ['２月３０日１０：００', 'zh-CN', null],
  ['下周一上午', 'zh-CN', null],
  ['明天25点', 'zh-CN', null],
  ['明日の10時', 'ja', '2026-11-19 10:00'],
  ['明後日の10時半', 'ja', '2026-11-20 10:30'],
  ['しあさっての10時', 'ja', '2026-11-21 10:00'],
  ['来週火曜の午後3時', 'ja', '2026-11-24 15:00'],
  ['来週金曜日の10時', 'ja', '2026-11-27 10:00'],
  ['再来週の月曜10時', 'ja', '2026-11-30 10:00'],
  ['明日の朝9時', 'ja', '2026-11-19 09:00'],
  ['明日午前１０時', 'ja', '2026-11-19 10:00'],
  ['10時か14時', 'ja', null],
  ['来週月曜の朝', 'ja', null],
  ['明日25時', 'ja', null],
];

const berlin = (text: string): string | null => readTime(text, 'Europe/Berlin', NOW, 'en');

describe('"callback-time": a wished time', () => {
  it.each(TIMES)('"%s" (%s) is %s', (text, language, clock) => {
    const zone = language === 'ja' ? '+09:00' : '+08:00';
    const read = readTime(text, language === 'ja' ? 'Asia/Tokyo' : 'Asia/Shanghai', NOW, language);
    expect(read).toBe(clock === null ? null : new Date(`${clock.replace(' ', 'T')}:00${zone}`).toISOString());
  });

  it('an hour that the clock skips is asked again, the hours around it are not', () => {
    expect(berlin('2027-03-28 02:30')).toBeNull();
    expect(berlin('2027-03-28 01:30')).toBe('2027-03-28T00:30:00.000Z');
    expect(berlin('2027-03-28 03:30')).toBe('2027-03-28T01:30:00.000Z');
  });

  it('hostile text is refused in no time', () => {
    const began = performance.now();
    for (const text of ['1'.repeat(8000), '明'.repeat(8000), '10:00 '.repeat(16), '1/'.repeat(50), '(a+)+$'])
      expect(readTime(text, 'Asia/Shanghai', NOW, 'en')).toBeNull();
    expect(performance.now() - began).toBeLessThan(within(3000));
  });
});

describe('"outside its hours by a callback": never one at a time when nobody is there', () => {
  it('a time when the phone is closed is refused with the next opening, typed or on the card', () => {
    const there = at('callback-time').say('tomorrow 02:00');
    expect([there.step, there.text.includes('09:00'), there.known.contact.callbackAt]).toEqual([
      'callback-time',
      true,
      undefined,
    ]);
    const setting = { as: 'cn-admin', language: 'en', now: NIGHT } as const;
    const card = talk(setting).say('Outlook crashes for some of our users every day.');
    if (card.step === 'answer') card.pick('no');
    card.pick('B').form({ method: 'phone', phone: '13800138000', callbackAt: '2026-11-23 03:00' });
    expect([card.step, card.text.includes('09:00')]).toEqual(['contact', true]);
    card.say('phone 13800138000, 2026-11-23 10:00');
    expect([card.step, card.known.contact.callbackAt]).toEqual(['review', '2026-11-23T02:00:00.000Z']);
  });

  it.each(['yes', 'at the opening', 'next-opening', 'as soon as you open'])('"%s" is the next opening', (text) => {
    expect(at('callback-time').say(text).known.contact.callbackAt).toBe('2026-11-22T01:00:00.000Z');
  });

  it('a time said with another way of contact is no call', () => {
    expect(
      at('contact').form({ method: 'email', email: 'a@contoso.example', callbackAt: '2026-11-23 10:00' }).known.contact,
    ).not.toHaveProperty('callbackAt');
  });
});

const PHONES: readonly (readonly [string, string, string])[] = [
  ['admin-direct', '(202) 555-0143', '+1 202 555 0143'],
  ['admin-direct', '202.555.0143', '+1 202 555 0143'],
  ['admin-direct', '+1 202-555-0143 ext. 12', '+1 202 555 0143'],
  ['admin-direct', 'you can call me at 202 555 0143 please', '+1 202 555 0143'],
  ['cn-admin', '13800138000', '+86 138 0013 8000'],
  ['cn-admin', '１３８００１３８０００', '+86 138 0013 8000'],
  ['cn-admin', '打我手机 138-0013-8000，谢谢', '+86 138 0013 8000'],
  ['cn-admin', '010-8888 6666 转 12', '+86 10 8888 6666'],
  ['cn-admin', '0086 10 88886666', '+86 10 8888 6666'],
  ['reader', '03-1234-5678', '+81 3 1234 5678'],
  ['reader', '０９０－１２３４－５６７８', '+81 90 1234 5678'],
  ['reader', '携帯は 090 1234 5678 です', '+81 90 1234 5678'],
];
const NO_PHONES = ['12345678', '00000000000', '999 999 999 999 999', '+99 12 34 56 78', '1'.repeat(400), '+86 12'];

function atPhone(as: string, language: Language) {
  const there = talk({ as, language, facts: { role: 'may-open', purchase: 'direct', phone: null } })
    .say('Outlook crashes for some of our users.')
    .say(language === 'en' ? 'english' : language === 'ja' ? '日本語' : '中文');
  if (there.step === 'answer') there.pick('no');
  return there.pick('B').form({ method: 'phone' });
}
const languageOf = (as: string): Language => ({ 'cn-admin': 'zh-CN', reader: 'ja' } as const)[as as 'reader'] ?? 'en';

describe('"contact-phone": a number as people write it', () => {
  it.each(PHONES)('%s: "%s" is %s', (as, text, number) => {
    const there = atPhone(as, languageOf(as));
    expect(there.step).toBe('contact-phone');
    there.say(text);
    expect([there.step, there.known.contact.phone?.startsWith(number)], there.text).toEqual(['review', true]);
    const typed = atPhone(as, languageOf(as)).say('back').say(text);
    expect([typed.step, typed.known.contact.phone?.startsWith(number)], typed.text).toEqual(['review', true]);
  });

  it.each(NO_PHONES)('"%s" is asked again', (text) => {
    const there = atPhone('admin-direct', 'en').say(text);
    expect([there.step, there.known.contact.phone]).toEqual(['contact-phone', undefined]);
  });

  it('who gives an address instead is written to', () => {
    const there = atPhone('admin-direct', 'en').say('rather me@contoso.example');
    expect([there.step, there.known.contact.method, there.known.contact.email]).toEqual([
      'review',
      'email',
      'me@contoso.example',
    ]);
  });

  it('a second contact stays one line, and is kept when the contact is changed', () => {
    const there = at('impact').form({ impact: 'All 500 people stand still.' });
    there.form({ method: 'phone', phone: '13800138000', secondContact: 'Li\r\nBcc: x@y.example\u202E 010 8888 6667' });
    expect(there.known.contact.secondContact).toBe('Li Bcc: x@y.example 010 8888 6667');
    there.pick('edit-contact');
    const values = Object.fromEntries((there.reply.card?.fields ?? []).map(({ id, value }) => [id, value]));
    expect(values).toMatchObject({ method: 'phone', secondContact: 'Li Bcc: x@y.example 010 8888 6667' });
  });
});
