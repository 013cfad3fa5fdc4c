import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ColleagueRequest } from '#dialogs/question.ts';
import { LANGUAGES } from '#knowledge/schema.ts';
import type { Language } from '#knowledge/schema.ts';
import { CRASH, INVOICE, OUTAGE, WAYS, at } from './steps.ts';
import { NOW, book, talk } from './talk.ts';
import type { Setting, Talk } from './talk.ts';

/** "My requests … add information, raise severity, withdraw, reopen, history in plain words", from every step, by card and by words. */

const DAY = 24 * 60 * 60_000;

/** Somebody who has filed a request at level B (21Vianet's Office 365), and is at nothing now. */
function filed(
  language: Language = 'en',
  setting: Setting = {},
  text = CRASH[language],
): { there: Talk; number: string } {
  const there = talk({ as: 'cn-admin', language, ...setting })
    .arrive()
    .say(text);
  if (there.step === 'answer') there.pick('no');
  there.pick('B').form({ method: 'email', email: 'li@contoso.example' }).pick('submit');
  const number = there.requests[0]?.number ?? '';
  expect([there.step, number]).toEqual(['submitted', expect.stringMatching(/^SR-TEST/)]);
  return { there, number };
}

const changes = (there: Talk): unknown[] =>
  there.deeds.flatMap((deed) => (deed.kind === 'change-request' ? [[deed.event, deed.number]] : []));
const status = (there: Talk): (typeof there.replies)[number] | undefined =>
  there.last.replies.find(({ step }) => step === 'status');
const ids = (there: Talk): string[] => status(there)?.choices?.map(({ id }) => id.replace(/:.*/, '')) ?? [];
const press = (there: Talk, verb: string, number: string): Talk =>
  there.submit('status', { choice: `${verb}:${number}` });

const SAID: Record<
  Language,
  Record<'list' | 'withdraw' | 'raise' | 'reopen' | 'history' | 'receipt' | 'add', string[]>
> = {
  en: {
    list: ['my requests', 'status'],
    withdraw: ['withdraw N', 'Please withdraw my request N', 'I want to cancel ticket N', 'can you close N'],
    raise: ['raise the level of N', 'please escalate N', 'N needs a higher severity'],
    reopen: ['reopen N', 'Could you open N again please?'],
    history: ['history of N', 'show me the history of my request N'],
    receipt: ['receipt for N', 'can I have a receipt for N please'],
    add: ['add information to N', 'I want to add something to N'],
  },
  'zh-CN': {
    list: ['我的请求', '进度'],
    withdraw: ['撤回 N', '请帮我撤回请求N', '我想取消工单 N', 'N 不需要了'],
    raise: ['提高 N 的级别', '请把 N 升级', 'N 加急一下'],
    reopen: ['重新打开 N', '麻烦重新打开请求 N'],
    history: ['N 的处理记录', '查看 N 的历史'],
    receipt: ['N 的回执', '请给我 N 的回执'],
    add: ['给 N 补充信息', '我要补充 N'],
  },
  ja: {
    list: ['自分のリクエスト', '状況'],
    withdraw: [
      'N を取り下げてください',
      'リクエスト N を取り下げたいです',
      'N をキャンセルしたい',
      'N は不要になりました',
    ],
    raise: ['N の重大度を上げてください', 'N の優先度を上げたい', 'N をエスカレーションしてください'],
    reopen: ['N を再開してください', 'リクエスト N を再開したいです'],
    history: ['N の経過を教えてください', 'N の履歴を見たい'],
    receipt: ['N の控えをください', 'N の控えが欲しいです'],
    add: ['N に情報を追加したいです', 'N に追記します'],
  },
};
const YES: Record<Language, string> = { en: 'yes', 'zh-CN': '是的', ja: 'はい' };
const NO: Record<Language, string> = { en: 'no', 'zh-CN': '不要', ja: 'いいえ' };
const BACK: Record<Language, string> = { en: 'back', 'zh-CN': '返回', ja: '戻る' };

const put = (text: string, number: string): string => text.replace('N', number);
const kept = ({ known }: Talk): unknown => ({ ...known, about: null, misses: 0 });
const premium = (facts: Setting['facts'] = {}): ReturnType<typeof filed> =>
  filed('en', { as: 'cn-admin-premium', facts });
const raise = ({ there, number }: ReturnType<typeof filed>, verb: string): Talk =>
  press(there, verb, number).say('Nobody in the company can work since noon, orders are lost.');

