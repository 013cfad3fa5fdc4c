import type { Answer, Asked } from './microsoft.ts';

/**
 * Answers in the shapes of Microsoft's documentation (facts.md section 2; api-reference/v1.0 and, for roles through groups,
 * beta). Ids and names are made up.
 */
export const TENANT = '84841066-274d-4ec0-a5c1-276be684bdd3';
export const OTHER_TENANT = '2f0a1c77-6b1b-4bb5-9a55-0d0f3c8d7e21';
export const PARTNER_TENANT = '331af819-4e0b-49f7-a6bf-14e1165ad3a0';
export const PERSON = '071cc716-8147-4397-a5ba-b2105951cc0b';

const DIRECTORY = '/roleManagement/directory/';
/** Every question that is asked, and how its path looks. */
export const NAMES = [
  ['user', /^\/v1\.0\/users\/[0-9a-f-]{36}$/],
  ['me', /^\/v1\.0\/me$/],
  ['own-roles', /^\/v1\.0\/me\/transitiveMemberOf\/microsoft\.graph\.directoryRole$/],
  ['organization', /^\/v1\.0\/organization$/],
  ['subscriptions', /^\/v1\.0\/directory\/subscriptions$/],
  ['roles', new RegExp(`^/v1\\.0${DIRECTORY}roleAssignments$`)],
  ['group-roles', new RegExp(`^/beta${DIRECTORY}transitiveRoleAssignments$`)],
  ['eligible', new RegExp(`^/v1\\.0${DIRECTORY}roleEligibilityScheduleInstances$`)],
  ['definition', new RegExp(`^/v1\\.0${DIRECTORY}roleDefinitions/[^/]+$`)],
  ['incidents', /^\/v1\.0\/admin\/serviceAnnouncement\/issues$/],
  ['incident', /^\/v1\.0\/admin\/serviceAnnouncement\/issues\/[A-Z0-9]+$/],
] as const;
export type Recorded = (typeof NAMES)[number][0];

