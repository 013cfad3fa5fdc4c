import type { Finding } from './finding.ts';
import type { Contradictions, PhoneEntry, Rules } from './offering.ts';
import { valuesOf, type Plain, type Value } from './values.ts';

/** What one document says of one value. */
interface Statement {
  path: string;
  doc: string;
  value: Plain;
}

/**
 * Two documents that differ on a value are a finding, unless `contradictions.yaml` has decided it; and so is a decision
 * that no longer stands: its value isn't there, isn't the one in the file, or its winner said nothing.
 */
export function checkContradictions(rules: Rules, contradictions: Contradictions): Finding[] {
  const values = new Map(valuesOf(rules).map((value) => [value.path, value]));
  const statements = [...[...values.values()].flatMap(alsoSaid), ...saidByPhonePage(rules)];
  const undecided = statements.flatMap((said) => {
    const value = values.get(said.path);
    return value === undefined || agrees(value.value, said.value) || isDecided(said, value, contradictions)
      ? []
      : [differs(value, said)];
  });
  return [...undecided, ...Object.entries(contradictions).flatMap(([id, one]) => checkDecision(id, one, values))];
}

function alsoSaid({ path, also }: Value): Statement[] {
  return also.map(({ doc, value }) => ({ path, doc, value }));
}

/** Numbers are the same when their digits are; the country's own code may be left out. */
function agrees(one: Plain, other: Plain): boolean {
  if (one === other) return true;
  const [a, b] = [digits(one), digits(other)];
  return a.length >= 8 && b.length >= 8 && (a.endsWith(b) || b.endsWith(a));
}

function digits(value: Plain): string {
  return typeof value === 'string' && /^[\d\s()+-]+$/.test(value) ? value.replace(/\D/g, '') : '';
}

/** Decided is what was known when it was: a document that says yet another thing later is a new contradiction. */
function isDecided(said: Statement, value: Value, contradictions: Contradictions): boolean {
  return Object.values(contradictions).some(
    ({ decides, statements }) =>
      decides[said.path] === value.value &&
      statements.some(({ doc, words, value: stated }) => {
        return doc === said.doc && (stated === said.value || words.includes(String(said.value)));
      }),
  );
}

function differs({ path, value, source }: Value, said: Statement): Finding {
  const [offering = '', ...rest] = path.split('.');
  const ours = source === undefined ? 'the assumption' : source.doc;
  const problem = `${ours} says ${value}, ${said.doc} says ${said.value}: contradictions.yaml doesn’t decide it`;
  return { file: `offerings/${offering}.yaml`, field: rest.join('.'), problem };
}

function checkDecision(id: string, one: Contradictions[string], values: ReadonlyMap<string, Value>): Finding[] {
  const file = 'contradictions.yaml';
  const { decides, statements, won } = one;
  const stale = Object.entries(decides).flatMap(([path, wanted]) => {
    const there = values.get(path)?.value;
    if (there === undefined) return [`there is no value ${path}`];
    return there === wanted ? [] : [`${path} is ${there}, decided is ${wanted}`];
  });
  const silent = statements.some(({ doc }) => doc === won) ? [] : [`${won} won without a statement`];
  return [...stale, ...silent].map((problem) => ({ file, field: id, problem }));
}

const PHONE_PAGE = 'support-contact-info';
const SPAN = /(\d\d:\d\d)-(\d\d:\d\d)/;

/** What the page of telephone numbers says of the values that the offerings have, too. */
function saidByPhonePage({ offerings, phones }: Rules): Statement[] {
  const pages = Object.values(phones).flat();
  const numbers = Object.entries(offerings.worldwide.countryNumbers ?? {}).map(([country]) => ({
    path: `worldwide.countryNumbers.${country}`,
    doc: PHONE_PAGE,
    value: pages.find((page) => page.countryCode === country && page.cloud === 'worldwide')?.numbers[0]?.number ?? '',
  }));
  return [...numbers, ...pages.flatMap((page) => (page.cloud === 'worldwide' ? worldwide(page) : china(page)))];
}

/** The worldwide seed promises technical support in English at any hour, wherever one is. */
function worldwide({ technical }: PhoneEntry): Statement[] {
  return technical
    .filter(({ language, hours }) => language === 'en' && hours !== '24x7')
    .map(({ hours }) => ({ path: 'worldwide.hours.technical.perDay', doc: PHONE_PAGE, value: hours }));
}

function china({ cloud, numbers, billing, technical }: PhoneEntry): Statement[] {
  const said = (path: string, value: Plain): Statement => ({ path: `${cloud}.${path}`, doc: PHONE_PAGE, value });
  const span = (kind: string, lines: PhoneEntry['billing']) =>
    lines.flatMap(({ hours }) => {
      const [, opens = '', closes = ''] = SPAN.exec(hours) ?? [];
      return [said(`hours.${kind}.opens`, opens), said(`hours.${kind}.closes`, closes)];
    });
  return [
    ...numbers.map(({ number }) => said('phone.support', number)),
    ...span('billing', billing),
    ...span('technical', technical),
  ];
}
