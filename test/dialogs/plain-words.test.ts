import { describe, expect, it } from 'vitest';
import type { Language } from '#knowledge/schema.ts';
import { CRASH } from './steps.ts';
import { talk } from './talk.ts';
import type { Talk } from './talk.ts';

/** What people really write in between, at the step where a whole conversation had them stranded. */

const each = <Row extends readonly unknown[]>(table: Record<Language, readonly Row[]>): [Language, ...Row][] =>
  (Object.entries(table) as [Language, readonly Row[]][]).flatMap(([language, rows]) =>
    rows.map((row): [Language, ...Row] => [language, ...row]),
  );

/** A request at level B of 21Vianet's Office 365, just filed. */
function filed(language: Language): { there: Talk; number: string } {
  const there = talk({ as: 'cn-admin-premium', language, timeZone: 'Asia/Shanghai' }).arrive().say(CRASH[language]);
  if (there.step === 'answer') there.pick('no');
  there.pick('B').form({ method: 'email', email: 'li@contoso.example' }).pick('submit');
  expect(there.step).toBe('submitted');
  return { there, number: there.requests[0]?.number ?? '' };
}

const choicesOf = (there: Talk): string[] =>
  there.last.replies.flatMap(({ choices }) => choices?.map(({ id }) => id) ?? []);

describe('right after a request was filed', () => {
  it.each(
    each({
      en: [['what is the status of my request?'], ['how is my ticket going?'], ['any news about my request']],
      'zh-CN': [['查一下我的请求状态'], ['我刚才提交的请求怎么样了'], ['我的工单现在处理得怎么样了？']],
      ja: [
        ['リクエストの状況を教えてください'],
        ['先ほどのリクエストはどうなっていますか'],
        ['チケットの進捗を確認したいです'],
      ],
    }),
  )('%s: “%s” shows it', (language, words) => {
    const { there, number } = filed(language);
    there.say(words);
    expect(choicesOf(there)).toContain(`show:${number}`);
    expect(there.step).toBe('submitted');
  });

  it.each(
    each({
      en: [['I need to open a request'], ['the status page of our portal shows an error for everybody']],
      'zh-CN': [['我要提交一个新的请求，打印机坏了'], ['查看日历时一直报错，大家都这样']],
      ja: [['新しいリクエストを登録したい'], ['メールの状態がずっとオフラインで困っています']],
    }),
  )('%s: “%s” asks for no list', (language, words) => {
    const { there, number } = filed(language);
    expect(choicesOf(there.say(words))).not.toContain(`show:${number}`);
  });

  it.each(
    each({
      en: [['please add: the queues hold 20000 mails now'], ['One more thing, it began after the update']],
      'zh-CN': [['补充：现在队列里有两万封邮件'], ['再补充一下，是更新之后开始的']],
      ja: [['追加で、本社でも発生しています'], ['補足です。更新のあとから起きています']],
    }),
  )('%s: “%s” is added to it', (language, words) => {
    const { there, number } = filed(language);
    there.say(words);
    expect(there.does('add-information')).toMatchObject([{ number, text: words }]);
    expect(there.step).toBe('submitted');
  });

  it.each(
    each({ en: [['cancel'], ['withdraw']], 'zh-CN': [['取消'], ['撤回']], ja: [['キャンセル'], ['取り下げたい']] }),
  )('%s: “%s” asks whether to withdraw it, and says nothing of having discarded it', (language, words) => {
    const { there, number } = filed(language);
    there.say(words);
    expect(choicesOf(there)).toContain(`withdraw-yes:${number}`);
    expect(there.requests[0]?.state).toBe('open');
    there.say({ en: 'yes', 'zh-CN': '是的', ja: 'はい' }[language]);
    expect(there.requests[0]?.state).toBe('withdrawn');
  });

  it('a level that is named with its verb is the one that is asked for', () => {
    const { there } = filed('zh-CN');
    expect(there.say('把级别提到A').text).toContain('提高到 A 级');
  });

  it.each(each({ en: [['tomorrow 10:00']], 'zh-CN': [['明天上午10点']], ja: [['明日の10時']] }))(
    '%s: the time of the call is said again',
    (language, time) => {
      const there = talk({ as: 'cn-admin', language, timeZone: 'Asia/Shanghai' }).arrive().say(CRASH[language]);
      if (there.step === 'answer') there.pick('no');
      there.pick('B').form({ method: 'phone', phone: '+8613800138000', callbackAt: time }).pick('submit');
      expect(there.text).toMatch(/10:00[^]*10:00|10:00/);
      expect(there.text).toMatch(/2026.{0,8}(?:11|Nov).{0,10}19|19.{0,4}Nov.{0,4}2026/);
    },
  );
});

/** Asked how to be reached, of a matter at level B. */
const asked = (language: Language): Talk => {
  const there = talk({ as: 'admin-direct', language }).arrive().say(CRASH[language]);
  if (there.step === 'answer') there.pick('no');
  there.pick('B');
  expect(there.step).toBe('contact');
  return there;
};

