import type { Language } from '#knowledge/schema.ts';
import { NOTHING_KNOWN } from '#src/intake/nobody.ts';
import type { PersonFacts } from '#src/intake/ports.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import { person } from '../dialogs/talk.ts';

/** The eight kinds of tenants, and the people in them whose way differs: what they write, answer, and must hear. */

/** A phrase that must be readable: by its key, and the values that are known here; `*` stands for what isn't. */
export type Heard = string | readonly [key: string, values: Readonly<Record<string, string>>];

export interface Stop {
  /** The step that the bot stands at, and what it says there. */
  at: string;
  hears?: readonly Heard[];
  route?: string;
  /** What the person does then: a choice, a form, or words. */
  do?: { pick: string } | { fill: Record<string, string> } | { say: string };
}

export interface Tenant {
  name: string;
  /** `late`: the directory answers only after a while, as one that is down does. */
  facts: PersonFacts;
  late?: boolean;
  opening: Readonly<Record<Language, string>>;
  stops: readonly Stop[];
  /** What was filed; null: nothing. */
  filed: Partial<ServiceRequest> | null;
  /** Keys of phrases that must never be read on the way. */
  never?: readonly string[];
}

const SLOW = {
  en: 'SharePoint sites are slow for the sales team since this morning.',
  'zh-CN': '销售团队从今天早上起访问 SharePoint 网站很慢。',
  ja: '今朝から営業チームの SharePoint サイトの表示が遅いです。',
};
const OUTAGE = {
  en: 'Nobody in the company can send or receive mail, business has stopped completely.',
  'zh-CN': '全公司所有人都收发不了邮件，业务完全停了。',
  ja: '全社員がメールの送受信をできず、業務が完全に止まっています。',
};
const CODE = {
  en: 'Outlook can’t connect to my mailbox, error code 0x80040115.',
  'zh-CN': '我的 Outlook 连不上邮箱，错误代码 0x80040115。',
  ja: 'Outlook がメールボックスに接続できません。エラー コード 0x80040115 が出ます。',
};
const UNPAID = {
  en: 'Our subscription was suspended although we paid the invoice last week.',
  'zh-CN': '我们上周已经付了账单，订阅却被停用了。',
  ja: '先週請求書を支払ったのに、サブスクリプションが停止されています。',
};
const LICENCES = {
  en: 'Our customer can’t assign licenses to new users in the admin center, our ticket is INC-4711.',
  'zh-CN': '我们的客户在管理中心无法给新用户分配许可证，我们的工单号 INC-4711。',
  ja: 'お客様が管理センターで新しいユーザーにライセンスを割り当てられません。当社のチケット番号は INC-4711 です。',
};

const EMAIL = 'me@contoso.example';
const byMail = [
  { at: 'contact', do: { fill: { method: 'email', email: EMAIL } } },
  { at: 'review', do: { pick: 'submit' } },
] as const;
const submitted: Stop = { at: 'submitted', hears: [['submitted.done', { number: '*' }]] };
const admin = person('admin-direct');
const partner = person('admin-partner').partner;
const theirs = [partner?.name, partner?.email].join(' · ');