describe.each(LANGUAGES)('in %s', (language) => {
  const said = SAID[language];
  it('the list names them and opens each; its card tells all and offers what can be done', () => {
    const { there, number } = filed(language);
    for (const text of said.list) {
      there.say(text);
      expect(status(there)?.choices?.map(({ id }) => id)).toEqual([`show:${number}`]);
    }
    press(there, 'show', number);
    expect(ids(there)).toEqual(['add', 'raise', 'withdraw', 'history', 'receipt']);
    expect(there.text).toContain('li@contoso.example');
    expect(there.say(number).text).toContain('li@contoso.example');
  });

  it.each(said.withdraw)('"%s": asked once, then withdrawn; the queue no longer holds it', (text) => {
    const { there, number } = filed(language);
    there.say(put(text, number));
    expect([ids(there), changes(there)]).toEqual([['withdraw-yes', 'keep'], []]);
    there.say(YES[language]);
    expect([changes(there), there.requests[0]?.state, there.step]).toEqual([
      [['withdrawn', number]],
      'withdrawn',
      'describe',
    ]);
    // Once more changes nothing, and says why.
    press(there, 'withdraw-yes', number);
    there.say(put(text, number));
    expect(changes(there)).toHaveLength(1);
    expect(ids(there)).toEqual(['reopen', 'history', 'receipt']);
  });

  it('a letter or a "yes" is no reason for a level: asked again, nothing changed', () => {
    const { there, number } = filed(language, { as: 'cn-admin-premium' });
    there.say(put(said.raise[0]!, number));
    for (const text of ['A', YES[language]]) {
      there.say(text);
      expect([text, changes(there), there.text]).toEqual([text, [], book.phrases.text(language, 'impact.too-short')]);
    }
    // By mail alone nobody is at level A: heard, as a wish.
    there.say(OUTAGE[language]);
    expect(changes(there)).toEqual([['severity-wished', number]]);
  });

  it('an exclamation mark at the end of what was written is not followed by a full stop', () => {
    const { there } = filed(language, {}, `${CRASH[language].replace(/[.。]$/u, '')}!`);
    there.say(said.list[0]!);
    expect(there.text).not.toMatch(/[!！][.。]/u);
  });

  it('with nothing else under way, the word alone is about what was filed; with nothing filed it is not', () => {
    const alone = {
      en: ['withdraw', 'raise the level'],
      'zh-CN': ['撤回', '要求提高级别'],
      ja: ['取り下げたい', '重大度を上げたい'],
    }[language];
    for (const word of alone) {
      const { there } = filed(language);
      there.say({ en: 'start over', 'zh-CN': '重新开始', ja: '最初から' }[language]);
      expect([there.step, there.known.description]).toEqual(['describe', null]);
      there.say(word);
      expect([word, there.last.replies.some(({ step }) => step === 'status')]).toEqual([word, true]);
      const nothing = talk({ as: 'cn-admin', language }).arrive().say(word);
      expect([word, nothing.last.replies.some(({ step }) => step === 'status')]).toEqual([word, false]);
    }
  });

  it('no, back, or a word on something else: nothing is withdrawn', () => {
    const { there, number } = filed(language);
    for (const word of [NO[language], BACK[language]]) {
      there.say(put(said.withdraw[0]!, number)).say(word);
      expect([word, changes(there), there.requests[0]?.state]).toEqual([word, [], 'open']);
    }
    there.say(put(said.withdraw[0]!, number)).say(INVOICE[language]);
    expect([changes(there), there.known.description]).toEqual([[], INVOICE[language]]);
    // The question is gone: a yes now is no yes to it.
    there.say(YES[language]);
    expect(changes(there)).toEqual([]);
  });

  it.each(said.raise)('"%s": asks what for; without the agreement it is a wish that the agent sees', (text) => {
    const { there, number } = filed(language);
    there.say(put(text, number));
    expect(changes(there)).toEqual([]);
    there.say(
      { en: 'Now nobody can work any more', 'zh-CN': '现在所有人都没法工作了', ja: '現在、全員が作業できません' }[
        language
      ],
    );
    expect(there.does('change-request')).toMatchObject([{ event: 'severity-wished', number, data: { severity: 'A' } }]);
    expect(there.requests[0]?.severity).toBe('B');
    expect(there.known.description).toBe(CRASH[language]);
  });

  it.each(said.reopen)('"%s": within the days, into the queue with a new time', (text) => {
    const { there, number } = filed(language);
    const before = there.requests[0]!.respondBy;
    there.now = NOW + DAY;
    there.happens(number, 'closed', {}, 'agent-1');
    there.now = NOW + 14 * DAY;
    there.say(put(text, number));
    expect([changes(there), there.requests[0]?.state]).toEqual([[['reopened', number]], 'open']);
    expect(Date.parse(there.requests[0]!.respondBy!)).toBeGreaterThan(Date.parse(before!));
    there.say(put(text, number));
    expect(changes(there)).toHaveLength(1);
  });

  it('a day too late it can’t be reopened, and that is said', () => {
    const { there, number } = filed(language);
    there.happens(number, 'closed', {}, 'agent-1');
    there.now = NOW + 14 * DAY + 1;
    there.say(put(said.reopen[0]!, number));
    expect([changes(there), ids(there), there.text.includes('14')]).toEqual([[], ['history', 'receipt'], true]);
  });

  it.each(said.add)('"%s": what is written next is added, whatever it sounds like', (text) => {
    const { there, number } = filed(language);
    there.say(put(text, number)).say(INVOICE[language]);
    expect(there.does('add-information')).toMatchObject([{ number, text: INVOICE[language], by: null }]);
    expect(there.step).toBe('submitted');
    // And only that.
    there.say(INVOICE[language]);
    expect(there.does('add-information')).toEqual([]);
  });

  it('what is added to one that is closed is kept until it is open again', () => {
    const { there, number } = filed(language);
    there.happens(number, 'closed', {}, 'agent-1');
    const more = { en: 'it crashes again', 'zh-CN': '又崩溃了', ja: 'また落ちます' }[language];
    there.say(`${number} ${more}`);
    expect(there.last.deeds).toEqual([]);
    there.say(YES[language]);
    expect(there.last.deeds).toMatchObject([
      { event: 'reopened' },
      { kind: 'add-information', text: `${number} ${more}` },
    ]);
  });

  it.each(said.history)('"%s": everything that happened, in plain words', (text) => {
    const { there, number } = filed(language);
    there.say(`${number} ${CRASH[language]}`);
    there.happens(number, 'severity-changed', { severity: 'C', reason: 'internal: customer is silent' }, 'agent-1');
    there.happens(number, 'closed', { outcome: 'solved' }, 'agent-1');
    there.say(put(text, number));
    expect(there.text).toContain(CRASH[language]);
    expect(there.text.split('\n\n').filter((line) => line.includes('2026'))).toHaveLength(4);
    expect(there.text).not.toMatch(/internal|agent-1/);
  });

  it.each(said.receipt)('"%s": readable, and as JSON', (text) => {
    const { there, number } = filed(language, { timeZone: 'Europe/London' });
    there.say(put(text, number));
    for (const part of [number, CRASH[language], 'li@contoso.example', '15:00', '07:00'])
      expect(there.text).toContain(part);
    const file = there.last.replies.find((reply) => reply.file)?.file;
    expect(file).toMatchObject({ name: `${number}.json`, type: 'application/json' });
    const told = z.record(z.string(), z.unknown()).parse(JSON.parse(file?.text ?? ''));
    expect(told).toMatchObject({
      number,
      state: 'open',
      severity: 'B',
      respondBy: '2026-11-19T07:00:00.000Z',
      history: [{ kind: 'filed', by: 'you' }],
    });
    expect(file?.text).not.toMatch(/submissionId|"person"|talk/);
  });

  it('right after filing the word alone, and after a close too', () => {
    const { there, number } = filed(language);
    const word = { en: 'receipt', 'zh-CN': '回执', ja: '控え' }[language];
    expect(there.say(word).text).toContain(number);
    expect(there.pick('receipt').text).toContain(CRASH[language]);
    there.say('human').agentEnds({ outcome: 'filed' });
    expect(there.say(word).text).toContain('Mei');
    expect(there.step).toBe('rating');
    const unfiled = at('handoff', language).agentEnds({ outcome: 'not-solved' }).say(word);
    expect([unfiled.text.includes('Mei'), unfiled.text.includes(CRASH[language])]).toEqual([true, true]);
  });

  const STEPS = Object.keys(WAYS).filter((step) => step !== 'similar');

  it.each(STEPS)('%s: all of it is an aside that leaves the question as it stands', (step) => {
    const there = at(step, language);
    const own = at('submitted', language);
    const request = {
      ...own.requests[0]!,
      number: 'SR-OWNN-0001',
      offering: there.requests[0]?.offering ?? 'worldwide',
    };
    there.requests.unshift(request);
    const before = kept(there);
    const number = request.number;
    for (const text of [said.withdraw[0]!, said.history[0]!, said.receipt[0]!, said.add[0]!, said.raise[0]!]) {
      there.say(put(text, number));
      expect([text, there.step, kept(there)]).toEqual([text, step, before]);
      expect(status(there)).toBeDefined();
    }
    there.say(BACK[language]);
    press(there, 'add', number).say(INVOICE[language]);
    expect(there.does('add-information')).toMatchObject([{ number, text: INVOICE[language] }]);
    press(there, 'withdraw', number);
    press(there, 'withdraw-yes', number);
    expect([there.step, kept(there), there.requests[0]?.state]).toEqual([step, before, 'withdrawn']);
  });
});

