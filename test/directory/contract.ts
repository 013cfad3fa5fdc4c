import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOTHING_KNOWN } from '#src/intake/nobody.ts';
import type { Directory, Incident, PersonFacts, PersonRef } from '#src/intake/ports.ts';

/** What every filling of the Directory port keeps to. `who` are people that the filling knows to be so. */
export interface Filling {
  name: string;
  /** Prepares the filling; what it returns is asked. */
  open(): Promise<Directory> | Directory;
  close(): Promise<void> | void;
  who: {
    /** May open requests, bought directly; the organization has a registered phone and a current incident. */
    admin: PersonRef;
    partnerAdmin: PersonRef;
    mixedAdmin: PersonRef;
    trialAdmin: PersonRef;
    reader: PersonRef;
    user: PersonRef;
    reseller: PersonRef;
    stranger: PersonRef;
  };
  incident: { current: string; over: string; unheard: string };
}

export function contract(filling: Filling): void {
  const { who, incident } = filling;
  let directory: Directory;
  beforeAll(async () => {
    directory = await filling.open();
  });
  afterAll(() => filling.close());
  const find = async (person: PersonRef): Promise<PersonFacts> => directory.find(person);
  const current = async (person: PersonRef): Promise<readonly Incident[]> => directory.incidents(person, 'worldwide');

  describe(`directory: ${filling.name}`, () => {
    it.each([
      ['admin', 'may-open', 'direct'],
      ['partnerAdmin', 'may-open', 'partner'],
      ['mixedAdmin', 'may-open', 'both'],
      ['trialAdmin', 'may-open', 'trial'],
      ['reader', 'admin-without-permission', 'direct'],
      ['user', 'not-admin', 'direct'],
    ] as const)('%s: %s, bought %s, vouched for', async (name, role, purchase) => {
      expect(await find(who[name])).toMatchObject({ verified: true, signedIn: true, role, purchase });
    });

    it('a reseller is known as one', async () => {
      expect(await find(who.reseller)).toMatchObject({ verified: true, role: 'partner' });
    });

    it('a role that is none has no name, every other one has its own', async () => {
      expect((await find(who.user)).roleName).toBeNull();
      for (const name of ['admin', 'partnerAdmin', 'mixedAdmin', 'reader'] as const)
        expect((await find(who[name])).roleName, name).toMatch(/\w/);
    });

    it('a registered phone is in international form', async () => {
      const { registeredPhones } = await find(who.admin);
      expect(registeredPhones.length).toBeGreaterThan(0);
      for (const phone of registeredPhones) expect(phone).toMatch(/^\+\d[\d -]+$/);
    });

    it('of a stranger nothing is known, and nothing is granted', async () => {
      const { offering: _, ...rest } = NOTHING_KNOWN;
      expect(await find(who.stranger)).toMatchObject(rest);
    });

    it('once it has told, it tells the same at once: a turn that waited can go on', async () => {
      for (const person of Object.values(who)) {
        const told = await find(person);
        expect(directory.find(person)).toEqual(told);
        const incidents = await current(person);
        expect(directory.incidents(person, 'worldwide')).toEqual(incidents);
      }
    });

    it('shows what goes on, not what is over, and only where it belongs', async () => {
      const ids = (await current(who.admin)).map(({ id }) => id);
      expect(ids).toContain(incident.current);
      expect(ids).not.toContain(incident.over);
      for (const one of await current(who.admin)) {
        expect(one).toMatchObject({ offering: 'worldwide', title: expect.stringMatching(/^[^<>]+$/) });
        expect(new Date(one.startedAt).getTime()).toBeGreaterThan(0);
        expect(one.keywords.length).toBeGreaterThan(1);
      }
      const elsewhere = await directory.incidents(who.admin, 'partner-center-21vianet');
      expect(elsewhere.map(({ id }) => id)).not.toContain(incident.current);
    });

    it('tells how an incident stands; of one that nobody heard of, never that it goes on', async () => {
      expect(await directory.incidentState(who.admin, 'worldwide', incident.current)).toBe('current');
      expect(await directory.incidentState(who.admin, 'worldwide', incident.over)).toBe('over');
      expect(await directory.incidentState(who.admin, 'worldwide', incident.unheard)).not.toBe('current');
      expect(await directory.incidentState(who.admin, 'azure-21vianet', incident.current)).not.toBe('current');
    });
  });
}
