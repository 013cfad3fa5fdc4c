import type { Chrono, ParsedResult } from 'chrono-node';
// Its root loads a dozen languages, which a start would wait for.
import { casual as en } from 'chrono-node/en';
import { casual as ja } from 'chrono-node/ja';
import { casual as zh } from 'chrono-node/zh/hans';
import { DateTime } from 'luxon';
import type { Language } from '#knowledge/schema.ts';

const PARSERS: Readonly<Record<Language, Chrono>> = { en, 'zh-CN': zh, ja };
const LONGEST = 100;

/**
 * Reads a wished time as people write it: "tomorrow 10:00", "Monday at 3pm", "周一下午3点", "明後日の10時半". Local to `zone`,
 * later than `now`. The instant in ISO, or null where day or hour can't be told for sure: a call at a time that was guessed is
 * worse than one more question.
 */
export function readTime(text: string, zone: string, now: number, language: Language): string | null {
  const said = text.normalize('NFKC').trim();
  if (said === '' || said.length > LONGEST || EITHER_DAY.test(said) || namesNoDay(said)) return null;
  const today = DateTime.fromMillis(now, { zone });
  const plain = withDates(said, today);
  const reference = { instant: new Date(now), timezone: today.offset };
  for (const parser of [PARSERS[language], ...Object.values(PARSERS)]) {
    const [found, ...others] = parser.parse(plain, reference, { forwardDate: true });
    if (!found?.start.isCertain('hour')) continue;
    // Two times in one answer ("10:00 or 14:00") are not a time yet; a range is known by its start.
    return others.length > 0 ? null : instantOf(found, zone, now);
  }
  return null;
}

/** "Tomorrow or the day after" is two days in one word; "not tomorrow" is none. */
const EITHER_DAY = /明后天|明後天|今明两天|今明兩天|明日か明後日|\bnot\b|n['’]t\b|\bexcept\b/iu;
const MONTH_AND_DAY = /(?:(\d{4})\s*[-/.年])?\s*(?<!\d)(\d{1,2})\s*[-/月]\s*(\d{1,2})(?![\d:])/u;
const LEAP_YEAR = 2028;

/** The 30th of February is no day, and must not be left out of what is read. Day before month is the parser's business. */
function namesNoDay(said: string): boolean {
  const [, year, first, second] = MONTH_AND_DAY.exec(withMonthNumbers(said)) ?? [];
  if (first === undefined) return false;
  const isDay = (month: number, day: number): boolean =>
    DateTime.fromObject({ year: Number(year ?? LEAP_YEAR), month, day }).isValid;
  const isRange = Number(first) > 12 && year === undefined;
  return !isRange && !isDay(Number(first), Number(second));
}

const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const MONTH_FIRST = new RegExp(`\\b(${MONTHS})[a-z]*\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?\\b(?!:)`, 'i');
const DAY_FIRST = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?(${MONTHS})[a-z]*`, 'i');

const monthOf = (name: string): number => MONTHS.split('|').indexOf(name.toLowerCase()) + 1;

function withMonthNumbers(said: string): string {
  return said
    .replace(DAY_FIRST, (_whole, day: string, name: string) => `${monthOf(name)}/${day} `)
    .replace(MONTH_FIRST, (_whole, name: string, day: string) => `${monthOf(name)}/${day} `);
}

/** Days that the parser reads wrongly are written out: 明後日, and a day of the month without its month. */
function withDates(said: string, today: DateTime): string {
  const inDays = (days: number): string => `${today.plus({ days }).toISODate() ?? ''} `;
  return said
    .replace(/大后天|大後天|しあさって|明々後日|明明後日/g, inDays(3))
    .replace(/明後日|あさって|后天|後天|\b(?:the )?day after tomorrow\b/gi, inDays(2))
    .replace(IN_TWO_WEEKS, (_whole, day: string) => inDays(14 + weekdayOf(day) - today.weekday))
    .replace(NEXT_WEEK, (_whole, day: string) => inDays(7 + weekdayOf(day) - today.weekday))
    .replace(/(?<=[点點])一刻/g, '15分')
    .replace(/(?<=[点點])三刻/g, '45分')
    .replace(/の?朝の?(?=\d)/g, ' 午前')
    .replace(/の?[夜晩]の?(?=\d)/g, ' 午後')
    .replace(
      /(?<![\d月/-])(\d{1,2})[日号號](?![本間后後])/g,
      (whole, day: string) => dayOfMonth(Number(day), today) ?? whole,
    );
}

const IN_TWO_WEEKS = /(?:下下(?:周|星期|礼拜|週|禮拜)|再来週の?)([一二三四五六日天月火水木金土])(?:曜日?)?の?/gu;
const NEXT_WEEK =
  /(?:来週の?(?=[^の]曜)|\bnext week (?:on )?)([月火水木金土日]|mon|tue|wed|thu|fri|sat|sun)(?:曜日?の?|[a-z]*)/giu;
/** 1 (Monday) … 7, from 一…日, 月…日 or mon…sun. */
const WEEKDAYS = ['一二三四五六日', '月火水木金土天'];
const ENGLISH_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const weekdayOf = (day: string): number =>
  1 +
  (/[a-z]/i.test(day)
    ? ENGLISH_DAYS.indexOf(day.toLowerCase())
    : Math.max(...WEEKDAYS.map((days) => days.indexOf(day))));

function dayOfMonth(day: number, today: DateTime): string | null {
  const month = day < today.day ? today.plus({ months: 1 }) : today;
  const date = DateTime.fromObject({ year: month.year, month: month.month, day }, { zone: today.zone });
  return date.isValid ? `${date.toISODate()} ` : null;
}

function instantOf({ start }: ParsedResult, zone: string, now: number): string | null {
  const part = (name: 'year' | 'month' | 'day' | 'hour' | 'minute'): number => start.get(name) ?? 0;
  const local = {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
  };
  const time = DateTime.fromObject(local, { zone });
  // An hour that the night of the clock change skips would come out as another one.
  if (!time.isValid || time.hour !== local.hour || time.minute !== local.minute) return null;
  const dated = start.isCertain('day') || start.isCertain('weekday');
  const later = !dated && time.toMillis() <= now ? time.plus({ days: 1 }) : time;
  return later.toMillis() > now ? later.toUTC().toISO() : null;
}