describe('asked for the contact', () => {
  it.each(
    each({
      en: [
        ['my number is +49 30 901820, mail alex@contoso.com', 'phone'],
        ['mail: alex@contoso.com, phone +49 30 901820', 'phone'],
        ['mail me at alex@contoso.com, my number is +49 30 901820', 'email'],
      ],
      'zh-CN': [
        ['号码 +86 138 0013 8000，邮箱 li@contoso.cn', 'phone'],
        ['请发邮件到 li@contoso.cn，号码 +86 138 0013 8000', 'email'],
      ],
      ja: [
        ['番号は +81 3 1234 5678、メールアドレスは sato@contoso.jp です', 'phone'],
        ['メールでお願いします。sato@contoso.jp、番号は +81 3 1234 5678', 'email'],
      ],
    }),
  )('%s: “%s” is by %s', (language, words, method) => {
    expect(asked(language).say(words).known.contact).toMatchObject({ method });
  });

  it.each([
    ['0049 30 901820', '+49 30 901820'],
    ['please call 0086 138 0013 8000', '+86 138 0013 8000'],
  ])('00 before a country code is a +: %s', (words, phone) => {
    expect(asked('en').say(words).known.contact).toMatchObject({ method: 'phone', phone });
  });

  it.each(
    each({
      en: [['looks good'], ['continue']],
      'zh-CN': [['没问题'], ['继续']],
      ja: [['このままで大丈夫です'], ['次へ']],
    }),
  )('%s: “%s” takes the card as it stands', (language, words) => {
    const there = asked(language).say(words);
    expect(there.step).toBe('review');
    expect(there.known.contact).toMatchObject({ method: 'phone', phone: '+1 202 555 0143' });
  });
});

describe('at a way out', () => {
  it.each(each({ en: [['what should I do?']], 'zh-CN': [['那我该怎么办？']], ja: [['どうすればいいですか']] }))(
    '%s: “%s” is answered, and is no other matter',
    (language, words) => {
      const described = {
        en: 'The invoice amount is wrong',
        'zh-CN': '发票金额不对，多扣了钱',
        ja: '請求書の金額が間違っています',
      };
      const there = talk({ as: 'reader', language }).arrive().say(described[language]);
      if (there.step === 'answer') there.pick('no');
      expect(there.step).toBe('route');
      there.say(words);
      expect([there.step, there.known.description]).toEqual(['route', described[language]]);
      expect(there.known.misses).toBe(0);
    },
  );

  it.each(
    each({ en: [['file it anyway']], 'zh-CN': [['还是提交']], ja: [['このまま登録してください'], ['このまま開く']] }),
  )('%s: “%s” goes on to the request', (language, words) => {
    const there = talk({ as: 'admin-mixed', language }).arrive().say(CRASH[language]);
    if (there.step === 'answer') there.pick('no');
    there.pick('partner').say(words);
    expect(there.step).toBe('severity');
  });

  it('the way to a person is named once, however often it was not understood', () => {
    const there = talk({ as: 'reader', language: 'ja' })
      .arrive()
      .say('請求書の金額が間違っています')
      .all('むむ', 'むむむ');
    expect(there.text.split('うまく進まないときは').length - 1).toBe(1);
  });
});

describe('another matter', () => {
  it.each(
    each({
      en: [['actually I have another problem: how do I create a shared mailbox']],
      'zh-CN': [['还有个问题：怎么创建共享邮箱']],
      ja: [['別の質問ですが、共有メールボックスの作り方を教えてください']],
    }),
  )('%s: “%s” replaces the one before', (language, words) => {
    const first = {
      en: 'How do I forward mail',
      'zh-CN': '怎么设置邮件转发',
      ja: 'メールの転送を設定する方法を教えてください',
    };
    const there = talk({ as: 'cn-admin', language }).arrive().say(first[language]);
    expect(there.known.answer?.topic).toBe('ts.mail-forwarding');
    there.say(words);
    expect(there.known.description).toBe(words);
    expect(there.known.answer?.topic).toBe('ts.shared-mailbox');
  });
});

describe('what is no matter of support', () => {
  it.each(each({ en: [['who are you?']], 'zh-CN': [['你是谁啊？']], ja: [['あなたは誰ですか？']] }))(
    '%s: “%s” is told who answers',
    (language, words) => {
      const there = talk({ language }).arrive().say(words);
      expect(there.text).toContain('Frontdesk');
      expect(there.step).toBe('describe');
    },
  );

  it.each(each({ en: [['cancel']], 'zh-CN': [['取消']], ja: [['キャンセル']] }))(
    '%s: who leaves the line hears that, and nothing of a request',
    (language, words) => {
      const there = talk({ language })
        .arrive()
        .say({ en: 'human', 'zh-CN': '人工', ja: '担当者' }[language])
        .say(words);
      expect(there.step).toBe('describe');
      expect(there.text).not.toMatch(/filed|请求|リクエスト/);
    },
  );
});

describe('a fault that is told', () => {
  it.each([
    ['zh-CN', '我的outlook打不开了', false],
    ['zh-CN', '严重级别 A、B、C 怎么分？', true],
  ] as const)('%s: “%s” is answered by how support works: %s', (language, words, isAnswered) => {
    const there = talk({ as: 'cn-admin', language }).arrive().say(words);
    expect(there.known.answer?.topic === 'o365cn.severity-levels').toBe(isAnswered);
  });
});
