import { OFFERINGS } from '#knowledge/schema.ts';
import type { OfferingId, Severity } from '#knowledge/schema.ts';
import { decide } from '#src/policy/decide.ts';
import type { Decision, Question } from '#src/policy/decide.ts';
import type { PersonFacts } from '#src/intake/ports.ts';
import type { Case } from './case.ts';
import type { Tools } from './question.ts';
import { UNVERIFIED_FACTS } from '#src/requests/request.ts';
import type { UnverifiedFact } from '#src/requests/request.ts';

/** The product that the case is about: for a customer, the customer's; null where it is not known yet. */
export function offeringOf(known: Case): OfferingId | null {
  const { behalf, customer } = known.stated;
  return behalf === 'customer' && customer !== undefined ? customer.offering : ownOfferingOf(known);
}

/** What the agreement for level A is called where the person bought: each of 21Vianet's clouds has its own. */
export function agreementName(known: Case, { rules }: Pick<Tools, 'rules'>, offering = offeringOf(known)): string {
  return offering === null ? '' : (rules.offerings[offering].severity.agreement.names?.[known.language].value ?? '');
}

/** The person's own product: the directory's word beats the person's, whose word beats a mere guess. */
function ownOfferingOf({ facts, stated }: Case): OfferingId | null {
  return isOfOneProduct(facts) ? facts.offering : (stated.offering ?? facts?.offering ?? null);
}

/** What a directory told of role and purchase holds for the product that it knows: it opens nothing in another one. */
export function isOfOneProduct(facts: Case['facts']): facts is PersonFacts & { offering: OfferingId } {
  if (facts === null || facts.offering === null) return false;
  return facts.verified || facts.role !== 'unknown' || facts.purchase !== 'unknown';
}

/**
 * The products that somebody may name: where a directory told of role or purchase but not of the product, it is that of
 * 21Vianet's cloud, and what it told says nothing of the worldwide one.
 */
export function possibleOfferings({ facts }: Case): readonly OfferingId[] {
  const isTold = facts !== null && (facts.role !== 'unknown' || facts.purchase !== 'unknown');
  return isTold && facts.offering === null ? OFFERINGS.filter((id) => id !== 'worldwide') : OFFERINGS;
}

/** A reseller by the directory's word; or, where it can't tell, whoever may open requests in Partner Center. */
export function isReseller(known: Case): boolean {
  const person = roleOf(known);
  return person === 'partner' || (person === 'may-open' && ownOfferingOf(known) === 'partner-center-21vianet');
}

/** Who is asking, for the rules: whoever speaks for a customer speaks as a reseller. */
function personOf(known: Case): Question['person'] {
  return known.stated.behalf === 'customer' && isReseller(known) ? 'partner' : roleOf(known);
}

/** A directory that can't tell leaves room for what the person said. */
function roleOf(known: Case): Question['person'] {
  const role = known.facts?.role ?? 'unknown';
  if (role !== 'unknown') return role;
  if (known.stated.admin === 'yes') return 'may-open';
  return known.stated.admin === 'no' ? 'not-admin' : 'unknown';
}

/** Where it was bought; "not sure" stays unknown and is not asked again. */
function purchaseOf(known: Case): Question['purchase'] {
  const bought = known.facts?.purchase ?? 'unknown';
  if (bought !== 'unknown') return bought;
  const stated = known.stated.purchase;
  return stated === undefined || stated === 'not-sure' ? 'unknown' : stated;
}

/** What the person was asked and doesn't know: nobody is refused for that, and nothing is granted on it. */
function unsureOf({ stated }: Case): NonNullable<Question['unsure']> {
  return [
    ...(stated.purchase === 'not-sure' ? (['purchase'] as const) : []),
    ...(stated.agreement === 'not-sure' ? (['agreement'] as const) : []),
  ];
}

/** The agreement for level A: the directory's word, else the person's. */
function agreementOf(known: Case): boolean | null {
  const agreement = known.facts?.agreement ?? null;
  if (agreement !== null) return agreement;
  const stated = known.stated.agreement;
  return stated === undefined || stated === 'not-sure' ? null : stated === 'yes';
}

