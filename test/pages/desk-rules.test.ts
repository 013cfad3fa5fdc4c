import { describe, expect, it } from 'vitest';
import { OFFERINGS } from '#knowledge/schema.ts';
import { REASONS } from '#src/handoff/standing.ts';
import { isOffered, turnsOf, unattended } from '#src/handoff/offer.ts';
import { merged } from '#src/desk/page/data/floor.ts';
import { withShown, type RequestView } from '#src/desk/page/data/request.ts';
import { keepSame } from '#src/desk/page/data/shelf.ts';
import { hides, textsOf, uncovered } from '#src/desk/page/data/shown.ts';
import { placeOf, viewsFor } from '#src/desk/page/data/place.ts';
import type { Colleague, Line, QueueEntry } from '#src/desk/page/data/office.ts';
import type { DeskRow } from '#src/desk/page/data/talk.ts';
import { spansOf } from '#src/desk/page/packet/marked.tsx';
import { allItems, EVERYTHING, filtered, queueItems, type Item } from '#src/desk/page/queue/items.ts';
import { isSame } from '#src/desk/page/queue/row.tsx';
import { cannedFor } from '#src/desk/page/talk/canned-menu.tsx';
import { fillGaps, gapsIn } from '#src/desk/page/talk/gaps.ts';
import { systemText } from '#src/desk/page/talk/system-line.ts';
import { dueText, span, toneOf } from '#src/desk/page/time.ts';
import { deskWords } from '#src/desk/page/words.tsx';
import { request } from '../storage/samples.ts';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const MINUTE = 60_000;
const iso = (minutes: number) => new Date(NOW + minutes * MINUTE).toISOString();
const words = deskWords('en');

describe('what an event told of is read by itself', () => {
  const known = ['a', 'b', 'c'].map((conversation) => ({ conversation, at: 0 }));
  it.each([
    ['changed: it takes its place', ['b'], [{ conversation: 'b', at: 1 }], ['a0', 'c0', 'b1']],
    ['gone: it leaves the list', ['b'], [], ['a0', 'c0']],
    ['new: it comes in', ['d'], [{ conversation: 'd', at: 1 }], ['a0', 'b0', 'c0', 'd1']],
    [
      'two lines of one',
      ['a'],
      [
        { conversation: 'a', at: 1 },
        { conversation: 'a', at: 2 },
      ],
      ['b0', 'c0', 'a1', 'a2'],
    ],
  ])('%s', (_what, ids, read, left) => {
    expect(merged(known, read, ids).map(({ conversation, at }) => `${conversation}${at}`)).toEqual(left);
  });
});

describe('a contact that was shown for a reason', () => {
  const inPart = { method: 'phone', phone: '…5678', language: 'en' } as const;
  const contact = { ...inPart, phone: '+86 139 1234 5678' };
  const {
    submissionId: _once,
    person: _key,
    tenant: _tenant,
    ticket: _ticket,
    createdAt,
    ...filed
  } = request({ number: 'SR-1' });
  const view = (given: Partial<RequestView>): RequestView => ({
    ...filed,
    contact: inPart,
    createdAt: new Date(createdAt).toISOString(),
    promises: [],
    history: [],
    contactIs: 'on-reason',
    ...given,
  });

  it.each([
    ['stays when the request is read again', 'SR-1', 'on-reason', ['whole', contact.phone]],
    ['is that of one request', 'SR-2', 'on-reason', ['on-reason', inPart.phone]],
    ['goes when a colleague has them', 'SR-1', 'colleague', ['colleague', inPart.phone]],
    ['goes when they wait', 'SR-1', 'accept-first', ['accept-first', inPart.phone]],
  ] as const)('%s', (_what, number, contactIs, seen) => {
    const now = withShown(view({ contactIs }), { number, contact, texts: textsOf([]) });
    expect([now.contactIs, now.contact.phone]).toEqual(seen);
  });

  it.each([
    ['what was hidden in a text is there again', '•••-••••-5678, h•@x.jp', '090-1234-5678, ha@x.jp'],
    ['what was written since stays in part', '•••-••••-9999', '•••-••••-9999'],
    ['what hides nothing is left alone', '• a list', '• a list'],
  ])('%s', (_what, hidden, seen) => {
    const texts = textsOf({
      history: [{ data: { text: '090-1234-5678, ha@x.jp' } }, { data: { text: 'a a list' } }, '• a list'],
    });
    expect(uncovered([{ text: hidden }, 7, null], texts)).toEqual([{ text: seen }, 7, null]);
  });

  it('is never taken for the number by which it was corrected', () => {
    const texts = textsOf({ transcript: [{ seq: 3, text: '090-1234-5678' }] });
    const text = '•••-••••-5678';
    const rows = [3, 5].map((seq) => ({ seq, text, note: { text } }));
    const whole = { seq: 3, text: '090-1234-5678', note: { text: '090-1234-5678' } };
    expect(uncovered(rows, texts)).toEqual([whole, rows[1]]);
  });

  it.each([
    ['call •••-••••-5678', true],
    ['mail h•••@contoso.example', true],
    ['電話は•••－••••－００００', true],
    // A code that was typed: nothing is left of it.
    ['••••••', false],
    ['nothing', false],
  ])('is hidden in "%s": %s', (text, is) => expect(hides(text)).toBe(is));

  it('is none where nobody asked', () => expect(withShown(view({}), null)).toEqual(view({})));
});