describe('raising the level', () => {
  it('to A: with the agreement and a phone the rules grant it at once, with the sooner promise', () => {
    const { there, number } = filed('en', { as: 'cn-admin-premium' });
    there.requests[0] = {
      ...there.requests[0]!,
      contact: { ...there.requests[0]!.contact, phone: '+86 10 8888 6666' },
    };
    raise({ there, number }, 'raise');
    expect(there.does('change-request')).toMatchObject([
      { event: 'severity-changed', data: { severity: 'A', respondBy: '2026-11-18T08:00:00.000Z' } },
    ]);
    expect(there.requests[0]).toMatchObject({ severity: 'A', respondBy: '2026-11-18T08:00:00.000Z' });
    // There is nothing above it.
    expect(press(there, 'raise', number).does('change-request')).toEqual([]);
  });

  it('to A without a phone: a wish, which says what is missing', () => {
    const there = raise(premium(), 'raise');
    expect(there.does('change-request')).toMatchObject([{ event: 'severity-wished', data: { severity: 'A' } }]);
    expect(there.text).toMatch(/phone number/);
  });

  it('billing: never above its cap, whatever is asked for', () => {
    const { there, number } = filed('en', { as: 'cn-admin-premium' }, INVOICE.en);
    there.requests[0] = {
      ...there.requests[0]!,
      severity: 'C',
      contact: { ...there.requests[0]!.contact, phone: '+86 10 8888 6666' },
    };
    raise({ there, number }, 'raise-a');
    expect(there.requests[0]?.severity).toBe('B');
    expect(there.does('change-request')).toMatchObject([
      { event: 'severity-changed', data: { severity: 'B' } },
      { event: 'severity-wished', data: { severity: 'A' } },
    ]);
  });

  it('from C there is a choice; a promise never moves later', () => {
    const { there, number } = premium();
    const soon = '2026-11-18T09:00:00.000Z';
    there.requests[0] = { ...there.requests[0]!, severity: 'C', respondBy: soon };
    expect(ids(press(there, 'raise', number))).toEqual(['raise-b', 'raise-a']);
    raise({ there, number }, 'raise-b');
    expect(there.requests[0]).toMatchObject({ severity: 'B', respondBy: soon });
  });

  it('the agreement counts for its product only, and only where a directory knows it', () => {
    const there = raise(premium({ agreement: null }), 'raise');
    expect(there.does('change-request')).toMatchObject([{ event: 'severity-wished' }]);
  });
});

