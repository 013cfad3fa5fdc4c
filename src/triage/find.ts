import type { Language } from '#knowledge/schema.ts';
import { blank, matches, neutralize } from './neutralize.ts';
import type { Plain } from './normalize.ts';
import { CHINESE } from './signals/chinese.ts';
import { ENGLISH } from './signals/english.ts';
import { JAPANESE } from './signals/japanese.ts';
import { ABOUT, SIGNALS, SIGNAL_NAMES } from './signals/signal.ts';
import type { Effect, LanguageWords, Signal, Words } from './signals/signal.ts';
import { wholeNames } from './signals/whole-names.ts';
import { partsIn, peopleIn, sharesIn } from './count.ts';
import type { Counters } from './count.ts';

/** A signal and where it stands in the plain text, [start, end). */
export interface Found {
  signal: Signal;
  start: number;
  end: number;
}

export interface Reading {
  found: readonly Found[];
  present: ReadonlySet<Signal>;
  /** The text without instructions and names, which `found` points into. */
  clean: string;
  /** The text without instructions, names, and clauses that say nothing but how bad it is: what it is about. */
  topic: string;
  /** The same without any words that a raising or lowering signal rests on: what is left to judge by the words. */
  rest: string;
}

interface Pattern {
  signal: Signal;
  pattern: RegExp;
}

interface Compiled {
  /** "Not in the browser either" is read before "in the browser". */
  first: readonly Pattern[];
  lowers: readonly Pattern[];
  raises: readonly Pattern[];
  tells: readonly Pattern[];
  about: readonly Pattern[];
  counters: Counters;
  filler: RegExp;
}

const CJK = /[\u3041-\u30ff\u3400-\u9fff]/u;
const KANA = /[\u3041-\u3096\u30a1-\u30fa]/u;
const LATIN = /[a-z]{2}|\d/u;
/** Between Chinese or Japanese a lone word is a product's name, which their own lists hold; two in a row are English. */
const ENGLISH_PHRASE = /[a-z]{2} [a-z]{2}/u;
/** So many of one kind prove it; a hostile text may repeat a word ten thousand times. */
const MOST_PER_SIGNAL = 4;
const MOST_COUNTS = 40;

const COMPILED: Readonly<Record<Language, Compiled>> = {
  en: compile(ENGLISH, true),
  'zh-CN': compile(CHINESE, false),
  ja: compile(JAPANESE, false),
};

function compileWords(words: Words, latin: boolean): Pattern[] {
  return SIGNAL_NAMES.flatMap((signal) => {
    const sources = words[signal];
    if (!sources) return [];
    return [
      { signal, pattern: new RegExp(latin ? atWord(sources.join('|')) : sources.map(wholeNames).join('|'), 'g') },
    ];
  });
}

function compile(language: LanguageWords, latin: boolean): Compiled {
  const all = compileWords(language.words, latin);
  const of = (wanted: (signal: Signal, effect: Effect) => boolean): Pattern[] =>
    all.filter(({ signal }) => wanted(signal, SIGNALS[signal]));
  return {
    first: [...compileWords(language.first, latin), ...of((signal) => signal === 'no-workaround')],
    lowers: of((_, effect) => effect === 'lowers'),
    raises: of((signal, effect) => effect === 'raises' && signal !== 'no-workaround'),
    tells: of((signal, effect) => (effect === 'tells' || effect === 'ignored') && !ABOUT.has(signal)),
    about: of((signal) => ABOUT.has(signal)),
    counters: {
      people: new RegExp(language.people, 'u'),
      counts: new RegExp(language.counts, 'g'),
      shares: new RegExp(language.shares, 'g'),
      parts: new RegExp(language.parts, 'g'),
    },
    filler: latin ? new RegExp(`\\b(?:${language.filler})\\b`, 'g') : new RegExp(`(?:${language.filler})`, 'g'),
  };
}

/** A word boundary is cheap to look for; only what starts with a sign or at the text's start needs more. */
function atWord(source: string): string {
  return `${/[\^$]/u.test(source) ? '(?:\\b|^|(?=[$€£¥]))' : '\\b'}(?:${source})`;
}

/** Which languages' words to look for: the script decides, so a mixed text is read in both of its languages. */
function languagesIn(text: string, language: Language | undefined): Language[] {
  const chosen: Language[] = [];
  if (CJK.test(text)) {
    const hasKana = KANA.test(text);
    if (hasKana || language === 'ja') chosen.push('ja');
    if (!hasKana || language === 'zh-CN') chosen.push('zh-CN');
  }
  if ((chosen.length === 0 ? LATIN : ENGLISH_PHRASE).test(text)) chosen.push('en');
  return chosen;
}

/**
 * Finds the signals in a plain text. Reassurance is read first and taken out, then what makes it worse: "nobody else is
 * affected" is never read as "affected", and each kind is judged without a look at the other. `skip` leaves signals out, as
 * if their words were not known: training uses it.
 */
