import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonFacts } from '#src/intake/ports.ts';
import { failed, graphOf, Microsoft, teamsPerson, withNetwork, withoutNetwork } from './microsoft.ts';
import { organization, OTHER_TENANT, PERSON, TENANT, told } from './recorded.ts';

beforeEach(withoutNetwork);
afterEach(() => {
  withNetwork();
  failed.mockClear();
});

const WAVE = 20;

/** `count` made-up people of a tenant. */
const people = (tenant: string, count: number, from = 0) =>
  Array.from({ length: count }, (_, at) =>
    teamsPerson(tenant, `071cc716-8147-4397-a5ba-${String(at + from).padStart(12, '0')}`),
  );

function tolerant(microsoft: Microsoft): Microsoft {
  return microsoft.answers((asked) => {
    const person = asked.url.pathname.split('/').at(-1) ?? PERSON;
    return told(organization({ tenant: asked.tenant, person }), asked);
  });
}

describe('one tenant, one token', () => {
  it('two tenants interleaved, 500 calls: no token of one on a call of the other', async () => {
    const microsoft = tolerant(new Microsoft());
    const graph = graphOf();
    const mine = people(TENANT, 50);
    const theirs = people(OTHER_TENANT, 50, 50);
    const owner = new Map([...mine, ...theirs].map(({ objectId, tenant }) => [objectId, tenant]));
    const interleaved = mine.flatMap((one, at) => [one, theirs[at] ?? one]);
    const found: PersonFacts[] = [];
    // In waves: the first with no token yet, the others with those of both tenants at hand.
    for (let from = 0; from < interleaved.length; from += WAVE) {
      const wave = interleaved.slice(from, from + WAVE);
      found.push(...(await Promise.all(wave.map(async (person) => graph.find(person)))));
    }
    expect(microsoft.asked.length).toBeGreaterThanOrEqual(500);
    const ofPeople = [...microsoft.of('user'), ...microsoft.of('roles'), ...microsoft.of('group-roles')];
    expect(ofPeople).toHaveLength(300);
    for (const { tenant, url } of ofPeople) {
      const named = /[0-9a-f-]{36}/.exec(`${url.pathname}${url.searchParams.get('$filter') ?? ''}`)?.[0];
      expect(tenant, 'the token belongs to the tenant of whom it asks about').toBe(owner.get(named ?? ''));
    }
    expect(found.map(({ tenant }) => tenant)).toEqual(interleaved.map(({ tenant }) => tenant));
    expect(found.every(({ role }) => role === 'may-open')).toBe(true);
    expect(microsoft.signIns.map(({ tenant }) => tenant).toSorted()).toEqual([OTHER_TENANT, TENANT].toSorted());
  });

  it('one refusing tenant keeps no other from its answer', async () => {
    tolerant(new Microsoft()).signsIn((tenant) =>
      tenant === TENANT
        ? { status: 400, body: { error: 'unauthorized_client', error_description: 'AADSTS700016' } }
        : null,
    );
    const graph = graphOf();
    const [first, second] = await Promise.all([
      graph.find(teamsPerson(TENANT, PERSON)),
      graph.find(teamsPerson(OTHER_TENANT, PERSON)),
    ]);
    expect([first.role, second.role]).toEqual(['unknown', 'may-open']);
  });

  it('an organization that never consented is not asked for a token by each of its people', async () => {
    let now = Date.now();
    const microsoft = tolerant(new Microsoft()).signsIn(() => ({ status: 401, body: { error: 'invalid_client' } }));
    const graph = graphOf({ clock: () => now });
    for (const person of people(TENANT, 5)) expect((await graph.find(person)).role).toBe('unknown');
    expect(microsoft.signIns).toHaveLength(1);
    now += 31_000;
    microsoft.signsIn(() => null);
    for (const person of people(TENANT, 1)) expect((await graph.find(person)).role).toBe('may-open');
  });
});

describe('an expired token', () => {
  it('50 people at once: one refresh', async () => {
    let now = Date.now();
    const microsoft = tolerant(new Microsoft());
    const graph = graphOf({ clock: () => now });
    await graph.find(teamsPerson(TENANT, PERSON));
    expect(microsoft.signIns).toHaveLength(1);
    now += 3600_000;
    const found = await Promise.all(people(TENANT, 50).map(async (person) => graph.find(person)));
    expect(found.every(({ role }) => role === 'may-open')).toBe(true);
    expect(microsoft.signIns).toHaveLength(2);
  });

  it('is renewed before it expires', async () => {
    let now = Date.now();
    const microsoft = tolerant(new Microsoft());
    const graph = graphOf({ clock: () => now });
    const [first, second] = people(TENANT, 2);
    await graph.find(first!);
    now += 56 * 60_000;
    await graph.find(second!);
    expect(microsoft.signIns).toHaveLength(2);
  });

  it('refused before its time by all of 50: one refresh, and everybody has an answer', async () => {
    const microsoft = tolerant(new Microsoft());
    const graph = graphOf();
    await graph.find(teamsPerson(TENANT, PERSON));
    microsoft.revokeAll();
    const found = await Promise.all(people(TENANT, 50).map(async (person) => graph.find(person)));
    expect(found.every(({ role, purchase }) => role === 'may-open' && purchase === 'direct')).toBe(true);
    expect(microsoft.signIns).toHaveLength(2);
  });

  it('refused again: once renewed, once tried again, then it is unknown', async () => {
    const microsoft = new Microsoft().answers(() => ({ status: 401 }));
    expect((await graphOf().find(teamsPerson(TENANT, PERSON))).role).toBe('unknown');
    for (const question of ['user', 'organization', 'subscriptions'] as const)
      expect(microsoft.of(question)).toHaveLength(2);
  });
});

describe('sign-ins that fail', () => {
  it.each([
    ['wrong secret', { status: 401, body: { error: 'invalid_client', error_description: 'AADSTS7000215' } }],
    ['no such tenant', { status: 400, body: { error: 'invalid_request', error_description: 'AADSTS90002' } }],
    ['down', { status: 503, body: 'no' }],
    ['an empty answer', { status: 200 }],
    ['no token in it', { status: 200, body: { token_type: 'Bearer', expires_in: 3600 } }],
    ['HTML', { status: 200, body: '<html></html>' }],
    ['a redirect', { status: 302, headers: { location: 'https://evil.example/token' } }],
  ])('%s: unknown, not refused', async (_name, answer) => {
    const microsoft = tolerant(new Microsoft()).signsIn(() => answer);
    const facts = await graphOf().find(teamsPerson(TENANT, PERSON));
    expect(facts).toMatchObject({ role: 'unknown', purchase: 'unknown', verified: false, signedIn: true });
    expect(microsoft.asked).toEqual([]);
    expect(failed.mock.calls).toContainEqual(['worldwide', 'user', 'no-token']);
  });

  it('what is told of a failure holds neither token nor id', async () => {
    new Microsoft().answers(() => ({ status: 403 }));
    await graphOf().find(teamsPerson(TENANT, PERSON));
    expect(failed).toHaveBeenCalled();
    expect(JSON.stringify(failed.mock.calls)).not.toMatch(/token-|[0-9a-f]{8}-/);
  });
});
