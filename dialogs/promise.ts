import type { Language, OfferingId } from '#knowledge/schema.ts';
import type { Decision } from '#src/policy/decide.ts';
import { zoneOfCountry } from '#src/policy/country.ts';
import { countryOf, offeringOf } from './entitlement.ts';
import { formatInstant } from './instant.ts';
import type { Context } from './question.ts';

/** An instant told twice: in the offering's zone and in the person's, unless they are the same. */
export function toldTwice(context: Context, iso: string, offering = offeringOf(context.case)): string {
  const zone = context.tools.rules.offerings[offering ?? 'worldwide'].zone?.value;
  const own = context.case.timeZone;
  // Of whom nothing else is known, the country is: it picked the number to call, too.
  const office = zone ?? own ?? zoneOfCountry(countryOf(context.case)) ?? 'UTC';
  return twice(
    iso,
    { office, own },
    { language: context.case.language, text: (key, values) => context.text(key, values) },
  );
}

/** An instant on one clock: the person's, where it is known. */
export function toldIn(context: Context, iso: string, offering: OfferingId): string {
  const zone = context.case.timeZone ?? context.tools.rules.offerings[offering].zone?.value ?? 'UTC';
  return formatInstant(iso, zone, context.case.language);
}

interface Speech {
  readonly language: Language;
  readonly text: (key: string, values?: Record<string, string>) => string;
}

/** The same for whoever has no conversation at hand: `own` is the person's zone, where it is known. */
export function twice(iso: string, zones: { office: string; own: string | null }, { language, text }: Speech): string {
  const { office, own } = zones;
  const first = text('time.in-zone', { time: formatInstant(iso, office, language), zone: zoneName(office, text) });
  if (own === null || own === office) return first;
  return text('time.twice', { first, yours: formatInstant(iso, own, language) });
}

function zoneName(zone: string, text: Speech['text']): string {
  if (zone === 'Asia/Shanghai') return text('time.beijing');
  return zone === 'Asia/Tokyo' ? text('time.tokyo') : zone;
}

/** By when somebody answers, as a sentence; where the sources promise nothing, that is said. */
export function promise(
  context: Context,
  decision: Pick<Decision, 'respondBy' | 'provisional'>,
  offering = offeringOf(context.case),
): string {
  if (decision.respondBy === null) return context.text('promise.none');
  const told = context.text('promise.by', { time: toldTwice(context, decision.respondBy, offering) });
  return decision.provisional ? `${told} ${context.text('promise.provisional')}` : told;
}
