import { en, ja, zh } from 'chrono-node';
import type { Chrono, ParsedResult } from 'chrono-node';
import { DateTime } from 'luxon';
import type { Language } from '#knowledge/schema.ts';

const PARSERS: Readonly<Record<Language, Chrono>> = { en: en.casual, 'zh-CN': zh.hans.casual, ja: ja.casual };
const LONGEST = 100;

/**
 * Reads a wished time as people write it: "tomorrow 10:00", "Monday at 3pm", "周一下午3点", "明後日の10時半". Local to `zone`,
 * later than `now`. The instant in ISO, or null where day or hour can't be told for sure: a call at a time that was guessed is
 * worse than one more question.
 */
export function readTime(text: string, zone: string, now: number, language: Language): string | null {
  const said = text.normalize('NFKC').trim();
  if (said === '' || said.length > LONGEST) return null;
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

/** Days that the parser reads wrongly are written out: 明後日, and a day of the month without its month. */
function withDates(said: string, today: DateTime): string {
  const dayAfter = today.plus({ days: 2 }).toISODate() ?? '';
  return said
    .replace(/明後日|あさって|后天|後天/g, `${dayAfter} `)
    .replace(
      /(?<![\d月/-])(\d{1,2})[日号號](?![本間后後])/g,
      (whole, day: string) => dayOfMonth(Number(day), today) ?? whole,
    );
}

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
  if (!time.isValid) return null;
  const dated = start.isCertain('day') || start.isCertain('weekday');
  const later = !dated && time.toMillis() <= now ? time.plus({ days: 1 }) : time;
  return later.toMillis() > now ? later.toUTC().toISO() : null;
}
