import type { Category, Language, OfferingId, Product, Severity } from '#knowledge/schema.ts';
import { LANGUAGES } from '#knowledge/schema.ts';
import type { Evidence, UnverifiedFact } from '#src/requests/request.ts';
import { parseCase } from './case.ts';
import type { Case } from './case.ts';
import { decisionOf, offeringOf, unverifiedOf } from './entitlement.ts';
import type { Tools } from './question.ts';

/** What an agent gets to know with a conversation, so that nobody has to say anything twice. */
export interface Packet {
  person: {
    name: string | null;
    signedIn: boolean;
    /** `directory`: role and purchase are vouched for · `stated`: the person said so · `unknown`: nobody was asked yet. */
    known: 'directory' | 'stated' | 'unknown';
    role: string;
    roleName: string | null;
    language: Language;
    timeZone: string | null;
    country: string | null;
  };
  entitlement: {
    offering: OfferingId | null;
    route: string;
    purchase: string;
    agreement: boolean | null;
    unverified: readonly UnverifiedFact[];
    source: string;
  };
  severity: {
    /** The level that would be granted now. */
    level: Severity | '';
    proposed: Severity | '';
    chosen: Severity | null;
    cap: Severity | null;
    evidence: readonly Evidence[];
    respondBy: string | null;
    provisional: boolean;
  };
  category: Category | null;
  product: Product | null;
  description: string | null;
  impact: string | null;
  contact: {
    method: string | null;
    phone: string | null;
    email: string | null;
    callbackAt: string | null;
    secondContact: string | null;
    /** Where a code may be sent: the organization's own addresses. */
    registeredMails: readonly string[];
  };
  /** Articles that were shown, and whether they helped. */
  answers: readonly {
    topic: string;
    /** The article's title, in each language in which there is one. */
    titles: Partial<Record<Language, string>>;
    outcome: 'yes' | 'no' | null;
  }[];
  /** Questions that the person answered, in order, with what was understood. */
  asked: readonly { step: string; answer: string }[];
  incident: { id: string; outcome: string | null } | null;
  customer: { id: string; name: string; reference: string | null } | null;
  /** The request filed for this matter. */
  request: string | null;
}

/** Reads a stored case for the desk; null where nothing is stored, or in a shape that no longer exists. */
export function packetOf(state: unknown, tools: Pick<Tools, 'rules' | 'now' | 'article'>): Packet | null {
  const known = parseCase(state);
  if (!known) return null;
  const { triage, facts, stated } = known;
  return {
    person: personOf(known),
    entitlement: entitlementOf(known, tools),
    severity: severityOf(known, tools),
    category: triage?.category ?? null,
    product: triage?.product || null,
    description: known.description,
    impact: known.impact,
    contact: { ...contactOf(known), registeredMails: facts?.registeredMails ?? [] },
    answers: known.answer ? [{ ...known.answer, titles: titlesOf(known.answer.topic, known, tools) }] : [],
    asked: askedOf(known),
    incident: known.incident,
    customer: stated.customer
      ? { id: stated.customer.id, name: stated.customer.name, reference: stated.reference ?? null }
      : null,
    request: known.request?.number ?? null,
  };
}

/** Agents read the title in their own language, whatever the person was shown. */
function titlesOf(topic: string, known: Case, { article }: Pick<Tools, 'article'>): Partial<Record<Language, string>> {
  const offering = offeringOf(known);
  if (offering === null) return {};
  const found = LANGUAGES.flatMap((language) => article(topic, language, offering) ?? []);
  return Object.fromEntries(found.map(({ language, title }) => [language, title]));
}

function personOf({ facts, stated, language, timeZone, region }: Case): Packet['person'] {
  const isStated = Object.keys(stated).length > 0;
  const role = facts?.role ?? 'unknown';
  return {
    name: facts?.name ?? null,
    signedIn: facts?.signedIn ?? false,
    known: facts?.verified === true ? 'directory' : isStated ? 'stated' : 'unknown',
    role: role === 'unknown' ? (stated.admin === undefined ? 'unknown' : `stated-${stated.admin}`) : role,
    roleName: facts?.roleName ?? null,
    language,
    timeZone,
    country: facts?.country ?? region,
  };
}

function entitlementOf(known: Case, tools: Pick<Tools, 'rules' | 'now'>): Packet['entitlement'] {
  const { facts, stated } = known;
  const { route, source } = decisionOf(known, tools);
  const bought = facts?.purchase ?? 'unknown';
  return {
    offering: offeringOf(known),
    route,
    purchase: bought === 'unknown' ? (stated.purchase ?? 'unknown') : bought,
    agreement: facts?.agreement ?? (stated.agreement === undefined ? null : stated.agreement === 'yes'),
    unverified: unverifiedOf(known, tools),
    source,
  };
}

function severityOf(known: Case, tools: Pick<Tools, 'rules' | 'now'>): Packet['severity'] {
  const { triage, severity, request } = known;
  const decision = decisionOf(known, tools);
  const isKnown = triage !== null || severity !== null;
  return {
    level: isKnown ? decision.severity : '',
    proposed: triage?.severity ?? '',
    chosen: severity,
    cap: decision.cap ?? null,
    evidence: triage?.evidence ?? [],
    respondBy: request?.respondBy ?? (isKnown ? decision.respondBy : null),
    provisional: request?.provisional ?? decision.provisional,
  };
}

function contactOf({ contact, facts }: Case): Omit<Packet['contact'], 'registeredMails'> {
  return {
    method: contact.method ?? null,
    phone: contact.phone ?? facts?.phone ?? null,
    email: contact.email ?? facts?.email ?? null,
    callbackAt: contact.callbackAt ?? null,
    secondContact: contact.secondContact ?? null,
  };
}

/** What was understood of each answer, as ids and plain words; free texts stand elsewhere in the packet. */
function askedOf(known: Case): Packet['asked'] {
  const { stated, answer, incident, similar, severity } = known;
  const answers: Partial<Record<string, string | null | undefined>> = {
    offering: stated.offering,
    admin: stated.admin,
    purchase: stated.affected ?? stated.purchase,
    agreement: stated.agreement,
    behalf: stated.behalf,
    customer: stated.customer?.name,
    answer: answer?.outcome,
    incident: incident?.outcome,
    similar: similar?.outcome,
    severity,
  };
  return known.trail.flatMap((step) => {
    const given = answers[step];
    return given === null || given === undefined ? [] : [{ step, answer: given }];
  });
}
