import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BOOK_FOLDER } from '#knowledge/book.ts';
import { readRoles } from '#knowledge/rules.ts';
import { readServiceWords } from '#knowledge/services.ts';
import type { PersonFacts } from '#src/intake/ports.ts';
import type { Renew } from '#src/intake/sign-in.ts';
import { SignedInDirectory } from '#src/outside/graph/signed-in.ts';
import { unknownDirectory } from '#src/outside/unknown-directory.ts';
import { failed, Microsoft, teamsPerson, withNetwork, withoutNetwork } from './microsoft.ts';
import { organization, OTHER_TENANT, ROLES, subscription, TENANT, told } from './recorded.ts';

beforeEach(withoutNetwork);
afterEach(withNetwork);

const HOUR = 3_600_000;
let now = 1_790_000_000_000;
const directory = (behind = unknownDirectory) =>
  new SignedInDirectory(behind, {
    cloud: 'worldwide',
    app: null,
    roles: readRoles(BOOK_FOLDER),
    words: readServiceWords(BOOK_FOLDER),
    clock: () => now,
    failed,
    callMs: 60_000,
    budgetMs: 60_000,
  });
const noRenewal = () => Promise.resolve(null);

/** People of two tenants, each signed in with a token that tells nothing of itself. */
function everybody(microsoft: Microsoft, count: number) {
  return Array.from({ length: count }, (_, at) => {
    const tenant = at % 2 === 0 ? TENANT : OTHER_TENANT;
    const person = teamsPerson(tenant, randomUUID());
    const token = `opaque-${at}-${randomUUID()}`;
    microsoft.knows(token, tenant);
    return { tenant, person, token, name: `Person ${at}` };
  });
}

describe('in people’s own names', () => {
  it('two tenants interleaved, 500 times: no token is ever used for anybody else, no fact is anybody else’s', async () => {
    const microsoft = new Microsoft();
    const people = everybody(microsoft, 20);
    const owner = new Map(people.map((one) => [one.token, one]));
    microsoft.answers((asked) => {
      const whose = owner.get(asked.token);
      if (!whose) return { status: 401 };
      const objectId = whose.person.objectId ?? '';
      return told(organization({ tenant: whose.tenant, person: objectId, user: { displayName: whose.name } }), asked);
    });
    const signedIn = directory();
    for (const { person, token } of people)
      expect(signedIn.enter(person, { token, until: now + 24 * HOUR }, noRenewal)).toBe(true);
    const found: { facts: PersonFacts; name: string; tenant: string }[] = [];
    for (let round = 0; round < 25; round += 1) {
      // What was told counts for five minutes: each round asks Graph anew.
      now += 6 * 60_000;
      const all = people.map(async ({ person, name, tenant }) => ({
        facts: await signedIn.find(person),
        name,
        tenant,
      }));
      found.push(...(await Promise.all(all)));
    }
    expect(found).toHaveLength(500);
    for (const { facts, name, tenant } of found)
      expect(facts).toMatchObject({ name, tenant, role: 'may-open', verified: true });
    expect(microsoft.asked.length).toBeGreaterThanOrEqual(2_000);
    for (const { token, tenant, url } of microsoft.asked) {
      const whose = owner.get(token);
      expect(whose?.tenant).toBe(tenant);
      const named = /principalId eq '([^']+)'/.exec(url.searchParams.get('$filter') ?? '')?.[1];
      expect(named ?? whose?.person.objectId).toBe(whose?.person.objectId);
    }
  }, 180_000);

  it('fifty ask at once with a token that has ended: it is renewed once', async () => {
    const microsoft = new Microsoft();
    const person = teamsPerson(TENANT, randomUUID());
    microsoft.knows('new', TENANT);
    microsoft.answers((asked) => told(organization({ person: person.objectId ?? '' }), asked));
    const renew = vi.fn<Renew>(() => Promise.resolve({ token: 'new', until: now + HOUR }));
    const signedIn = directory();
    signedIn.enter(person, { token: 'old', until: now + HOUR }, renew);
    const found = await Promise.all(Array.from({ length: 50 }, async () => signedIn.find(person)));
    expect(found.every(({ role }) => role === 'may-open')).toBe(true);
    expect(renew).toHaveBeenCalledTimes(1);
  });

  it('whoever isn’t signed in, or has left, is told nothing of; nor is anybody of another channel', async () => {
    const microsoft = new Microsoft();
    const person = teamsPerson(TENANT, randomUUID());
    microsoft.knows('t', TENANT);
    microsoft.answers((asked) => told(organization({ person: person.objectId ?? '' }), asked));
    const signedIn = directory();
    expect(await signedIn.find(person)).toMatchObject({ role: 'unknown' });
    expect(signedIn.enter({ ...person, channel: 'webchat' }, { token: 't', until: now + HOUR }, noRenewal)).toBe(false);
    signedIn.enter(person, { token: 't', until: now + HOUR }, noRenewal);
    expect(await signedIn.find(person)).toMatchObject({ role: 'may-open', signedIn: true });
    expect(await signedIn.find({ ...person, objectId: randomUUID() })).toMatchObject({ role: 'unknown' });
    signedIn.leave(person);
    expect(await signedIn.find(person)).toMatchObject({ role: 'unknown' });
  });

  it('what the directory knows itself stays; only what it lacks comes from the person’s own sign-in', async () => {
    const microsoft = new Microsoft();
    const person = teamsPerson(TENANT, randomUUID());
    microsoft.knows('t', TENANT);
    const subscriptions = [subscription({ ownerTenantId: randomUUID() })];
    microsoft.answers((asked) =>
      told(organization({ person: person.objectId ?? '', direct: [ROLES.global.id], subscriptions }), asked),
    );
    const knows = (facts: Partial<PersonFacts>) => ({
      ...unknownDirectory,
      find: async () => ({ ...(await unknownDirectory.find(person)), signedIn: true, ...facts }),
    });
    const half = directory(knows({ role: 'not-admin', roleName: null }));
    half.enter(person, { token: 't', until: now + HOUR }, noRenewal);
    expect(await half.find(person)).toMatchObject({ role: 'not-admin', purchase: 'partner', verified: true });
    const before = microsoft.asked.length;
    const whole = directory(knows({ role: 'may-open', purchase: 'direct', verified: true }));
    whole.enter(person, { token: 't', until: now + HOUR }, noRenewal);
    expect(await whole.find(person)).toMatchObject({ role: 'may-open', purchase: 'direct' });
    expect(microsoft.asked.length).toBe(before);
  });

  it('a role of oneself proves what somebody may do, and never that they may nothing', async () => {
    const microsoft = new Microsoft();
    const person = teamsPerson(TENANT, randomUUID());
    microsoft.knows('t', TENANT);
    const held = new Set<string>();
    microsoft.answers((asked) =>
      asked.question === 'roles' || asked.question === 'group-roles'
        ? { status: 403 }
        : told(organization({ person: person.objectId ?? '', direct: [...held] }), asked),
    );
    for (const [role, expected] of [
      [null, 'unknown'],
      [ROLES.reader.id, 'unknown'],
      [ROLES.global.id, 'may-open'],
    ] as const) {
      held.clear();
      if (role !== null) held.add(role);
      const signedIn = directory();
      signedIn.enter(person, { token: 't', until: now + HOUR }, noRenewal);
      expect((await signedIn.find(person)).role).toBe(expected);
    }
  });
});
