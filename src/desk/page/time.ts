import type { PromiseKind } from '#src/promises/promise.ts';
import type { DeskWords } from './words.tsx';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
/** A promise that ends within this is told in another colour and other words. */
const SOON_MS = 15 * MINUTE;

/** "12 min", "2 h 05 min", "3 d 4 h": at most two parts, rounded down. A line never ends within it. */
export function span(milliseconds: number, words: DeskWords): string {
  return partsOf(milliseconds, words).replaceAll(' ', '\u00A0');
}

function partsOf(milliseconds: number, words: DeskWords): string {
  const left = Math.max(0, milliseconds);
  const d = Math.floor(left / DAY);
  const h = Math.floor((left % DAY) / HOUR);
  const m = Math.floor((left % HOUR) / MINUTE);
  if (d > 0) return words('desk.span.days', { d, h });
  if (h > 0) return words('desk.span.hours', { h, m: String(m).padStart(2, '0') });
  return m > 0 ? words('desk.span.minutes', { m }) : words('desk.span.now');
}

export type Tone = 'calm' | 'soon' | 'late';

/** Something that was promised by a time; `warned`: the office says that it runs out. */
export interface Promised {
  readonly by: string;
  readonly kind: PromiseKind;
  readonly warned: boolean;
}

/** How a promise stands at `now`: by its time, or past it. */
export function toneOf({ by, warned }: Promised, now: number): Tone {
  const left = Date.parse(by) - now;
  if (left < 0) return 'late';
  return warned || left <= SOON_MS ? 'soon' : 'calm';
}

/** The promise in words: they tell the same as the colour. */
export function dueText(promised: Promised, now: number, words: DeskWords): string {
  const left = Date.parse(promised.by) - now;
  return words(`desk.due.${promised.kind}.${toneOf(promised, now)}`, { span: span(Math.abs(left), words) });
}

const FULL = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
  hourCycle: 'h23',
} as const;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Date and time in the browser's zone, with the zone's name: agents sit in several. */
export function instant(value: string | number, language: string): string {
  const at = typeof value === 'number' ? value : Date.parse(value);
  if (Number.isNaN(at)) return '';
  return format(language, 'full', FULL).format(at);
}

export const clockTime = (value: string | number, language: string): string =>
  format(language, 'time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(value));

export const dayOf = (value: string | number, language: string): string =>
  format(language, 'day', { weekday: 'short', month: 'short', day: 'numeric' }).format(new Date(value));

/** The time where somebody else is. */
export function timeIn(zone: string, at: number, language: string): string {
  try {
    const options = { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const;
    return format(language, zone, options).format(at);
  } catch {
    // A zone that this browser doesn't know.
    return '';
  }
}

/** Date and time where somebody else is, with the zone's name; '' for a zone that this browser doesn't know. */
export function instantIn(zone: string, value: string, language: string): string {
  try {
    return format(language, `full ${zone}`, { ...FULL, timeZone: zone }).format(Date.parse(value));
  } catch {
    return '';
  }
}

/** Making one costs more than all its uses. */
function format(language: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${name}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
  formats.set(key, known);
  return known;
}
