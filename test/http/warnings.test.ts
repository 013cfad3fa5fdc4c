import { expect, test } from 'vitest';
import { healthRoutes } from '#src/http/health.ts';
import { missingCalendars } from '#src/policy/missing-calendars.ts';
import { callOf } from '../pages/call.ts';
import { rules } from '../policy/place.ts';

async function readyAt(now: string, warned = true) {
  const warnings = () => missingCalendars(rules, Date.parse(now)).map(({ calendar, year }) => `${calendar}-${year}`);
  const routes = healthRoutes({ draining: () => false, checks: [], ...(warned && { warnings }) });
  const ready = routes.find(({ path }) => path === '/readyz');
  return ready?.handle(callOf('/readyz', {}, {}));
}

test.each([
  ['2026-11-30T23:59:59+08:00', { status: 'ok' }],
  ['2026-12-01T00:00:00+08:00', { status: 'ok', warnings: ['cn-2027'] }],
  ['2027-06-01T12:00:00+08:00', { status: 'ok', warnings: ['cn-2027'] }],
])('ready at %s, with what is missing', async (now, json) => {
  expect(await readyAt(now)).toEqual({ status: 200, json });
});

test('nothing to warn of, nothing said', async () => {
  expect(await readyAt('2026-12-31T00:00:00Z', false)).toEqual({ status: 200, json: { status: 'ok' } });
});

test('the year is missed once, not by every offering; supplied, it is missed no more', () => {
  const now = Date.parse('2026-12-24T00:00:00Z');
  expect(missingCalendars(rules, now)).toEqual([{ calendar: 'cn', year: '2027' }]);
  const cn = rules.calendars['cn'];
  if (cn === undefined) throw new Error('no calendar');
  const source = { doc: 'a notice', words: 'x' };
  const years = { ...cn.years, '2027': { holidays: ['01-01'], workdays: [], source } };
  expect(missingCalendars({ ...rules, calendars: { cn: { ...cn, years } } }, now)).toEqual([]);
});
