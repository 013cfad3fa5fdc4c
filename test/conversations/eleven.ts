import type { Script, Turn } from './script.ts';

/** The eleven conversations that matter, each in three languages. Facts and expectations: policy sections 2 to 5. */

const byMail: Turn[] = [
  { at: 'contact', act: { type: 'email' } },
  { at: 'review', act: { pick: 'submit' } },
];
const identity = ['admin', 'purchase', 'agreement', 'offering'];

export const ELEVEN: readonly Script[] = [
  {
    name: 'premium 21Vianet admin, total outage: level A, one hour',
    as: 'cn-admin-premium',
    opening: {
      en: 'Nobody in the company can send or receive mail, business has stopped completely.',
      'zh-CN': '全公司所有人都收发不了邮件，业务完全停了。',
      ja: '全社員がメールの送受信をできず、業務が完全に止まっています。',
    },
    turns: [
      { at: 'severity', act: { say: { en: 'yes', 'zh-CN': '是的', ja: 'はい' } } },
      {
        at: 'impact',
        act: {
          say: {
            en: 'All 500 people can’t work, orders are lost every minute.',
            'zh-CN': '500 人全部无法工作，每分钟都在丢订单。',
            ja: '500名全員が業務できず、受注が止まっています。',
          },
        },
      },
      {
        at: 'contact',
        act: { fill: { method: 'phone', phone: '+86 10 8888 6666', secondContact: 'Li 010 8888 6667' } },
      },
      { at: 'review', act: { pick: 'submit' } },
    ],
    end: { step: 'submitted', route: 'open', severity: 'A', respondWithinHours: 1 },
    never: identity,
  },
  {
    name: '21Vianet admin without the agreement: capped at B, with the reason',
    as: 'cn-admin',
    opening: {
      en: 'Exchange Online is down for all users, nobody can send mail and production has stopped.',
      'zh-CN': '所有用户的 Exchange Online 都宕了，全员无法发邮件，生产停了。',
      ja: '全ユーザーの Exchange Online が停止し、誰もメールを送れず、業務が止まっています。',
    },
    turns: [{ at: 'severity', act: { pick: 'A' } }, ...byMail],
    end: { step: 'submitted', route: 'open', severity: 'B' },
    never: identity,
    onTheWay: { en: 'agreement', 'zh-CN': '协议', ja: '契約' },
  },
  {
    name: 'billing: at most B',
    as: 'cn-admin-premium',
    opening: {
      en: 'We were charged twice on the invoice of this month, the whole finance department is blocked.',
      'zh-CN': '这个月的账单被重复扣费了，整个财务部都卡住了。',
      ja: '今月の請求書で二重に課金されており、経理部全体が止まっています。',
    },
    turns: [{ at: 'answer', act: { pick: 'no' } }, { at: 'severity', act: { pick: 'A' } }, ...byMail],
    end: { step: 'submitted', route: 'open', severity: 'B' },
    never: identity,
  },
  {
    name: 'how-to: answered, solved, no request',
    as: 'admin-direct',
    opening: {
      en: 'How do I create a shared mailbox?',
      'zh-CN': '怎么创建共享邮箱？',
      ja: '共有メールボックスの作成方法を教えてください。',
    },
    turns: [{ at: 'answer', act: { say: { en: 'yes, thanks', 'zh-CN': '是的', ja: 'はい' } } }],
    end: { step: 'describe' },
    never: [...identity, 'submitted'],
  },
  {
    name: 'ordinary user: not an admin, with ways out',
    as: 'user',
    opening: {
      en: 'Outlook crashes every time I open the calendar.',
      'zh-CN': '我一打开日历 Outlook 就崩溃。',
      ja: '予定表を開くたびに Outlook が落ちます。',
    },
    turns: [{ at: 'answer', act: { pick: 'no' } }],
    end: { step: 'route', route: 'not-admin', reads: /https:\/\// },
    never: identity,
  },
  {
    name: 'Global Reader: an admin who may not open requests',
    as: 'reader',
    opening: {
      en: 'Teams meetings can’t be joined by some of our users.',
      'zh-CN': '我们有些用户进不了 Teams 会议。',
      ja: '一部のユーザーが Teams 会議に参加できません。',
    },
    turns: [{ at: 'answer', act: { pick: 'no' } }],
    end: { step: 'route', route: 'admin-without-permission', reads: 'Global Reader' },
    never: identity,
  },
  {
    name: 'everything bought through a partner (worldwide)',
    as: 'admin-partner',
    opening: {
      en: 'SharePoint sites are slow for the sales team.',
      'zh-CN': '销售团队访问 SharePoint 网站很慢。',
      ja: '営業チームの SharePoint サイトの表示が遅いです。',
    },
    turns: [{ at: 'answer', act: { pick: 'no' } }],
    end: { step: 'route', route: 'contact-partner', reads: 'support@northwind-jp.example' },
    never: identity,
  },
  {
    name: 'mixed: the affected subscription came from a partner; opened anyway',
    as: 'admin-mixed',
    opening: {
      en: 'Ten of our users can’t open shared files in SharePoint.',
      'zh-CN': '我们有十个用户打不开 SharePoint 里的共享文件。',
      ja: '10名のユーザーが SharePoint の共有ファイルを開けません。',
    },
    turns: [
      { at: 'answer', act: { pick: 'no' } },
      { at: 'purchase', act: { pick: 'partner' } },
      { at: 'route', act: { pick: 'open-anyway' } },
      { at: 'severity', act: { pick: 'B' } },
      ...byMail,
    ],
    end: { step: 'submitted', route: 'partner-first', severity: 'B' },
    never: ['admin', 'agreement', 'offering'],
  },
  {
    name: 'reseller for a customer',
    as: 'partner',
    opening: {
      en: 'Our customer can’t assign licenses to new users in the admin center.',
      'zh-CN': '我们的客户在管理中心无法给新用户分配许可证。',
      ja: 'お客様が管理センターで新しいユーザーにライセンスを割り当てられません。',
    },
    turns: [
      { at: 'answer', act: { pick: 'no' } },
      { at: 'behalf', act: { say: { en: 'customer', 'zh-CN': '客户', ja: '顧客' } } },
      { at: 'customer', act: { type: 'Contoso' } },
      { at: 'customer', act: { pick: 'customer:contoso-cn' } },
      { at: 'severity', act: { pick: 'B' } },
      ...byMail,
    ],
    end: { step: 'submitted', route: 'on-behalf', severity: 'B' },
    never: identity,
  },
  {
    name: 'anonymous, can’t sign in: a phone number within two turns',
    as: 'anonymous',
    opening: {
      en: 'I can’t sign in to the admin center at all.',
      'zh-CN': '我完全登录不了管理中心。',
      ja: '管理センターにまったくサインインできません。',
    },
    turns: [],
    end: { step: '*', reads: /\d{3}[ -]?\d{3}/ },
    never: [],
  },
  {
    name: 'out of scope: says why and what instead',
    as: 'admin-direct',
    opening: {
      en: 'Our SAP system and the Cisco VPN keep failing.',
      'zh-CN': '我们的 SAP 系统和思科 VPN 一直连不上。',
      ja: '社内の SAP と Cisco の VPN につながりません。',
    },
    turns: [{ at: 'route', act: { pick: 'done' } }],
    end: { step: 'describe' },
    never: ['admin', 'purchase', 'severity', 'submitted'],
  },
];
