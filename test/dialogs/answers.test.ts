import { describe, expect, it } from 'vitest';
import { languageOfLocale } from '#src/intake/language.ts';
import { inClientLanguage, onAnotherDevice } from '#dialogs/client-language.ts';
import { LANGUAGES } from '#knowledge/schema.ts';
import { CRASH, HOW_TO, INVOICE, OUTAGE, at } from './steps.ts';
import { book, person, talk } from './talk.ts';

const mail = { method: 'email', email: 'me@contoso.example' };

describe('"back forgets exactly the last fact and asks it again"', () => {
  it('also what was typed of the contact, one by one', () => {
    const there = at('callback-time').say('tomorrow 02:00');
    expect([there.step, there.text.includes('09:00')]).toEqual(['callback-time', true]);
    there.say('Monday 10:00');
    expect(there.step).toBe('review');
    there.say('back');
    expect([there.step, there.known.contact.phone]).toEqual(['callback-time', '+86 138 0013 8000']);
  });

  it.each([
    ['edit-severity', 'severity'],
    ['edit-contact', 'contact'],
    ['edit-description', 'describe'],
  ])('%s is taken back with nothing lost', (edit, step) => {
    const there = at('review').pick(edit);
    expect(there.step).toBe(step);
    const { description, severity, contact } = there.known;
    expect([description, severity, contact.email]).toEqual([CRASH.en, 'B', 'me@contoso.example']);
    there.say('back');
    expect(there.step).toBe('review');
    expect(there.known).toMatchObject({ description, severity, contact, editing: null });
  });

  it('after a change the changed answer is the last one, and each earlier one comes once', () => {
    const there = at('review');
    // Whether the book has an article for it is the book's affair.
    const hadArticle = there.known.trail.includes('answer');
    there.pick('edit-severity').pick('C');
    expect([there.step, there.known.severity]).toEqual(['review', 'C']);
    const steps = ['severity', ...(hadArticle ? ['answer'] : []), 'describe'];
    expect(steps.map(() => there.say('back').step)).toEqual(steps);
    expect(there.say('back').text).toContain('nothing to go back to');
  });

  it('across "open anyway", and both questions about the purchase', () => {
    const there = talk({ as: 'admin-mixed' }).say(CRASH.en);
    there.pick('no').pick('partner').pick('open-anyway');
    expect(there.step).toBe('severity');
    expect(there.say('back').step).toBe('route');
    expect(there.known.openAnyway).toBe(false);
    expect(there.say('back').step).toBe('purchase');
    expect(there.known.stated.affected).toBeUndefined();
    const stated = at('purchase').pick('both');
    expect([stated.step, stated.known.stated.purchase]).toEqual(['purchase', 'both']);
    stated.pick('direct');
    expect(stated.step).toBe('severity');
    expect([stated.say('back').step, stated.known.stated.purchase, stated.known.stated.affected]).toEqual([
      'purchase',
      'both',
      undefined,
    ]);
    expect([stated.say('back').step, stated.known.stated.purchase]).toEqual(['purchase', undefined]);
    expect(stated.say('back').step).toBe('admin');
  });
});