describe('a promise in words and tone', () => {
  it.each([
    [125, 'respond', 'calm', 'Answer due in 2 h 05 min'],
    [16, 'respond', 'calm', 'Answer due in 16 min'],
    [15, 'respond', 'soon', 'Answer due soon: 15 min left'],
    [0, 'respond', 'soon', 'Answer due soon: less than 1 min left'],
    [-1, 'respond', 'late', 'Answer overdue by 1 min'],
    [-1500, 'call-back', 'late', 'Call overdue by 1 d 1 h'],
    [60, 'update-by', 'calm', 'News due in 1 h 00 min'],
  ] as const)('%i minutes left: %s', (minutes, kind, tone, text) => {
    const promised = { by: iso(minutes), kind, warned: false };
    expect(toneOf(promised, NOW)).toBe(tone);
    // No line ends within the time.
    expect(dueText(promised, NOW, words).replaceAll('\u00A0', ' ')).toBe(text);
  });

  it('one that the office warned of is due soon, whatever is left', () => {
    expect(toneOf({ by: iso(90), kind: 'respond', warned: true }, NOW)).toBe('soon');
  });

  it('is told in each language', () => {
    expect(span(65 * MINUTE, deskWords('zh-CN'))).toBe('1 小时 05 分钟'.replaceAll(' ', '\u00A0'));
    expect(span(65 * MINUTE, deskWords('ja'))).toBe('1 時間 05 分'.replaceAll(' ', '\u00A0'));
  });
});

const entry = (more: Partial<QueueEntry> = {}): QueueEntry => ({
  conversation: 'c1',
  severity: 'B',
  offering: 'worldwide',
  category: 'technical',
  language: 'en',
  summary: 'mail is slow',
  waitingSince: iso(-5),
  owner: 'waiting',
  ...more,
});
const line = (more: Partial<Line> = {}): Line => ({
  ...entry(),
  person: 'Adele',
  channel: 'directline',
  owner: 'agent',
  agent: 'agent-1',
  seq: 3,
  changedAt: iso(0),
  ...more,
});
const agent = { id: 'agent-1', name: 'agent-1', role: 'agent', queues: ['worldwide'] } as const;
const own: Colleague = {
  ...agent,
  languages: [],
  categories: [],
  capacity: 2,
  presence: 'on-duty',
  there: true,
  load: 0,
  servedAt: null,
};

const shown = (items: readonly Item[], more: object) =>
  filtered(items, { ...EVERYTHING, ...more }).map(({ entry: { conversation } }) => conversation);

