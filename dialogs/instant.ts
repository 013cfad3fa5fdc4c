import { IANAZone } from 'luxon';
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
