import { afterEach, describe, expect, test } from 'vitest';
import { LANGUAGES } from '#knowledge/schema.ts';
import type { Language } from '#knowledge/schema.ts';
import type { PersonFacts } from '#src/intake/ports.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { book, NOW, person } from '../dialogs/talk.ts';
import { request } from '../storage/samples.ts';
import { readable, stepOf } from './channel.ts';
import type { Said } from './channel.ts';
import { openOffice } from './office.ts';
import type { Office, Visit } from './office.ts';

/** Open requests that say the same: a person's own, an organization's for its admins, and nobody else's ever. */

let office: Office;
afterEach(() => office.close());

/** The same user id in two organizations, and in none. */
const key = (tenant: string): string => `msteams:${tenant}:u1`;
const WORDS: Record<Language, string> = {
  en: 'Ten users of our branch can’t open shared calendars in Outlook since Monday',
  'zh-CN': '我们分公司有十个用户从周一起打不开 Outlook 的共享日历',
  ja: '支社の10名が月曜日から Outlook の共有予定表を開けません',
};

/** An office whose directory says this of everybody; `tenant` is the middle of the person's key. */
async function officeOf(said: (tenant: string) => Partial<PersonFacts> = () => ({})): Promise<Office> {
  return openOffice({
    find({ userId }) {
      const tenant = userId.split(':')[1] ?? '';
      return { ...person('admin-direct'), name: 'Asker', tenant: tenant === '' ? null : tenant, ...said(tenant) };
    },
    incidents: () => [],
    incidentState: () => Promise.resolve('unknown'),
  });
}

const theirs = (given: Partial<ServiceRequest>): ServiceRequest =>
  request({
    offering: 'worldwide',
    personName: 'Colleague Name',
    createdAt: NOW - 3_600_000,
    tenant: 'contoso',
    ...given,
  });

async function file(...requests: readonly ServiceRequest[]): Promise<void> {
  await office.storage.transact(async (unit) => {
    for (const one of requests) await unit.requests.insert(one);
  });
}

async function toSeverity(visit: Visit, words: string): Promise<Said[]> {
  const last = await visit.say(words);
  return stepOf(last) === 'answer' ? visit.submit({ step: 'answer', choice: 'no' }) : last;
}

const ask = async (who: string, language: Language = 'en'): Promise<{ visit: Visit; said: Said[]; words: string }> => {
  const visit = await office.visit('pulled', who, language);
  const said = await toSeverity(visit, WORDS[language]);
  return { visit, said, words: said.map(readable).join('\n') };
};

describe('an admin', () => {
  test.each(LANGUAGES)(
    '%s: learns number, level, when and what of a colleague’s request; never who',
    async (language) => {
      office = await officeOf();
      const description = `${WORDS[language]}, mail kim@contoso.example or +1 202 555 0143`;
      const contact = { method: 'phone' as const, phone: '+1 202 555 0143', language };
      await file(theirs({ number: 'SR-AAAA-0001', person: 'msteams:contoso:u2', description, severity: 'B', contact }));
      const { said, words } = await ask(key('contoso'), language);
      expect(stepOf(said)).toBe('similar');
      for (const known of ['SR-AAAA-0001', 'B', '2026', WORDS[language].slice(0, 20)]) expect(words).toContain(known);
      expect(words).not.toMatch(/Colleague|kim@|0143/);
    },
  );

  test('adds to it under the own name, and the history tells them apart', async () => {
    office = await officeOf();
    await file(theirs({ number: 'SR-AAAA-0002', person: 'msteams:contoso:u2', description: WORDS.en }));
    const { visit } = await ask(key('contoso'));
    const added = await visit.submit({ step: 'similar', choice: 'same' });
    expect(added.map(readable).join()).toContain(book.phrases.text('en', 'similar.added', { number: 'SR-AAAA-0002' }));
    const events = await office.storage.transact((unit) => unit.requests.events('SR-AAAA-0002'));
    expect(events.at(-1)).toMatchObject({
      kind: 'information-added',
      actor: 'colleague',
      data: { text: WORDS.en, by: 'Asker' },
    });
    expect(await visit.requests()).toEqual([]);
  });

  test('sees the own one first, and says so as the customer', async () => {
    office = await officeOf();
    await file(
      theirs({ number: 'SR-AAAA-0003', person: 'msteams:contoso:u2', description: WORDS.en }),
      theirs({ number: 'SR-AAAA-0004', person: key('contoso'), description: `${WORDS.en} again and again` }),
    );
    const { visit, words } = await ask(key('contoso'));
    expect(words).toContain('SR-AAAA-0004');
    await visit.submit({ step: 'similar', choice: 'same' });
    const events = await office.storage.transact((unit) => unit.requests.events('SR-AAAA-0004'));
    expect(events.at(-1)).toMatchObject({ actor: 'customer', data: { text: WORDS.en } });
  });

  test('files a request that colleagues of the same organization can see, by the directory’s word on whose it is', async () => {
    office = await officeOf();
    const { visit } = await ask(key('contoso'));
    await visit.submit({ step: 'severity', choice: 'B' });
    const review = await visit.submit({ step: 'contact', method: 'email', email: 'a@contoso.example' });
    const id = /"submissionId":"([^"]+)"/.exec(JSON.stringify(review))?.[1];
    await visit.submit({ step: 'review', choice: 'submit', submissionId: id });
    const [filed] = await visit.requests();
    expect(filed?.tenant).toBe('contoso');
    expect((await ask('msteams:contoso:u9')).words).toContain(filed?.number);
    expect((await ask(key('fabrikam'))).words).not.toContain(filed?.number);
  });
});

const shown = async (
  who: string,
  filed: Partial<ServiceRequest>,
  facts: Partial<PersonFacts> = {},
): Promise<boolean> => {
  office = await officeOf(() => facts);
  await file(theirs({ number: 'SR-BBBB-0001', person: 'msteams:contoso:u2', description: WORDS.en, ...filed }));
  const { said, words } = await ask(who);
  return stepOf(said) === 'similar' || words.includes('SR-BBBB-0001');
};

describe('nobody else', () => {
  test.each<[string, string, Partial<ServiceRequest>, Partial<PersonFacts>]>([
    ['another organization’s admin with the same user id', key('fabrikam'), {}, {}],
    ['the same user id, where the request is of no known organization', key('contoso'), { tenant: null }, {}],
    ['a person of no known organization', key(''), { tenant: null }, { tenant: null }],
    ['a person of no known organization, by its empty name', key(''), { tenant: '' }, { tenant: null }],
    ['a closed request', key('contoso'), { state: 'closed' }, {}],
    ['another product', key('contoso'), { offering: 'azure-21vianet' }, {}],
    ['who may not open requests', key('contoso'), {}, { role: 'admin-without-permission' }],
    ['an ordinary user', key('contoso'), {}, { role: 'not-admin' }],
    ['who merely says to be an admin', key('contoso'), {}, { role: 'unknown', verified: false }],
    ['who is not signed in', key('contoso'), {}, { signedIn: false }],
  ])('%s sees none of it', async (_who, who, filed, facts) => {
    expect(await shown(who, filed, facts)).toBe(false);
  });

  test('the control: with nothing in the way it is shown', async () => {
    expect(await shown(key('contoso'), {})).toBe(true);
  });
});