describe('the list', () => {
  const promise = { kind: 'call-back', due: iso(30), standing: 'running', misses: 0 } as const;
  const queue = [
    entry({ conversation: 'far', language: 'ja' }),
    entry({ conversation: 'near' }),
    entry({ conversation: 'filed', owner: 'bot', request: 'SR-1' }),
    entry({ conversation: 'mine', owner: 'agent', request: 'SR-2', promise }),
    entry({ conversation: 'mine', owner: 'agent', request: 'SR-3' }),
  ];
  const lines = [line({ conversation: 'mine' }), line({ conversation: 'theirs', agent: 'agent-2' })];
  const me = { ...own, languages: ['en'] as const };
  const items = queueItems({ queue, lines, agent, own: me, colleagues: [me] });

  it('has mine on top, with their promise, then who is offered to me, who waits, and what was filed', () => {
    expect(items.map(({ kind, entry: { conversation } }) => `${kind} ${conversation}`)).toEqual([
      'mine mine',
      'offered near',
      'waiting far',
      'filed filed',
    ]);
    expect(items[0]?.entry.promise).toBe(promise);
    expect(items.map(({ turn }) => turn)).toEqual([null, 'mine', null, null]);
  });

  it('what did not change is the same entry when the list is made again', () => {
    const again = queueItems({ queue, lines, agent, own: me, colleagues: [me] });
    expect(again.map(({ entry: one }) => one)).toEqual(items.map(({ entry: one }) => one));
    expect(again.every(({ entry: one }, index) => one === items[index]?.entry)).toBe(true);
  });

  it('a supervisor sees who is being talked to before who waits', () => {
    const all = [line({ conversation: 'waits', owner: 'waiting', agent: null }), ...lines];
    const seen = allItems({ queue, lines: all, agent: { ...agent, role: 'supervisor' }, own: me, colleagues: [me] });
    expect(seen.map(({ kind }) => kind)).toEqual(['mine', 'colleague', 'waiting']);
  });

  it('a filter hides everybody but mine', () => {
    expect(shown(items, { language: 'ja' })).toEqual(['mine', 'far']);
    expect(shown(items, { words: ' sr-1 ' })).toEqual(['mine', 'filed']);
    expect(shown(items, { severity: 'A' })).toEqual(['mine']);
  });

  it.each([
    ['fits', {}, true],
    ['is away', { presence: 'away' }, false],
    ['has as many as they take', { load: 2 }, false],
    ['serves other languages', { languages: ['ja'] }, false],
    ['serves this language', { languages: ['en', 'ja'] }, true],
    ['serves other categories', { categories: ['billing'] }, false],
    ['may not see the product', { queues: ['azure-21vianet'] }, false],
  ] as const)('an agent who %s', (_what, more, offered) => {
    expect(isOffered(entry(), { ...own, ...more })).toBe(offered);
  });

  it('a waiter of whom nothing is known is offered to everybody with room', () => {
    const unknown = { offering: null, category: null, language: null };
    expect(isOffered(unknown, { ...own, languages: ['ja'], categories: ['billing'] })).toBe(true);
  });

  it.each([
    ['skills no longer count', { languages: ['ja'] }, true],
    ['room still does', { load: 2 }, false],
    ['and so does the product', { queues: ['azure-21vianet'] }, false],
  ] as const)('somebody whom nobody took in time is offered to everybody: %s', (_what, more, offered) => {
    expect(isOffered(entry({ widened: true }), { ...own, ...more })).toBe(offered);
  });
});

const at = (id: string, more: Partial<Colleague>): Colleague => ({ ...own, id, ...more });

describe('whose turn it is', () => {
  const waiters = ['one', 'two', 'three', 'four', 'five'].map((conversation) => entry({ conversation }));
  const turns = (...agents: Colleague[]) => {
    const found = turnsOf(waiters, agents);
    return waiters.map((waiter) => found.get(waiter) ?? '-').join(' ');
  };

  it.each([
    [
      'who was given somebody longest ago first',
      [at('a', { servedAt: iso(-1) }), at('b', { servedAt: iso(-9) })],
      'b a b a -',
    ],
    ['who never was, before them', [at('a', { servedAt: iso(-9) }), at('b', {})], 'b a b a -'],
    ['nobody beyond their room', [at('a', { capacity: 1 }), at('b', { capacity: 3, servedAt: iso(-1) })], 'a b b b -'],
    ['nobody who is away', [at('a', { presence: 'away' }), at('b', { capacity: 9 })], 'b b b b b'],
    ['nobody whose desk is closed', [at('a', { there: false }), at('b', { capacity: 9 })], 'b b b b b'],
    ['nobody of other skills', [at('a', { languages: ['ja'] }), at('b', { capacity: 9 })], 'b b b b b'],
  ] as const)('%s', (_what, agents, expected) => {
    expect(turns(...agents)).toBe(expected);
  });
});

describe('the marks of the evidence', () => {
  const text = 'nobody in our company can send mail';
  it.each([
    [
      'in order',
      [
        [25, 29],
        [0, 6],
      ],
      [
        [0, 6],
        [25, 29],
      ],
    ],
    [
      'one within the other',
      [
        [0, 6],
        [0, 25],
      ],
      [[0, 25]],
    ],
    [
      'overlapping',
      [
        [0, 10],
        [6, 14],
      ],
      [[0, 14]],
    ],
    [
      'beyond the text, empty, or backwards',
      [
        [30, 99],
        [4, 4],
        [9, 3],
        [-1, 2],
      ],
      [],
    ],
  ])('%s', (_what, given, expected) => {
    const spans = spansOf(
      text,
      given.map(([start = 0, end = 0]) => ({ start, end })),
    );
    expect(spans.map(({ start, end }) => [start, end])).toEqual(expected);
  });
});

