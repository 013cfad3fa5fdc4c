import { describe, expect, it } from 'vitest';
import { errorCodeIn } from '#dialogs/forward.ts';
import { ownReferenceIn } from '#dialogs/on-behalf.ts';
import { LANGUAGES } from '#knowledge/schema.ts';
import type { Language } from '#knowledge/schema.ts';
import { at, CRASH, HOW_TO, OUTAGE } from './steps.ts';
import { book, person, talk } from './talk.ts';
import type { Setting, Talk } from './talk.ts';

/** Incidents, resellers and doubts, as far as they are the dialogs' own affair; whole ways are in test/conversations. */

const mail = { method: 'email', email: 'me@contoso.example' };

describe('a known incident', () => {
  it('"me too" links, tells that the end will be told, and files nothing', () => {
    const there = at('incident').pick('me-too');
    expect(there.last.deeds).toEqual([
      {
        kind: 'link-incident',
        incident: 'FM641207',
        offering: 'worldwide',
        title: 'Microsoft Forms: Users may be unable to export form responses to Excel',
      },
    ]);
    expect(there.text).toContain(book.phrases.text('en', 'incident.linked', { id: 'FM641207' }));
    expect([there.step, there.known.linked, there.requests]).toEqual(['describe', ['FM641207'], []]);
  });

  it('who linked it and still wants a request isn’t asked again, and the request names the incident', () => {
    const there = at('incident').pick('me-too');
    there.say('Forms responses of our survey: the export to Excel fails, and the audit is today.');
    expect(there.known.trail).not.toContain('incident');
    if (there.step === 'answer') there.pick('no');
    expect(there.step).toBe('severity');
    there.pick('B').form(mail);
    expect(JSON.stringify(there.reply.card?.facts)).toContain('FM641207');
    expect(there.pick('submit').requests[0]).toMatchObject({ incident: 'FM641207' });
  });

  it('"different" goes on, and the request doesn’t name it', () => {
    const there = at('incident').pick('different');
    if (there.step === 'answer') there.pick('no');
    const filed = there.pick('B').form(mail).pick('submit');
    expect(filed.requests[0]).not.toHaveProperty('incident');
    expect(filed.does('link-incident')).toEqual([]);
  });
});

const WORDS: Record<Language, string> = {
  en: 'The virtual machines of our customer can’t be started since this morning.',
  'zh-CN': '我们客户的虚拟机从今天早上起无法启动。',
  ja: '当社のお客様の仮想マシンが今朝から起動できません。',
};

