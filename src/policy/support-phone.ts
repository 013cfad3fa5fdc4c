import type { PhoneEntry, Rules } from '#knowledge/offering.ts';
import type { Category, Language, OfferingId } from '#knowledge/schema.ts';

export interface Caller {
  offering: OfferingId;
  /** ISO 3166-1 alpha-2; undefined = unknown. */
  country?: string | undefined;
  category: Category;
}

export interface PhonePage {
  /** The number to dial first, others after it, each with the plan or device it is for. */
  numbers: readonly { number: string; label?: string | undefined }[];
  /** Hours as the country's page states them: in the person's language where it is served, and in English. */
  hours: readonly { language: string; hours: string }[];
  /** Menu hints and call charges, in English as on the page. */
  notes: readonly string[];
}

/** The number to dial first, or null where no source names one. */
export function supportPhone(caller: Caller, rules: Rules): string | null {
  return phonePage({ ...caller, language: 'en' }, rules)?.numbers[0]?.number ?? null;
}

/**
 * The telephone line of an offering. One offering's number is never given for another: customers of 21Vianet's clouds in
 * China and of the worldwide cloud in China have different lines. undefined where no source names one.
 */
export function phonePage(caller: Caller & { language: Language }, rules: Rules): PhonePage | undefined {
  const { phone } = rules.offerings[caller.offering];
  // The hours are the offering's own: the phone page gives other ones, and the newer document wins.
  if (phone !== undefined) return { numbers: [{ number: phone.support.value }], hours: [], notes: [] };
  const entry = rules.phones[caller.country ?? '']?.find((page) => page.cloud === caller.offering);
  return entry === undefined ? undefined : fromPage(entry, caller);
}

/** As the phone page tags languages: Mandarin is `zh-cmn` or `zh`. */
const PAGE_TAGS: Readonly<Record<Language, readonly string[]>> = {
  en: ['en'],
  'zh-CN': ['zh-cmn', 'zh', 'en'],
  ja: ['ja', 'en'],
};

function fromPage(entry: PhoneEntry, caller: { category: Category; language: Language }): PhonePage {
  const isMoney = caller.category === 'billing' || caller.category === 'presales';
  const lines = isMoney ? entry.billing : entry.technical;
  const hours = PAGE_TAGS[caller.language].flatMap((tag) => lines.filter((line) => line.language === tag));
  const numbers = entry.numbers.map(({ number, label }) => (label === undefined ? { number } : { number, label }));
  return { numbers, hours, notes: entry.notes };
}