describe('nobody else’s', () => {
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

  it('an admin may add to a colleague’s, and do nothing else', () => {
    const there = talk({ as: 'admin-direct', colleagues });
    expect(ids(press(there, 'show', colleague.number))).toEqual(['add']);
    expect(there.text).not.toContain('lee@');
    for (const verb of ['withdraw', 'withdraw-yes', 'raise', 'raise-a', 'reopen', 'history', 'receipt']) {
      press(there, verb, colleague.number);
      expect([verb, there.last.deeds, there.last.replies.some((reply) => reply.file)]).toEqual([verb, [], false]);
      there.say('yes');
    }
    expect(changes(there)).toEqual([]);
    press(there, 'add', colleague.number).say('We see it in our branch, too.');
    expect(there.does('add-information')).toMatchObject([{ number: colleague.number, by: 'Alex Wilber' }]);
  });

  it.each(['user', 'reader', 'anonymous', 'admin-mixed'])('%s can’t even tell that it exists', (as) => {
    for (const number of [colleague.number, 'SR-NONE-0001']) {
      const there = talk({ as, colleagues });
      press(there, 'show', number);
      expect(there.text).toContain(number);
      expect(there.text.replace(number, '')).toBe(
        press(talk({ as, colleagues }), 'show', 'SR-ELSE-0001').text.replace('SR-ELSE-0001', ''),
      );
      for (const verb of ['add', 'withdraw', 'receipt']) expect(press(there, verb, number).last.deeds).toEqual([]);
    }
  });

  it('another’s number in a text is only a word', () => {
    const text = 'Since the work on SR-ELSE-0001 Outlook crashes every time for us';
    expect(talk().say(text).known.description).toBe(text);
  });
});