describe('"an answer given early is never asked again"', () => {
  it.each([
    ['admin-direct', 'Outlook crashes for some users. Please call me at (202) 555-0143.', 'phone', '+1 202 555 0143'],
    [
      'admin-direct',
      'Outlook crashes for some users, email me at robin@fabrikam.example please.',
      'email',
      'robin@fabrikam.example',
    ],
    ['cn-admin', '我一打开日历 Outlook 就崩溃，请打我电话 138 0013 8000。', 'phone', '+86 138 0013 8000'],
    ['cn-admin', 'Outlook 打开日历就崩溃，发邮件到 wang@contoso.example 就行', 'email', 'wang@contoso.example'],
    [
      'reader',
      '予定表を開くたびに Outlook が落ちます。折り返しは 03-1234-5678 まで電話してください。',
      'phone',
      '+81 3 1234 5678',
    ],
  ])('%s: how to be reached, said in the description', (as, text, method, value) => {
    const there = talk({ as, facts: { role: 'may-open', purchase: 'direct' } }).say(text);
    if (there.step === 'answer') there.pick('no');
    there.pick('B');
    expect([there.step, there.known.contact.method]).toEqual(['review', method]);
    expect(method === 'phone' ? there.known.contact.phone : there.known.contact.email).toBe(value);
  });

  it('an address that is only part of the problem is no contact', () => {
    const there = talk().say('Mail to bob@fabrikam.example comes back with error 550 for some users.');
    expect(there.known.contact).toEqual({ shown: false });
  });

  it('a contact card with everything is all that is asked', () => {
    expect(at('contact').form({ ...mail, phone: '(202) 555-0143' }).step).toBe('review');
    expect(at('contact').say('me@contoso.example or (202) 555-0143, rather by phone').known.contact).toMatchObject({
      method: 'phone',
      phone: '+1 202 555 0143',
      email: 'me@contoso.example',
    });
  });

  it('a level, an impact and a contact that were changed at the review are not asked again', () => {
    const there = at('review')
      .pick('edit-description')
      .say('Outlook crashes for all of our users when opening the calendar.');
    if (there.step === 'answer') there.pick('no');
    expect(there.step).toBe('severity');
    expect(there.pick('B').step).toBe('review');
  });
});

describe('"language: found from locale and text, changed by a command or by the client at any time"', () => {
  it.each([
    ['en', CRASH.ja, 'ja'],
    ['en', CRASH['zh-CN'], 'zh-CN'],
    ['ja', CRASH.en, 'en'],
    ['zh-CN', CRASH.ja, 'ja'],
  ] as const)('a client in %s, %s: greeting and answer are in the language of the text', (language, text, spoken) => {
    const there = talk({ language }).say(text);
    expect(there.last.replies.map((reply) => [reply.step, reply.language])[0]).toEqual(['welcome', spoken]);
    expect(there.reply.language).toBe(spoken);
  });

  it.each(['A', 'yes', 'submit', 'B', '1', 'ok', 'SR-TEST-0002', 'me@contoso.example'])(
    '"%s" switches nothing',
    (text) => {
      for (const language of LANGUAGES) {
        for (const step of ['severity', 'review', 'admin', 'contact', 'answer', 'submitted']) {
          expect(at(step, language).say(text).reply.language).toBe(language);
        }
      }
    },
  );

  it('a command pins it, and asks the same question again in it', () => {
    const there = at('severity').say('中文');
    expect([there.step, there.reply.language]).toEqual(['severity', 'zh-CN']);
    there.say('cancel').say(CRASH.en);
    expect([there.reply.language, there.known.languagePinned]).toEqual(['zh-CN', true]);
    expect(there.say('日本語').reply.language).toBe('ja');
    expect(there.say('english').reply.language).toBe('en');
  });

  it('a client that is switched takes the conversation along', () => {
    const there = at('severity');
    const heard = inClientLanguage(there.known, languageOfLocale('en-US'));
    expect(heard.language).toBe('en');
    expect(inClientLanguage(heard, languageOfLocale('ja-JP'))).toMatchObject({ language: 'ja', languagePinned: true });
  });

  it('another device of the person’s decides nothing that their words or a command have decided', () => {
    const { known } = at('severity');
    const desktop = onAnotherDevice({ ...known, language: 'ja', languagePinned: false }, 'en', 'メールが送れません');
    expect([desktop.language, desktop.clientLanguage], 'first heard of').toEqual(['ja', 'en']);
    const phone = onAnotherDevice(desktop, 'ja', 'まだ送れません');
    expect(phone).toMatchObject({ language: 'ja', languagePinned: false });
    const languages = (text?: string, pinned = false) =>
      onAnotherDevice({ ...phone, languagePinned: pinned }, 'en', text).language;
    expect(languages('昨日からです')).toBe('ja');
    expect(languages(), 'a button').toBe('ja');
    expect(languages('Outlook')).toBe('en');
    expect(languages('Outlook', true)).toBe('ja');
  });

  it('the welcome is said once', () => {
    const there = talk().arrive().arrive().say(CRASH.en).say('start over').arrive();
    expect(there.replies.filter(({ step }) => step === 'welcome')).toHaveLength(1);
  });
});

