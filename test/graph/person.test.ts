import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOTHING_KNOWN } from '#src/intake/nobody.ts';
import type { PersonFacts, PersonRef } from '#src/intake/ports.ts';
import type { Vouched } from '#src/intake/vouched.ts';
import { unknownDirectory } from '../../src/outside/unknown-directory.ts';
import { APP, graphOf, Microsoft, teamsPerson, withNetwork, withoutNetwork } from './microsoft.ts';
import {
  AZURE,
  definition,
  DEFINITIONS,
  M365,
  NOT_FOUND,
  organization,
  PARTNER_TENANT,
  PERSON,
  ROLES,
  subscription,
  TENANT,
  told,
} from './recorded.ts';
import type { Organization } from './recorded.ts';

beforeEach(withoutNetwork);
afterEach(withNetwork);
afterAll(withNetwork);

async function find(part: Partial<Organization> = {}): Promise<PersonFacts> {
  const microsoft = new Microsoft().answers((asked) => told(organization(part), asked));
  const facts = await graphOf().find(teamsPerson(TENANT, PERSON));
  expect(microsoft.signIns).toHaveLength(1);
  return facts;
}

describe('a person whom Graph knows', () => {
  it('has name, mail, phones, language and country; the organization its registered numbers and mails', async () => {
    expect(await find()).toEqual({
      verified: true,
      signedIn: true,
      name: 'Adele Vance',
      tenant: TENANT,
      offering: 'worldwide',
      role: 'may-open',
      roleName: 'Service Support Administrator',
      purchase: 'direct',
      agreement: null,
      language: 'en',
      timeZone: null,
      country: 'US',
      email: 'AdeleV@contoso.example',
      phone: '+1 425 555 0109',
      registeredPhones: ['+1 425 555 0100', '+1 425 555 0101'],
      registeredMails: ['it@contoso.example'],
      partner: null,
      customers: [],
    });
  });

  it.each([
    ['zh-Hans-CN', 'zh-CN'],
    ['ja-JP', 'ja'],
    ['ja', 'ja'],
    ['fr-FR', null],
  ] as const)('who prefers %s is spoken to in %s', async (preferredLanguage, language) => {
    expect((await find({ user: { preferredLanguage } })).language).toBe(language);
  });

  it('what is empty or odd in the directory is unknown', async () => {
    const user = {
      displayName: ' ',
      mail: 'x\r\nbcc: y',
      businessPhones: ['ext. 4'],
      usageLocation: 'USA',
      mobilePhone: '12',
    };
    const facts = await find({ user });
    expect([facts.name, facts.email, facts.phone, facts.country]).toEqual([null, null, null, 'US']);
  });

  it('is asked about once in five minutes, however many turns there are', async () => {
    const microsoft = new Microsoft().answers((asked) => told(organization(), asked));
    let now = Date.now();
    const graph = graphOf({ clock: () => now });
    const first = graph.find(teamsPerson(TENANT, PERSON));
    expect(first).toBeInstanceOf(Promise);
    expect(graph.find(teamsPerson(TENANT, PERSON)), 'waits for the same answer').toBe(first);
    const facts = await first;
    now += 299_000;
    expect(graph.find(teamsPerson(TENANT, PERSON)), 'at once').toBe(facts);
    expect(microsoft.of('user')).toHaveLength(1);
    now += 2_000;
    expect((await graph.find(teamsPerson(TENANT, PERSON))).role).toBe('may-open');
    expect(microsoft.of('user')).toHaveLength(2);
  });
});

const only = (id: string) => ({ direct: [id], definitions: {} });
const group = (id: string) => ({ direct: [], transitive: [id] });
const was = (status: string) => subscription({ status });

