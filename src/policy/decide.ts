import type { Leaf, Offering, Rules } from '#knowledge/offering.ts';
import type { Severity } from '#knowledge/schema.ts';
import { contactMethods, type ContactMethod } from './contact-methods.ts';
import { countryOf } from './country.ts';
import { grantSeverity, type Grant } from './grant.ts';
import { openingAt } from './opening.ts';
import type { Question } from './question.ts';
import { citation, type Reason } from './reason.ts';
import { respondBy } from './respond-by.ts';
import { canFile, routeOf, type Route } from './route.ts';
import { scheduleOf } from './schedule.ts';
import type { Work } from './work.ts';
import { supportPhone } from './support-phone.ts';

export type { Question } from './question.ts';
export { questionSchema } from './question.ts';

/** The answer of `decide`. Reasons are codes; whoever prints them finds the words in the phrases. Instants are ISO, UTC. */
export interface Decision {
  route: Route;
  reason: Reason;
  source: string;
  severity: Severity | '';
  /** The highest level possible, where it lowered the proposed one. */
  cap?: Severity;
  /** Why it was lowered; set together with `cap`. */
  capReason?: Reason;
  respondBy: string | null;
  provisional: boolean;
  openNow: boolean;
  opensAt: string | null;
  contactMethods: readonly ContactMethod[];
  phoneNumber?: string;
}

/** Routes that send the person elsewhere than to the support line. */
const WITHOUT_SUPPORT_LINE: readonly Route[] = ['not-admin', 'admin-without-permission', 'contact-partner'];

/** Everything the policy says about one question, at the instant `question.now`. */
export function decide(question: Question, rules: Rules): Decision {
  const offering = rules.offerings[question.offering];
  const now = Date.parse(question.now);
  const routing = routeOf(question, offering);
  const grant = grantSeverity(question, offering);
  const place = placeOf(question, offering);
  const work: Work = {
    ...place,
    category: question.category,
    severity: grant.severity,
    development: question.development,
  };
  const schedule = scheduleOf(work, offering, rules);
  const opening = openingAt(schedule, now);
  const deadline = canFile(routing.route) ? respondBy(work, offering, rules, now) : null;
  const { cap } = grant;
  const phoneNumber = numberToCall(routing.route, question, { offering, rules, country: place.country });
  return {
    route: routing.route,
    reason: routing.reason,
    source: sourcesOf(routing.rests, grant, deadline?.rests),
    severity: grant.severity,
    ...(cap === undefined ? {} : { cap, capReason: grant.reason }),
    respondBy: isoOrNull(deadline?.at),
    provisional: deadline?.provisional ?? false,
    openNow: opening.openNow,
    opensAt: isoOrNull(opening.opensAt),
    contactMethods: contactMethods({ ...question, country: place.country }, schedule, now),
    ...(phoneNumber === undefined ? {} : { phoneNumber }),
  };
}

/** Where the person is. Customers of 21Vianet's clouds write Chinese numbers, wherever they are. */
function placeOf(question: Question, offering: Offering): Pick<Work, 'timeZone' | 'country'> {
  const country = offering.id === 'worldwide' ? countryOf(question) : 'CN';
  return { timeZone: question.timeZone, country };
}

/** What the route rests on, then a lowered level, then the promise of a time. */
function sourcesOf(route: Leaf<unknown>, grant: Grant, promise: Leaf<unknown> | undefined): string {
  const lowered = grant.cap === undefined ? [] : [grant.rests];
  return [route, ...lowered, ...(promise === undefined ? [] : [promise])].map(citation).join('; ');
}

interface Line {
  offering: Offering;
  rules: Rules;
  country: string | undefined;
}

function numberToCall(route: Route, question: Question, { offering, rules, country }: Line): string | undefined {
  if (WITHOUT_SUPPORT_LINE.includes(route)) return undefined;
  return supportPhone({ offering: offering.id, country, category: question.category }, rules) ?? undefined;
}

function isoOrNull(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString();
}