describe('who writes a sentence where buttons are shown is heard', () => {
  it.each([
    ['answer', 'I tried that but it still does not open, error 403 appears', 'severity'],
    ['severity', 'It affects all 40 people in the finance department since the update', 'severity'],
    ['similar', 'It started after the update yesterday evening and has become worse', 'similar'],
    ['incident', 'It happens only with the new survey that we made last Friday', 'incident'],
    ['route', 'It happens on both of my computers and also in the browser', 'route'],
  ])('%s: more of the same matter is added to it', (step, text, then) => {
    const there = at(step);
    const before = there.known.description;
    there.say(text);
    expect([there.step, there.known.description]).toEqual([then, `${before}\n${text}`]);
    expect(there.text).toContain('added');
    expect(there.does('feedback')).toHaveLength(step === 'answer' ? 1 : 0);
  });

  it.each([
    ['answer', 'zh-CN', '我试过了，还是打不开，提示 403 错误'],
    ['answer', 'ja', '試しましたが、まだ開けません。エラー403が出ます'],
    ['severity', 'zh-CN', '现在财务部所有人的 Outlook 都打不开日历了'],
    ['severity', 'ja', '経理部全員の Outlook が落ちるようになりました'],
  ] as const)('%s, %s: likewise', (step, language, text) => {
    const there = at(step, language).say(text);
    expect(there.known.description).toContain(text);
    expect(there.reply.language).toBe(language);
    expect(there.step).not.toBe('answer');
  });

  it.each(LANGUAGES)('%s: another matter is another question', (language) => {
    for (const step of ['answer', 'severity', 'route']) {
      const there = at(step, language).say(INVOICE[language]);
      expect([step, there.known.description, there.known.triage?.category]).toEqual([
        step,
        INVOICE[language],
        'billing',
      ]);
      const asked = at(step, language).say(HOW_TO[language]);
      expect([asked.known.triage?.category, asked.step]).toEqual(['how-to', 'answer']);
    }
  });

  it('"no" with more behind it is no, and the rest is kept', () => {
    const there = at('answer').say(
      'no, we did all of this last week already and the new users still cannot see the shared calendar',
    );
    expect(there.known.description).toContain('shared calendar');
    expect(there.does('feedback')).toMatchObject([{ helpful: false }]);
  });

  it.each([
    ['en', 'yes, that solved it, thank you very much for your help'],
    ['en', 'thanks!'],
    ['en', 'that helped'],
    ['zh-CN', '谢谢！'],
    ['ja', 'ありがとうございます。'],
  ] as const)('%s: "%s" under an article is yes', (language, text) => {
    const there = at('answer', language).say(text);
    expect(there.does('feedback')).toMatchObject([{ helpful: true }]);
    expect(there.known.description).toBeNull();
  });

  it('two texts that are not understood offer a person; an answer in between starts the count anew', () => {
    const there = at('admin').say('hmm').say('well');
    expect(there.text).toContain('human');
    expect(at('admin').say('hmm').text).not.toContain('human');
  });
});

