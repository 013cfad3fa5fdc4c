import { describe, expect, test } from 'vitest';
import { BOOK_FOLDER } from '#knowledge/book.ts';
import { readRoles } from '#knowledge/rules.ts';
import { NOTHING_KNOWN } from '#src/intake/nobody.ts';
import type { Directory, PersonFacts, PersonRef } from '#src/intake/ports.ts';
import { roleFrom } from '#src/intake/roles.ts';
import { vouchedDirectory } from '#src/intake/vouched-directory.ts';
import type { Vouched } from '#src/intake/vouched.ts';
import { VOUCHED } from '../storage/samples.ts';

const ROLES = readRoles(BOOK_FOLDER);

function directoryOf(facts: PersonFacts | Promise<PersonFacts>): Directory {
  const behind: Directory = { find: () => facts, incidents: () => [], incidentState: () => Promise.resolve('unknown') };
  return vouchedDirectory(behind, ROLES);
}

const reference = (vouched: Vouched | null): PersonRef => ({
  channel: 'directline',
  userId: 'host:contoso-admin:contoso:user-17',
  tenant: 'contoso',
  objectId: null,
  vouched,
});

const factsOf = async (vouched: Partial<Vouched> | null, behind: Partial<PersonFacts> = {}) =>
  directoryOf({ ...NOTHING_KNOWN, ...behind }).find(reference(vouched && { ...VOUCHED, ...vouched }));

describe('roles decide who may open requests', () => {
  test.each([
    [['Global Administrator'], 'worldwide', 'may-open'],
    [['62e90394-69f5-4237-9190-012177145e10'], 'o365-21vianet', 'may-open'],
    [['global administrator '], 'worldwide', 'may-open'],
    [['Global Reader', 'Helpdesk Administrator'], 'worldwide', 'may-open'],
    [['Global Reader'], 'worldwide', 'admin-without-permission'],
    [['License Administrator', 'Global Reader'], 'worldwide', 'admin-without-permission'],
    [['Global Reader', 'Our own role'], 'worldwide', 'unknown'],
    [['Our own role'], 'worldwide', 'unknown'],
    [['Groups Administrator'], 'azure-21vianet', 'unknown'],
    [['Helpdesk Administrator'], 'azure-21vianet', 'may-open'],
    [[], 'worldwide', 'not-admin'],
  ] as const)('%j at %s: %s', (held, offering, role) => {
    expect(roleFrom(held, ROLES, offering).role).toBe(role);
  });
});

describe('what a host proved', () => {
  test('are verified facts', async () => {
    expect(await factsOf({})).toMatchObject({
      verified: true,
      signedIn: true,
      role: 'may-open',
      roleName: 'Global Administrator',
      purchase: 'direct',
      agreement: null,
      tenant: 'contoso',
      name: '佐藤 美咲',
    });
  });

  test('what it did not say is not known, and a role that it did not say is not verified', async () => {
    expect(await factsOf({ roles: null, purchase: null })).toMatchObject({
      verified: false,
      signedIn: true,
      role: 'unknown',
      purchase: 'unknown',
    });
  });

  test('an empty list of roles says "no role", not "nothing said"', async () => {
    expect(await factsOf({ roles: [] })).toMatchObject({ verified: true, role: 'not-admin' });
  });

  test('a reseller is one', async () => {
    expect(await factsOf({ reseller: true, roles: null })).toMatchObject({ verified: true, role: 'partner' });
  });

  test('a reseller whose host says "no role at all" may not ask', async () => {
    expect(await factsOf({ reseller: true, roles: [] })).toMatchObject({ role: 'not-admin' });
    expect(await factsOf({ reseller: true, roles: ['Admin agent'] })).toMatchObject({ role: 'partner' });
  });

  test('a directory that knows the role, but not that the organization resells, takes nothing from a reseller', async () => {
    const reseller = { reseller: true, roles: null };
    expect(await factsOf(reseller, { role: 'may-open', roleName: 'Global Administrator' })).toMatchObject({
      role: 'partner',
    });
    expect(await factsOf(reseller, { role: 'not-admin' })).toMatchObject({ role: 'not-admin' });
  });

  test('with the product left open in China, a role that surely opens requests for one product only is asked about', async () => {
    const open = { cloud: 'china', offering: null } as const;
    expect(await factsOf({ ...open, roles: ['Groups Administrator'] })).toMatchObject({ role: 'unknown' });
    expect(await factsOf({ ...open, roles: ['Reports Reader'] })).toMatchObject({ role: 'unknown' });
    expect(await factsOf({ ...open, roles: ['Helpdesk Administrator'] })).toMatchObject({ role: 'may-open' });
    expect(await factsOf({ ...open, roles: [] })).toMatchObject({ role: 'not-admin' });
    const worldwide = { cloud: 'worldwide', offering: null, roles: ['Groups Administrator'] } as const;
    expect(await factsOf({ ...worldwide, roles: [...worldwide.roles] })).toMatchObject({ role: 'may-open' });
  });

  test('an address or a number that is none reaches nobody, and is not taken', async () => {
    const odd = { email: 'a b\r\nBcc: x', phone: 'ask my assistant', name: ' Sato\n\u202eMisaki ' };
    expect(await factsOf(odd)).toMatchObject({ email: null, phone: null, name: 'Sato Misaki' });
    expect(await factsOf({ email: 'misaki@contoso.com', phone: '03-1234-5678', country: 'JP' })).toMatchObject({
      email: 'misaki@contoso.com',
      phone: '+81 3 1234 5678',
    });
  });

  test('a number that a host names is not one of the organization’s registered ones', async () => {
    expect(await factsOf({ phone: '+81 3 1234 5678' })).toMatchObject({
      phone: '+81 3 1234 5678',
      registeredPhones: [],
    });
  });

  test('what the directory knows itself counts for more; who is there is the host’s word', async () => {
    const behind = {
      verified: true,
      role: 'not-admin',
      purchase: 'partner',
      name: 'M. Sato',
      registeredPhones: ['1'],
    } as const;
    expect(await factsOf({}, behind)).toMatchObject({
      role: 'not-admin',
      roleName: null,
      purchase: 'partner',
      name: '佐藤 美咲',
      registeredPhones: ['1'],
    });
  });

  test('a directory that has to ask is waited for', async () => {
    const found = directoryOf(Promise.resolve({ ...NOTHING_KNOWN, purchase: 'both' as const })).find(
      reference(VOUCHED),
    );
    expect(found).toBeInstanceOf(Promise);
    expect(await found).toMatchObject({ role: 'may-open', purchase: 'both' });
  });

  test('nobody vouched for: the directory alone answers', async () => {
    expect(await factsOf(null, { name: 'only here' })).toEqual({ ...NOTHING_KNOWN, name: 'only here' });
  });
});
