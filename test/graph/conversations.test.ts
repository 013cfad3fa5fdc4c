import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LANGUAGES } from '#knowledge/schema.ts';
import type { Language } from '#knowledge/schema.ts';
import { stepOf } from '../conversations/channel.ts';
import type { Said } from '../conversations/channel.ts';
import { tokenOf } from '../conversations/play.ts';
import { Microsoft, withNetwork, withoutNetwork } from './microsoft.ts';
import type { Answer, Asked } from './microsoft.ts';
import { organization, PARTNER_TENANT, PERSON, ROLES, subscription, told } from './recorded.ts';
import { SHAPES } from './shapes.ts';
import type { TeamsHouse } from './teams-house.ts';
import { teamsHouse } from './teams-house.ts';

/**
 * Whatever Graph answers, the person in Teams gets an answer. One house, one organization for each way of failing, so that
 * all of them are asked at the same time and none has an effect on another.
 */
let teams: TeamsHouse;
const organizations = new Map<string, (asked: Asked) => Answer>();

beforeAll(async () => {
  withoutNetwork();
  new Microsoft().answers((asked) => organizations.get(asked.tenant)?.(asked) ?? { status: 500 });
  teams = await teamsHouse();
});
afterAll(async () => {
  await teams.close();
  withNetwork();
});

const PROBLEM: Readonly<Record<Language, string>> = {
  en: 'Outlook on the web shows a blank page for two people since this morning',
  'zh-CN': '从今天早上开始，有两位同事打开网页版 Outlook 只显示空白页',
  ja: '今朝から二人の社員で、Web 版 Outlook が真っ白な画面になります',
};
/** What the person answers at each step until the request is filed. */
const ANSWERS: Readonly<Record<string, Record<string, string>>> = {
  answer: { choice: 'no' },
  incident: { choice: 'different' },
  admin: { choice: 'yes' },
  purchase: { choice: 'direct' },
  severity: { choice: 'C' },
  contact: { method: 'email', email: 'adele@contoso.example' },
  'contact-method': { choice: 'email' },
  'contact-email': { choice: '', email: 'adele@contoso.example' },
  review: { choice: 'submit' },
};
const LONGEST = 15;

interface Played {
  steps: string[];
  said: Map<string, Said>;
  text: string;
  entitlement: string | undefined;
}

async function playThrough(answer: (asked: Asked) => Answer, language: Language): Promise<Played> {
  const tenant = randomUUID();
  organizations.set(tenant, answer);
  const talk = await teams.talk(tenant, PERSON, language);
  let last = await talk.say(PROBLEM[language]);
  const steps: string[] = [];
  const said = new Map<string, Said>();
  const texts = [...talk.greeting, ...last].map(ownWords);
  for (let turns = 0; turns < LONGEST; turns += 1) {
    const step = stepOf(last) ?? 'nothing';
    steps.push(step);
    const shown = last.findLast(({ channelData }) => channelData?.step === step);
    if (shown) said.set(step, shown);
    const next = ANSWERS[step];
    if (!next) break;
    last = await talk.submit({ step, ...tokenOf(last), ...next });
    texts.push(...last.map(ownWords));
  }
  const [request] = await talk.requests();
  return { steps, said, text: texts.join('\n'), entitlement: request?.entitlement };
}

/** What the desk says itself; an article may speak of anything. */
function ownWords({ text, channelData }: Said): string {
  return channelData?.step === 'answer' ? '' : (text ?? '');
}

const tenantOf = (part: Parameters<typeof organization>[0]) => (asked: Asked) =>
  told(organization({ tenant: asked.tenant, ...part }), asked);