describe('natural words at their step', () => {
  it.each([
    ['admin', 'en', 'I am not an admin, just a user', 'route'],
    ['admin', 'en', 'I think so', 'purchase'],
    ['admin', 'en', 'why do you ask?', 'admin'],
    ['purchase', 'en', 'we bought it on the website', 'severity'],
    ['purchase', 'en', 'dont know', 'severity'],
    ['answer', 'en', 'open a ticket', 'severity'],
    ['answer', 'zh-CN', '我要提工单', 'severity'],
    ['answer', 'ja', '問い合わせを登録したい', 'severity'],
    ['answer', 'en', 'What about shared mailboxes?', 'answer'],
    ['severity', 'en', 'what is the difference?', 'severity'],
    ['severity', 'en', 'fine', 'contact'],
    ['similar', 'en', "it's the same", 'describe'],
    ['review', 'en', 'change phone number', 'contact'],
    ['review', 'en', 'all correct', 'submitted'],
    ['review', 'en', 'correct the phone number', 'contact'],
    ['review', 'en', "don't send it", 'review'],
    ['review', 'en', 'not yet', 'review'],
    ['review', 'zh-CN', '可以', 'submitted'],
    ['review', 'zh-CN', '行', 'submitted'],
    ['review', 'zh-CN', '没问题，提交吧', 'submitted'],
    ['review', 'zh-CN', '可以加一张截图', 'review'],
    ['review', 'zh-CN', '可以提交吗？', 'review'],
    ['review', 'zh-CN', '好的，等一下', 'review'],
    ['review', 'zh-CN', '好的，先别提交', 'review'],
    ['review', 'zh-CN', '没问题吗', 'review'],
    ['review', 'zh-CN', '可以？', 'review'],
    ['review', 'zh-CN', '提交?', 'review'],
    ['review', 'zh-CN', '可以先改联系方式吗', 'review'],
    ['review', 'zh-CN', '不需要改', 'submitted'],
    ['review', 'en', 'sounds good, send it', 'submitted'],
    ['review', 'en', 'ok go ahead', 'submitted'],
    ['review', 'en', 'sure', 'submitted'],
    ['review', 'en', 'ok wait', 'review'],
    ['review', 'en', 'sure?', 'review'],
    ['review', 'en', 'Send?', 'review'],
    ['review', 'en', 'yes, don’t send it yet', 'review'],
    ['review', 'en', 'ok but change the title', 'review'],
    ['review', 'en', 'send it tomorrow', 'review'],
    ['review', 'en', 'should I send it?', 'review'],
    ['review', 'en', 'ok, let me check first', 'review'],
    ['review', 'ja', 'はい、お願いします', 'submitted'],
    ['review', 'ja', 'それで大丈夫です', 'submitted'],
    ['review', 'ja', '了解です', 'submitted'],
    ['review', 'ja', 'はい、ちょっと待って', 'review'],
    ['review', 'ja', '送って大丈夫ですか？', 'review'],
    ['review', 'ja', '大丈夫じゃない', 'review'],
    ['review', 'ja', 'これでいいですか', 'review'],
    ['review', 'ja', '了解です？', 'review'],
    ['review', 'ja', '送ってください', 'submitted'],
    ['review', 'ja', 'はい、送らないでください', 'review'],
    ['route', 'en', 'I will ask my admin, thank you very much', 'describe'],
    ['describe', 'ja', 'お世話になっております', 'describe'],
  ] as const)('%s, %s: "%s" leads to %s', (step, language, text, then) => {
    const there = at(step, language);
    const { description } = there.known;
    there.say(text);
    expect(there.step, there.text).toBe(then);
    expect([null, description, text]).toContain(there.known.description);
  });

  it.each(['hello', '你好', 'こんにちは'])('"%s" is answered by the question, not by a complaint', (text) => {
    expect(at('describe').say(text).known.misses).toBe(0);
    expect(at('describe').say('10').known.misses).toBe(1);
  });
});

