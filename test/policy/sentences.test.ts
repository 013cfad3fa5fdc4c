import { describe, expect, test } from 'vitest';
import { BOOK_FOLDER } from '#knowledge/book.ts';
import { readExcerpts } from '#knowledge/excerpts.ts';
import type { Decision, Question } from '#src/policy/decide.ts';
import { beijing, decided, question, rules } from './place.ts';

/** Each sentence of the seeds that states a rule, with what it makes of a case. Times without an offset are Beijing's. */
type Told = Partial<Omit<Decision, 'contactMethods'>> & { phone?: boolean };
type Row = [seed: string, sentence: string, facts: Partial<Question>, now: string, told: Told];

const DOCS: Readonly<Record<string, string>> = {
  '000': '000_260c8e65dbcc1220.txt',
  '001': '001_451bc5ecc7f454f2.txt',
  '002': '002_dadfcd0cd8595d44.txt',
  '003': '003_7de95b2450e3c124.txt',
  '004': '004_b7f11b28be9a759d.txt',
};
const worldwide = { offering: 'worldwide', agreement: null } as const;
const azure = { offering: 'azure-21vianet' } as const;
const center = { offering: 'partner-center-21vianet', person: 'partner' } as const;
const A = { severity: 'A', agreement: true } as const;
const B = { severity: 'B' } as const;
const C = { severity: 'C' } as const;
const billing = { category: 'billing' } as const;
const presales = { category: 'presales', severity: '', person: 'unknown' } as const;
const closed = (opensAt: string): Told => ({ openNow: false, opensAt: beijing(opensAt) });
const open: Told = { openNow: true, opensAt: null };
const by = (clock: string): Told => ({ respondBy: beijing(clock) });
const FRI = '2026-11-20 10:00';
const NUMBER = '(86) 400-089-0365';

