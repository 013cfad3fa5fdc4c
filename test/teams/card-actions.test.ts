import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { cardOf, type CardContent } from '#bot/cards/content.ts';
import type { Language } from '#knowledge/schema.ts';
import { LOCALES, stepOf, type Said } from '../conversations/channel.ts';
import { quiet } from '../conversations/quiet.ts';
import { openConnector, post, teamsActivity, type Connector, type TeamsPerson } from '../conversations/teams.ts';
import { CRASH } from '../dialogs/steps.ts';
import { book } from '../dialogs/talk.ts';
import { openHouse, type House } from '../house.ts';
import { lintCard } from '../cards/lint.ts';

/** Cards as Teams presses and renews them: the real server, its connector recorded. */
let house: House;
let connector: Connector;

beforeAll(async () => {
  [house, connector] = await Promise.all([openHouse(), openConnector()]);
});
afterAll(async () => {
  await house.end();
  await connector.close();
});

const answerSchema = z.object({ statusCode: z.number(), type: z.string(), value: z.unknown() });

class Chat {
  readonly person: TeamsPerson;
  #seen = 0;
  constructor(as: string, language: Language = 'en') {
    const conversation = `a:${randomUUID()}`;
    this.person = { as, conversation, locale: LOCALES[language], serviceUrl: connector.url };
  }
  get all(): Said[] {
    return connector.of(this.person.conversation);
  }
  /** What came since the last look, once at least `count` did. */
  async fresh(count = 1): Promise<Said[]> {
    await vi.waitUntil(() => this.all.length - this.#seen >= count, { timeout: 30_000 });
    await quiet(house, this.person.conversation);
    const said = this.all.slice(this.#seen);
    this.#seen = this.all.length;
    return said;
  }
  async say(text: string): Promise<Said[]> {
    await post(house, teamsActivity(this.person, { type: 'message', text }));
    return this.fresh();
  }
  async invoke(action: unknown, part: Record<string, unknown> = {}) {
    const invoke = { type: 'invoke', name: 'adaptiveCard/action', value: { action, trigger: 'manual' }, ...part };
    const response = await post(house, teamsActivity(this.person, invoke));
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    return answerSchema.parse(await response.json());
  }
  /** Presses the button of that choice on the newest card that has it, as Teams sends it. */
  async press(choice: string | null, fields: Record<string, string> = {}) {
    const action = actionsOf(this.all).findLast(({ data }) => (data.choice ?? null) === choice);
    return this.invoke({ ...action, data: { ...action?.data, ...fields } });
  }
  /** All the way to a filed request; its number. */
  async file(language: Language): Promise<string> {
    await this.say(CRASH[language]);
    const filed = await onward(this);
    return z.object({ number: z.string() }).parse(filed?.channelData?.request).number;
  }
}

const ONWARD: Record<string, [string | null, Record<string, string>?]> = {
  answer: ['no'],
  similar: ['different'],
  incident: ['different'],
  severity: ['C'],
  contact: [null, { method: 'email', email: 'kim@contoso.example' }],
  review: ['submit'],
};

async function onward(chat: Chat): Promise<Said | undefined> {
  for (let turns = 0; turns < 8; turns += 1) {
    const step = stepOf(chat.all) ?? '';
    if (step === 'submitted') break;
    const [choice = null, fields = {}] = ONWARD[step] ?? [];
    await chat.press(choice, fields);
    await expect.poll(() => stepOf(chat.all)).not.toBe(step);
  }
  return chat.all.findLast(({ channelData }) => channelData?.request !== undefined);
}

const actionSchema = z.looseObject({
  type: z.string(),
  verb: z.string().optional(),
  data: z.looseObject({ step: z.string().optional(), choice: z.string().optional() }).default({}),
});
const actionsOf = (said: readonly Said[]) =>
  said.flatMap((one) => z.array(actionSchema).parse(cardOf(one)?.actions ?? []));
const contentOf = (value: unknown): CardContent =>
  cardOf({ attachments: [{ contentType: CARD_TYPE, content: value }] })!;
const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';
const shown = (value: unknown): string => JSON.stringify(value);
const phrase = (key: string, language: Language = 'en') => book.phrases.text(language, key);

describe.each(['en', 'zh-CN', 'ja'] as const)('in %s', (language) => {
  test('a pressed card shows what was chosen, a filed request how it stands now', async () => {
    const chat = new Chat('admin-direct', language);
    const number = await chat.file(language);
    const sent = chat.all.findLast((one) => one.channelData?.request !== undefined)!;
    const { action, userIds } = z
      .object({ action: z.looseObject({ verb: z.string() }), userIds: z.array(z.string()) })
      .parse(cardOf(sent)?.['refresh']);
    expect(userIds).toEqual([`29:${chat.person.conversation}`]);

    const before = chat.all.length;
    const open = await chat.invoke(action);
    expect(open).toMatchObject({ statusCode: 200, type: CARD_TYPE });
    expect(shown(open.value)).toContain(phrase('card.state.open', language));
    expect(shown(open.value)).toContain(number);
    expect(contentOf(open.value)['refresh']).toMatchObject({ userIds });
    expect(lintCard(open.value, { channel: 'teams' })).toEqual([]);
    const [receipt] = contentOf(open.value).actions;
    expect(receipt).toMatchObject({ type: 'Action.Execute', data: { step: 'status', choice: `receipt:${number}` } });

    change(`update requests set state = 'closed' where number = ?`, number);
    const closed = await chat.invoke(action);
    expect(shown(closed.value)).toContain(phrase('card.state.closed', language));
    expect(shown(closed.value)).not.toContain(phrase('review.promise', language));

    // A look is no turn: nothing is said, nothing is kept.
    await quiet(house, chat.person.conversation);
    expect(chat.all).toHaveLength(before);
    expect(rows(chat.person.conversation)).not.toContain('frontdesk.refresh');
  });
});

describe('a button', () => {
  test('is answered by its card without buttons; the next question comes as a message', async () => {
    const chat = new Chat('anonymous');
    await chat.say(CRASH.en);
    if (stepOf(chat.all) === 'answer') await chat.press('no');
    await expect.poll(() => stepOf(chat.all)).toBe('admin');
    const pressed = await chat.press('yes');
    expect(pressed.type).toBe(CARD_TYPE);
    expect(lintCard(pressed.value, { channel: 'teams' })).toEqual([]);
    expect(shown(pressed.value)).toContain(`✓ ${phrase('admin.yes')}`);
    expect(contentOf(pressed.value).actions).toEqual([]);
    await expect.poll(() => stepOf(chat.all)).toBe('purchase');
  });

  test('of an old card gives the card that stands now, in its place and nowhere else', async () => {
    const chat = new Chat('anonymous');
    await chat.say(CRASH.en);
    if (stepOf(chat.all) === 'answer') await chat.press('no');
    await expect.poll(() => stepOf(chat.all)).toBe('admin');
    await chat.press('yes');
    await expect.poll(() => stepOf(chat.all)).toBe('purchase');
    const before = chat.all.length;
    const stale = await chat.invoke({
      type: 'Action.Execute',
      verb: 'frontdesk.answer',
      data: { step: 'admin', choice: 'no' },
    });
    expect(stale.type).toBe(CARD_TYPE);
    expect(lintCard(stale.value, { channel: 'teams' })).toEqual([]);
    expect(shown(stale.value)).toContain(phrase('stale'));
    expect(shown(stale.value)).toContain(phrase('purchase.ask'));
    const choices = actionsOf([{ type: 'message', attachments: [{ contentType: CARD_TYPE, content: stale.value }] }]);
    expect(choices.map(({ type, data }) => [type, data.step, data.choice])).toContainEqual([
      'Action.Execute',
      'purchase',
      'direct',
    ]);
    await quiet(house, chat.person.conversation);
    expect(chat.all).toHaveLength(before);

    // That card is the real one: it can be answered.
    await chat.invoke({
      type: 'Action.Execute',
      verb: 'frontdesk.answer',
      data: { step: 'purchase', choice: 'direct' },
    });
    await expect.poll(() => stepOf(chat.all)).toBe('severity');
  });

  test('pressed on a client that knows no Execute comes as a message, and is answered by one', async () => {
    const chat = new Chat('anonymous');
    await chat.say(CRASH.en);
    if (stepOf(chat.all) === 'answer') await chat.press('no');
    await expect.poll(() => stepOf(chat.all)).toBe('admin');
    const { fallback } = z.looseObject({ fallback: actionSchema }).parse(actionsOf(chat.all).at(-1));
    expect(fallback.type).toBe('Action.Submit');
    await post(house, teamsActivity(chat.person, { type: 'message', value: { ...fallback.data, choice: 'yes' } }));
    await expect.poll(() => stepOf(chat.all)).toBe('purchase');
    const before = chat.all.length;
    await post(house, teamsActivity(chat.person, { type: 'message', value: { step: 'admin', choice: 'no' } }));
    await expect.poll(() => chat.all.length).toBeGreaterThan(before);
    expect(chat.all.at(-1)?.text).toContain(phrase('stale'));
  });

  test('sent twice files once, and says the number again', async () => {
    const chat = new Chat('admin-direct');
    await chat.say(CRASH.en);
    for (const [step, [choice, fields]] of Object.entries(ONWARD)) {
      if (stepOf(chat.all) !== step || step === 'review') continue;
      await chat.press(choice, fields);
      await expect.poll(() => stepOf(chat.all)).not.toBe(step);
    }
    expect(stepOf(chat.all)).toBe('review');
    const submit = actionsOf(chat.all).findLast(({ data }) => data.choice === 'submit');
    const [one, other] = await Promise.all([chat.invoke(submit), chat.invoke(submit)]);
    await expect.poll(() => stepOf(chat.all)).toBe('submitted');
    const number = z.string().parse(chat.all.at(-1)?.channelData?.request?.number);
    expect([one, other].map(({ type }) => type)).toEqual([CARD_TYPE, CARD_TYPE]);
    expect([one, other].filter(({ value }) => shown(value).includes(number))).toHaveLength(1);
    expect(
      count('select count(*) as n from requests where submission_id = ?', String(submit?.data['submissionId'])),
    ).toBe(1);
  });
});

describe('a request’s card', () => {
  test('tells nobody else how it stands, nor that there is one', async () => {
    const number = await new Chat('admin-direct').file('en');
    const other = new Chat('cn-admin');
    const asked = (which: string) =>
      other.invoke({ type: 'Action.Execute', verb: 'frontdesk.refresh', data: { number: which } });
    const [theirs, none] = [await asked(number), await asked('SR-0000-0000')];
    expect(theirs).toEqual(none);
    expect(shown(theirs)).not.toContain(number);
    expect(theirs).toMatchObject({ type: 'application/vnd.microsoft.activity.message', value: phrase('card.gone') });
  });

  test.each([null, {}, { number: 5 }, { number: 'x'.repeat(10_000) }])('asked for senselessly: %j', async (data) => {
    const { value } = await new Chat('admin-direct').invoke({ verb: 'frontdesk.refresh', data });
    expect(shown(value)).not.toContain('SR-');
  });
});

function database<T>(work: (opened: InstanceType<typeof Database>) => T): T {
  const opened = new Database(join(house.dataDir, 'frontdesk.db'));
  try {
    return work(opened);
  } finally {
    opened.close();
  }
}
const change = (sql: string, ...values: string[]) => database((opened) => opened.prepare(sql).run(...values));
const count = (sql: string, ...values: string[]) =>
  z.object({ n: z.number() }).parse(database((opened) => opened.prepare(sql).get(...values))).n;
const rows = (conversation: string): string =>
  shown(
    database((opened) =>
      opened
        .prepare(
          'select body from activities a join conversations c on c.id = a.conversation where c.channel_conversation_id = ?',
        )
        .all(conversation),
    ),
  );
