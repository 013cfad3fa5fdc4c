import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import {
  afterBusinessDays,
  afterOpenHours,
  always,
  beijing,
  local,
  nextOpen,
  type Open,
  type Promised,
} from './clock.ts';
import { CHINA_NUMBER, CLOCK_OF, PAGES, SEED_HOURS, ZONES, type Level, type Offering } from './facts.ts';

/** A question as conversation.md describes it. */
export interface Asked {
  offering: Offering;
  person: 'may-open' | 'admin-without-permission' | 'not-admin' | 'partner' | 'unknown';
  purchase: 'direct' | 'partner' | 'both' | 'trial' | 'unknown';
  affected?: 'direct' | 'partner' | undefined;
  agreement: boolean | null;
  category: string;
  development?: boolean | undefined;
  behalf?: 'own' | 'customer' | undefined;
  severity: Level | '';
  now: string;
  timeZone?: string | undefined;
  phone?: string | undefined;
  email?: string | undefined;
  agentsOnDuty?: boolean | undefined;
}

const isChina = (offering: Offering) => offering === 'o365-21vianet' || offering === 'azure-21vianet';

/** policy section 2, read downwards: [when, route, reason, what the route rests on]. */
function routes(q: Asked): [boolean, string, string, string][] {
  const center = q.offering === 'partner-center-21vianet';
  const aboutCenter = center || q.category === 'partner-center';
  const reseller = q.person === 'partner' || (center && q.person === 'may-open');
  const forCustomer = q.behalf === 'customer' || (q.behalf === undefined && !aboutCenter);
  const rests = (worldwide: string, office: string, azure: string, partner: string) =>
    ({ worldwide, 'o365-21vianet': office, 'azure-21vianet': azure, 'partner-center-21vianet': partner })[q.offering];
  const admin = rests('seed 000: "You must be an admin', 'seed 000: "Assisted support', 'assumption: ', 'assumption: ');
  const own = rests('assumption: ', 'seed 001: "To report', 'seed 001: "To report', 'seed 001: "To report');
  const behalf = rests(
    'assumption: ',
    'seed 001: "To submit',
    'seed 001: "To submit',
    'seed 001: "support that you cannot',
  );
  const point = 'seed 001: "You are the point of contact';
  const agreement = rests('', 'seed 000: "Severity A is only', 'seed 003: "Class A severity', '');
  const presales = rests(
    'assumption: ',
    'seed 000: "pre-sales support can',
    'seed 003: "product consulting',
    'assumption: ',
  );
  const third = rests(
    'assumption: ',
    'seed 000: "Technical support does not',
    'seed 003: "non-Microsoft',
    'assumption: ',
  );
  return [
    [q.category === 'out-of-scope', 'out-of-scope', 'third-party-or-network', third],
    [q.category === 'presales', 'presales', 'before-purchase', presales],
    [reseller && forCustomer, 'on-behalf', 'for-customer', behalf],
    [reseller && aboutCenter, 'partner-center', 'own-partner-center', own],
    [q.person === 'unknown' || q.person === 'partner', 'ask-admin', 'admin-unknown', admin],
    [q.person === 'not-admin', 'not-admin', 'needs-admin', admin],
    [
      q.person === 'admin-without-permission',
      'admin-without-permission',
      'role-cannot-open',
      center ? 'assumption: ' : 'entra-permissions-reference: "',
    ],
    [
      q.purchase === 'unknown',
      'ask-purchase',
      'purchase-unknown',
      q.offering === 'worldwide' ? 'seed 000: "If you bought all' : point,
    ],
    [
      q.offering === 'worldwide' && q.purchase === 'partner',
      'contact-partner',
      'all-through-partner',
      'seed 000: "If you bought all',
    ],
    [q.purchase === 'partner', 'partner-first', 'reseller-first', point],
    [
      q.purchase === 'both' && q.affected === 'partner',
      'partner-first',
      'affected-through-partner',
      q.offering === 'worldwide' ? 'seed 002: "パートナーを通じて' : point,
    ],
    [
      isChina(q.offering) && q.severity === 'A' && q.category === 'technical' && q.agreement === null,
      'ask-agreement',
      'agreement-unknown',
      agreement,
    ],
    [
      q.purchase === 'trial',
      'open',
      'trial-may-open',
      q.offering === 'o365-21vianet' ? 'seed 000: "by telephone for both paid and trial' : 'assumption: ',
    ],
    [
      q.purchase === 'both' && q.offering === 'worldwide',
      'open',
      'one-direct',
      'seed 000: "You must have bought at least one',
    ],
    [true, 'open', 'may-open', admin],
  ];
}

/** policy section 3: why a proposed A isn't granted, and what that rests on; undefined where it is. */
function whyNotA(q: Asked): [reason: string, rests: string] | undefined {
  if (q.category === 'how-to') return ['capped-how-to', 'assumption: '];
  if (q.category === 'billing')
    return [
      'capped-billing',
      q.offering === 'o365-21vianet' ? 'seed 000: "For billing and subscription' : 'assumption: ',
    ];
  if (!isChina(q.offering)) return undefined;
  const office = q.offering === 'o365-21vianet';
  if (q.category !== 'technical')
    return ['capped-technical-only', office ? 'seed 000: "Severity A is available only' : 'assumption: '];
  if (q.agreement === true) return undefined;
  const reason = q.agreement === null ? 'capped-agreement-unknown' : 'capped-agreement-missing';
  return [reason, office ? 'seed 000: "Severity A is only' : 'seed 003: "Class A severity'];
}