describe('may this person open requests', () => {
  const CUSTOM = { id: 'aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb', name: 'Ticket clerk' };
  const withCustom = (actions: string[], part = {}) => ({
    direct: [CUSTOM.id],
    definitions: { ...DEFINITIONS, [CUSTOM.id]: definition(CUSTOM, actions, { isBuiltIn: false, ...part }) },
  });
  const conditional = { rolePermissions: [{ allowedResourceActions: [M365], condition: '$SubjectIsSelf' }] };

  it.each<[string, Partial<Organization>, PersonFacts['role'], string | null]>([
    ['Global Administrator', { direct: [ROLES.global.id] }, 'may-open', 'Global Administrator'],
    ['a role held through a group', group(ROLES.support.id), 'may-open', 'Service Support Administrator'],
    ['a custom role with the permission', withCustom([M365]), 'may-open', 'Ticket clerk'],
    ['a custom role without it', withCustom(['microsoft.directory/x']), 'admin-without-permission', 'Ticket clerk'],
    [
      'a custom role with the permission for Azure only',
      withCustom([AZURE]),
      'admin-without-permission',
      'Ticket clerk',
    ],
    ['a permission under a condition', withCustom([], conditional), 'admin-without-permission', 'Ticket clerk'],
    ['a role that is switched off', withCustom([M365], { isEnabled: false }), 'not-admin', null],
    ['Global Reader', { direct: [ROLES.reader.id] }, 'admin-without-permission', 'Global Reader'],
    [
      'Global Reader and one that may',
      { direct: [ROLES.reader.id, ROLES.support.id] },
      'may-open',
      'Service Support Administrator',
    ],
    ['no role at all', { direct: [] }, 'not-admin', null],
    [
      'a role over a part of the directory: no source says',
      { scope: '/administrativeUnits/1' },
      'unknown',
      'Service Support Administrator',
    ],
    [
      'a reader over a part of the directory',
      { direct: [ROLES.reader.id], scope: '/administrativeUnits/1' },
      'admin-without-permission',
      'Global Reader',
    ],
    ['a role that may be activated when needed', { direct: [], eligible: [ROLES.global.id] }, 'unknown', null],
    [
      'a reader who may activate more',
      { direct: [ROLES.reader.id], eligible: [ROLES.global.id] },
      'unknown',
      'Global Reader',
    ],
    ['a reader to be: nothing that would help', { direct: [], eligible: [ROLES.reader.id] }, 'not-admin', null],
    [
      'a role that Graph does not describe: the table',
      only(ROLES.support.id),
      'may-open',
      'Service Support Administrator',
    ],
    ['the table says no', only(ROLES.license.id), 'admin-without-permission', 'License Administrator'],
    ['neither Graph nor the table knows the role', only(CUSTOM.id), 'unknown', null],
  ])('%s', async (_name, part, role, roleName) => {
    const facts = await find(part);
    expect([facts.role, facts.roleName, facts.verified]).toEqual([role, roleName, role !== 'unknown']);
  });

  it('a definition is read once for everybody', async () => {
    const microsoft = new Microsoft().answers((asked) => {
      const person = asked.url.pathname.split('/').at(-1) ?? PERSON;
      return told(organization({ ...group(ROLES.support.id), person }), asked);
    });
    const graph = graphOf();
    for (const person of [PERSON, '171cc716-8147-4397-a5ba-b2105951cc0b'])
      expect((await graph.find(teamsPerson(TENANT, person))).role).toBe('may-open');
    expect(microsoft.of('definition')).toHaveLength(1);
  });

  it('somebody whom the organization does not know is not called "not an admin"', async () => {
    new Microsoft().answers((asked) =>
      asked.question === 'user' ? NOT_FOUND : told(organization({ direct: [] }), asked),
    );
    const facts = await graphOf().find(teamsPerson(TENANT, PERSON));
    expect([facts.role, facts.verified, facts.signedIn]).toEqual(['unknown', false, true]);
  });

  it('what could be activated is asked only of whoever may not open requests as it is', async () => {
    for (const [direct, times] of [
      [[ROLES.global.id], 0],
      [[ROLES.reader.id], 1],
      [[], 1],
    ] as const) {
      const microsoft = new Microsoft().answers((asked) => told(organization({ direct: [...direct] }), asked));
      await graphOf().find(teamsPerson(TENANT, PERSON));
      expect(microsoft.of('eligible')).toHaveLength(times);
      withNetwork();
      withoutNetwork();
    }
  });

  it('asks for the person by object id, roles through groups as Microsoft wants it', async () => {
    const microsoft = new Microsoft().answers((asked) => told(organization(), asked));
    await graphOf().find(teamsPerson(TENANT, PERSON.toUpperCase()));
    const [asked] = microsoft.of('group-roles');
    expect(asked?.url.searchParams.get('$filter')).toBe(`principalId eq '${PERSON}'`);
    expect(asked?.url.searchParams.get('$count')).toBe('true');
    expect(asked?.headers.get('consistencylevel')).toBe('eventual');
  });
});