const english: Row[] = [
  [
    '000',
    'You must be an admin for a business subscription to use these support methods.',
    { ...worldwide, person: 'not-admin' },
    FRI,
    { route: 'not-admin' },
  ],
  [
    '000',
    'You must have bought at least one subscription through Microsoft to access Microsoft support.',
    { ...worldwide, purchase: 'both' },
    FRI,
    { route: 'open', reason: 'one-direct' },
  ],
  [
    '000',
    'If you bought all your subscriptions through a partner, contact your partner for support.',
    { ...worldwide, purchase: 'partner' },
    FRI,
    { route: 'contact-partner' },
  ],
  [
    '000',
    'billing support for Microsoft 365 for business products and services is provided in English from 9 AM-5 PM, Monday through Friday.',
    { ...worldwide, ...billing, timeZone: 'Europe/London' },
    '2026-11-21 00:59',
    open,
  ],
  [
    '000',
    'from 9 AM-5 PM, Monday through Friday',
    { ...worldwide, ...billing, timeZone: 'Europe/London' },
    '2026-11-21 01:00',
    closed('2026-11-23 17:00'),
  ],
  [
    '000',
    'Technical support is provided in English 24 hours a day, 7 days a week',
    { ...worldwide },
    '2026-11-22 04:00',
    { ...open, respondBy: null },
  ],
  [
    '000',
    'by telephone for both paid and trial subscriptions',
    { purchase: 'trial' },
    FRI,
    { route: 'open', reason: 'trial-may-open', phoneNumber: NUMBER },
  ],
  [
    '000',
    'Issues that originate in customer networks fall outside of the Office 365 support boundaries',
    { category: 'out-of-scope', severity: '' },
    FRI,
    { route: 'out-of-scope' },
  ],
  [
    '000',
    'You can call during local business hours, Monday through Friday.',
    { ...presales },
    '2026-11-21 10:00',
    { route: 'presales', ...closed('2026-11-23 09:00') },
  ],
  [
    '000',
    'Pre-sales support can be accessed using the same phone number as with technical support.',
    { ...presales },
    FRI,
    { phoneNumber: NUMBER },
  ],
  [
    '000',
    'during China business hours (Beijing Time), Monday through Friday',
    { ...billing },
    '2026-11-22 10:00',
    closed('2026-11-23 09:00'),
  ],
  [
    '000',
    'Billing and subscription management support can be accessed using the same phone number',
    { ...billing },
    FRI,
    { phoneNumber: NUMBER },
  ],
  [
    '000',
    'Technical support does not include troubleshooting third-party services or add-ins.',
    { category: 'out-of-scope', person: 'not-admin' },
    FRI,
    { route: 'out-of-scope' },
  ],
  ['000', 'Initial Response: 1 hour or less.', { ...A }, '2026-11-21 03:20', by('2026-11-21 04:20')],
  ['000', 'Initial Response: 1 business day or less.', { ...B }, '2026-11-20 15:00', by('2026-11-23 15:00')],
  ['000', 'Initial Response: 3 business day or less.', { ...C }, '2026-11-18 15:00', by('2026-11-23 15:00')],
  [
    '000',
    'Severity A is only available to customers who had signed an advanced online service agreement',
    { severity: 'A', agreement: false },
    FRI,
    { severity: 'B', cap: 'B', capReason: 'capped-agreement-missing' },
  ],
  [
    '000',
    'Severity A is available only for technical support.',
    { ...A, category: 'presales' },
    FRI,
    { severity: 'B', cap: 'B', capReason: 'capped-technical-only' },
  ],
  [
    '000',
    'For billing and subscription management support, the highest severity level is B.',
    { ...A, ...billing },
    FRI,
    { severity: 'B', cap: 'B', capReason: 'capped-billing' },
  ],
  ['000', 'Severity A: 24\\*7 continuous service', { ...A }, '2026-10-01 03:00', { ...open, severity: 'A' }],
  ['000', 'Severity B/C: 9:00 ~24:00 (Beijing Time) a day, 365 days.', { ...B }, '2026-10-01 23:59', open],
  ['000', '9:00 ~24:00 (Beijing Time) a day, 365 days', { ...C }, '2026-10-02 00:00', closed('2026-10-02 09:00')],
  [
    '000',
    'Assisted support options are for admins of Office 365 subscribed organizations only.',
    { person: 'not-admin' },
    FRI,
    { route: 'not-admin', respondBy: null },
  ],
  ['000', 'phone support is available at (86) 400-089-0365', {}, FRI, { phoneNumber: NUMBER }],
  [
    '001',
    "To report issues that you're experiencing with Partner Center operated by 21Vianet",
    { ...center, behalf: 'own' },
    FRI,
    { route: 'partner-center' },
  ],
  [
    '001',
    'You are the point of contact for all customer operational, billing, or technical support questions',
    { purchase: 'partner' },
    FRI,
    { route: 'partner-first' },
  ],
  [
    '001',
    'To submit a service request with 21Vianet on behalf of a customer',
    { ...center, behalf: 'customer' },
    FRI,
    { route: 'on-behalf' },
  ],
  ['003', 'The severity category is Level A (emergency event): 24 x 7', { ...azure, ...A }, '2026-11-21 03:00', open],
  [
    '003',
    'Technical support of the platform: 09:00–00:00 (all year round)',
    { ...azure, ...B },
    '2026-10-01 23:59',
    open,
  ],
  ['003', '09:00–00:00 (all year round)', { ...azure, ...B }, '2026-10-02 00:00', closed('2026-10-02 09:00')],
  [
    '003',
    'Technical support of development: 09:00–00:00 (business days only).',
    { ...azure, ...B, development: true },
    '2026-10-01 12:00',
    closed('2026-10-08 09:00'),
  ],
  [
    '003',
    'Billing, subscription and quota management support;',
    { ...azure, ...billing },
    '2026-11-20 18:00',
    closed('2026-11-23 09:00'),
  ],
  [
    '003',
    'product consulting and pre-sales support; ICP filing support: 9:00 a.m. to 6:00 p.m. on business days.',
    { ...azure, ...presales },
    '2026-11-20 17:59',
    { route: 'presales', ...open },
  ],
  ['003', 'Initial response: 2 hours or less', { ...azure, ...A }, '2026-11-21 23:00', by('2026-11-22 01:00')],
  ['003', 'Initial response: 4 hours or less', { ...azure, ...B }, '2026-11-20 22:30', by('2026-11-21 11:30')],
  ['003', 'Initial response: 8 hours or less', { ...azure, ...C }, '2026-11-20 22:30', by('2026-11-21 15:30')],
  [
    '003',
    'Class A severity support is available only to customers who have signed the 21Vianet Premium online service agreement',
    { ...azure, severity: 'A', agreement: false },
    FRI,
    { severity: 'B', cap: 'B' },
  ],
];

