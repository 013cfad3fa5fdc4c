import { isTopic } from '#src/triage/signals/signal.ts';
import type { Context } from './question.ts';

/**
 * The words that a level rests on, as the person reads them: the evidence is filed by its own offsets, but a quote that ends
 * within a word reads like a mistake. Widened by simple rules, without a segmenter: loading one costs 60 ms.
 */

const LONGEST_QUOTE = 60;
const MOST_QUOTES = 3;
/** Kana or ideographs that may follow until the phrase ends. */
const MOST_ADDED = 6;

/** That somebody asks, or says "my", is no reason for a level: quoted as one ("たい", "my") it reads like a mistake. */
const NO_REASON: ReadonlySet<string> = new Set(['question', 'asks', 'first-person']);

interface Range {
  start: number;
  end: number;
}

/** The quotes in one line, the weightiest first; '' where nothing is quoted. */
export function quotes(context: Context): string {
  const { triage, description } = context.case;
  const found = (triage?.evidence ?? []).filter(({ signal }) => !isTopic(signal) && !NO_REASON.has(signal));
  const text = description ?? '';
  const ranges: Range[] = [];
  for (const one of found) {
    const isThere = text.slice(one.start, one.end) === one.text;
    if (isThere) addTo(ranges, widened(text, one));
  }
  const words = [...new Set(ranges.map(({ start, end }) => text.slice(start, end).trim()))].slice(0, MOST_QUOTES);
  const shown = words.map((word) => (word.length > LONGEST_QUOTE ? `${word.slice(0, LONGEST_QUOTE)}…` : word));
  return shown.map((word) => context.text('quote.one', { text: word })).join(context.text('quote.join'));
}

/** Two that meet are one quote, at the place of the first. */
function addTo(ranges: Range[], range: Range): void {
  const met = ranges.find(({ start, end }) => start < range.end && range.start < end);
  if (met === undefined) ranges.push(range);
  else {
    met.start = Math.min(met.start, range.start);
    met.end = Math.max(met.end, range.end);
  }
}

const LATIN = /[\p{Script=Latin}\p{N}'’]/u;
const KATAKANA = /[\p{Script=Katakana}ー]/u;
const HIRAGANA = /\p{Script=Hiragana}/u;
const HAN = /\p{Script=Han}/u;
/** Particles that begin something new: the phrase ended before. The second kind also stands within words. */
const NEW = /^[はがをの]|^[にでとへも](?!\p{Script=Hiragana})/u;
/** What still belongs to a Chinese verb. */
const ASPECT = /^[了着过的]/u;
/** A particle that was found along with its noun: 全社員が. */
const LOOSE = /[\p{Script=Han}\p{Script=Katakana}ー][はがを]$/u;
const ENDS = /^(?:[\p{P}\s]|$)/u;

/** The range to the ends of its words. Offsets are UTF-16. */
function widened(text: string, { start, end }: Range): Range {
  let from = start;
  let to = end;
  for (const kind of [LATIN, KATAKANA]) {
    while (from > 0 && kind.test(text.charAt(from)) && kind.test(text.charAt(from - 1))) from -= 1;
    while (to < text.length && kind.test(text.charAt(to - 1)) && kind.test(text.charAt(to))) to += 1;
  }
  const range = { start: from, end: to + tail(text.slice(to, to + MOST_ADDED + 1), text.charAt(to - 1)) };
  return LOOSE.test(text.slice(from, range.end)) ? { ...range, end: range.end - 1 } : range;
}

/** How many more letters belong to the phrase that ends with `last`. */
function tail(rest: string, last: string): number {
  if (ENDS.test(rest) || LATIN.test(last)) return 0;
  const kana = countWhile(rest, HIRAGANA);
  if (kana > 0) return NEW.test(rest) ? 0 : kanaTail(rest, kana);
  if (!HAN.test(last)) return 0;
  if (ASPECT.test(rest)) return 1;
  const letters = countWhile(rest, HAN);
  // A short remainder to the end of the clause: 业务完全停|摆了。
  return letters <= 3 && ENDS.test(rest.slice(letters)) ? letters : 0;
}

/** An inflected ending (止まっ|ています) to its end, but not into the next word (困って|がる). */
function kanaTail(rest: string, kana: number): number {
  for (let taken = 1; taken < kana; taken += 1) if (/^[はがをの]/u.test(rest.slice(taken))) return taken;
  return Math.min(kana, MOST_ADDED);
}

function countWhile(text: string, kind: RegExp): number {
  let count = 0;
  while (count < text.length && kind.test(text.charAt(count))) count += 1;
  return count;
}
