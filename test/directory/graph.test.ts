import type { PersonRef } from '#src/intake/ports.ts';
import { graphOf, Microsoft, teamsPerson, withNetwork, withoutNetwork } from '../graph/microsoft.ts';
import { issue, organization, PARTNER_TENANT, ROLES, subscription, told } from '../graph/recorded.ts';
import type { Organization } from '../graph/recorded.ts';
import { contract } from './contract.ts';

const partner = subscription({ ownerTenantId: PARTNER_TENANT });
const issues = [issue(), issue({ id: 'EX226574', status: 'ServiceRestored', isResolved: true })];

/** Each an organization of its own, with one person. */
const known: Readonly<Record<string, Partial<Organization>>> = {
  admin: { issues },
  partnerAdmin: { subscriptions: [partner] },
  mixedAdmin: { subscriptions: [partner, subscription()] },
  trialAdmin: { subscriptions: [subscription({ isTrial: true })] },
  reader: { direct: [ROLES.reader.id] },
  user: { direct: [] },
  reseller: { partnerTenantType: 'resellerPartnerDelegatedAdmin' },
};
const organizations = Object.entries(known).map(([name, part], at) => {
  const tenant = `84841066-274d-4ec0-a5c1-${String(at).padStart(12, '0')}`;
  return [name, organization({ ...part, tenant, person: tenant.replace('84841066', '071cc716') })] as const;
});

function person(name: string): PersonRef {
  const found = organizations.find(([of]) => of === name)?.[1];
  if (!found) throw new Error(`no organization of ${name}`);
  return teamsPerson(found.tenant, found.person);
}

contract({
  name: 'Microsoft Graph',
  open() {
    withoutNetwork();
    new Microsoft().answers((asked) => {
      const found = organizations.find(([, { tenant }]) => tenant === asked.tenant)?.[1];
      return found ? told(found, asked) : { status: 404 };
    });
    return graphOf();
  },
  close: withNetwork,
  who: {
    admin: person('admin'),
    partnerAdmin: person('partnerAdmin'),
    mixedAdmin: person('mixedAdmin'),
    trialAdmin: person('trialAdmin'),
    reader: person('reader'),
    user: person('user'),
    reseller: person('reseller'),
    stranger: { channel: 'webchat', userId: 'anonymous:1', tenant: null, objectId: null, vouched: null },
  },
  incident: { current: 'EX226792', over: 'EX226574', unheard: 'EX999999' },
});
