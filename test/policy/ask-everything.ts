import { beijing, decided } from './place.ts';

// Run by zones.test.ts under several TZ: prints decisions over a year, also around changes of the clock.
const FIRST = Date.parse('2026-01-01T00:30:00Z');
const HOURS = 3_600_000;

for (let step = 0; step < 365; step += 1) {
  const now = new Date(FIRST + step * 25 * HOURS).toISOString();
  const office = decided({ category: step % 2 === 0 ? 'technical' : 'billing', now });
  const azure = decided({ offering: 'azure-21vianet', development: true, now });
  const abroad = decided({ offering: 'worldwide', category: 'billing', timeZone: 'America/New_York', now });
  process.stdout.write(`${now} ${office.respondBy} ${office.opensAt} ${azure.respondBy} ${abroad.opensAt}\n`);
}
process.stdout.write(`${beijing('2026-03-08 02:30')}\n`);