export function readSignals(plain: Plain, language: Language | undefined, skip?: (signal: Signal) => boolean): Reading {
  const { text: clean, names } = neutralize(plain.text);
  const found: Found[] = names.map(([start, end]) => ({ signal: 'only-a-name', start, end }));
  const compiled = languagesIn(clean, language).map((each) => (skip ? without(COMPILED[each], skip) : COMPILED[each]));
  let rest = clean;
  for (const each of compiled) rest = take(each.first, rest, found);
  for (const each of compiled) rest = take(each.lowers, rest, found);
  if (!skip?.('few-of-many')) for (const { counters } of compiled) rest = takeAll(partsIn(counters, rest), rest, found);
  if (!skip?.('many')) {
    for (const { counters } of compiled) rest = takeAll(peopleIn(counters, rest), rest, found);
    for (const { counters } of compiled) rest = takeAll(sharesIn(counters, rest), rest, found);
  }
  for (const each of compiled) rest = takeTogether(each.raises, rest, found);
  const calming = found.filter((one) => CALMING.has(one.signal)).map(({ start, end }) => [start, end] as const);
  const cut = dropEmptyClauses({ clean, calmed: blank(clean, calming), rest }, compiled);
  for (const each of compiled) {
    look(each.tells, cut.rest, found);
    look(each.about, cut.topic, found);
  }
  const isBack = found.some(({ signal }) => signal === 'relapse');
  const standing = isBack ? found.filter(({ signal }) => signal !== 'over-now') : found;
  return { found: standing, present: new Set(standing.map((one) => one.signal)), clean, ...cut };
}

function without(language: Compiled, skip: (signal: Signal) => boolean): Compiled {
  const kept = (patterns: readonly Pattern[]): Pattern[] => patterns.filter((one) => !skip(one.signal));
  return {
    ...language,
    first: kept(language.first),
    lowers: kept(language.lowers),
    raises: kept(language.raises),
    tells: kept(language.tells),
    about: kept(language.about),
  };
}

/** Takes what was counted out of the text; "several" stays, for the words around it say more. */
function takeAll(counted: readonly Found[], text: string, found: Found[]): string {
  found.push(...counted.slice(0, MOST_COUNTS));
  return blank(
    text,
    counted.flatMap(({ signal, start, end }) => (signal === 'several' ? [] : [[start, end] as const])),
  );
}

/** What somebody said, or what stands on the screen, in quotes; a text that is nothing but a quote is the report itself. */
function quotesIn(text: string): [number, number][] {
  if (!text.includes('"')) return [];
  const spans = spansOf(/"[^"\n]{2,120}"/gu, text);
  return /[\p{L}\p{N}]/u.test(blank(text, spans)) ? spans : [];
}

/** How many and how much at a standstill is believed only in the writer's own words. */
const OWN_WORDS: ReadonlySet<Signal> = new Set<Signal>(['everyone', 'many', 'dozens', 'site', 'production', 'held-up']);

/** Each kind sees only what the kinds before it left. */
function take(patterns: readonly Pattern[], text: string, found: Found[]): string {
  let rest = text;
  for (const { signal, pattern } of patterns) {
    const spans = spansOf(pattern, rest);
    if (spans.length === 0) continue;
    for (const [start, end] of spans.slice(0, MOST_PER_SIGNAL)) found.push({ signal, start, end });
    rest = blank(rest, spans);
  }
  return rest;
}

/** Every kind sees the whole text: "nobody can work" is both everyone and production at a standstill. */
function takeTogether(patterns: readonly Pattern[], text: string, found: Found[]): string {
  const quoted = quotesIn(text);
  const isSaidByOthers = ([from, to]: readonly [number, number]): boolean =>
    quoted.some(([start, end]) => from >= start && to <= end);
  const taken = patterns.flatMap(({ signal, pattern }) => {
    const all = spansOf(pattern, text);
    const spans = OWN_WORDS.has(signal) ? all.filter((span) => !isSaidByOthers(span)) : all;
    for (const [start, end] of spans.slice(0, MOST_PER_SIGNAL)) found.push({ signal, start, end });
    return spans;
  });
  return blank(text, taken);
}

function look(patterns: readonly Pattern[], text: string, found: Found[]): void {
  for (const { signal, pattern } of patterns) {
    pattern.lastIndex = 0;
    const match = pattern.exec(text);
    if (match && match[0].length > 0) found.push({ signal, start: match.index, end: match.index + match[0].length });
  }
}

function spansOf(pattern: RegExp, text: string): [number, number][] {
  const spans: [number, number][] = [];
  for (const match of matches(pattern, text)) {
    if (match[0].length > 0) spans.push([match.index, match.index + match[0].length]);
  }
  return spans;
}

/**
 * A clause of which nothing but filler is left once its signals are out ("all users are down") says only how bad it is. It
 * is dropped whole, so that adding it changes the signals and nothing else.
 */
function dropEmptyClauses(
  { clean, calmed, rest }: { clean: string; calmed: string; rest: string },
  languages: readonly Compiled[],
): { topic: string; rest: string } {
  let topic = '';
  let left = '';
  let start = 0;
  for (let i = 0; i <= clean.length; i++) {
    if (i < clean.length && !CLAUSE_END.has(clean.charCodeAt(i))) continue;
    const after = rest.slice(start, i + 1);
    const isEmpty = clean.slice(start, i + 1) !== after && isFiller(after, languages);
    topic += isEmpty ? blanked(after) : calmed.slice(start, i + 1);
    left += isEmpty ? blanked(after) : after;
    start = i + 1;
  }
  return { topic: [topic, calmed].find(isSaid) ?? clean, rest: left };
}

function isSaid(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

function blanked(clause: string): string {
  return `${' '.repeat(clause.length - 1)}\n`;
}

/** Reassurance says nothing of what the text is about. */
const CALMING: ReadonlySet<Signal> = new Set<Signal>(['not-urgent', 'nobody-affected', 'others-fine']);
/** `,` `.` `!` `?` `;` and the line break. */
const CLAUSE_END = new Set([44, 46, 33, 63, 59, 10]);

function isFiller(text: string, languages: readonly Compiled[]): boolean {
  let left = text;
  for (const { filler } of languages) left = left.replace(filler, '');
  return !/[\p{L}\p{N}]/u.test(left);
}