describe('where Graph tells', () => {
  it.each(LANGUAGES)(
    'in %s, an administrator is asked neither role nor purchase; the request is the directory’s word',
    async (language) => {
      const { steps, entitlement } = await playThrough(tenantOf({}), language);
      expect(steps.at(-1)).toBe('submitted');
      expect(steps).not.toContain('admin');
      expect(steps).not.toContain('purchase');
      expect(entitlement).toBe('directory');
    },
  );

  it('somebody without a role is shown the way, without a question', async () => {
    const { steps, entitlement } = await playThrough(tenantOf({ direct: [] }), 'en');
    expect(steps.at(-1)).toBe('route');
    expect(steps).not.toContain('admin');
    expect(entitlement).toBeUndefined();
  });

  it('all through a partner: the partner', async () => {
    const subscriptions = [subscription({ ownerTenantId: PARTNER_TENANT })];
    expect((await playThrough(tenantOf({ subscriptions }), 'en')).steps.at(-1)).toBe('route');
  });

  it('the role is known, the subscriptions are not: only they are asked, and the request is unverified', async () => {
    const part = tenantOf({ direct: [ROLES.global.id] });
    const { steps, entitlement } = await playThrough(
      (asked) => (asked.question === 'subscriptions' ? { status: 403 } : part(asked)),
      'en',
    );
    expect(steps).toContain('purchase');
    expect(steps).not.toContain('admin');
    expect(entitlement).toBe('stated');
  });
});

describe('where Graph can’t tell', () => {
  const played = new Map<string, Promise<Played>>();
  /** All at the same time: one of them takes as long as the longest wait. */
  beforeAll(() => {
    for (const { name, answer } of SHAPES)
      for (const language of LANGUAGES) played.set(`${name}|${language}`, playThrough(answer, language));
  });
  const of = async (name: string, language: Language): Promise<Played> => {
    const found = await played.get(`${name}|${language}`);
    if (!found) throw new Error(`not played: ${name} in ${language}`);
    return found;
  };

  describe.each(LANGUAGES)('in %s', (language) => {
    it.each(SHAPES.map(({ name }) => name))(
      '%s: the same two questions, and a request that says "unverified"',
      async (name) => {
        const { steps, said, entitlement, text } = await of(name, language);
        const first = await of(SHAPES[0]?.name ?? '', language);
        const asked = steps.filter((step) => step === 'admin' || step === 'purchase');
        expect(asked, steps.join(' > ')).toEqual(['admin', 'purchase']);
        expect(said.get('admin')?.channelData?.choices).toEqual(['yes', 'no', 'not-sure']);
        for (const step of ['admin', 'purchase']) {
          expect(said.get(step)?.text).toBe(teams.house.book.phrases.text(language, `${step}.ask`));
          expect(said.get(step)?.text).toBe(first.said.get(step)?.text);
        }
        expect(steps).toEqual(first.steps);
        expect(steps.at(-1)).toBe('submitted');
        expect(entitlement).toBe('stated');
        expect(text).not.toMatch(/\bgraph\b|unauthorized|forbidden|throttl|malformed|\bHTTP \d/i);
      },
      180_000,
    );
  });
});

it('the same ids on another channel prove nothing: nobody is looked up, and the person is asked', async () => {
  const tenant = randomUUID();
  const asked = vi.fn<(asked: Asked) => Answer>(tenantOf({}));
  organizations.set(tenant, asked);
  const talk = await teams.talk(tenant, PERSON, 'en', 'webchat');
  const [question] = await talk.say('How do I export the sign-in log of last month?');
  expect(question).toBeDefined();
  expect(asked).not.toHaveBeenCalled();
  const proven = await teams.talk(tenant, PERSON, 'en');
  expect(proven.greeting).toHaveLength(1);
  expect(asked).toHaveBeenCalled();
});

it('the log says that Graph failed and why, and neither who nor with what token', async () => {
  const tenant = randomUUID();
  organizations.set(tenant, () => ({ status: 403 }));
  await teams.talk(tenant, PERSON, 'en');
  const lines = teams
    .logged()
    .split('\n')
    .filter((line) => line.includes('graph-failed'));
  expect(lines.join('\n')).toMatch(/"kind":"user","reason":"forbidden"/);
  expect(teams.logged()).not.toMatch(new RegExp(`${tenant}|${PERSON}|Bearer|token-|secret`, 'i'));
});