describe('when it is over', () => {
  it.each([
    ['en', 'thanks'],
    ['en', 'Thank you very much!'],
    ['zh-CN', '谢谢'],
    ['zh-CN', '好的，谢谢！'],
    ['ja', 'ありがとうございました。'],
  ] as const)('%s: "%s" is taken as said', (language, text) => {
    const submitted = at('submitted', language);
    const { request } = submitted.known;
    submitted.say(text);
    expect([submitted.step, submitted.known.request, submitted.last.deeds]).toEqual(['submitted', request, []]);
    const left = at('route', language).pick('done').say(text);
    expect([left.step, left.known.misses, left.known.description]).toEqual(['describe', 0, null]);
    expect(left.text).toBe(book.phrases.text(language, 'thanks'));
  });

  it('a new matter after a request is a new case, and the directory is asked anew', () => {
    const there = at('submitted').say(INVOICE.en);
    expect(there.known).toMatchObject({
      description: INVOICE.en,
      request: null,
      severity: null,
      contact: { shown: false },
    });
  });

  it('to send once more tells the number and files nothing', () => {
    const there = at('review');
    const id = there.known.submissionId;
    there.pick('submit');
    const number = there.known.request!.number;
    for (const again of [
      () => there.submit('review', { choice: 'submit', id }),
      () => there.say('submit'),
      () => there.say('yes'),
    ]) {
      again();
      expect(there.text).toContain(number);
      expect(there.does('file')).toEqual([]);
    }
    expect(there.requests).toHaveLength(1);
  });

  it('an old card of the review, or one without its id, is never filed', () => {
    const there = at('review');
    const old = there.known.submissionId;
    there.pick('edit-severity').pick('C');
    for (const id of [old, null, 'forged']) {
      there.submit('review', { choice: 'submit', id });
      expect([there.step, there.does('file')]).toEqual(['review', []]);
    }
    expect(there.pick('submit').does('file')).toHaveLength(1);
  });

  it('a request is added to by its number, at any step; the number alone asks how it stands', () => {
    const there = at('submitted');
    const number = there.known.request!.number;
    there.say(`${number.toLowerCase()} now also on the phones`);
    const text = expect.stringContaining('phones');
    expect(there.last.deeds).toEqual([{ kind: 'add-information', number, text, by: null }]);
    there.say(INVOICE.en);
    const { step } = there;
    there.say(`${number}: solved by itself on Tuesday`);
    expect([there.step, there.does('add-information').length]).toEqual([step, 1]);
    there.say(number);
    expect([there.text.includes('open'), there.last.deeds]).toEqual([true, []]);
    there.say('SR-9999-9999 tell me of it');
    expect(there.does('add-information')).toEqual([]);
  });

  it.each([
    ['en', 'my requests'],
    ['zh-CN', '我的工单'],
    ['ja', 'リクエスト一覧'],
  ] as const)('%s: "%s" lists them, with level and state', (language, words) => {
    const there = at('submitted', language);
    const number = there.known.request!.number;
    there.say(words);
    expect(there.text).toContain(number);
    expect(talk({ language }).arrive().say(words).text).not.toContain('SR-');
  });
});

describe('caps: said with their reason, and never proposed against', () => {
  it('without the agreement a total outage is filed as B, also when A is chosen', () => {
    const there = talk({ as: 'cn-admin', language: 'en' }).say(OUTAGE.en);
    expect(there.text).toContain('level B');
    expect(there.text).toContain('agreement');
    expect(there.pick('B').say('back').pick('A').step).toBe('contact');
    expect([there.step, there.form(mail).pick('submit').known.request?.severity]).toEqual(['contact', 'B']);
  });

  it.each([
    ['yes', 'impact'],
    ['no', 'contact'],
    ['not-sure', 'contact'],
  ])('agreement %s: after A comes %s', (answer, step) => {
    const there = at('agreement').pick(answer);
    expect(there.step).toBe('severity');
    expect(there.pick('A').step).toBe(step);
  });

  it('billing and how-to: A can be chosen, B or C is granted, and the impact is not asked', () => {
    for (const text of [INVOICE.en, HOW_TO.en]) {
      const there = talk({ as: 'cn-admin-premium', language: 'en' }).say(text);
      if (there.step === 'answer') there.pick('no');
      there.pick('A');
      expect(there.step).toBe('contact');
      expect(there.text).toMatch(/\b[BC]\b/);
    }
  });

  it('up and down again: what A asked for goes with it', () => {
    const there = at('impact')
      .form({ impact: 'All 500 people stand still.' })
      .form({ method: 'phone', phone: '13800138000' });
    expect(there.step).toBe('review');
    there.pick('edit-severity').pick('C');
    expect([there.step, there.known.impact]).toEqual(['review', null]);
    expect(there.pick('edit-severity').pick('A').step).toBe('impact');
  });

  it.each([
    ['B please', 'B'],
    ['level c', 'C'],
    ['选 C 吧', 'C'],
    ['改成B', 'B'],
    ['Cでお願いします', 'C'],
    ['yes', 'B'],
    ['a bit slow only', null],
    ['why B?', null],
    ['why is it B', null],
    ['为什么是 B', null],
    ['なぜBですか', null],
    ['not A', null],
    ['A or B', null],
    ["it's a problem", null],
  ])('"%s" means %s', (text, level) => {
    const there = at('severity').say(text);
    expect([there.step, there.known.severity]).toEqual(level === null ? ['severity', null] : ['contact', level]);
  });
});