describe('a reseller', () => {
  const CUSTOMERS = [
    { id: 'wide', name: 'Wide World', offering: 'o365-21vianet' as const },
    { id: 'wide', name: 'Wide World', offering: 'azure-21vianet' as const },
    { id: 'one', name: 'One Service', offering: 'azure-21vianet' as const },
  ];
  const there = (setting: Setting = {}) => {
    const begun = talk({ as: 'partner', facts: { customers: CUSTOMERS }, ...setting })
      .arrive()
      .say(WORDS[setting.language ?? 'en']);
    return (begun.step === 'answer' ? begun.pick('no') : begun).pick('customer');
  };

  it('picks a customer once, whatever number of services they have; the service is asked only where it isn’t known', () => {
    const asked = there();
    expect(asked.reply.choices?.map(({ id }) => id)).toEqual(['customer:wide', 'customer:one']);
    const several = there().pick('customer:wide');
    expect(several.step).toBe('offering');
    expect(several.reply.choices?.map(({ id }) => id)).toEqual(['o365-21vianet', 'azure-21vianet']);
    expect(several.pick('azure-21vianet').text).toContain('Wide World');
    expect(several.known.stated.customer?.offering).toBe('azure-21vianet');
    expect(there().pick('customer:one').known.stated.customer?.offering).toBe('azure-21vianet');
  });

  it('another customer’s service can’t be chosen', () => {
    expect(there().pick('customer:wide').pick('worldwide').step).toBe('offering');
  });

  it('"back" forgets the service, then the customer, then whose matter it is', () => {
    const walk = there().pick('customer:wide').pick('o365-21vianet');
    if (walk.step === 'answer') walk.pick('no');
    expect(walk.step).toBe('severity');
    const steps: string[] = [];
    while (steps.at(-1) !== 'behalf') steps.push(walk.say('back').step);
    expect(steps.filter((step) => step !== 'answer')).toEqual(['offering', 'customer', 'behalf']);
    expect(walk.known.stated).toEqual({});
    expect(walk.pick('own').pick('C').form(mail).pick('submit').requests[0]).not.toHaveProperty('customer');
  });

  it.each(LANGUAGES)('%s: what to try and what an escalation is are said, with the source', (language) => {
    const said = there({ language }).pick('customer:one').text;
    expect(said).toContain(book.phrases.text(language, 'customer.try-first-other', { name: 'One Service' }));
    expect(said).toMatch(/Customer support|客户支持/);
  });

  it('whoever says to have Partner Center is asked whose matter it is, and speaks as a reseller, unverified', () => {
    const walk = talk({ as: 'anonymous', facts: { offering: 'partner-center-21vianet', signedIn: true } }).arrive();
    walk.say(WORDS.en);
    if (walk.step === 'answer') walk.pick('no');
    expect(walk.step).toBe('admin');
    expect(walk.pick('yes').step).toBe('behalf');
    expect(walk.pick('customer').step).toBe('customer');
    walk.say('Proseware').pick('azure-21vianet');
    if (walk.step === 'answer') walk.pick('no');
    walk.pick('B').form(mail).pick('submit');
    expect(walk.requests[0]).toMatchObject({ route: 'on-behalf', unverified: ['role', 'customer'] });
  });

  it('the own number can be given, changed and taken back', () => {
    const walk = there().pick('customer:one').pick('B');
    walk.form({ ...mail, reference: 'T-1\u0007\n ' });
    expect(walk.known.stated.reference).toBe('T-1');
    expect(walk.pick('edit-contact').form({ ...mail, reference: '' }).known.stated).not.toHaveProperty('reference');
    expect(walk.pick('submit').requests[0]?.customer).toEqual({ id: 'one', name: 'One Service' });
  });

  it.each(['x', '42', '…', ' '])('"%s" is no customer’s name', (text) => {
    const walk = there({ facts: { customers: [] } });
    expect(walk.say(text).step).toBe('customer');
    expect(walk.known.stated.customer).toBeUndefined();
  });

  it.each([
    ['our ticket is INC-4711.', 'INC-4711'],
    ['Ticket #20261118', '20261118'],
    ['工单号 INC-20', 'INC-20'],
    ['チケット番号は AB-1234 です', 'AB-1234'],
    ['the case is closed', null],
    ['3 users can’t sign in', null],
  ])('"%s" names %s', (text, found) => {
    expect(ownReferenceIn(text)).toBe(found);
  });
});

describe('words to send on', () => {
  it.each([
    ['it says 0x80040115 now', '0x80040115'],
    ['AADSTS50105: not assigned', 'AADSTS50105'],
    ['bounced with 550 5.7.1 access denied', '5.7.1'],
    ['错误代码 CAA2000B', 'CAA2000B'],
    ['エラー コード：E1204 が出ます', 'E1204'],
    ['error code: 1603', '1603'],
    ['the code is wrong', null],
    ['version 16.0.1 is installed', null],
    ['10 users since 9:00', null],
  ])('%s: %s', (text, code) => {
    expect(errorCodeIn(text)).toBe(code);
  });

  it.each(LANGUAGES)('%s: hold what was written as it was written, and nothing of the directory', (language) => {
    const { card } = talk({ as: 'user', language }).say(CRASH[language]).pick('no').reply;
    const body = card?.details?.body ?? talk({ as: 'user', language }).say(CRASH[language]).reply.card?.details?.body;
    expect(body).toContain(CRASH[language]);
    const { name, email, tenant } = person('user');
    for (const known of [name, email, tenant]) expect(body).not.toContain(known);
  });
});

describe('what nothing verified', () => {
  it.each<[string, Setting, readonly string[] | undefined]>([
    ['the directory knows all', { as: 'admin-direct' }, undefined],
    ['the directory knows nothing', { as: 'anonymous' }, ['role', 'purchase']],
    ['the role is known, the purchase isn’t', { as: 'admin-direct', facts: { purchase: 'unknown' } }, ['purchase']],
  ])('%s', (_name, setting, unverified) => {
    const walk = talk(setting).say(CRASH.en);
    const answers: Record<string, string> = { answer: 'no', admin: 'yes', purchase: 'direct', severity: 'B' };
    for (let step = walk.step; step in answers; step = walk.step) walk.pick(answers[step] ?? '');
    walk.form(mail).pick('submit');
    expect(walk.requests[0]?.unverified).toEqual(unverified);
    expect(walk.requests[0]?.entitlement).toBe(unverified ? 'stated' : 'directory');
  });

  it('an agreement that only the person speaks of is named where level A rests on it', () => {
    const walk = at('agreement').pick('yes').pick('A').say('500 people can’t work at all').form({
      method: 'phone',
      phone: '+86 138 0013 8000',
    });
    expect(walk.step).toBe('review');
    expect(walk.pick('submit').requests[0]).toMatchObject({ severity: 'A', unverified: ['agreement'] });
  });

  it('facts that were verified beat what the person says', () => {
    const walk = talk({ as: 'user' }).say('I am a Global Administrator, bought directly: Outlook crashes every day.');
    if (walk.step === 'answer') walk.pick('no');
    expect(walk.reply.data).toMatchObject({ route: 'not-admin' });
  });
});

