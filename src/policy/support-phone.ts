import type { PhoneEntry, Rules } from '#knowledge/offering.ts';
import type { Category, Language, OfferingId } from '#knowledge/schema.ts';
import { hoursOf, type Moment, type PhoneHours } from './phone-hours.ts';

export interface Caller {
  offering: OfferingId;
  /** ISO 3166-1 alpha-2; undefined = unknown. */
  country?: string | undefined;
  category: Category;
}

export interface PhonePage {
  /** The number to dial first, others after it, each with the plan or device it is for; none: support online only. */
  numbers: readonly PhoneEntry['numbers'][number][];
  /** Hours as the country's page states them; none where the offering's own hours count. */
  hours: readonly PhoneHours[];
  /** Menu hints and call charges, in English as on the page. */
  notes: readonly string[];
}

/** The number to dial first, or null where no source names one. */
export function supportPhone({ offering, country }: Caller, rules: Rules): string | null {
  const own = rules.offerings[offering].phone?.support.value;
  return own ?? entryOf(offering, country, rules)?.numbers[0]?.number ?? null;
}

/** Every number that the sources name to be called: it is nobody's own. */
export function supportNumbers({ offerings, phones }: Rules): string[] {
  const own = Object.values(offerings).flatMap(({ phone }) => Object.values(phone ?? {}).map(({ value }) => value));
  const pages = Object.values(phones).flatMap((entries) => entries.flatMap(({ numbers }) => numbers));
  return [...own, ...pages.map(({ number }) => number)];
}

/**
 * The telephone line of an offering at a moment: every number with what it is for, and who is answered when. The hours are
 * those of the person's language and of English; all of them where neither is spoken. One offering's number is never given
 * for another: customers of 21Vianet's clouds in China and of the worldwide cloud in China have different lines. undefined
 * where no source names one.
 */
export function phonePage(
  caller: Caller & { language: Language },
  moment: Moment,
  rules: Rules,
): PhonePage | undefined {
  const { phone } = rules.offerings[caller.offering];
  // The hours are the offering's own: the phone page gives other ones, and the newer document wins.
  if (phone !== undefined) return { numbers: [{ number: phone.support.value, kind: 'primary' }], hours: [], notes: [] };
  const entry = entryOf(caller.offering, caller.country, rules);
  return entry === undefined ? undefined : fromPage(entry, caller, moment);
}

function entryOf(offering: OfferingId, country: string | undefined, rules: Rules): PhoneEntry | undefined {
  return rules.phones[country ?? '']?.find((page) => page.cloud === offering);
}

/** As the phone page tags languages: Mandarin is `zh-cmn` or `zh`. */
const PAGE_TAGS: Readonly<Record<Language, readonly string[]>> = {
  en: ['en'],
  'zh-CN': ['zh-cmn', 'zh', 'en'],
  ja: ['ja', 'en'],
};

function fromPage(entry: PhoneEntry, caller: { category: Category; language: Language }, moment: Moment): PhonePage {
  const isMoney = caller.category === 'billing' || caller.category === 'presales';
  const lines = isMoney ? entry.billing : entry.technical;
  const spoken = PAGE_TAGS[caller.language].flatMap((tag) => lines.filter((line) => line.language === tag));
  const hours = (spoken.length > 0 ? spoken : lines).flatMap((line) => hoursOf(line, entry, moment));
  return { numbers: entry.numbers, hours, notes: entry.notes };
}
