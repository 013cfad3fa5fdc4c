/**
 * The signals: things a person would name when asked why. `lowers` and `raises` say which way the model's weights may go,
 * so that more bad news never lowers a level and reassurance never raises one; `tells` is free; `ignored` is found and
 * shown, but moves nothing: urgency without impact.
 */
export const SIGNALS = {
  'not-urgent': 'lowers',
  'nobody-affected': 'lowers',
  'others-fine': 'lowers',
  'over-now': 'lowers',
  workaround: 'lowers',
  'still-works': 'lowers',
  'few-of-many': 'lowers',
  'one-person': 'lowers',
  minor: 'lowers',
  'test-only': 'lowers',
  hypothetical: 'lowers',
  everyone: 'raises',
  many: 'raises',
  dozens: 'raises',
  site: 'raises',
  production: 'raises',
  'no-workaround': 'raises',
  down: 'raises',
  'held-up': 'raises',
  relapse: 'raises',
  'first-person': 'tells',
  several: 'tells',
  impaired: 'tells',
  cannot: 'tells',
  error: 'tells',
  question: 'tells',
  asks: 'tells',
  deadline: 'tells',
  security: 'tells',
  'data-loss': 'tells',
  'billing-wrong': 'tells',
  'billing-stop': 'tells',
  urgent: 'ignored',
  'only-a-name': 'ignored',
  'sign-in': 'tells',
  'asks-person': 'tells',
  greeting: 'tells',
  thanks: 'tells',
  'about-bot': 'tells',
  billing: 'tells',
  price: 'tells',
  licence: 'tells',
  reseller: 'tells',
  'end-customer': 'tells',
  'third-party': 'tells',
  network: 'tells',
  exchange: 'tells',
  sharepoint: 'tells',
  'teams-skype': 'tells',
  apps: 'tells',
  identity: 'tells',
  azure: 'tells',
  'other-service': 'tells',
  'ours-named': 'tells',
} as const;

export type Signal = keyof typeof SIGNALS;
export type Effect = (typeof SIGNALS)[Signal];
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the object above, in its order
export const SIGNAL_NAMES = Object.keys(SIGNALS) as Signal[];

/** Signals that only say which product or which desk; they have no say in the level. */
export const ABOUT: ReadonlySet<Signal> = new Set<Signal>([
  'sign-in',
  'asks-person',
  'greeting',
  'thanks',
  'about-bot',
  'billing',
  'price',
  'licence',
  'reseller',
  'end-customer',
  'third-party',
  'network',
  'exchange',
  'sharepoint',
  'teams-skype',
  'apps',
  'identity',
  'azure',
  'other-service',
  'ours-named',
]);

/**
 * One language's words: regular-expression sources over the plain text (lower case, NFKC, straight quotes, `.` and `,` for
 * the ideographic ones). Every repeat is bounded, so that no text can make a pattern slow.
 */
export type Words = Readonly<Partial<Record<Signal, readonly string[]>>>;

/** People counted: group 1 a number or a number word, to be read by `readCount`; shares: group 1 a percentage. */
export interface LanguageWords {
  words: Words;
  /** Read before the reassurance that they would be taken for. */
  first: Words;
  /** Who is counted; a share counts people only with one of these close by. */
  people: string;
  counts: string;
  /** "3 of our 400": group `few` of group `all`. */
  parts: string;
  shares: string;
  /** Words that carry nothing once the signals of their clause are taken out. */
  filler: string;
}

/** Whether a signal tells what a text is about rather than how bad it is: no reason for a level. */
export function isTopic(signal: string): boolean {
  const about: ReadonlySet<string> = ABOUT;
  return about.has(signal);
}
