import { describe, expect, test } from 'vitest';
import { activityOf } from '#bot/activity.ts';
import { answeredCard, isOn, withWords } from '#bot/cards/answered.ts';
import { cardOf } from '#bot/cards/content.ts';
import { forTeams, phoneLists } from '#bot/cards/teams.ts';
import { piecesOf, withParagraphs } from '#bot/fit.ts';
import type { Reply } from '#dialogs/reply.ts';
import { requestNow } from '#dialogs/request-now.ts';
import { LANGUAGES, OFFERINGS } from '#knowledge/schema.ts';
import { at, WAYS } from '../dialogs/steps.ts';
import { book, countingTools, NOW } from '../dialogs/talk.ts';
import { lintCard, lintMessage } from './lint.ts';

/** As the sender sends it, and as a Direct Line client reads it. */
const inTeams = (reply: Reply) => piecesOf(withParagraphs(forTeams({ ...activityOf(reply) }, '29:kim')));
const onTheWeb = (reply: Reply) => ({ ...activityOf(reply) });
const findings = (reply: Reply): string[] => [
  ...inTeams(reply).flatMap((piece) => lintMessage(piece, { channel: 'teams' })),
  // What is pulled may be long: only Teams has a limit.
  ...lintMessage(onTheWeb(reply), { channel: 'web' }).filter((found) => !found.includes('24 KB')),
];

const EVERY = LANGUAGES.flatMap((language) => Object.keys(WAYS).map((step) => [step, language] as const));

describe('every card of every step', () => {
  test.each(EVERY)('%s in %s', (step, language) => {
    const there = at(step, language);
    const replies = [...there.replies];
    // What is said again to what isn't understood, for help, and to a card of before.
    for (const act of ['%$', 'help']) replies.push(...at(step, language).say(act).last.replies);
    replies.push(...at(step, language).submit('purchase', { choice: 'direct' }).last.replies);
    expect(replies.some(({ card }) => card)).toBe(true);
    expect(replies.flatMap(findings)).toEqual([]);
  });

  test.each(EVERY)('%s in %s, answered: nothing is left to press', (step, language) => {
    const card = cardOf(onTheWeb(at(step, language).reply));
    if (!card) return;
    const buttons = card.actions.filter(({ type }) => type === 'Action.Submit');
    for (const { data } of buttons) {
      const { step: own, choice } = data as { step: string; choice?: string };
      const did = { step: own, choice: choice ?? null, fields: { method: 'email', email: 'me@contoso.example' } };
      expect(isOn(card, did)).toBe(true);
      const done = answeredCard(card, did);
      expect(lintCard(done, { channel: 'teams' })).toEqual([]);
      expect(JSON.stringify(done)).not.toMatch(/Action\.(Submit|Execute)|Input\./);
      expect(JSON.stringify(done.body.at(-1))).toContain('✓ ');
    }
    expect(isOn(card, { step: 'elsewhere', choice: 'yes', fields: {} })).toBe(false);
  });
});

test.each(LANGUAGES)('a form in %s that was sent shows what was sent, by the words of its choices', (language) => {
  const card = cardOf(onTheWeb(at('contact', language).reply))!;
  const fields = { method: 'email', email: 'kim [at] contoso', phone: '' };
  const done = JSON.stringify(answeredCard(card, { step: 'contact', choice: null, fields }).body);
  expect(done).toContain(book.phrases.text(language, 'contact-method.email'));
  expect(done).toContain('kim \\\\[at\\\\] contoso');
  expect(done).not.toContain(book.phrases.text(language, 'contact.phone'));
});

describe.each(LANGUAGES)('a request’s card in %s', (language) => {
  const [request] = at('submitted', language).requests;
  const tools = countingTools(NOW + 86_400_000);
  const kinds = {
    open: {},
    closed: { state: 'closed' as const },
    'without a promise': { respondBy: null },
    provisional: { provisional: true },
    'long and odd': { description: `{{DATE(2026-11-18)}} **[x](javascript:alert(1))** ${'长'.repeat(8_000)}` },
  };

  test.each(Object.entries(kinds))('%s', (kind, more) => {
    const reply = requestNow({ ...request!, ...more }, { language, timeZone: 'Asia/Tokyo' }, tools);
    expect(findings(reply)).toEqual([]);
    const [sent] = inTeams(reply);
    const shown = JSON.stringify(sent);
    const state = kind === 'closed' ? 'closed' : 'open';
    expect(shown).toContain(book.phrases.text(language, `card.state.${state}`));
    expect(shown.includes(book.phrases.text(language, 'review.promise'))).toBe(kind !== 'closed');
    expect(cardOf(sent!)?.['refresh']).toMatchObject({
      userIds: ['29:kim'],
      action: { type: 'Action.Execute', data: { number: request!.number } },
    });
  });

  test('is renewed as soon as it is filed, in Teams alone', () => {
    const { reply } = at('submitted', language);
    expect(cardOf(inTeams(reply)[0]!)?.['refresh']).toMatchObject({ userIds: ['29:kim'] });
    expect(cardOf(onTheWeb(reply))).not.toHaveProperty('refresh');
  });
});

/** What people write that isn't words alone. */
const ODD: Record<string, string> = {
  markdown: '# not **bold** _at_ `all` | a | b |\n- one\n- two ![x](https://evil.example/x.png) <b>x</b>',
  'date macros': '{{DATE(2026-11-18T00:00:00Z,SHORT)}} {{TIME(x)}}',
  'a link': '[click me](https://evil.example) and [x]: https://evil.example',
  'right to left': 'مرحبا لا أستطيع فتح البريد الإلكتروني \u202E reversed',
  emoji: 'mail is broken 👩‍👩‍👧‍👦 '.repeat(40),
  'one long word': 'x'.repeat(7_900),
  Chinese: '全公司所有人都收发不了邮件，业务完全停了。'.repeat(370),
  'line breaks': 'line of the log\n'.repeat(500),
};