const row = (value: unknown, name = 'handoff.status'): DeskRow => ({
  seq: 1,
  role: 'system',
  name: null,
  text: '',
  attachments: [],
  at: iso(0),
  delivery: 'stored',
  note: false,
  choices: [],
  event: { name, value },
});
const names = (id: string) => ({ a1: 'Ann', a2: 'Bo' })[id] ?? id;

describe('a change of hands in plain words', () => {
  it.each(REASONS)('%s: names who, and leaves no gap', (reason) => {
    for (const language of ['en', 'zh-CN', 'ja'] as const) {
      const text = systemText(row({ reason, agent: 'a1', before: 'a2' }), names, deskWords(language));
      expect(text).not.toMatch(/[{}]/);
      expect(text.length).toBeGreaterThan(4);
    }
  });

  it('tells the outcome of a close', () => {
    const text = systemText(row({ reason: 'closed', agent: null, before: 'a2', outcome: 'solved' }), names, words);
    expect(text).toBe('Bo closed the conversation. Outcome: solved.');
  });

  it.each([
    ['code.sent', { to: 'i…@contoso.example' }, 'A code was sent to i…@contoso.example.'],
    ['code.tried', { result: 'verified', triesLeft: 3 }, 'The customer typed the right code.'],
    ['code.tried', { result: 'expired', triesLeft: 3 }, 'The customer typed the code after it had expired.'],
    ['code.tried', { result: 'wrong', triesLeft: 2 }, 'The code that the customer typed doesn’t count. Tries left: 2.'],
    [
      'severity.changed',
      { from: 'B', severity: 'A', reason: 'all sites', by: 'a1' },
      'Ann changed the severity from B to A: all sites',
    ],
    ['promise.warning', { request: 'SR-1', kind: 'call-back' }, 'SR-1, Call back: the promised time is near.'],
    ['promise.broken', { request: 'SR-1' }, 'A promised time has passed.'],
  ])('%s %j', (name, value, text) => {
    expect(systemText(row(value, name), names, words)).toBe(text);
  });

  it('a warning before a level falls tells until when', () => {
    const warned = row({ to: 'B', until: NOW, agent: 'a1' }, 'severity.warning');
    expect(systemText(warned, names, words)).toMatch(/^Ann warned the customer: .*2026.* lowered to B\.$/);
  });

  const written = 'code.sent code.tried severity.changed severity.warning promise.warning promise.broken';
  it.each([...written.split(' '), 'handoff.initiate', 'handoff.status'])(
    '%s has words in each language, whatever it holds',
    (name) => {
      for (const language of ['en', 'zh-CN', 'ja'] as const)
        expect(systemText(row({}, name), names, deskWords(language))).not.toContain(name);
    },
  );

  it('an event of a newer server tells its name rather than nothing', () => {
    expect(systemText(row({ x: 1 }, 'handoff.newer'), names, words)).toBe('handoff.newer');
  });
});

describe('whom nobody is on duty for', () => {
  const away = { ...own, id: 'agent-1', presence: 'away' } as const;
  const other = { ...own, id: 'agent-2', presence: 'on-duty', queues: ['worldwide'] } as const satisfies Colleague;
  const waits = [{ offering: 'worldwide' }, { offering: 'azure-21vianet' }, { offering: null }] as const;
  it.each<[string, readonly Colleague[], number]>([
    ['nobody but me, and I am away', [away], 3],
    ['a colleague for one product: of whom nothing is known, everybody is', [away, other], 1],
    ['a colleague who is full: room comes by itself', [away, { ...other, load: 9 }], 1],
    [
      'a colleague whose skills are others: who waits is shown to everybody in the end',
      [{ ...other, languages: ['ja'] }],
      1,
    ],
    ['a colleague whose desk is closed', [away, { ...other, there: false }], 3],
  ])('%s', (_who, agents, count) => expect(unattended(waits, agents)).toHaveLength(count));
});

