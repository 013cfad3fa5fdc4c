import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '#knowledge/schema.ts';
import { INVOICE, OUTAGE } from './steps.ts';
import { book, talk } from './talk.ts';
import type { Setting } from './talk.ts';

/** What the bot says of the telephone is true: every number of the country, what it is for, and who answers it now. */

/** Thursday 19 November 2026: 00:30 in Tokyo, 23:30 (Wednesday) in China. */
const MIDNIGHT = Date.parse('2026-11-18T15:30:00Z');
/** Thursday 19 November 2026: 11:00 in Tokyo, 10:00 in China. */
const MORNING = Date.parse('2026-11-19T02:00:00Z');

const line = (setting: Setting, text: string): string => talk(setting).say(text).text;
const lineOf = (text: string, number: string): string => text.split('\n\n').find((one) => one.includes(number)) ?? '';

describe('Japan: two plans, each with numbers and hours of its own', () => {
  const setting: Setting = { as: 'anonymous', language: 'ja', timeZone: 'Asia/Tokyo' };
  const problem = 'Outlook が時々落ちます。急ぎではありません。';

  it('at midnight only the Enterprise number is open', () => {
    const said = line({ ...setting, now: MIDNIGHT }, problem);
    const enterprise = lineOf(said, '0120 996 680');
    const others = lineOf(said, '0120 628 860');
    expect(enterprise).toContain('Office 365 Enterprise');
    expect(enterprise).toContain('03 4332 5493');
    expect(enterprise).toContain('ただいま受付時間内です');
    expect(others).toContain('9:00～17:30');
    expect(others).not.toContain('ただいま');
    expect(others).toContain('次の受付開始は 2026年11月19日(木) 09:00');
    expect(said).toContain('予備の番号には通話料がかかります');
    expect(said).toContain('アカウントの詳細情報');
  });

  it('in the morning both are open; a critical problem is answered around the clock', () => {
    expect(line({ ...setting, now: MORNING }, problem).match(/ただいま受付時間内です/g)).toHaveLength(2);
    expect(line({ ...setting, now: MIDNIGHT }, OUTAGE.ja).match(/ただいま受付時間内です/g)).toHaveLength(2);
  });

  it('billing has one time for both, and nobody knows its public holidays: no word on whether it is open', () => {
    const said = line({ ...setting, now: MIDNIGHT }, INVOICE.ja);
    expect(lineOf(said, '0120 628 860')).toContain('月曜日～金曜日 09:00～17:00（祝日を除く）');
    expect(said).not.toMatch(/ただいま|次の受付開始/);
  });
});

describe('the worldwide cloud in China: English around the clock, Chinese in working hours', () => {
  const setting: Setting = {
    as: 'anonymous',
    language: 'zh-CN',
    timeZone: 'Asia/Shanghai',
    facts: { offering: 'worldwide' },
  };
  const problem = 'Outlook 偶尔会崩溃，不着急。';

  it('at night it is answered in English, and that is said', () => {
    const said = line({ ...setting, now: MIDNIGHT }, problem);
    expect(said).toContain('800 988 0365 / 400 920 0365（手机拨打）');
    expect(said).toContain('目前可用英语接听；普通话服务下次开始：2026年11月19日周四 09:00');
    expect(said).not.toContain('现在是电话支持的服务时间');
  });

  it('in the morning it is open, in both', () => {
    const said = line({ ...setting, now: MORNING }, problem);
    expect(said).toContain('普通话：周一至周五 09:00–18:00。英语：全天候');
    expect(said).toContain('现在是电话支持的服务时间');
  });
});

describe('everywhere', () => {
  const countries = Object.keys(book.rules.phones);

  it.each(LANGUAGES)('each number of each country is said once, in %s, with nothing left untranslated', (language) => {
    for (const country of countries) {
      const entry = book.rules.phones[country]?.find(({ cloud }) => cloud === 'worldwide');
      if (!entry) continue;
      const facts = { country, offering: 'worldwide' as const };
      const said = line({ as: 'anonymous', language, now: MIDNIGHT, facts }, 'Outlook crashes now and then 偶尔 時々');
      for (const { number } of entry.numbers) expect([country, said.split(number).length]).toEqual([country, 2]);
      const isOnlineOnly = /support is online only|只提供在线支持|オンラインでのみ/.test(said);
      expect([country, isOnlineOnly]).toEqual([country, entry.numbers.length === 0]);
    }
  });

  it('who speaks another language than the country’s lines is told which it is', () => {
    const mexico = line(
      { as: 'anonymous', language: 'ja', now: MIDNIGHT, facts: { country: 'MX' } },
      'Outlook が時々落ちます。',
    );
    expect(mexico).toContain('スペイン語：24 時間 365 日');
    expect(mexico).toContain('ただいま受付時間内です（スペイン語での対応となります）');
    const britain = line(
      { as: 'anonymous', language: 'en', now: MIDNIGHT, facts: { country: 'GB' } },
      'Outlook crashes now and then.',
    );
    expect(britain).toContain('0800 032 6417 / 0203 450 6455 (alternative)');
    expect(britain).toContain('English: around the clock. The phone is open now.');
  });

  it('without a country’s clock of its own, and without the person’s, nothing is said of now', () => {
    const setting: Setting = { as: 'anonymous', language: 'en', now: MIDNIGHT, facts: { country: 'US' } };
    expect(line(setting, INVOICE.en)).not.toMatch(/open now|opens/);
    expect(line({ ...setting, timeZone: 'America/New_York' }, INVOICE.en)).toContain('The phone is open now.');
  });
});

describe('level A', () => {
  it('shows what to call now: one number where it answers, all of them where it depends', () => {
    const premium = talk({ as: 'cn-admin-premium' }).say(OUTAGE.en).pick('A').say('All 500 people are standing still.');
    expect([premium.step, premium.text.includes('call right now: (86) 400-089-0365')]).toEqual(['contact', true]);
    const japan = talk({ as: 'admin-direct', language: 'ja', facts: { country: 'JP' }, now: MIDNIGHT }).say(OUTAGE.ja);
    if (japan.step === 'answer') japan.pick('no');
    japan.pick('A').say('全社 500 人の業務が止まっています。');
    expect([japan.step, japan.text.includes('0120 628 860')]).toEqual(['contact', true]);
  });
});

it('where the channel names no clock, it is the one that the directory names', () => {
  expect(talk({ as: 'reader' }).arrive().known.timeZone).toBe('Asia/Tokyo');
  expect(talk({ as: 'reader', timeZone: 'Europe/Berlin' }).arrive().known.timeZone).toBe('Europe/Berlin');
});
