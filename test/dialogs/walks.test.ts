import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adaptiveCard } from '#bot/cards/adaptive.ts';
import { caseSchema } from '#dialogs/case.ts';
import { offeringOf } from '#dialogs/entitlement.ts';
import { STEPS } from '#dialogs/reply.ts';
import { LANGUAGES, OFFERINGS } from '#knowledge/schema.ts';
import type { OfferingId } from '#knowledge/schema.ts';
import { SAMPLE_PEOPLE } from '../../src/outside/sample/people.ts';
import { book, talk } from './talk.ts';
import type { Talk } from './talk.ts';

/** Anything at all, said in any order by anybody: what must hold after every act. */

const MATTERS = [
  'Nobody in the company can send or receive mail, business has stopped completely.',
  'How do I create a shared mailbox?',
  'We were charged twice on the invoice of this month.',
  'How much does Microsoft 365 E5 cost for 50 people?',
  'Our SAP system and the Cisco VPN keep failing.',
  'Forms export to Excel fails for the responses of our survey.',
  'Our Azure operated by 21Vianet virtual machine does not start.',
  '全公司所有人都收发不了邮件，业务完全停了。',
  '我们用的是世纪互联，SharePoint 搜索搜不到新文件。',
  '怎么查看发票？请打我电话 13800138000',
  '客户的用户分配不了许可证。',
  '一部のユーザーが Teams 会議に参加できません。',
  '今月の請求書で二重に課金されています。',
  '共有メールボックスの作成方法を教えてください。',
];
const COMMANDS = [
  ['help', 'back', 'cancel', 'start over', 'human', 'english', 'status', 'receipt', 'withdraw my request'],
  ['请帮我重新打开请求', 'リクエストの重大度を上げてください', 'add something to my ticket'],
  ['返回', '取消', '重新开始', '人工', '中文', '戻る', 'キャンセル', '最初から', 'オペレーター', '日本語'],
].flat();
const SHORT = [
  [
    'yes',
    'no',
    'not sure',
    'A',
    'B',
    'C',
    '1',
    '2',
    '3',
    'email',
    'phone',
    'submit',
    'Contoso',
    'thanks',
    'ok',
    '是',
    '否',
    'はい',
  ],
  [
    'me@contoso.example',
    '+86 138 0013 8000',
    '(202) 555-0143',
    'tomorrow 10:00',
    '明天上午10点',
    '来週火曜の午後3時',
    '谢谢',
    '違います',
  ],
].flat();
const GARBAGE = [
  [
    'x',
    '?',
    '…',
    'ｱ',
    '\u0000\u0007',
    '\u202Eevil',
    '[x](javascript:alert(1))',
    '{name}',
    '{{DATE(2026)}}',
    '__proto__',
    'SR-TEST-0001 more',
  ],
  ['a'.repeat(8000), '字'.repeat(8001), '1'.repeat(400), '('.repeat(300), '😀'.repeat(50), '<b>'.repeat(100), '(a+)+$'],
].flat();
const CHOICES = [
  'yes',
  'no',
  'human',
  'cancel',
  'A',
  'B',
  'submit',
  'done',
  'open-anyway',
  'edit-severity',
  'customer:contoso-cn',
  'me-too',
  '__proto__',
  '',
];

const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...MATTERS) },
  { weight: 3, arbitrary: fc.constantFrom(...COMMANDS) },
  { weight: 5, arbitrary: fc.constantFrom(...SHORT) },
  { weight: 2, arbitrary: fc.constantFrom(...GARBAGE) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
);
const fields = fc.dictionary(
  fc.constantFrom('phone', 'email', 'method', 'callbackAt', 'secondContact', 'impact', 'query', 'description'),
  fc.oneof(text, fc.constantFrom('phone', 'email', 'chat', 'fax')),
  { maxKeys: 4 },
);
const act = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('offered' as const), at: fc.nat(20) }) },
  { weight: 7, arbitrary: fc.record({ kind: fc.constant('say' as const), text }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fill' as const), fields }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('card' as const),
      step: fc.constantFrom(...STEPS, 'nowhere', '__proto__', ''),
      choice: fc.constantFrom(null, ...CHOICES),
      id: fc.constantFrom(null, 'card-1', 'card-3', 'forged'),
      fields,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('again' as const) }) },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

function perform(one: Act, walk: Talk): void {
  switch (one.kind) {
    case 'say':
      walk.say(one.text.trim() || 'x');
      return;
    case 'fill':
      walk.form(one.fields);
      return;
    case 'card':
      walk.submit(one.step, one);
      return;
    case 'again':
      walk.submit('review', { choice: 'submit', id: walk.known.request?.submissionId ?? null });
      return;
    case 'offered': {
      goOn(one.at, walk);
    }
  }
}

/** What a person who wants to come to an end does; one in six asks for a person or gives up. */
function goOn(at: number, walk: Talk): void {
  const answers: Record<string, () => Talk> = {
    impact: () => walk.form({ impact: 'All 500 people stand still.' }),
    contact: () =>
      walk.form(
        at % 2 ? { method: 'email', email: 'me@contoso.example' } : { method: 'phone', phone: '+86 138 0013 8000' },
      ),
    'contact-phone': () => walk.say('+86 138 0013 8000'),
    'contact-email': () => walk.say('me@contoso.example'),
    handoff: () => walk.say('back'),
  };
  const about = walk.last.replies.find(({ step }) => step === 'status')?.choices ?? [];
  const verb = about[at % Math.max(1, about.length)];
  if (verb && at % 2 === 0) return void walk.submit('status', { choice: verb.id });
  const answer = answers[walk.step];
  if (answer) return void answer();
  const all = walk.last.replies.at(-1)?.choices ?? [];
  const offered = at % 6 === 0 ? all : all.filter(({ id }) => id !== 'human' && id !== 'cancel');
  const chosen = offered[at % Math.max(1, offered.length)];
  if (chosen) walk.pick(chosen.id);
  else walk.say(MATTERS[at % MATTERS.length]!);
}