export const ROLES = {
  global: { id: '62e90394-69f5-4237-9190-012177145e10', name: 'Global Administrator' },
  support: { id: 'f023fd81-a637-4b56-95fd-791ac0226033', name: 'Service Support Administrator' },
  reader: { id: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451', name: 'Global Reader' },
  license: { id: '4d6ac14f-3453-41d0-bef9-a3e0c569773a', name: 'License Administrator' },
} as const;

export const M365 = 'microsoft.office365.supportTickets/allEntities/allTasks';
export const AZURE = 'microsoft.azure.supportTickets/allEntities/allTasks';

export interface Definition {
  id: string;
  templateId: string;
  displayName: string;
  isBuiltIn: boolean;
  isEnabled: boolean;
  rolePermissions: { allowedResourceActions: string[]; condition: string | null }[];
}

export function definition(
  role: { id: string; name: string },
  actions: string[],
  part: Partial<Definition> = {},
): Definition {
  const { id, name } = role;
  const rolePermissions = [
    { allowedResourceActions: ['microsoft.directory/users/standard/read', ...actions], condition: null },
  ];
  return { id, templateId: id, displayName: name, isBuiltIn: true, isEnabled: true, rolePermissions, ...part };
}

export const DEFINITIONS: Record<string, Definition> = {
  [ROLES.global.id]: definition(ROLES.global, [M365, AZURE]),
  [ROLES.support.id]: definition(ROLES.support, [M365, AZURE]),
  [ROLES.reader.id]: definition(ROLES.reader, ['microsoft.office365.serviceHealth/allEntities/allTasks']),
  [ROLES.license.id]: definition(ROLES.license, ['microsoft.office365.serviceHealth/allEntities/allTasks']),
};

/** An organization, as Graph tells of it. */
export interface Organization {
  tenant: string;
  person: string;
  /** Ids of the roles held directly, and all of them with those through groups. */
  direct: string[];
  transitive: string[];
  eligible: string[];
  scope: string;
  definitions: Record<string, Definition>;
  subscriptions: Record<string, unknown>[];
  issues: Record<string, unknown>[];
  partnerTenantType: string | null;
  user: Record<string, unknown>;
}

export const subscription = (part: Record<string, unknown> = {}): Record<string, unknown> => ({
  createdDateTime: '2023-01-01T00:00:00Z',
  commerceSubscriptionId: 'f9c1ea2d-2c6e-4717-8c3b-7130812d70ba',
  id: '860697e3-b0aa-4196-a6c6-7ec361ed58f7',
  isTrial: false,
  skuPartNumber: 'ENTERPRISEPREMIUM',
  status: 'Enabled',
  totalLicenses: 25,
  ownerId: null,
  ownerTenantId: null,
  ownerType: null,
  ...part,
});

export const issue = (part: Record<string, unknown> = {}): Record<string, unknown> => ({
  startDateTime: '2026-11-20T01:00:00Z',
  endDateTime: null,
  lastModifiedDateTime: '2026-11-20T03:20:24.767Z',
  title: 'Limited number of users unable to send or receive email through the Exchange Online service',
  id: 'EX226792',
  impactDescription: 'Users may be unable to send or receive email through the Exchange Online service.',
  classification: 'Incident',
  origin: 'Microsoft',
  status: 'ServiceDegradation',
  service: 'Exchange Online',
  feature: 'Mailflow - delayed delivery from Internet',
  featureGroup: 'E-Mail timely delivery',
  isResolved: false,
  details: [{ name: 'NotifyInApp', value: 'True' }],
  posts: [
    {
      createdDateTime: '2026-11-20T02:07:38.97Z',
      postType: 'Regular',
      description: {
        contentType: 'Html',
        content: '<p>We&#39;re rerouting <a href="https://evil.example">mail</a>.</p>',
      },
    },
    {
      createdDateTime: '2026-11-20T01:07:38.97Z',
      postType: 'Regular',
      description: { contentType: 'Html', content: 'We are looking into it.' },
    },
  ],
  ...part,
});

export function organization(part: Partial<Organization> = {}): Organization {
  const direct = part.direct ?? [ROLES.support.id];
  return {
    tenant: TENANT,
    person: PERSON,
    direct,
    transitive: part.transitive ?? direct,
    eligible: [],
    scope: '/',
    definitions: DEFINITIONS,
    subscriptions: [subscription()],
    issues: [],
    partnerTenantType: null,
    user: {},
    ...part,
  };
}

/** What Graph answers for an organization where nothing is wrong. */
export function told(of: Organization, { question, url }: Asked): Answer {
  const graph = url.origin;
  switch (question) {
    case 'user':
      return url.pathname.endsWith(of.person) ? ok(userOf(of)) : NOT_FOUND;
    case 'me':
      return ok(userOf(of));
    case 'own-roles':
      return list(graph, 'directoryRoles', ownRoles(of));
    case 'organization':
      return list(graph, 'organization', [organizationOf(of)]);
    case 'subscriptions':
      return list(graph, 'directory/subscriptions', of.subscriptions);
    case 'roles':
      return list(graph, 'roleAssignments(roleDefinition())', assignments(of.direct, of, true));
    case 'group-roles':
      return list(graph, 'transitiveRoleAssignments', assignments(of.transitive, of, false));
    case 'eligible':
      return list(graph, 'roleEligibilityScheduleInstances(roleDefinition())', assignments(of.eligible, of, true));
    case 'definition':
      return definitionOf(of, url.pathname.split('/').at(-1) ?? '');
    case 'incidents':
      return list(graph, 'admin/serviceAnnouncement/issues', of.issues);
    case 'incident': {
      const found = of.issues.find(({ id }) => url.pathname.endsWith(`/${String(id)}`));
      return found ? ok(found) : NOT_FOUND;
    }
  }
}

export const NOT_FOUND: Answer = {
  status: 404,
  body: { error: { code: 'Request_ResourceNotFound', message: 'Resource does not exist.' } },
};

export const ok = (body: unknown): Answer => ({ status: 200, body });
const list = (graph: string, of: string, value: unknown[]): Answer =>
  ok({ '@odata.context': `${graph}/v1.0/$metadata#${of}`, value });

function definitionOf(of: Organization, id: string): Answer {
  const found = of.definitions[id];
  return found ? ok(found) : NOT_FOUND;
}

function assignments(ids: string[], of: Organization, expanded: boolean): unknown[] {
  return ids.map((id, at) => ({
    id: `assignment-${at}-${id}`,
    principalId: of.person,
    directoryScopeId: of.scope,
    roleDefinitionId: id,
    ...(expanded && of.definitions[id] && { roleDefinition: of.definitions[id] }),
  }));
}

/** The shape by the directoryRole type (facts.md section 2). */
function ownRoles({ transitive }: Organization): unknown[] {
  return transitive.map((id) => ({
    '@odata.type': '#microsoft.graph.directoryRole',
    id: `role-${id}`,
    displayName: Object.values(ROLES).find((role) => role.id === id)?.name ?? 'Some Administrator',
    roleTemplateId: id,
  }));
}

function userOf({ person, user }: Organization): unknown {
  return {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users/$entity',
    id: person,
    displayName: 'Adele Vance',
    mail: 'AdeleV@contoso.example',
    businessPhones: ['+1 425 555 0109'],
    mobilePhone: null,
    preferredLanguage: 'en-US',
    usageLocation: 'US',
    ...user,
  };
}

function organizationOf({ tenant, partnerTenantType }: Organization): unknown {
  return {
    id: tenant,
    displayName: 'Contoso',
    businessPhones: ['(425) 555-0100'],
    securityComplianceNotificationPhones: ['+1 425 555 0101'],
    technicalNotificationMails: ['it@contoso.example'],
    securityComplianceNotificationMails: [],
    countryLetterCode: 'US',
    preferredLanguage: 'en',
    partnerTenantType,
  };
}