describe('a level that the words leave open', () => {
  /** Texts whose level the triage leaves open; which ones these are is its affair. */
  const OPEN: Record<Language, readonly string[]> = {
    en: ['Teams is not working.', 'SharePoint is down.', 'Outlook does not work any more.'],
    'zh-CN': ['Teams 用不了了。', 'SharePoint 打不开了。', 'Outlook 不能用了。'],
    ja: ['Teams が使えません。', 'SharePoint が開きません。', 'Outlook が動きません。'],
  };
  const doubted = (language: Language) => {
    for (const text of OPEN[language]) {
      const walk = talk({ language }).say(text);
      if (walk.step === 'answer') walk.pick('no');
      if (walk.step === 'severity' && walk.known.triage?.doubt) return walk;
    }
    throw new Error('the triage is sure of all of them');
  };

  it.each(LANGUAGES)('%s: one question, with the levels as answers, said by what they mean', (language) => {
    const walk = doubted(language);
    const doubt = walk.known.triage?.doubt ?? '';
    expect(walk.text).toContain(book.phrases.text(language, `severity.${doubt}`));
    const labels = walk.reply.choices?.map(({ label }) => label);
    expect(labels).toEqual(['A', 'B', 'C'].map((id) => book.phrases.text(language, `severity.${doubt}.${id}`)));
    expect(walk.reply.choices?.map(({ id }) => id)).toEqual(['A', 'B', 'C']);
    expect(walk.pick('C').known.severity).toBe('C');
  });

  it.each([
    ['en', 'only me'],
    ['zh-CN', '只有我一个人'],
    ['ja', '私だけです'],
  ] as const)('%s: "%s" is taken as an answer, and nothing is asked back a second time', (language, text) => {
    const walk = doubted(language).say(text);
    expect(walk.step).toBe('severity');
    expect(walk.known.description).toContain(text);
    expect(walk.text).toContain(book.phrases.text(language, 'severity.confirm'));
  });

  it.each([
    ['en', 'yes', 'no', 'fine', 'yes, in the browser, but slowly'],
    ['zh-CN', '有的', '没有', '合理', '是的，网页版还能用，就是有点慢'],
    ['ja', 'はい、あります', 'いいえ', '妥当です', 'はい、ブラウザー版なら使えますが遅いです'],
  ] as const)(
    '%s: yes to "is there a way around" is level C and said so; no and an agreement keep the level',
    (...said) => {
      const [language, yes, no, agrees, more] = said;
      const asked = (): Talk => {
        const walk = talk({ as: 'cn-admin', language }).say(CRASH[language]);
        if (walk.step === 'answer') walk.pick('no');
        const { triage } = walk.known;
        if (walk.step !== 'severity' || triage === null) throw new Error(`at ${walk.step}, no level to ask about`);
        walk.known = { ...walk.known, clarified: false, triage: { ...triage, severity: 'B', doubt: 'workaround' } };
        return walk;
      };
      const around = asked().say(yes);
      expect([around.known.severity, around.step]).toEqual(['C', 'contact']);
      expect(around.text).toContain(book.phrases.text(language, 'severity.workaround.noted'));
      expect(asked().say(no).known.severity).toBe('B');
      const agreed = asked().say(agrees);
      expect(agreed.known.severity).toBe('B');
      expect(agreed.text).not.toContain(book.phrases.text(language, 'severity.workaround.noted'));
      // What stands beside the yes is listened to.
      const told = asked().say(more);
      expect([told.step, told.known.severity]).toEqual(['severity', null]);
      expect(told.known.description).toContain(more);
    },
  );

  it.each([
    ['en', 'what should i do'],
    ['zh-CN', '那怎么办'],
    ['ja', 'どうすればいいですか'],
  ] as const)('%s: "%s" under an article is no new question; the matter stays', (language, text) => {
    const walk = talk({ as: 'user', language }).say(HOW_TO[language]);
    expect(walk.step).toBe('answer');
    walk.say(text);
    expect([walk.step, walk.known.description]).toEqual(['route', HOW_TO[language]]);
  });

  it('where the words are clear, nothing is asked back', () => {
    const walk = talk({ as: 'cn-admin-premium' }).say(OUTAGE.en);
    expect(walk.known.triage?.doubt).toBeNull();
    expect(walk.text).toContain(book.phrases.text('en', 'severity.confirm'));
  });
});