const numbersOf = (offering: OfferingId): string[] => {
  const { phone } = book.rules.offerings[offering];
  return phone ? [phone.support.value] : [];
};
const WORLDWIDE_NUMBERS = Object.values(book.rules.phones).flatMap((pages) =>
  (pages ?? [])
    .filter(({ cloud }) => cloud === 'worldwide')
    .flatMap(({ numbers }) => numbers.map(({ number }) => number)),
);
const CHINA_NUMBERS = OFFERINGS.filter((id) => id !== 'worldwide').flatMap(numbersOf);
const linksOf = (id: OfferingId): string[] =>
  Object.values(book.rules.offerings[id].links).flatMap((link) => (link ? [link.value] : []));

/** Everything that is wrong with what was said last, in words. */
function* wrongReplies(walk: Talk): Generator<string> {
  const { replies } = walk.last;
  const asides = replies.filter(({ step }) => step === 'status').length;
  const asking = replies.filter(({ step }) => step !== undefined && step !== 'welcome' && step !== 'status');
  // About a request that was filed no question need follow, where none is open.
  const isAside = asides === 1 && asking.length === 0 && walk.known.description === null;
  const isFiled = asides === 1 && asking.length === 0 && walk.step === 'submitted';
  if (asides > 1 || (asking.length !== 1 && !isAside && !isFiled)) yield `${asking.length} replies ask`;
  if (asking.length > 0 && replies.at(-1)?.step !== walk.step)
    yield `the last reply is of ${replies.at(-1)?.step}, the case at ${walk.step}`;
  const quotes = JSON.stringify([walk.known.description, walk.requests.map(({ description }) => description)]);
  for (const reply of replies) {
    if (reply.text.trim() === '') yield 'an empty text';
    if (/\bundefined\b|\bnull\b|\bNaN\b|Invalid|\[object/.test(reply.text)) yield `a hole: ${reply.text}`;
    if (!quotes.includes('{') && /\{[a-z]\w*\}/i.test(reply.text)) yield `an open place: ${reply.text}`;
    const choices = reply.choices ?? [];
    if (new Set(choices.map(({ id }) => id)).size !== choices.length) yield 'a choice twice';
    if (choices.some(({ label }) => label.trim() === '')) yield 'a choice without words';
    // A long description is cut for the eye by the channel, not by the dialogs.
    const bytes = Buffer.byteLength(JSON.stringify(adaptiveCard(reply)));
    if (bytes >= 24_000 && quotes.length < 6000) yield `a card of ${bytes} bytes`;
  }
}

/** A number or a link of another cloud than the one that the matter is about. */
function* wrongCloud(walk: Talk): Generator<string> {
  const offering = offeringOf(walk.known);
  if (offering === null) return;
  const shown = walk.last.replies.map(({ text: words }) => words).join('\n');
  const foreign = offering === 'worldwide' ? CHINA_NUMBERS : WORLDWIDE_NUMBERS;
  for (const number of foreign) if (shown.includes(number)) yield `${number} shown to ${offering}`;
  const own = linksOf(offering);
  const links = walk.step === 'route' ? (walk.reply.card?.links ?? []) : [];
  for (const { url } of links) if (!own.includes(url)) yield `${url} shown to ${offering}`;
}

function* wrongRequests(walk: Talk): Generator<string> {
  const filed = walk.deeds.filter((deed) => deed.kind === 'file');
  if (new Set(filed.map(({ submissionId }) => submissionId)).size !== filed.length) yield 'one card filed twice';
  for (const { case: known, submissionId } of filed) {
    const request = walk.requests.find((one) => one.submissionId === submissionId);
    if (!request) continue;
    const { severity, offering, category, contact } = request;
    const { promised, agreement } = book.rules.offerings[offering].severity;
    const agreed = known.facts?.agreement ?? known.stated.agreement === 'yes';
    if (severity === 'A' && promised.value && category !== 'technical') yield `A for ${category}`;
    if (severity === 'A' && agreement.required.value && !agreed) yield 'A without the agreement';
    if ((severity === 'A' || contact.method === 'phone') && !contact.phone) yield 'no number to call';
    if (contact.method === 'email' && !contact.email) yield 'no address to write to';
  }
}

describe('whatever is said, in whatever order', () => {
  for (const as of Object.keys(SAMPLE_PEOPLE)) {
    it(`${as}: one question at the end of every turn, and nothing is filed twice`, () => {
      const walks = fc.record({
        language: fc.constantFrom(...LANGUAGES),
        hour: fc.nat(23),
        unknown: fc.boolean(),
        acts: fc.array(act, { minLength: 40, maxLength: 40 }),
      });
      fc.assert(
        fc.property(walks, ({ language, hour, unknown, acts }) => {
          const facts = as === 'anonymous' && unknown ? { offering: null } : {};
          const walk = talk({ as, language, facts, now: Date.parse('2026-11-20T00:30:00Z') + hour * 3_600_000 });
          for (const one of acts) {
            perform(one, walk);
            expect(caseSchema.parse(JSON.parse(JSON.stringify(walk.known)))).toEqual(walk.known);
            expect([...wrongReplies(walk), ...wrongCloud(walk)]).toEqual([]);
          }
          expect([...wrongRequests(walk)]).toEqual([]);
        }),
        { seed: 20261120, numRuns: 14, endOnFailure: true },
      );
    });
  }
});