describe('partners and customers', () => {
  it('a reseller finds a customer by a part of the name, sees several, or none', () => {
    const there = at('customer').say('中国');
    expect(there.reply.choices?.map(({ id }) => id)).toEqual(['customer:contoso-cn', 'customer:fabrikam-cn']);
    there.say('Nobody Ltd.');
    expect([there.step, there.reply.choices?.length]).toEqual(['customer', 2]);
    there.say('fabri');
    expect(there.reply.choices?.map(({ id }) => id)).toEqual(['customer:fabrikam-cn']);
    there.say('yes');
    expect([there.step, there.known.stated.customer?.id]).toEqual(['answer', 'fabrikam-cn']);
    expect(there.pick('no').step).toBe('severity');
    const filed = there.pick('B').form(mail).pick('submit');
    expect(filed.requests[0]).toMatchObject({ route: 'on-behalf', customer: { id: 'fabrikam-cn' } });
  });

  it('their own problem goes to Partner Center', () => {
    const there = at('behalf').pick('own');
    expect(there.step).toBe('severity');
    expect(there.pick('C').form(mail).pick('submit').requests[0]).toMatchObject({ route: 'partner-center' });
  });

  it('another reseller’s customer is not found by its id', () => {
    expect(at('customer').pick('customer:adatum-cn').step).toBe('customer');
    expect(at('customer').say('customer:adatum-cn').step).toBe('customer');
  });
});

describe('who isn’t signed in', () => {
  it.each(LANGUAGES)('%s: the number to call comes with the first answer, and nothing of any tenant', (language) => {
    const text = {
      en: 'I can’t sign in to the admin center.',
      'zh-CN': '我登录不了管理中心。',
      ja: '管理センターにサインインできません。',
    }[language];
    const there = talk({ as: 'anonymous', language }).say(text);
    expect(there.text).toMatch(/\d{3}[ -]\d{3}/);
    expect(there.text).not.toMatch(/400-089-0365|contoso|fabrikam/i);
  });

  it.each([
    ['en', 'I can’t sign in to Office 365 operated by 21Vianet.'],
    ['zh-CN', '我登录不了世纪互联的管理中心。'],
    ['ja', '21Vianet の管理センターにサインインできません。'],
  ] as const)('%s: who names 21Vianet gets its number, never the worldwide one', (language, text) => {
    const there = talk({ as: 'anonymous', language, region: 'CN' }).say(text);
    expect(there.text).toContain('400-089-0365');
    const worldwide = (book.rules.phones['CN'] ?? []).filter(({ cloud }) => cloud === 'worldwide');
    expect(worldwide.length).toBeGreaterThan(0);
    for (const { number } of worldwide.flatMap(({ numbers }) => numbers)) expect(there.text).not.toContain(number);
  });

  it('a directory that knows beats what is written', () => {
    const there = talk({ as: 'admin-direct' }).say('Outlook of our 21Vianet colleagues crashes all the time.');
    expect(there.known.stated.offering).toBeUndefined();
    expect(person('admin-direct').offering).toBe('worldwide');
  });
});