const others: Row[] = [
  [
    '002',
    '一般法人向けサブスクリプションの管理者である必要があります。',
    { ...worldwide, person: 'not-admin' },
    FRI,
    { route: 'not-admin' },
  ],
  [
    '002',
    'パートナーを通じてサブスクリプションを購入した場合は、最初にそのパートナーの連絡先情報が表示されます。',
    { ...worldwide, purchase: 'both', affected: 'partner' },
    FRI,
    { route: 'partner-first' },
  ],
  [
    '002',
    '米国にお住まいの方は、1 800 865 9408 にお問い合わせください。',
    { ...worldwide, phone: '+1 425 882 8080' },
    FRI,
    { phoneNumber: '1 800 865 9408' },
  ],
  [
    '002',
    'オーストラリアにお住まいの方は、1 800 197 503 にお問い合わせください。',
    { ...worldwide, timeZone: 'Australia/Sydney' },
    FRI,
    { phoneNumber: '1 800 197 503' },
  ],
  [
    '002',
    'カナダにお住まいの方は、1 800 865 9408 にお問い合わせください。',
    { ...worldwide, timeZone: 'America/Toronto' },
    FRI,
    { phoneNumber: '1 800 865 9408' },
  ],
  [
    '002',
    '英国にお住まいの方は、0800 032 6417 にお問い合わせください。',
    { ...worldwide, phone: '+44 20 7031 3000' },
    FRI,
    { phoneNumber: '0800 032 6417' },
  ],
  ['002', '有料または試用版のサブスクリプションのいずれについても', { purchase: 'trial' }, FRI, { route: 'open' }],
  [
    '002',
    '社内のネットワーク チームに支援を求めてください。',
    { category: 'out-of-scope' },
    FRI,
    { route: 'out-of-scope' },
  ],
  [
    '002',
    '月曜日から金曜日までの営業時間内に問い合わせることができます。',
    { ...presales },
    '2026-11-22 10:00',
    closed('2026-11-23 09:00'),
  ],
  ['002', '月曜日から金曜日までの中国の営業時間内 (北京時間)', { ...billing }, '2026-11-20 17:59', open],
  [
    '002',
    'サード パーティ製のサービスやアドインのトラブルシューティングは含まれていません。',
    { category: 'out-of-scope' },
    FRI,
    { route: 'out-of-scope' },
  ],
  ['002', '初期対応: 1 時間以内。', { ...A }, FRI, by('2026-11-20 11:00')],
  ['002', '初期対応: 1 営業日以内。', { ...B }, '2026-11-21 15:00', by('2026-11-24 09:00')],
  ['002', '初期対応: 3 営業日以内。', { ...C }, FRI, by('2026-11-25 10:00')],
  [
    '002',
    '高度なオンライン サービス契約を締結したお客様のみ使用できます。',
    { severity: 'A', agreement: null },
    FRI,
    { route: 'ask-agreement', severity: 'B' },
  ],
  ['002', '最上位の重大度レベルは B となります。', { ...A, ...billing }, FRI, { severity: 'B' }],
  ['002', '重要度 A: 24*7 の継続的なサービス', { ...A }, '2026-11-22 04:00', open],
  ['002', '重大度 B/C: 毎日 9:00 - 24:00 (北京時間) です。', { ...C }, '2026-11-22 08:59', closed('2026-11-22 09:00')],
  ['002', '管理者向けに限定されています。', { person: 'not-admin' }, FRI, { route: 'not-admin' }],
  ['002', '(86) 400-089-0365 で電話サポートが受けられます。', { timeZone: 'Asia/Tokyo' }, FRI, { phoneNumber: NUMBER }],
  ['004', '请通过世纪互联提交服务请求。', { ...center }, FRI, { route: 'partner-center' }],
  [
    '004',
    '对于与你转售的服务相关的所有客户运营、计费或技术支持问题，你是直接联系人。',
    { ...azure, purchase: 'partner' },
    FRI,
    { route: 'partner-first' },
  ],
  [
    '004',
    '若要提交 21Vianet 代表客户的服务请求',
    { ...center, behalf: 'customer', ...billing },
    FRI,
    { route: 'on-behalf' },
  ],
];

const excerpts = readExcerpts(BOOK_FOLDER);

describe.each([
  ['in English', english],
  ['in Japanese and Chinese', others],
])('the seeds %s', (_language, rows) => {
  test.each(rows)('%s: %s', (...row) => {
    const [seed, sentence, facts, now, told] = row;
    expect(excerpts.holds(DOCS[seed]!, sentence)).toBe(true);
    expect(decided({ ...facts, now: beijing(now) })).toMatchObject(told);
  });
});

