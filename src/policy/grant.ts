import type { Leaf, Offering } from '#knowledge/offering.ts';
import { SEVERITIES, type Category, type Severity } from '#knowledge/schema.ts';
import type { Reason } from './reason.ts';

export interface Proposal {
  /** '' where no level applies. */
  severity: Severity | '';
  category: Category;
  /** Is there the agreement that level A needs? null = unknown. */
  agreement: boolean | null;
}

/** The level that goes into the request. `cap` is set where it lowered the proposal; `rests` is the value behind that. */
export interface Grant {
  severity: Severity | '';
  cap?: Severity;
  reason: Reason;
  rests: Leaf<unknown>;
}

/** Granted = the lower of proposed and cap (policy section 3). An unknown agreement counts as none until it is known. */
export function grantSeverity(proposal: Proposal, offering: Offering): Grant {
  const { severity } = proposal;
  const { promised } = offering.severity;
  if (severity === '') return { severity, reason: 'no-level', rests: promised };
  const cap = capOf(proposal, offering);
  if (rank(severity) < rank(cap.level)) {
    return { severity: cap.level, cap: cap.level, reason: cap.reason, rests: cap.rests };
  }
  return { severity, reason: promised.value ? 'level-as-proposed' : 'level-orders-queue', rests: promised };
}

/** Proposed A would be granted but for the agreement, of which nobody knows: ask before deciding. */
export function agreementMatters(proposal: Proposal, offering: Offering): boolean {
  const { required } = offering.severity.agreement;
  const couldBeA = proposal.severity === 'A' && categoryCap(proposal.category, offering).level === 'A';
  return couldBeA && required.value && proposal.agreement === null;
}

interface Cap {
  level: Severity;
  reason: Reason;
  rests: Leaf<unknown>;
}

function capOf(proposal: Proposal, offering: Offering): Cap {
  const byCategory = categoryCap(proposal.category, offering);
  const { required } = offering.severity.agreement;
  const mayHaveA = !required.value || proposal.agreement === true;
  if (byCategory.level !== 'A' || mayHaveA) return byCategory;
  const isUnknown = proposal.agreement === null;
  return { level: 'B', reason: isUnknown ? 'capped-agreement-unknown' : 'capped-agreement-missing', rests: required };
}

function categoryCap(category: Category, offering: Offering): Cap {
  const { caps } = offering.severity;
  switch (category) {
    case 'how-to':
      return { level: caps['how-to'].value, reason: 'capped-how-to', rests: caps['how-to'] };
    case 'billing':
      return { level: caps.billing.value, reason: 'capped-billing', rests: caps.billing };
    case 'technical':
      return { level: caps.technical.value, reason: 'capped-technical-only', rests: caps.technical };
    case 'presales':
    case 'partner-center':
    case 'out-of-scope':
    case 'human':
    case 'chitchat':
      return { level: caps.other.value, reason: 'capped-technical-only', rests: caps.other };
  }
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
