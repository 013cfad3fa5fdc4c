import { matchIncident } from '#src/intake/incidents.ts';
import { similarRequest } from '#src/intake/similar.ts';
import type { Case } from './case.ts';
import { offeringOf, wantedSeverity } from './entitlement.ts';
import { next } from './next.ts';
import type { Context, Deed } from './question.ts';
import { linkTo } from './questions/incident.ts';

/**
 * Looks up what a new fact makes it possible to know, before the next question is chosen: the incident it may be, the
 * article that may answer it, the open request that says the same. Each is looked up once per description.
 */
export function settle(context: Context): { case: Case; deeds: Deed[] } {
  const incident = settleIncident(context);
  const answered = settleAnswer({ ...context, case: incident.case });
  const deeds = [...incident.deeds, ...answered.deeds];
  return { case: settleSimilar({ ...context, case: answered.case }), deeds };
}

/** One that the person is linked with isn't asked about again; should it have come back, they wait for its end anew. */
function settleIncident({ case: known, tools, world }: Context): { case: Case; deeds: Deed[] } {
  const offering = offeringOf(known);
  if (known.incidentChecked || known.description === null || offering === null) return { case: known, deeds: [] };
  const checked = { ...known, incidentChecked: true, incident: null };
  if (known.triage?.category !== 'technical') return { case: checked, deeds: [] };
  const found = matchIncident(known.description, world.incidents(offering), tools.services);
  if (!found) return { case: checked, deeds: [] };
  const isLinked = known.linked.includes(found.id);
  const incident = { id: found.id, outcome: isLinked ? ('me-too' as const) : null };
  return { case: { ...checked, incident }, deeds: isLinked ? [linkTo(found, offering)] : [] };
}

/** Categories in which an article may settle the matter; a total outage is not answered with reading matter. */
const ANSWERABLE = new Set(['technical', 'billing', 'how-to', 'partner-center']);

function settleAnswer({ case: known, tools }: Context): { case: Case; deeds: Deed[] } {
  const offering = offeringOf(known);
  const category = known.triage?.category;
  if (known.answered || known.description === null || offering === null || !category) return { case: known, deeds: [] };
  const settled = { ...known, answered: true };
  const isIncident = known.incident?.outcome === 'me-too';
  if (!ANSWERABLE.has(category) || wantedSeverity(known) === 'A' || isLockedOut(known) || isIncident)
    return { case: settled, deeds: [] };
  const { best } = tools.search.ask({ question: known.description, language: known.language, offering });
  // For a customer only what may be tried helps: whom to call there is the reseller's own affair.
  const helps = known.stated.behalf !== 'customer' || best?.topic.startsWith('ts.') === true;
  if (best && helps && !isBesideThePoint(best.topic, known))
    return { case: { ...settled, answer: { topic: best.topic, outcome: null } }, deeds: [] };
  // A bill or a fault without an article is a gap in the book as much as a question is; a found one that isn't shown is none.
  const asked: Deed[] = best ? [] : [{ kind: 'unanswered', question: known.description }];
  return { case: settled, deeds: asked };
}

/** Articles that tell how support works; whoever tells of a fault, without a question, wants it mended. */
const OF_SUPPORT = /^(?:ww|o365cn|azurecn)\.(?!service-health$)/;
const ASKS =
  /[?？]|\b(?:how|what|when|who|where|which|can|does)\b|[吗呢]|怎|什么|哪|多久|多少|几|谁|如何|能否|[すたう]か|どう|いつ|なに|何|誰|どこ|いくら/iu;

function isBesideThePoint(topic: string, { triage, description }: Case): boolean {
  return triage?.category === 'technical' && OF_SUPPORT.test(topic) && !ASKS.test(description ?? '');
}

/** Who can't sign in has been told the number to call; an article about the admin center is behind the locked door. */
function isLockedOut(known: Case): boolean {
  return known.facts?.signedIn !== true && known.triage?.product === 'identity';
}

/** Only when the case has come as far as a request: before that nobody needs to hear of others. Their own come first. */
function settleSimilar({ case: known, tools, world }: Context): Case {
  const { description, facts } = known;
  if (known.similarChecked || description === null || facts?.signedIn !== true) return known;
  if (next({ ...known, similar: null }, tools) !== 'severity') return known;
  const offering = offeringOf(known);
  const own = world.requests().filter((one) => one.state === 'open' && one.offering === offering);
  const mine = similarRequest(description, own);
  const tenant = seesColleagues(known);
  const others = mine || tenant === null ? [] : world.colleagues(tenant).filter((one) => one.offering === offering);
  const found = mine ?? similarRequest(description, others);
  const similar = found && { number: found.number, outcome: null, colleague: found !== mine };
  return { ...known, similarChecked: true, similar };
}

/** The organization whose requests the person may know of: an admin's, vouched for by the directory, never by the person. */
export function seesColleagues({ facts, stated }: Case): string | null {
  if (facts?.role !== 'may-open' || stated.behalf === 'customer') return null;
  return facts.tenant;
}
