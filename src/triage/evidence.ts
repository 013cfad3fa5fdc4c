import type { Category, Severity } from '#knowledge/schema.ts';
import type { Evidence } from '#src/requests/request.ts';
import type { Plain } from './normalize.ts';
import type { Found, Reading } from './find.ts';
import { ABOUT, SIGNALS } from './signals/signal.ts';
import type { Signal } from './signals/signal.ts';

const MOST = 8;
/** What a person wants to hear first, by level. */
const WEIGHT: Readonly<Partial<Record<Signal, number>>> = {
  production: 9,
  everyone: 8,
  many: 7,
  site: 6,
  'no-workaround': 5,
  down: 5,
  'nobody-affected': 5,
  'over-now': 5,
  workaround: 4,
  'others-fine': 4,
  'one-person': 3,
  'not-urgent': 3,
  minor: 3,
  'test-only': 4,
  hypothetical: 3,
  several: 3,
  impaired: 3,
  question: 3,
  'data-loss': 3,
  security: 3,
  deadline: 2,
  error: 1,
  cannot: 1,
  urgent: 1,
  'only-a-name': 2,
};
const ABOUT_CATEGORY: Readonly<Record<Category, readonly Signal[]>> = {
  technical: ['exchange', 'sharepoint', 'teams-skype', 'apps', 'identity', 'azure', 'other-service'],
  billing: ['billing', 'licence'],
  presales: ['price'],
  'partner-center': ['reseller', 'end-customer'],
  'how-to': ['question'],
  'out-of-scope': ['third-party', 'network'],
  human: ['asks-person'],
  chitchat: ['greeting', 'thanks', 'about-bot'],
};

/** Whether anything named speaks for the category, or only the run of the words. */
export function isNamed(reading: Reading, category: Category): boolean {
  return ABOUT_CATEGORY[category].some((signal) => reading.present.has(signal));
}

/** The signals that speak for the result, as quotes of the original text, the weightiest first. */
export function evidenceOf(plain: Plain, reading: Reading, category: Category, severity: Severity | ''): Evidence[] {
  const topical = ABOUT_CATEGORY[category];
  const kept = reading.found
    .filter((one) =>
      ABOUT.has(one.signal) ? topical.includes(one.signal) : severity !== '' || topical.includes(one.signal),
    )
    .toSorted((a, b) => rank(b, severity) - rank(a, severity) || a.start - b.start);
  const quotes: Evidence[] = [];
  const used = new Set<Signal>();
  for (const one of kept) {
    if (quotes.length === MOST) break;
    if (used.has(one.signal)) continue;
    const quote = quoteOf(plain, one);
    if (quote === undefined) continue;
    used.add(one.signal);
    quotes.push(quote);
  }
  return quotes;
}

/** Words that pull the way the level went come before those that pull the other way. */
function rank(one: Found, severity: Severity | ''): number {
  const base = WEIGHT[one.signal] ?? 0;
  if (ABOUT.has(one.signal)) return severity === '' ? 10 : 0;
  const effect = SIGNALS[one.signal];
  const agrees = (severity === 'A' && effect === 'raises') || (severity === 'C' && effect === 'lowers');
  return agrees ? base + 10 : base;
}

function quoteOf(plain: Plain, one: Found): Evidence | undefined {
  let { start, end } = one;
  while (start < end && /[\s,.;]/u.test(plain.text.charAt(start))) start++;
  while (end > start && /[\s,.;]/u.test(plain.text.charAt(end - 1))) end--;
  const from = plain.at[start];
  const to = plain.at[end];
  if (from === undefined || to === undefined || to <= from) return undefined;
  return { signal: one.signal, text: plain.original.slice(from, to), start: from, end: to };
}