describe('where the organization bought', () => {
  const direct = subscription();
  const partner = subscription({ ownerTenantId: PARTNER_TENANT, ownerType: 'User' });
  const trial = subscription({ isTrial: true });

  it.each<[string, Record<string, unknown>[], PersonFacts['purchase']]>([
    ['no owner', [direct], 'direct'],
    ['an empty owner', [subscription({ ownerTenantId: '' })], 'direct'],
    ['zeros as owner', [subscription({ ownerTenantId: '00000000-0000-0000-0000-000000000000' })], 'direct'],
    ['the own tenant as owner', [subscription({ ownerTenantId: TENANT.toUpperCase() })], 'direct'],
    ['a partner', [partner], 'partner'],
    ['all through partners', [partner, subscription({ ownerTenantId: 'x-other-partner' })], 'partner'],
    ['both', [partner, direct], 'both'],
    ['only trials', [trial, trial], 'trial'],
    ['a trial beside a partner: nothing else was bought', [partner, trial], 'partner'],
    ['the term just over, all still works', [was('Warning')], 'direct'],
    ['what ended does not count', [was('Deleted'), was('LockedOut'), partner], 'partner'],
    ['all suspended: asked', [was('Suspended')], 'unknown'],
    ['none at all: asked', [], 'unknown'],
    ['other letters', [subscription({ status: 'enabled' })], 'direct'],
  ])('%s', async (_name, subscriptions, purchase) => {
    const facts = await find({ subscriptions });
    expect([facts.purchase, facts.verified]).toEqual([purchase, purchase !== 'unknown']);
  });

  it('all pages count', async () => {
    const microsoft = new Microsoft().answers((asked) => {
      if (asked.question !== 'subscriptions') return told(organization(), asked);
      const page = Number(asked.url.searchParams.get('$skiptoken') ?? 1);
      const next = `https://graph.microsoft.com/v1.0/directory/subscriptions?$skiptoken=${page + 1}`;
      const value = [page === 3 ? direct : partner];
      return { status: 200, body: { value, ...(page < 3 && { '@odata.nextLink': next }) } };
    });
    expect((await graphOf().find(teamsPerson(TENANT, PERSON))).purchase).toBe('both');
    expect(microsoft.of('subscriptions')).toHaveLength(3);
  });

  it.each([
    ['resellerPartnerDelegatedAdmin', [ROLES.global.id], 'partner'],
    ['BreadthPartner', [ROLES.global.id], 'partner'],
    ['resellerPartnerDelegatedAdmin', [], 'not-admin'],
    ['microsoftSupport', [ROLES.global.id], 'may-open'],
    ['unknownFutureValue', [ROLES.global.id], 'may-open'],
  ] as const)('a tenant that is %s, with roles %s: %s', async (partnerTenantType, held, role) => {
    expect((await find({ partnerTenantType, direct: [...held] })).role).toBe(role);
  });
});

const vouched = (part: Partial<Vouched> = {}): PersonRef => ({
  channel: 'webchat',
  userId: 'host:portal:t:s',
  tenant: null,
  objectId: null,
  vouched: {
    host: 'portal',
    cloud: 'china',
    tenant: TENANT,
    subject: 's',
    objectId: PERSON,
    offering: null,
    roles: null,
    reseller: null,
    purchase: null,
    agreement: null,
    name: null,
    email: null,
    phone: null,
    language: null,
    timeZone: null,
    country: null,
    at: 0,
    ...part,
  },
});

