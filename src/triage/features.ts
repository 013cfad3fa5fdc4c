import { ABOUT, SIGNALS, SIGNAL_NAMES } from './signals/signal.ts';
import type { Effect, Signal } from './signals/signal.ts';
import type { Reading } from './find.ts';
import { grams } from './grams.ts';
import type { Grams } from './grams.ts';
import { lettersIn } from './letters.ts';
import { conceptGrams } from './concepts/find-concepts.ts';

/** Weight of all n-grams of a text together against one signal: the level rests on signals, the topic on words. */
const LEVEL_GRAMS = 2;
const TOPIC_GRAMS = 3;
/** Concepts stand behind words: less than half of their weight for the level, half for the topic. */
const LEVEL_CONCEPTS = 0.7;
const TOPIC_CONCEPTS = 1.5;

type Test = (has: (signal: Signal) => boolean) => boolean;
interface Named {
  name: string;
  effect: Effect;
  test: Test;
}

const anyOf = (has: (signal: Signal) => boolean, ...signals: readonly Signal[]): boolean => signals.some(has);
const wide: Test = (has) => anyOf(has, 'everyone', 'many', 'site', 'dozens');
const narrow: Test = (has) => anyOf(has, 'one-person', 'others-fine', 'few-of-many');
const calmed: Test = (has) => anyOf(has, 'nobody-affected', 'over-now', 'test-only', 'hypothetical');

/**
 * Two signals together. One that `raises` may only come true by more bad news or less reassurance, one that `lowers` only
 * the other way round: that keeps the level monotone whatever the weights.
 */
const TOGETHER: readonly Named[] = [
  { name: 'wide+down', effect: 'raises', test: (has) => wide(has) && has('down') },
  { name: 'everyone+down', effect: 'raises', test: (has) => has('everyone') && has('down') },
  { name: 'wide+cannot', effect: 'raises', test: (has) => wide(has) && has('cannot') },
  {
    name: 'wide+down, not calmed',
    effect: 'raises',
    test: (has) => wide(has) && has('down') && !calmed(has),
  },
  {
    name: 'wide+down, not narrow',
    effect: 'raises',
    test: (has) => wide(has) && has('down') && !narrow(has),
  },
  { name: 'wide, not calmed', effect: 'raises', test: (has) => wide(has) && !calmed(has) },
  { name: 'down, not calmed', effect: 'raises', test: (has) => has('down') && !calmed(has) },
  {
    name: 'down, no way round',
    effect: 'raises',
    test: (has) => has('down') && !has('workaround') && !calmed(has),
  },
  {
    name: 'production, not calmed',
    effect: 'raises',
    test: (has) => has('production') && !calmed(has),
  },
  {
    name: 'production+down',
    effect: 'raises',
    test: (has) => has('production') && has('down') && !calmed(has),
  },
  {
    name: 'production+wide',
    effect: 'raises',
    test: (has) => has('production') && wide(has) && !calmed(has),
  },
  { name: 'over now, not down', effect: 'lowers', test: (has) => has('over-now') && !has('down') && !has('cannot') },
  { name: 'billing-wrong, no question', effect: 'tells', test: (has) => has('billing-wrong') && !has('question') },
  { name: 'billing-wrong+question', effect: 'tells', test: (has) => has('billing-wrong') && has('question') },
  { name: 'billing-stop+question', effect: 'tells', test: (has) => has('billing-stop') && has('question') },
  { name: 'still works, not down', effect: 'lowers', test: (has) => has('still-works') && !has('down') },
  { name: 'asks, not down', effect: 'lowers', test: (has) => has('asks') && !has('down') },
  { name: 'billing-wrong, not asked', effect: 'tells', test: (has) => has('billing-wrong') && !has('asks') },
  { name: 'narrow, not wide', effect: 'lowers', test: (has) => narrow(has) && !wide(has) },
  {
    name: 'narrow, no production',
    effect: 'lowers',
    test: (has) => narrow(has) && !has('production'),
  },
  {
    name: 'workaround, not wide',
    effect: 'lowers',
    test: (has) => has('workaround') && !wide(has),
  },
  { name: 'workaround+narrow', effect: 'lowers', test: (has) => has('workaround') && narrow(has) },
  {
    name: 'question, not down',
    effect: 'lowers',
    test: (has) => has('question') && !has('down') && !has('production'),
  },
  {
    name: 'only impaired',
    effect: 'lowers',
    test: (has) => has('impaired') && !has('down') && !has('production'),
  },
  {
    name: 'nothing broken',
    effect: 'lowers',
    test: (has) => !anyOf(has, 'down', 'production', 'cannot', 'impaired', 'error', 'data-loss', 'security'),
  },
];

