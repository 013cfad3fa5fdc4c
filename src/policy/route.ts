import type { Leaf, Offering } from '#knowledge/offering.ts';
import type { Category } from '#knowledge/schema.ts';
import { agreementMatters } from './grant.ts';
import type { Question } from './question.ts';
import type { Reason } from './reason.ts';

export const ROUTES = [
  'open',
  'ask-admin',
  'ask-purchase',
  'ask-agreement',
  'not-admin',
  'admin-without-permission',
  'contact-partner',
  'partner-first',
  'partner-center',
  'on-behalf',
  'presales',
  'out-of-scope',
] as const;
export type Route = (typeof ROUTES)[number];

/** Routes on which a request can be filed. */
const FILING: readonly Route[] = ['open', 'partner-first', 'partner-center', 'on-behalf'];

export function canFile(route: Route): boolean {
  return FILING.includes(route);
}

/** What is known so far; the dialogs ask again whenever a fact is added. */
export type RouteFacts = Pick<
  Question,
  'person' | 'purchase' | 'affected' | 'agreement' | 'category' | 'behalf' | 'severity' | 'openAnyway' | 'unsure'
>;

export interface Routing {
  route: Route;
  reason: Reason;
  /** The value that the route rests on. */
  rests: Leaf<unknown>;
}

/** Who may open a request (policy section 2), first match wins: the order of the steps is the order of the policy. */
export function routeOf(facts: RouteFacts, offering: Offering): Routing {
  return (
    byCategory(facts.category, offering) ??
    byReseller(facts, offering) ??
    byRole(facts, offering) ??
    asOwnPartnerCenter(facts, offering) ??
    byPurchase(facts, offering) ??
    byAgreement(facts, offering) ??
    asOpen(facts, offering)
  );
}

function to(route: Route, reason: Reason, rests: Leaf<unknown>): Routing {
  return { route, reason, rests };
}

function byCategory(category: Category, offering: Offering): Routing | undefined {
  if (category === 'out-of-scope') {
    return to('out-of-scope', 'third-party-or-network', offering.scope.thirdParty);
  }
  if (category === 'presales') return to('presales', 'before-purchase', offering.who.presales);
  return undefined;
}

/**
 * A reseller at another offering than Partner Center mostly speaks for a customer, being "the point of contact … for the
 * services you resell" (seed 001). With an own problem there, the reseller is a customer like any other: see `byRole`.
 */
function byReseller(facts: RouteFacts, offering: Offering): Routing | undefined {
  if (facts.person !== 'partner') return undefined;
  const isAboutPartnerCenter = offering.id === 'partner-center-21vianet' || facts.category === 'partner-center';
  const isForCustomer = facts.behalf === 'customer' || (facts.behalf === undefined && !isAboutPartnerCenter);
  if (isForCustomer) return to('on-behalf', 'for-customer', offering.who.onBehalf);
  if (isAboutPartnerCenter) {
    return to('partner-center', 'own-partner-center', offering.who.ownPartnerCenter);
  }
  return undefined;
}

function byRole(facts: RouteFacts, offering: Offering): Routing | undefined {
  const { admin, permission } = offering.who;
  switch (facts.person) {
    case 'may-open':
      return undefined;
    case 'admin-without-permission':
      return to('admin-without-permission', 'role-cannot-open', permission);
    case 'not-admin':
      return to('not-admin', 'needs-admin', admin);
    case 'partner':
    case 'unknown':
      return facts.unsure?.includes('admin') === true
        ? to('not-admin', 'needs-admin', admin)
        : to('ask-admin', 'admin-unknown', admin);
  }
}

/** Whoever may open requests in Partner Center is a reseller, though no directory said so. */
function asOwnPartnerCenter(facts: RouteFacts, offering: Offering): Routing | undefined {
  return offering.id === 'partner-center-21vianet' ? byReseller({ ...facts, person: 'partner' }, offering) : undefined;
}

function byPurchase(facts: RouteFacts, offering: Offering): Routing | undefined {
  const { allThroughPartner, affectedThroughPartner } = offering.who;
  switch (facts.purchase) {
    case 'direct':
    case 'trial':
      return undefined;
    case 'partner':
      return throughPartner(facts, allThroughPartner, 'all-through-partner');
    case 'both':
      if (facts.affected !== 'partner') return undefined;
      return throughPartner(facts, affectedThroughPartner, 'affected-through-partner');
    case 'unknown':
      if (allThroughPartner.value === 'no-rule' || facts.unsure?.includes('purchase') === true) return undefined;
      return to('ask-purchase', 'purchase-unknown', allThroughPartner);
  }
}

type PartnerRule = Offering['who']['allThroughPartner'];

function throughPartner(facts: RouteFacts, rule: PartnerRule, reason: Reason): Routing | undefined {
  switch (rule.value) {
    case 'contact-partner':
      return to('contact-partner', reason, rule);
    case 'partner-first':
      if (facts.openAnyway === true) return undefined;
      return to('partner-first', reason === 'all-through-partner' ? 'reseller-first' : reason, rule);
    case 'no-rule':
      return undefined;
  }
}

function byAgreement(facts: RouteFacts, offering: Offering): Routing | undefined {
  if (!agreementMatters(facts, offering) || facts.unsure?.includes('agreement') === true) return undefined;
  return to('ask-agreement', 'agreement-unknown', offering.severity.agreement.required);
}

function asOpen(facts: RouteFacts, offering: Offering): Routing {
  const { admin, trial, affectedThroughPartner, oneDirect } = offering.who;
  if (facts.openAnyway === true) return to('open', 'opened-anyway', affectedThroughPartner);
  if (facts.purchase === 'trial') return to('open', 'trial-may-open', trial);
  if (facts.purchase === 'both' && oneDirect !== undefined) return to('open', 'one-direct', oneDirect);
  return to('open', 'may-open', admin);
}