/** Where a caller is: by the country code of the number, else by the zone. */
function country(q: Asked): string {
  const dialled = q.phone ? parsePhoneNumberFromString(q.phone)?.country : undefined;
  return dialled ?? ZONES[q.timeZone ?? ''] ?? '';
}

/** policy section 4, the table of working times; undefined where no row or no clock is known. */
function hours(q: Asked, level: Level | ''): { open: Open; onCalendar: boolean } | undefined {
  const money = q.category === 'billing' || q.category === 'presales';
  switch (q.offering) {
    case 'partner-center-21vianet':
      return undefined;
    case 'worldwide': {
      if (!money) return { open: always, onCalendar: false };
      const stated = PAGES[country(q)]?.hours ?? SEED_HOURS;
      const zone = stated[4] ?? q.timeZone ?? CLOCK_OF[country(q)];
      return zone === undefined ? undefined : { open: local(zone, stated), onCalendar: false };
    }
    case 'o365-21vianet':
    case 'azure-21vianet': {
      if (money) return { open: beijing(18, true), onCalendar: true };
      if (level === 'A') return { open: always, onCalendar: false };
      const development = q.offering === 'azure-21vianet' && q.development === true;
      return { open: beijing(24, development), onCalendar: development };
    }
  }
}

function promise(q: Asked, level: Level | '', now: number): (Promised & { rests: string }) | undefined {
  const work = hours(q, level);
  if (work === undefined || level === '') return undefined;
  const around = (count: number) => ({ at: now + count * 3_600_000, provisional: false });
  if (q.offering === 'o365-21vianet') {
    if (level === 'A') return { ...around(1), rests: 'seed 000: "Initial Response: 1 hour or less."' };
    const days = level === 'B' ? 1 : 3;
    return {
      ...afterBusinessDays(work.open, now, days),
      rests: `seed 000: "Initial Response: ${days} business day or less."`,
    };
  }
  if (q.offering !== 'azure-21vianet') return undefined;
  if (level === 'A') return { ...around(2), rests: 'seed 003: "2 hours or less"' };
  const count = level === 'B' ? 4 : 8;
  return { ...afterOpenHours(work.open, now, count, work.onCalendar), rests: `seed 003: "${count} hours or less"` };
}

function methods(q: Asked, open: boolean | undefined) {
  const region = (q.offering === 'worldwide' ? country(q) : 'CN') as CountryCode;
  const phone = (q.phone ?? '').trim();
  const email = (q.email ?? '').trim();
  const valid = phone !== '' && parsePhoneNumberFromString(phone, region || undefined)?.isValid() === true;
  const call =
    phone === ''
      ? 'phone-missing'
      : !valid
        ? 'phone-invalid'
        : open === undefined
          ? 'phone-hours-not-stated'
          : open
            ? 'phone-open'
            : 'phone-closed';
  const mail = email === '' ? 'email-missing' : email === 'li.wei@contoso.cn' ? 'email-always' : 'email-invalid';
  return [
    { method: 'phone', available: call === 'phone-open', reason: call },
    {
      method: 'chat',
      available: q.agentsOnDuty === true,
      reason: q.agentsOnDuty === true ? 'agents-on-duty' : 'no-agents-on-duty',
    },
    { method: 'email', available: mail === 'email-always', reason: mail },
  ];
}

function number(q: Asked, route: string): string | undefined {
  if (['not-admin', 'admin-without-permission', 'contact-partner'].includes(route)) return undefined;
  if (q.offering === 'o365-21vianet') return CHINA_NUMBER;
  return q.offering === 'worldwide' ? PAGES[country(q)]?.number : undefined;
}

/** The whole decision, and the beginnings of the sources that it rests on, in order. */
export function slowDecide(q: Asked): { decision: Record<string, unknown>; rests: string[] } {
  const now = Date.parse(q.now);
  const [, route, reason, rests] = routes(q).find(([when]) => when)!;
  const lowered = q.severity === 'A' ? whyNotA(q) : undefined;
  const level = lowered === undefined ? q.severity : 'B';
  const files = ['open', 'partner-first', 'partner-center', 'on-behalf'].includes(route);
  const by = files ? promise(q, level, now) : undefined;
  const work = hours(q, level);
  const first = work === undefined ? undefined : nextOpen(work.open, now);
  const phoneNumber = number(q, route);
  return {
    decision: {
      route,
      reason,
      severity: level,
      ...(lowered && { cap: 'B', capReason: lowered[0] }),
      respondBy: by === undefined ? null : new Date(by.at).toISOString(),
      provisional: by?.provisional ?? false,
      openNow: first === now,
      opensAt: first === undefined || first === now ? null : new Date(first).toISOString(),
      contactMethods: methods(q, first === undefined ? undefined : first === now),
      ...(phoneNumber !== undefined && { phoneNumber }),
    },
    rests: [rests, ...(lowered ? [lowered[1]] : []), ...(by ? [by.rests] : [])],
  };
}
