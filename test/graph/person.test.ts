import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PersonFacts } from '#src/intake/ports.ts';
import { graphOf, Microsoft, teamsPerson, withNetwork, withoutNetwork } from './microsoft.ts';
import {
  AZURE,
  definition,
  DEFINITIONS,
  M365,
  organization,
  PARTNER_TENANT,
  PERSON,
  ROLES,
  subscription,
  TENANT,
  told,
} from './recorded.ts';
import type { Organization } from './recorded.ts';

beforeAll(withoutNetwork);
afterEach(withNetwork);
afterAll(withNetwork);
beforeEach(withoutNetwork);

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
});