export const TENANTS: readonly Tenant[] = [
  {
    name: 'direct: the admin opens a request, and nothing is asked that the directory knows',
    facts: admin,
    opening: SLOW,
    stops: [{ at: 'severity', do: { pick: 'B' } }, ...byMail, { ...submitted, route: 'open' }],
    filed: { route: 'open', entitlement: 'directory', tenant: 'contoso', purchase: 'direct', severity: 'B' },
    never: ['review.entitlement'],
  },
  {
    name: 'direct: an ordinary user hears who may ask, and has words to send on',
    facts: person('user'),
    opening: CODE,
    stops: [
      {
        at: 'route',
        route: 'not-admin',
        hears: [
          ['route.not-admin', { roles: '*' }],
          'role.global-administrator',
          'role.service-support-administrator',
          'role.exchange-administrator',
          'route.forward-hint',
          'route.forward-label',
          'route.forward',
          ['forward.code', { value: '0x80040115' }],
          ['forward.when', { value: '*' }],
          'link.userSupport',
          'link.publicHealth',
        ],
        do: { pick: 'done' },
      },
      { at: 'describe', hears: ['route.closed'] },
    ],
    filed: null,
    never: ['role.license-administrator', 'link.health'],
  },
  {
    name: 'direct: a reader hears which role could, and who can give it',
    facts: person('reader'),
    opening: SLOW,
    stops: [
      {
        at: 'route',
        route: 'admin-without-permission',
        hears: ['role.global-reader', 'role.sharepoint-administrator', 'route.assign', 'route.forward'],
        do: { pick: 'human' },
      },
      { at: 'handoff' },
    ],
    filed: null,
  },
  {
    name: 'direct, 21Vianet: an ordinary user finds the community of that cloud, and no worldwide page',
    facts: person('cn-user'),
    opening: CODE,
    stops: [
      {
        at: 'route',
        route: 'not-admin',
        hears: [['route.not-admin', { roles: '*' }], 'link.community', 'route.forward'],
      },
    ],
    filed: null,
    never: ['link.userSupport', 'link.publicHealth'],
  },
  {
    name: 'partner: everything came from one, who supports them; a person is one tap away',
    facts: person('admin-partner'),
    opening: SLOW,
    stops: [
      {
        at: 'route',
        route: 'contact-partner',
        hears: [
          ['route.contact-partner', { partner: theirs }],
          'route.partner-where',
          'route.partner-silent',
          'forward.partner',
          ['forward.what', { value: '*' }],
          'link.portal',
        ],
        do: { pick: 'human' },
      },
      { at: 'handoff' },
    ],
    filed: null,
    never: ['route.open-anyway', 'route-choice.open-anyway'],
  },
  {
    name: 'partner, contact unknown: where it stands',
    facts: { ...person('admin-partner'), partner: null },
    opening: SLOW,
    stops: [{ at: 'route', route: 'contact-partner', hears: ['route.partner-unknown', 'route.partner-silent'] }],
    filed: null,
    never: ['route.partner-where'],
  },
  {
    name: 'mixed: which one is affected is asked; the partner comes first, and a request can be opened anyway',
    facts: person('admin-mixed'),
    opening: SLOW,
    stops: [
      { at: 'purchase', hears: ['purchase.ask-affected'], do: { pick: 'partner' } },
      {
        at: 'route',
        route: 'partner-first',
        hears: [
          ['route.partner-first', { partner: '*' }],
          'route.open-anyway',
          'route-choice.open-anyway',
          'forward.partner',
        ],
        do: { pick: 'open-anyway' },
      },
      { at: 'severity', do: { pick: 'C' } },
      ...byMail,
      { ...submitted, route: 'partner-first' },
    ],
    filed: { route: 'partner-first', entitlement: 'directory', purchase: 'both' },
  },
  {
    name: 'mixed: the direct one is affected, and the request is open',
    facts: person('admin-mixed'),
    opening: SLOW,
    stops: [
      { at: 'purchase', do: { pick: 'direct' } },
      { at: 'severity', do: { pick: 'C' } },
      ...byMail,
      { ...submitted, route: 'open' },
    ],
    filed: { route: 'open', entitlement: 'directory' },
  },
  {
    name: 'trial: supported like a paid one; level A needs the agreement all the same',
    facts: person('cn-admin-trial'),
    opening: OUTAGE,
    stops: [
      {
        at: 'severity',
        hears: [['policy.capped-agreement-missing', { wanted: 'A', granted: 'B', agreement: '*' }]],
        do: { pick: 'A' },
      },
      ...byMail,
      { ...submitted, route: 'open' },
    ],
    filed: { route: 'open', entitlement: 'directory', purchase: 'trial', severity: 'B', proposedSeverity: 'A' },
  },
  {
    name: 'none: nothing is in use that would tell where it was bought, so that is asked, and stays unverified',
    facts: { ...admin, tenant: 'relecloud', purchase: 'unknown', verified: false },
    opening: SLOW,
    stops: [
      { at: 'purchase', hears: ['purchase.ask'], do: { pick: 'not-sure' } },
      { at: 'severity', hears: ['purchase.find-out'], do: { pick: 'B' } },
      { ...byMail[0] },
      {
        at: 'review',
        hears: [['review.unverified', { facts: '*' }], 'unverified.purchase'],
        do: { pick: 'submit' },
      },
      { ...submitted, route: 'open' },
    ],
    filed: { route: 'open', entitlement: 'stated', unverified: ['purchase'], purchase: 'not-sure' },
    never: ['unverified.role'],
  },
  {
    name: 'reseller: for a customer, what to try first and what an escalation is; the request carries the reference',
    facts: person('partner'),
    opening: LICENCES,
    stops: [
      { at: 'behalf', hears: ['behalf.ask'], do: { pick: 'customer' } },
      { at: 'customer', hears: ['customer.ask'], do: { say: 'contoso' } },
      { at: 'customer', hears: ['customer.found'], do: { pick: 'customer:contoso-cn' } },
      { at: 'severity', hears: [['customer.try-first', { name: 'Contoso 中国' }]], do: { pick: 'B' } },
      {
        at: 'contact',
        hears: ['contact.reference'],
        do: { fill: { method: 'email', email: EMAIL, reference: 'INC-4711' } },
      },
      { at: 'review', hears: ['review.customer', 'review.reference'], do: { pick: 'submit' } },
      { ...submitted, route: 'on-behalf' },
    ],
    filed: {
      route: 'on-behalf',
      offering: 'o365-21vianet',
      entitlement: 'directory',
      customer: { id: 'contoso-cn', name: 'Contoso 中国', reference: 'INC-4711' },
    },
    never: ['review.entitlement', 'admin.ask'],
  },
  {
    name: 'reseller: their own problem goes to Partner Center',
    facts: person('partner'),
    opening: {
      en: 'I get an error when I open the list of customers in Partner Center.',
      'zh-CN': '我在合作伙伴中心打开客户列表时报错。',
      ja: 'パートナー センターで顧客の一覧を開くとエラーになります。',
    },
    stops: [
      { at: 'behalf', do: { pick: 'own' } },
      { at: 'severity', hears: ['promise.none'], do: { pick: 'C' } },
      ...byMail,
      { ...submitted, route: 'partner-center' },
    ],
    filed: { route: 'partner-center', offering: 'partner-center-21vianet', entitlement: 'directory' },
  },
  {
    name: 'reseller whose customers nobody lists: the name is asked and the service too; the customer stays unverified',
    facts: { ...person('partner'), customers: [] },
    opening: LICENCES,
    stops: [
      { at: 'behalf', do: { pick: 'customer' } },
      { at: 'customer', hears: ['customer.ask-name'], do: { say: 'Lucerne Publishing' } },
      {
        at: 'offering',
        hears: [['offering.ask-customer', { name: 'Lucerne Publishing' }]],
        do: { pick: 'o365-21vianet' },
      },
      { at: 'severity', do: { pick: 'B' } },
      { ...byMail[0] },
      { at: 'review', hears: ['unverified.customer'], do: { pick: 'submit' } },
      { ...submitted, route: 'on-behalf' },
    ],
    filed: {
      route: 'on-behalf',
      entitlement: 'stated',
      unverified: ['customer'],
      customer: { id: '', name: 'Lucerne Publishing', reference: 'INC-4711' },
    },
  },
  {
    name: 'suspended: nothing is in use; billing help is open, at most level B',
    facts: { ...person('cn-admin'), purchase: 'unknown', verified: false },
    opening: UNPAID,
    stops: [
      { at: 'purchase', do: { pick: 'direct' } },
      { at: 'severity', do: { pick: 'A' } },
      { at: 'contact', hears: [['policy.capped-billing', { wanted: 'A', granted: 'B' }]], do: byMail[0].do },
      { at: 'review', hears: ['unverified.purchase'], do: { pick: 'submit' } },
      { ...submitted, route: 'open' },
    ],
    filed: { route: 'open', category: 'billing', severity: 'B', entitlement: 'stated', unverified: ['purchase'] },
  },
  {
    name: 'Graph down: role and purchase are asked, and the request says that nothing verified them',
    facts: { ...NOTHING_KNOWN, signedIn: true, offering: 'worldwide' },
    late: true,
    opening: SLOW,
    stops: [
      { at: 'admin', hears: ['admin.ask'], do: { pick: 'yes' } },
      { at: 'purchase', hears: ['purchase.ask'], do: { pick: 'direct' } },
      { at: 'severity', do: { pick: 'B' } },
      { ...byMail[0] },
      { at: 'review', hears: ['unverified.role', 'unverified.purchase'], do: { pick: 'submit' } },
      { ...submitted, route: 'open' },
    ],
    filed: { route: 'open', entitlement: 'stated', unverified: ['role', 'purchase'], purchase: 'direct' },
  },
  {
    name: 'Graph down: who isn’t sure whether they are an admin is told how to see, and is neither granted nor refused at once',
    facts: { ...NOTHING_KNOWN, signedIn: true, offering: 'worldwide' },
    late: true,
    opening: SLOW,
    stops: [
      { at: 'admin', do: { pick: 'not-sure' } },
      { at: 'admin', hears: ['admin.find-out'], do: { pick: 'no' } },
      { at: 'route', route: 'not-admin', hears: [['route.not-admin', { roles: '*' }]] },
    ],
    filed: null,
  },
];
