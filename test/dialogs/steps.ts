import type { Language } from '#knowledge/schema.ts';
import { talk } from './talk.ts';
import type { Setting, Talk } from './talk.ts';

/** Sunday 22 November 2026, 02:00 in Beijing: nobody answers the phone but at level A. */
export const NIGHT = Date.parse('2026-11-21T18:00:00Z');

export const OUTAGE: Record<Language, string> = {
  en: 'Nobody in the company can send or receive mail, business has stopped completely.',
  'zh-CN': '全公司所有人都收发不了邮件，业务完全停了。',
  ja: '全社員がメールの送受信をできず、業務が完全に止まっています。',
};
export const CRASH: Record<Language, string> = {
  en: 'Outlook crashes every time I open the calendar.',
  'zh-CN': '我一打开日历 Outlook 就崩溃。',
  ja: '予定表を開くたびに Outlook が落ちます。',
};
export const INVOICE: Record<Language, string> = {
  en: 'We were charged twice on the invoice of this month.',
  'zh-CN': '这个月的账单被重复扣费了。',
  ja: '今月の請求書で二重に課金されています。',
};
export const HOW_TO: Record<Language, string> = {
  en: 'How do I create a shared mailbox?',
  'zh-CN': '怎么创建共享邮箱？',
  ja: '共有メールボックスの作成方法を教えてください。',
};

/** The way to each step, and one answer that is right there. */
interface Way {
  setting?: Setting;
  go: (begun: Talk, language: Language) => Talk;
}

const described = (begun: Talk, language: Language): Talk => begun.say(CRASH[language]);
const atSeverity = (begun: Talk, language: Language): Talk => past(described(begun, language));
/** Not every matter has an article in every language. */
const past = (told: Talk): Talk => (told.step === 'answer' ? told.pick('no') : told);
const atContact = (begun: Talk, language: Language): Talk => atSeverity(begun, language).pick('B');

const filed = (begun: Talk, language: Language): Talk =>
  atContact(begun, language).form({ method: 'email', email: 'me@contoso.example' }).pick('submit');

export const WAYS: Record<string, Way> = {
  describe: { go: (begun) => begun },
  answer: { go: (begun, language) => begun.say(HOW_TO[language]) },
  incident: {
    go: (begun) => begun.say('Forms responses of our survey: the export to Excel fails for some users.'),
  },
  similar: {
    go: (begun, language) => past(filed(begun, language).say(CRASH[language])),
  },
  offering: { setting: { as: 'anonymous', facts: { offering: null } }, go: described },
  admin: { setting: { as: 'anonymous' }, go: atSeverity },
  purchase: { setting: { as: 'anonymous' }, go: (begun, language) => atSeverity(begun, language).pick('yes') },
  agreement: {
    setting: { as: 'cn-admin', facts: { agreement: null } },
    go: (begun, language) => begun.say(OUTAGE[language]),
  },
  route: { setting: { as: 'user' }, go: atSeverity },
  behalf: { setting: { as: 'partner' }, go: (begun, language) => past(begun.say(HOW_TO[language])) },
  customer: {
    setting: { as: 'partner' },
    go: (begun, language) => past(begun.say(HOW_TO[language])).pick('customer'),
  },
  severity: { go: atSeverity },
  impact: { setting: { as: 'cn-admin-premium' }, go: (begun, language) => begun.say(OUTAGE[language]).pick('A') },
  contact: { go: atContact },
  'contact-phone': {
    setting: { facts: { phone: null } },
    go: (begun, language) => atContact(begun, language).form({ method: 'phone' }),
  },
  'contact-email': {
    setting: { facts: { email: null } },
    go: (begun, language) => atContact(begun, language).form({ method: 'email' }),
  },
  'callback-time': {
    setting: { as: 'cn-admin', now: NIGHT },
    go: (begun, language) => atContact(begun, language).form({ method: 'phone', phone: '13800138000' }),
  },
  review: {
    go: (begun, language) => atContact(begun, language).form({ method: 'email', email: 'me@contoso.example' }),
  },
  submitted: {
    go: (begun, language) => filed(begun, language),
  },
  handoff: { go: (begun, language) => atSeverity(begun, language).say('human') },
  rating: { go: (begun, language) => atSeverity(begun, language).say('human').agentEnds() },
};

/** A conversation that has come to `step`. */
export function at(step: string, language: Language = 'en'): Talk {
  const way = WAYS[step];
  if (!way) throw new Error(`no way to ${step}`);
  const begun = talk({ language, ...way.setting }).arrive();
  const there = way.go(begun, language);
  if (there.step !== step) throw new Error(`came to ${there.step}, not ${step}: ${there.text}`);
  return there;
}