describe.each(Object.entries(ODD))('%s', (_name, text) => {
  test('on every card that shows it', () => {
    const there = at('contact').say('back').say('start over').say(text);
    const replies = [...there.replies];
    const review = at('review').pick('edit-description').say(text);
    replies.push(...review.replies);
    expect(replies.flatMap(findings)).toEqual([]);
    expect(JSON.stringify(inTeams(review.reply))).not.toMatch(/\{\{(DATE|TIME)\(/i);
  });

  test('above a card in whose place another one stands', () => {
    for (const card of [undefined, cardOf(onTheWeb(at('admin').reply))]) {
      const shown = withWords(card, text);
      expect(lintCard(shown, { channel: 'web' })).toEqual([]);
    }
  });
});

describe('text for phones', () => {
  test.each([
    ['a\n- b\n- c\n\nd', 'a\n\n• b\n\n• c\n\nd'],
    ['* b\n  - c', '• b\n\n\u00A0\u00A0\u00A0\u00A0• c'],
    ['1. a\n2. b', '1. a\n\n2. b'],
    ['## Title\ntext', '**Title**\n\ntext'],
    ['**bold** and - no list', '**bold** and - no list'],
    ['```\n- code\n# x\n```', '```\n- code\n# x\n```'],
    ['Run `Get-MgUser -UserId <UPN> -Top 5`, 3 < 5', 'Run `Get-MgUser -UserId ‹UPN› -Top 5`, 3 < 5'],
    ['```\n$a = <tenant id> -lt 5 > out.txt\n```', '```\n$a = ‹tenant id› -lt 5 > out.txt\n```'],
    ['', ''],
  ])('%j', (given, wanted) => expect(phoneLists(given)).toBe(wanted));

  test('every article of the book, in every language and offering', () => {
    const articles = OFFERINGS.flatMap((offering) =>
      LANGUAGES.flatMap((language) =>
        book.articles.flatMap(({ topic }) => book.article(topic, language, offering) ?? []),
      ),
    );
    expect(articles.length).toBeGreaterThan(100);
    const wrong = articles.flatMap(({ topic, language, body }) => {
      const text = phoneLists(body);
      return lintMessage({ text, textFormat: 'markdown' }, { channel: 'teams' }).map((found) => [
        topic,
        language,
        found,
      ]);
    });
    expect(wrong).toEqual([]);
  });
});

const good = () => structuredClone({ ...forTeams({ ...activityOf(at('admin').reply) }, '29:kim') });

describe('the linter finds', () => {
  const card = (change: Record<string, unknown>) => {
    const activity = good();
    return { ...activity, attachments: [{ ...activity.attachments![0], content: { ...cardOf(activity), ...change } }] };
  };
  const button = (change: Record<string, unknown>) => {
    const [first] = cardOf(good())!.actions;
    return card({ actions: [{ ...first, ...change }] });
  };
  const drawn = (element: Record<string, unknown>) => card({ body: [element] });
  const text = { type: 'TextBlock', text: 'x', wrap: true };

  test('nothing in a good one', () => expect(lintMessage(good(), { channel: 'teams' })).toEqual([]));

  test.each<[string, Record<string, unknown>]>([
    ['another version', card({ version: '1.6' })],
    ['no fallback text', card({ fallbackText: ' ' })],
    ['nothing at all', card({ body: [], actions: [] })],
    ['a picture without an address', drawn({ type: 'Image' })],
    ['a table', drawn({ type: 'Table' })],
    ['an empty text', drawn({ ...text, text: '' })],
    ['a text that is cut', drawn({ ...text, wrap: false })],
    ['a word of a later version', drawn({ ...text, fontType: 'Monospace' })],
    ['an empty container', drawn({ type: 'Container', items: [] })],
    ['a field without a label', drawn({ type: 'Input.Text', id: 'x', placeholder: 'x', maxLength: 5 })],
    ['a field without a name', drawn({ type: 'Input.Text', label: 'x', placeholder: 'x', maxLength: 5 })],
    [
      'a choice without words',
      drawn({ type: 'Input.ChoiceSet', id: 'x', label: 'x', choices: [{ title: '', value: 'a' }] }),
    ],
    ['a submit in Teams', button({ type: 'Action.Submit', verb: undefined, fallback: undefined })],
    ['no verb', button({ verb: '' })],
    ['no fallback', button({ fallback: undefined })],
    ['a fallback that says something else', button({ data: { step: 'other' } })],
    ['a button without words', button({ title: '' })],
    ['a link that is none', card({ actions: [{ type: 'Action.OpenUrl', title: 'x', url: 'http://x' }] })],
    ['seven buttons', card({ actions: Array.from({ length: 7 }, () => cardOf(good())!.actions[0]) })],
    ['a refresh for everybody', card({ refresh: { action: { type: 'Action.Execute', verb: 'x' } } })],
    ['too many bytes', { ...good(), text: 'x'.repeat(25_000) }],
    ['a heading', { text: '# x', textFormat: 'markdown' }],
    ['a table in the text', { text: '| a |\n|---|', textFormat: 'markdown' }],
    ['a list', { text: 'a\n- b', textFormat: 'markdown' }],
    ['HTML', { text: '<b>x</b>', textFormat: 'markdown' }],
  ])('%s', (_what, activity) => expect(lintMessage(activity, { channel: 'teams' })).not.toEqual([]));

  test('an execute on the web', () => expect(lintMessage(good(), { channel: 'web' })).not.toEqual([]));
});