/** The level that is asked for: the person's choice, else what the text says. */
export function wantedSeverity(known: Case): Severity {
  const proposed = known.triage?.severity;
  return known.severity ?? (proposed ? proposed : 'C');
}

/** A turn asks the same of the same case many times; a case is never changed in place, so its decision can be kept. */
const decided = new WeakMap<Case, Map<Severity, Decision>>();

/** The rules' decision on what is known so far; `severity` asks what another level would mean. */
export function decisionOf(
  known: Case,
  tools: Pick<Tools, 'rules' | 'now'>,
  severity: Severity = wantedSeverity(known),
): Decision {
  let decisions = decided.get(known);
  if (!decisions) decided.set(known, (decisions = new Map()));
  let decision = decisions.get(severity);
  if (!decision) decisions.set(severity, (decision = decideNow(known, tools, severity)));
  return decision;
}

function decideNow(known: Case, tools: Pick<Tools, 'rules' | 'now'>, severity: Severity): Decision {
  const offering = offeringOf(known) ?? 'worldwide';
  const question: Question = {
    offering,
    person: personOf(known),
    purchase: purchaseOf(known),
    ...(known.stated.affected && { affected: known.stated.affected }),
    agreement: agreementOf(known),
    category: known.triage?.category ?? 'technical',
    ...(known.stated.behalf && { behalf: known.stated.behalf }),
    severity,
    now: new Date(tools.now).toISOString(),
    ...(known.timeZone !== null && { timeZone: known.timeZone }),
    ...phoneAndMail(known),
    agentsOnDuty: false,
    openAnyway: known.openAnyway,
    unsure: unsureOf(known),
  };
  return decide(question, tools.rules);
}

function phoneAndMail(known: Case): { phone?: string; email?: string } {
  const phone = known.contact.phone ?? known.facts?.phone;
  const email = known.contact.email ?? known.facts?.email;
  return { ...(phone && { phone }), ...(email && { email }) };
}

/**
 * When the phone opens after a wished callback, where it is closed at that instant (ISO); null where it is open, or where no
 * source states the hours.
 */
export function closedAt(iso: string, known: Case, tools: Pick<Tools, 'rules' | 'now'>): string | null {
  const then = decideNow(known, { ...tools, now: Date.parse(iso) }, wantedSeverity(known));
  return then.openNow ? null : then.opensAt;
}

/** Whether response times are promised at all: elsewhere a level only orders the queue. */
export function promisesLevels(known: Case, tools: Pick<Tools, 'rules'>): boolean {
  return tools.rules.offerings[offeringOf(known) ?? 'worldwide'].severity.promised.value;
}

/**
 * What a request rests on that only the person said: it says "unverified" then, and what. Empty: a directory vouches, which
 * says only what it knows.
 */
export function unverifiedOf(known: Case, tools: Pick<Tools, 'rules' | 'now'>): UnverifiedFact[] {
  const { facts, stated } = known;
  const rule = tools.rules.offerings[offeringOf(known) ?? 'worldwide'].who.allThroughPartner.value;
  const asksPurchase = personOf(known) !== 'partner' && rule !== 'no-rule';
  const isLevelA = decisionOf(known, tools).severity === 'A';
  const listed = facts?.customers.some(({ id }) => id === stated.customer?.id) ?? false;
  const open: Record<UnverifiedFact, boolean> = {
    role: (facts?.role ?? 'unknown') === 'unknown',
    purchase: asksPurchase && (facts?.purchase ?? 'unknown') === 'unknown',
    agreement: isLevelA && stated.agreement === 'yes' && (facts?.agreement ?? null) === null,
    customer: stated.customer !== undefined && !listed,
  };
  return UNVERIFIED_FACTS.filter((fact) => open[fact]);
}

/** The region that picks a phone number: the directory's, else the channel's locale, else the language's home. */
export function countryOf(known: Case): string {
  const home = { en: 'US', 'zh-CN': 'CN', ja: 'JP' } as const;
  return known.facts?.country ?? known.region ?? home[known.language];
}
