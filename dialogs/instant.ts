import { DateTime, IANAZone } from 'luxon';
import type { Language } from '#knowledge/schema.ts';

/** `Intl` is costly to construct and cheap to use: one formatter per language and zone. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** "Mon 23 Nov 2026, 10:00" in the language's own form and the given zone. `iso` is an instant. */
export function formatInstant(iso: string, zone: string, language: Language): string {
  const key = `${language}|${zone}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
      timeZone: zone,
      weekday: 'short',
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formatters.set(key, formatter);
  }
  return formatter.format(new Date(iso));
}

/** Asking Intl for a zone is costly; there are a few hundred, and what isn't one is not kept. */
const zones = new Set<string>();

/** A zone that exists, or null: what a client sends is only a claim. */
export function knownZone(zone: unknown): string | null {
  if (typeof zone !== 'string' || zone.length > 64) return null;
  if (!zones.has(zone) && IANAZone.isValidZone(zone)) zones.add(zone);
  return zones.has(zone) ? zone : null;
}

/**
 * Reads a wished time: "2026-11-23 10:00", "11-23 10:00", "10:30", "明天 10:00", "明日10時". Local to `zone`; the next such
 * time after `now`. Null where it can't be read: the question is asked again rather than guessed.
 */
export function readTime(text: string, zone: string, now: number): string | null {
  const said = text.normalize('NFKC').trim().toLowerCase();
  const today = DateTime.fromMillis(now, { zone });
  const clock = /(\d{1,2})\s*(?::|点|時|时)\s*(\d{2})?/.exec(said.replace(/\d{4}-\d{1,2}-\d{1,2}/, ''));
  const instant = /^\d{4}-\d{2}-\d{2}t\d{2}:\d{2}/.test(said) ? DateTime.fromISO(said.toUpperCase(), { zone }) : null;
  if (instant) return later(instant, now);
  if (!clock) return null;
  const day = readDay(said, today);
  if (!day) return null;
  const time = day.set({ hour: Number(clock[1]), minute: Number(clock[2] ?? 0), second: 0, millisecond: 0 });
  if (Number(clock[1]) > 23 || Number(clock[2] ?? 0) > 59) return null;
  const named = /\d{1,2}\s*[-/月]\s*\d{1,2}|tomorrow|明天|明日/.test(said);
  return later(!named && time.toMillis() <= now ? time.plus({ days: 1 }) : time, now);
}

function later(time: DateTime, now: number): string | null {
  return time.isValid && time.toMillis() > now ? time.toUTC().toISO() : null;
}

function readDay(said: string, today: DateTime): DateTime | null {
  if (/tomorrow|明天|明日/.test(said)) return today.plus({ days: 1 });
  const full = /(?:(\d{4})\s*[-/年]\s*)?(\d{1,2})\s*[-/月]\s*(\d{1,2})/.exec(said);
  if (!full) return today;
  const day = today.set({ year: Number(full[1] ?? today.year), month: Number(full[2]), day: 1 });
  const wished = DateTime.fromObject(
    { year: day.year, month: Number(full[2]), day: Number(full[3]) },
    { zone: today.zone },
  );
  return wished.isValid ? wished : null;
}
