import type { ServiceWords } from '#knowledge/schema.ts';
import { clausesOf, complains } from './complaint.ts';
import type { Incident } from './ports.ts';

/**
 * The current incident that a person's words are about, or null. Incidents are told in English, people write in three
 * languages: both are read as a service and its symptoms. A clause must complain of a symptom of the incident in its
 * service; of several, the one with the most in common wins. Rather none than a wrong one: whoever is asked "is it this?"
 * about something else loses time, and an incident that isn't found costs only a request.
 */
export function matchIncident(text: string, incidents: readonly Incident[], words: ServiceWords): Incident | null {
  if (incidents.length === 0) return null;
  const told = complaintsOf(text, words);
  let best: { incident: Incident; common: number } | null = null;
  for (const incident of incidents) {
    const subject = subjectOf(incident, words);
    const common = Math.max(0, ...told.map((complaint) => inCommon(complaint, subject)));
    if (common > (best?.common ?? 0)) best = { incident, common };
  }
  return best?.incident ?? null;
}

type Entry = ServiceWords['symptoms'][number];

interface Complaint {
  readonly clause: string;
  /** The clause by which the service is named: this one, or one before it. */
  readonly where: string;
  readonly symptoms: ReadonlySet<Entry>;
}

/** What a text complains of. A service named before stays the subject until another one is named. */
function complaintsOf(text: string, words: ServiceWords): Complaint[] {
  const complaints: Complaint[] = [];
  let where = '';
  for (const clause of clausesOf(text)) {
    if (words.services.some((service) => holdsAny(clause, service.words))) where = clause;
    if (!complains(clause)) continue;
    complaints.push({ clause, where: where === '' ? clause : where, symptoms: symptomsIn(clause, words) });
  }
  return complaints;
}

function symptomsIn(clause: string, words: ServiceWords): ReadonlySet<Entry> {
  return new Set(words.symptoms.filter((symptom) => holdsAny(clause, symptom.words)));
}

interface Subject {
  readonly serviceWords: readonly string[];
  readonly symptoms: readonly Entry[];
}

/** Words of a service's name that many services share. */
const SHARED_NAME = new Set([
  'microsoft',
  'office',
  'online',
  'business',
  'service',
  'services',
  'suite',
  'azure',
  'for',
]);

function subjectOf({ service, title, keywords }: Incident, words: ServiceWords): Subject {
  const name = service.toLowerCase();
  const listed = words.services.filter(({ names }) => names.some((one) => name.includes(one.toLowerCase())));
  const own = (name.match(/[a-z]{4,}/g) ?? []).filter((word) => !SHARED_NAME.has(word));
  const byTitle = symptomsOf(title, words);
  const symptoms = byTitle.length > 0 ? byTitle : symptomsOf(keywords.join(' '), words);
  return { serviceWords: [...listed.flatMap((one) => one.words), ...own], symptoms };
}

/** The symptoms that an English title tells. What it happens to (files) is none where the title says what happens. */
function symptomsOf(title: string, words: ServiceWords): Entry[] {
  const said = new Set(title.toLowerCase().match(/[a-z][a-z/'-]+/gu) ?? []);
  const all = words.symptoms.filter(({ signs }) => signs.some((sign) => said.has(sign)));
  const deeds = all.filter((symptom) => !isThing(symptom));
  return deeds.length > 0 ? deeds : all;
}

const isThing = ({ signs }: Entry): boolean => signs.includes('file') || signs.includes('message');
/** Who can't reach a service at all can neither send, find nor open anything there. */
const isAccess = ({ signs }: Entry): boolean => signs.includes('access');
/** What is late has not arrived. */
const isDelay = ({ signs }: Entry): boolean => signs.includes('delay');
const isArrival = ({ signs }: Entry): boolean => signs.includes('receive');

/** Another maker's mail, or a server of their own: no incident of Microsoft's. */
const FOREIGN =
  /gmail|qq\s*邮箱|企业微信|163|网易|yahoo|zoom|slack|dropbox|lotus|notes|自建|本地服务器|on-?prem|オンプレ|サイボウズ|ウェブ会議室/iu;

/** How much a complaint and an incident have in common; 0: nothing, or not the same service. */
function inCommon({ clause, where, symptoms }: Complaint, subject: Subject): number {
  if (FOREIGN.test(clause) || !(holdsAny(clause, subject.serviceWords) || holdsAny(where, subject.serviceWords)))
    return 0;
  const shared = subject.symptoms.filter((symptom) => symptoms.has(symptom)).length;
  const late = subject.symptoms.some(isDelay) && [...symptoms].some(isArrival);
  const unreachable = subject.symptoms.some(isAccess) && [...symptoms].some((symptom) => !isThing(symptom));
  return shared * 2 + (late || unreachable ? 1 : 0);
}

function holdsAny(text: string, words: readonly string[]): boolean {
  return words.some((word) => holds(text, word));
}

/** Latin words begin where a word begins ("shar" is in "sharing", "mail" is not in "voicemail"); others stand anywhere. */
function holds(text: string, word: string): boolean {
  const wanted = word.toLowerCase();
  if (!/^[a-z0-9]/.test(wanted)) return text.includes(wanted);
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (!/[a-z0-9]$/.test(text.slice(0, at))) return true;
  }
  return false;
}