describe('whose cloud, and who proves it', () => {
  it('China has its own sign-in and its own Graph; which of its three products it is about is asked', async () => {
    const microsoft = new Microsoft('china').answers((asked) => told(organization(), asked));
    const facts = await graphOf().find(vouched());
    expect([facts.role, facts.offering, facts.purchase]).toEqual(['may-open', null, 'direct']);
    expect(microsoft.signIns).toEqual([
      {
        tenant: TENANT,
        clientId: APP.clientId,
        scope: expect.stringContaining('https://microsoftgraph.chinacloudapi.cn/.default'),
        grant: 'client_credentials',
      },
    ]);
  });

  it('in China a role must fit Office 365 and Azure, or the person is asked', async () => {
    const clerk = { id: 'aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb', name: 'Clerk' };
    const definitions = { [clerk.id]: definition(clerk, [M365]) };
    new Microsoft('china').answers((asked) => told(organization({ direct: [clerk.id], definitions }), asked));
    expect((await graphOf().find(vouched())).role).toBe('unknown');
  });

  it('the Teams of China, where the operator says so', async () => {
    const microsoft = new Microsoft('china').answers((asked) => told(organization(), asked));
    const facts = await graphOf({ teamsCloud: 'china' }).find(teamsPerson(TENANT, PERSON));
    expect([facts.role, microsoft.asked.length > 0]).toEqual(['may-open', true]);
  });

  it('a tenant named by its domain: its own id is learnt before owners are judged', async () => {
    const own = subscription({ ownerTenantId: TENANT });
    new Microsoft('china').answers((asked) => told(organization({ subscriptions: [own] }), asked));
    expect((await graphOf().find(vouched({ tenant: 'Contoso.partner.onmschina.cn' }))).purchase).toBe('direct');
  });

  it.each<[string, PersonRef, Parameters<typeof graphOf>[0]]>([
    ['no object id', { ...teamsPerson(TENANT, PERSON), objectId: null }, {}],
    ['another channel than Teams', { ...teamsPerson(TENANT, PERSON), channel: 'directline' }, {}],
    ['a tenant that is a path', teamsPerson('../common', PERSON), {}],
    ['every tenant', teamsPerson('common', PERSON), {}],
    ['a tenant with a query', teamsPerson(`${TENANT}?x=`, PERSON), {}],
    ['an object id that is a filter', teamsPerson(TENANT, "x' or 1 eq 1"), {}],
    ['a host that names no object id', vouched({ objectId: null }), {}],
    ['unsigned activities', teamsPerson(TENANT, PERSON), { teamsCloud: null }],
  ])('%s: nothing is known, at once, and nobody is asked', (_name, person, options) => {
    const facts = graphOf(options).find(person);
    expect(facts).toMatchObject({ verified: false, role: 'unknown', purchase: 'unknown', signedIn: false });
    expect(graphOf(options).incidents(person, 'worldwide')).toEqual([]);
  });

  it.each([
    ['Teams', teamsPerson(TENANT, PERSON), { apps: { china: APP } }, 'worldwide'],
    ['a host page', vouched(), { apps: { worldwide: APP } }, null],
  ] as const)('%s proves somebody of a cloud without an app: signed in, and asked', (_name, who, options, offering) => {
    expect(graphOf(options).find(who)).toEqual({ ...NOTHING_KNOWN, signedIn: true, tenant: TENANT, offering });
    expect(graphOf(options).incidents(who, 'worldwide')).toEqual([]);
  });

  it('without any directory, whoever Teams proves is signed in, and nothing else is known', () => {
    expect(unknownDirectory.find(teamsPerson(TENANT, PERSON))).toEqual({
      ...NOTHING_KNOWN,
      signedIn: true,
      tenant: TENANT,
    });
    expect(unknownDirectory.find({ ...teamsPerson(TENANT, PERSON), objectId: null })).toBe(NOTHING_KNOWN);
  });
});