describe('ready replies', () => {
  const all = [
    { id: 'hello', language: 'en', title: 'Greeting', text: 'Hello {customer}' },
    { id: 'hello', language: 'ja', title: '挨拶', text: '{customer} 様' },
    { id: 'filed', language: 'en', title: 'Goes on in the request', text: '{number}' },
  ] as const;

  it.each([
    ['', null],
    ['hello /', null],
    ['/', ['hello', 'filed']],
    ['/REQ go', ['filed']],
    ['/x', []],
    ['/\nx', null],
  ])('"%s" finds %j', (typed, ids) => {
    expect(cannedFor(typed, all, 'en')?.map(({ id }) => id) ?? null).toEqual(ids);
  });

  it('what is not known stays a gap, and a gap is found before it is sent', () => {
    const filled = fillGaps('Hello {customer}, {agent} here', { customer: null, agent: 'Ann' });
    expect(filled).toBe('Hello {customer}, Ann here');
    expect(gapsIn(filled, ['customer', 'agent'])).toEqual(['customer']);
    expect(gapsIn('an object {a} of theirs', ['customer'])).toEqual([]);
  });
});

const keyOf = ({ conversation }: QueueEntry) => conversation;

describe('what did not change is the same', () => {
  const before = [entry({ conversation: 'a' }), entry({ conversation: 'b' })];

  it('the whole list where nothing changed', () => {
    expect(keepSame(before, structuredClone(before), keyOf)).toBe(before);
  });

  it('the lines that say the same, wherever they stand now', () => {
    const [a, b] = structuredClone(before);
    const after = keepSame(before, [{ ...b!, summary: 'new' }, a!], keyOf);
    expect(after[0]).not.toBe(before[1]);
    expect(after[1]).toBe(before[0]);
  });
});

it.each([
  ['', 'queue', null],
  ['#/queue/c%2F1', 'queue', 'c/1'],
  ['#/requests/SR-1', 'requests', 'SR-1'],
  ['#/nowhere/x', 'queue', 'x'],
  ['#/mails/%E0%A4%A', 'mails', '%E0%A4%A'],
])('the address %s is a place', (hash, view, open) => {
  expect(placeOf(hash)).toEqual({ view, open });
});

describe('the views that are offered', () => {
  const all = { role: 'agent', queues: OFFERINGS } as const;
  it.each([
    ['an agent of every product', all, 0, 'queue requests promises mails team'],
    ['with something stuck', all, 1, 'queue requests promises mails undelivered team'],
    ['an agent of one product reads no mails', { ...all, queues: ['worldwide'] }, 0, 'queue requests promises team'],
    ['a supervisor', { ...all, role: 'supervisor' }, 0, 'queue all requests promises mails undelivered team'],
  ] as const)('%s', (_what, who, stuck, views) => {
    expect(viewsFor(who, { now: 'queue', stuck }).join(' ')).toBe(views);
  });

  it('one that a link led to stays, and says why it shows nothing', () => {
    expect(viewsFor({ ...all, queues: [] }, { now: 'mails', stuck: 0 })).toContain('mails');
  });
});

const listed = (queue: readonly QueueEntry[], colleagues: readonly Colleague[]) =>
  queueItems({ queue, lines: [], agent, own: colleagues[0], colleagues });

describe('with 500 waiting, one change draws few lines again', () => {
  const waiting = Array.from({ length: 500 }, (_none, index) =>
    entry({ conversation: `c${index}`, summary: `${index}` }),
  );
  const agents = [own, at('agent-2', {}), at('agent-3', { languages: ['ja'] })];
  const before = listed(waiting, agents);
  const drawn = (after: readonly Item[]): number => {
    const was = new Map(before.map((item) => [item.key, item]));
    const props = { isOpen: false, isActive: false, unread: 0, onOpen: () => undefined };
    return after.filter((item) => {
      const old = was.get(item.key);
      return !old || !isSame({ ...props, item: old }, { ...props, item });
    }).length;
  };
  // As the page takes in what the server answers.
  const answered = (queue: readonly QueueEntry[]) =>
    keepSame(waiting, structuredClone(queue), ({ conversation }) => conversation);

  it('the same again: none', () => {
    expect(drawn(listed(answered(waiting), structuredClone(agents)))).toBe(0);
  });
  it('somebody says what it is about: theirs', () => {
    const changed = waiting.with(250, entry({ conversation: 'c250', summary: 'printer' }));
    expect(drawn(listed(answered(changed), agents))).toBe(1);
  });
  it('somebody is taken by a colleague: those whose turn moves', () => {
    const rest = waiting.filter(({ conversation }) => conversation !== 'c1');
    const busier = agents.map((one) => (one.id === 'agent-2' ? { ...one, load: 1, servedAt: iso(0) } : one));
    expect(drawn(listed(answered(rest), busier))).toBeLessThanOrEqual(6);
  });
});