describe('policy.md, read to the letter', () => {
  const b = { ...B, phone: '13800138000', email: 'a@b.example' };
  const rows: [string, Partial<Question>, string, Told][] = [
    [
      'Order: out-of-scope before the admin check',
      { person: 'unknown', purchase: 'unknown', category: 'out-of-scope' },
      FRI,
      { route: 'out-of-scope' },
    ],
    [
      'the admin check before the purchase channel',
      { ...worldwide, person: 'not-admin', purchase: 'partner' },
      FRI,
      { route: 'not-admin' },
    ],
    [
      'contact-partner only when every subscription was bought through a partner',
      { ...worldwide, purchase: 'both' },
      FRI,
      { route: 'open' },
    ],
    [
      'how-to has technical hours but never level A',
      { ...A, category: 'how-to' },
      '2026-11-22 23:00',
      { severity: 'B', ...open },
    ],
    ['worldwide: the level orders the queue', { ...worldwide, severity: 'A' }, FRI, { severity: 'A', respondBy: null }],
    [
      'an emergency at Partner Center: no time is promised',
      { ...center, severity: 'A' },
      FRI,
      { severity: 'A', respondBy: null, openNow: false, opensAt: null },
    ],
    ['exactly at opening', b, '2026-11-20 09:00', { ...open, ...by('2026-11-23 09:00') }],
    ['a millisecond before closing', b, '2026-11-20 23:59:59.999', { ...open, ...by('2026-11-23 23:59:59.999') }],
    [
      '24:00 is the end of the day: exactly at closing',
      b,
      '2026-11-21 00:00',
      { ...closed('2026-11-21 09:00'), ...by('2026-11-24 09:00') },
    ],
    [
      'billing, exactly at closing',
      { ...billing, ...B },
      '2026-11-20 18:00',
      { ...closed('2026-11-23 09:00'), ...by('2026-11-24 09:00') },
    ],
    [
      '3 business days over Spring Festival and its two worked Saturdays',
      C,
      '2026-02-13 10:00',
      by('2026-02-25 10:00'),
    ],
    ['the same Friday, on Saturday the 14th, which is worked', C, '2026-02-14 10:00', by('2026-02-26 10:00')],
    [
      'azure development over Spring Festival',
      { ...azure, ...C, development: true },
      '2026-02-14 23:00',
      by('2026-02-24 16:00'),
    ],
    [
      'azure billing counts only its own nine hours',
      { ...azure, ...billing, ...C },
      '2026-11-20 17:00',
      by('2026-11-23 16:00'),
    ],
    [
      'over the year’s end into a year without a calendar',
      C,
      '2026-12-30 10:00',
      { ...by('2027-01-05 10:00'), provisional: true },
    ],
    ['a far year', B, '2099-05-01 10:00', { ...by('2099-05-05 09:00'), provisional: true }],
    [
      'platform hours hang on no calendar',
      { ...azure, ...C },
      '2026-12-31 20:00',
      { ...by('2027-01-01 13:00'), provisional: false },
    ],
  ];
  test.each(rows)('%s', (_sentence, facts, now, told) => {
    expect(decided({ ...facts, now: beijing(now) })).toMatchObject(told);
  });

  test('nights in which a person’s clock changes', () => {
    const asked = { ...worldwide, ...billing, timeZone: 'Europe/Berlin' };
    expect(decided({ ...asked, now: '2026-03-29T00:59:59Z' }).opensAt).toBe('2026-03-30T07:00:00.000Z');
    expect(decided({ ...asked, now: '2026-10-25T00:30:00Z' }).opensAt).toBe('2026-10-26T08:00:00.000Z');
    const halfHour = { ...asked, timeZone: 'Australia/Lord_Howe' };
    expect(decided({ ...halfHour, now: '2026-10-02T10:00:00Z' }).opensAt).toBe('2026-10-04T22:00:00.000Z');
  });

  test('local hours in a country with many clocks need the person’s zone', () => {
    const asked = { ...worldwide, ...billing, phone: '+1 425 882 8080', now: '2026-11-20T16:30:00Z' };
    expect(decided(asked)).toMatchObject({ openNow: false, opensAt: null, phoneNumber: '1 800 865 9408' });
    expect(decided({ ...asked, timeZone: 'America/New_York' }).openNow).toBe(true);
    expect(decided({ ...asked, timeZone: 'America/Los_Angeles' }).opensAt).toBe('2026-11-20T17:00:00.000Z');
    const inGermany = { ...worldwide, ...billing, phone: '+49 30 901820', now: '2026-11-20T16:30:00Z' };
    expect(decided(inGermany).opensAt).toBe('2026-11-23T08:00:00.000Z');
  });

  test('a zone that is none is the one who asks’ mistake', () => {
    expect(() => question({ timeZone: 'Beijing' })).toThrow('not an IANA time zone');
    const { zone } = rules.offerings['o365-21vianet'];
    expect(zone?.value).toBe('Asia/Shanghai');
  });
});
