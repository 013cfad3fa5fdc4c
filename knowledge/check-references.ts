import type { Excerpts } from './excerpts.ts';
import type { Finding } from './finding.ts';
import type { Role, Rules } from './offering.ts';
import { valuesOf } from './values.ts';

/** What one file says of another, or of the world, must be there: addresses in their documents, countries, roles. */
export function checkReferences(rules: Rules, roles: readonly Role[], excerpts: Excerpts): Finding[] {
  return [...checkLinks(rules, excerpts), ...checkCountries(rules), ...checkRoles(roles)];
}

/** An address that is said to come from a document stands in it. */
function checkLinks(rules: Rules, excerpts: Excerpts): Finding[] {
  return valuesOf(rules).flatMap(({ path, value, source }) => {
    const [offering = '', section, ...name] = path.split('.');
    if (section !== 'links' || source === undefined || excerpts.holds(source.doc, String(value)) === true) return [];
    const problem = `${source.doc} doesn’t name ${value}`;
    return [{ file: `offerings/${offering}.yaml`, field: ['links', ...name].join('.'), problem }];
  });
}

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Every country exists, though its page may name no number; a country that an offering names is on the page, too. */
function checkCountries({ offerings, phones }: Rules): Finding[] {
  const unknown = Object.keys(phones).filter((code) => !/^[A-Z]{2}$/.test(code) || regions.of(code) === undefined);
  const named = Object.values(offerings).flatMap(({ id, countryNumbers = {} }) =>
    Object.keys(countryNumbers)
      .filter((code) => phones[code]?.some(({ cloud }) => cloud === id) !== true)
      .map((code) => ({
        file: `offerings/${id}.yaml`,
        field: `countryNumbers.${code}`,
        problem: 'not on the phone page',
      })),
  );
  const file = 'phone-numbers.json';
  return [...unknown.map((code) => ({ file, field: code, problem: 'no country of ISO 3166-1' })), ...named];
}

/** A role's id says which role it is: one id twice would give one role the rights of another. */
function checkRoles(roles: readonly Role[]): Finding[] {
  const twice = (pick: (role: Role) => string): Role[] =>
    roles.filter((role, index) => roles.findIndex((other) => pick(other) === pick(role)) < index);
  const found = [...twice(({ templateId }) => templateId), ...twice(({ name }) => name)];
  return found.map(({ name }) => ({ file: 'roles.json', field: name, problem: 'this role or its id stands twice' }));
}
