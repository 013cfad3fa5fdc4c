import { NOTHING_KNOWN } from '#src/intake/nobody.ts';
import type { Incident, PersonFacts } from '#src/intake/ports.ts';

/**
 * The sample directory of local mode and of the tests, in place of Microsoft Graph. Made-up people at Microsoft's made-up
 * companies; the ids are a contract that tests and demos rely on. Production never loads this.
 */
const nobody: PersonFacts = { ...NOTHING_KNOWN, offering: 'worldwide' };

const CONTOSO = { tenant: 'contoso', country: 'US', timeZone: 'America/New_York', language: 'en' } as const;
const CONTOSO_JP = { tenant: 'contoso-jp', country: 'JP', timeZone: 'Asia/Tokyo', language: 'ja' } as const;
const CONTOSO_CN = { tenant: 'contoso-cn', country: 'CN', timeZone: 'Asia/Shanghai', language: 'zh-CN' } as const;
/** A number of the range that is kept for fiction. */
const FICTIONAL_PHONE = '+1 202-555-0143';

/** Whoever has an organization has one that registered a mail address: where an agent's code may go. */
const known = (facts: Partial<PersonFacts>): PersonFacts => {
  const domain = facts.email?.split('@')[1];
  const registeredMails = domain === undefined ? [] : [`it@${domain}`];
  return { ...nobody, verified: true, signedIn: true, registeredMails, ...facts };
};

/** In the order of their numbers: the last digits of the Entra object id in Teams. */
export const SAMPLE_PEOPLE: Readonly<Record<string, PersonFacts>> = {
  anonymous: nobody,
  user: known({
    ...CONTOSO,
    name: 'Robin Counts',
    role: 'not-admin',
    purchase: 'direct',
    email: 'robin@contoso.example',
  }),
  'admin-direct': known({
    ...CONTOSO,
    name: 'Alex Wilber',
    role: 'may-open',
    roleName: 'Global Administrator',
    purchase: 'direct',
    email: 'alex@contoso.example',
    phone: FICTIONAL_PHONE,
    registeredPhones: [FICTIONAL_PHONE],
  }),
  'admin-mixed': known({
    ...CONTOSO,
    tenant: 'fabrikam',
    name: 'Megan Bowen',
    role: 'may-open',
    roleName: 'Service Support Administrator',
    purchase: 'both',
    email: 'megan@fabrikam.example',
    partner: { name: 'Northwind Traders', phone: null, email: 'help@northwind.example' },
  }),
  'admin-partner': known({
    ...CONTOSO_JP,
    tenant: 'adatum-jp',
    name: '佐藤 美咲',
    role: 'may-open',
    roleName: 'Helpdesk Administrator',
    purchase: 'partner',
    email: 'sato@adatum.example',
    partner: { name: 'ノースウィンド商会', phone: null, email: 'support@northwind-jp.example' },
  }),
  reader: known({
    ...CONTOSO_JP,
    name: '田中 健太',
    role: 'admin-without-permission',
    roleName: 'Global Reader',
    purchase: 'direct',
    email: 'tanaka@contoso.example',
  }),
  'cn-admin-premium': known({
    ...CONTOSO_CN,
    offering: 'o365-21vianet',
    name: '王芳',
    role: 'may-open',
    roleName: 'Global Administrator',
    purchase: 'direct',
    agreement: true,
    email: 'wangfang@contoso.example',
  }),
  'cn-admin': known({
    ...CONTOSO_CN,
    tenant: 'fabrikam-cn',
    offering: 'o365-21vianet',
    name: '李强',
    role: 'may-open',
    roleName: 'Exchange Administrator',
    purchase: 'direct',
    agreement: false,
    email: 'liqiang@fabrikam.example',
  }),
  'cn-admin-trial': known({
    ...CONTOSO_CN,
    tenant: 'tailspin-cn',
    language: 'en',
    offering: 'o365-21vianet',
    name: 'Grace Chen',
    role: 'may-open',
    roleName: 'Global Administrator',
    purchase: 'trial',
    agreement: false,
    email: 'grace@tailspin.example',
  }),
  'cn-user': known({
    ...CONTOSO_CN,
    offering: 'o365-21vianet',
    name: '赵敏',
    role: 'not-admin',
    purchase: 'direct',
    email: 'zhaomin@contoso.example',
  }),
  'azure-admin': known({
    ...CONTOSO_CN,
    tenant: 'adatum-cn',
    offering: 'azure-21vianet',
    name: '陈晨',
    role: 'may-open',
    roleName: 'Azure Administrator',
    purchase: 'direct',
    agreement: false,
    email: 'chenchen@adatum.example',
  }),
  'azure-admin-premium': known({
    ...CONTOSO_CN,
    tenant: 'wingtip-cn',
    language: 'en',
    offering: 'azure-21vianet',
    name: 'Daniel Liu',
    role: 'may-open',
    roleName: 'Azure Administrator',
    purchase: 'direct',
    agreement: true,
    email: 'daniel@wingtip.example',
  }),
  partner: known({
    ...CONTOSO_CN,
    tenant: 'northwind-cn',
    offering: 'partner-center-21vianet',
    name: '周杰',
    role: 'partner',
    roleName: 'Reseller',
    email: 'zhoujie@northwind.example',
    customers: [
      { id: 'contoso-cn', name: 'Contoso 中国', offering: 'o365-21vianet' },
      { id: 'fabrikam-cn', name: 'Fabrikam 中国', offering: 'o365-21vianet' },
    ],
  }),
};

export const SAMPLE_INCIDENTS: readonly Incident[] = [
  {
    id: 'FM641207',
    offering: 'worldwide',
    service: 'Microsoft Forms',
    title: 'Users may be unable to export form responses to Excel',
    status: 'serviceDegradation',
    startedAt: '2026-11-19T22:00:00Z',
    keywords: ['forms', 'export', 'excel', 'responses', '导出', '回复', 'エクスポート', '回答'],
  },
  {
    id: 'SP641318',
    offering: 'o365-21vianet',
    service: 'SharePoint Online',
    title: 'Search results may be incomplete for newly added files',
    status: 'serviceDegradation',
    startedAt: '2026-11-20T01:00:00Z',
    keywords: ['sharepoint', 'search', 'results', '搜索', '搜不到', '检索', '検索'],
  },
];