/** What only the category rests on. */
const ROUTES: readonly Named[] = [
  {
    name: 'question, nothing broken',
    effect: 'tells',
    test: (has) => has('question') && !anyOf(has, 'down', 'impaired', 'error'),
  },
  { name: 'asks, nothing broken', effect: 'tells', test: (has) => has('asks') && !broken(has) },
  {
    name: 'asks, nothing broken, billing',
    effect: 'tells',
    test: (has) => has('asks') && !broken(has) && has('billing'),
  },
  { name: 'asks, nothing broken, ours', effect: 'tells', test: (has) => has('asks') && !broken(has) && ours(has) },
  { name: 'asks about a licence', effect: 'tells', test: (has) => has('asks') && has('licence') },
  { name: 'asks about a price', effect: 'tells', test: (has) => has('asks') && has('price') },
  { name: 'asks about a third party', effect: 'tells', test: (has) => has('asks') && has('third-party') },
  { name: 'asks of nothing named', effect: 'tells', test: (has) => has('asks') && !ours(has) && !has('billing') },
  { name: 'ours, neither broken nor asked', effect: 'tells', test: (has) => ours(has) && !broken(has) && !has('asks') },
  { name: 'question+down', effect: 'tells', test: (has) => has('question') && has('down') },
  {
    name: 'reseller+customer',
    effect: 'tells',
    test: (has) => has('reseller') && has('end-customer'),
  },
  {
    name: 'third party, none of ours',
    effect: 'tells',
    test: (has) => has('third-party') && !ours(has),
  },
  { name: 'network, none of ours', effect: 'tells', test: (has) => has('network') && !ours(has) },
  {
    name: 'third party, ours not named',
    effect: 'tells',
    test: (has) => has('third-party') && !has('ours-named'),
  },
  {
    name: 'network, ours not named',
    effect: 'tells',
    test: (has) => has('network') && !has('ours-named'),
  },
  {
    name: 'neither named',
    effect: 'tells',
    test: (has) => !has('ours-named') && !ours(has) && !has('third-party'),
  },
  {
    name: 'ours+broken',
    effect: 'tells',
    test: (has) => ours(has) && anyOf(has, 'down', 'impaired', 'error'),
  },
  { name: 'billing+down', effect: 'tells', test: (has) => has('billing') && has('down') },
  { name: 'billing-stop+down', effect: 'tells', test: (has) => has('billing-stop') && has('down') },
  { name: 'reseller+price', effect: 'tells', test: (has) => has('reseller') && has('price') },
  {
    name: 'reseller, no customer',
    effect: 'tells',
    test: (has) => has('reseller') && !has('end-customer'),
  },
  { name: 'question+billing', effect: 'tells', test: (has) => has('question') && has('billing') },
  { name: 'question+licence', effect: 'tells', test: (has) => has('question') && has('licence') },
  {
    name: 'reseller+broken',
    effect: 'tells',
    test: (has) => has('reseller') && anyOf(has, 'down', 'error', 'cannot'),
  },
  { name: 'third party+ours', effect: 'tells', test: (has) => has('third-party') && ours(has) },
  {
    name: 'price, nothing broken',
    effect: 'tells',
    test: (has) => has('price') && !anyOf(has, 'down', 'impaired', 'error'),
  },
  {
    name: 'person, nothing else',
    effect: 'tells',
    test: (has) => has('asks-person') && !ours(has) && !has('down'),
  },
  {
    name: 'nothing named',
    effect: 'tells',
    test: (has) =>
      !ours(has) && !anyOf(has, 'down', 'billing', 'price', 'reseller', 'third-party', 'network', 'asks-person'),
  },
];

function broken(has: (signal: Signal) => boolean): boolean {
  return anyOf(has, 'down', 'impaired', 'error', 'cannot');
}

function ours(has: (signal: Signal) => boolean): boolean {
  return anyOf(has, 'exchange', 'sharepoint', 'teams-skype', 'apps', 'identity', 'azure', 'other-service');
}

const IMPACT = SIGNAL_NAMES.filter((signal) => !ABOUT.has(signal) && SIGNALS[signal] !== 'ignored');

/** Names and effects of the features beside the n-grams, by head, in the order of their weights. */
export const LEVEL_FEATURES: readonly { name: string; effect: Effect }[] = [
  ...IMPACT.map((signal) => ({ name: signal, effect: SIGNALS[signal] })),
  ...TOGETHER,
];
const TOPIC_SIGNALS = SIGNAL_NAMES.filter((signal) => SIGNALS[signal] !== 'lowers');
const LENGTHS = [6, 14, 30, 80, 200];
export const TOPIC_FEATURES: readonly { name: string; effect: Effect }[] = [
  ...TOPIC_SIGNALS.map((signal) => ({ name: signal, effect: SIGNALS[signal] })),
  ...ROUTES,
  ...LENGTHS.map((length) => ({ name: `longer than ${length}`, effect: 'tells' as const })),
];

/** One text as numbers: which named features hold, and its n-gram buckets, each with the same weight. */
export interface Vector {
  named: readonly number[];
  groups: readonly Grams[];
}

/** What the level is judged by. */
export function levelVector({ present, rest }: Reading): Vector {
  const named = namedIn(present, IMPACT, TOGETHER);
  return { named, groups: [grams(rest, LEVEL_GRAMS), conceptGrams(rest, LEVEL_CONCEPTS)] };
}

/** What category and product are judged by. */
export function topicVector({ present, topic }: Reading): Vector {
  const named = namedIn(present, TOPIC_SIGNALS, ROUTES);
  const length = lettersIn(topic);
  const before = TOPIC_SIGNALS.length + ROUTES.length;
  for (let i = 0; i < LENGTHS.length; i++) if (length > (LENGTHS[i] ?? 0)) named.push(before + i);
  return { named, groups: [grams(topic, TOPIC_GRAMS), conceptGrams(topic, TOPIC_CONCEPTS)] };
}

/** The places of those that hold, the pairs behind the signals. */
function namedIn(present: ReadonlySet<Signal>, signals: readonly Signal[], pairs: readonly Named[]): number[] {
  const has = (signal: Signal): boolean => present.has(signal);
  const named: number[] = [];
  for (let i = 0; i < signals.length; i++) {
    const signal = signals[i];
    if (signal !== undefined && present.has(signal)) named.push(i);
  }
  for (let i = 0; i < pairs.length; i++) if (pairs[i]?.test(has) === true) named.push(signals.length + i);
  return named;
}
