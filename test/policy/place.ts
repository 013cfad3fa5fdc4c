import { readRules } from '#knowledge/rules.ts';
import type { Offering, Rules } from '#knowledge/offering.ts';
import type { OfferingId } from '#knowledge/schema.ts';
import { decide, questionSchema, type Decision, type Question } from '#src/policy/decide.ts';
import { fileURLToPath } from 'node:url';

/** The real rules, and short ways to ask them. */
export const rules: Rules = readRules(fileURLToPath(new URL('../../knowledge', import.meta.url)));

export function offering(id: OfferingId): Offering {
  return rules.offerings[id];
}

/** A question that opens a request; each test names only what it is about. */
export function question(facts: Partial<Question>): Question {
  return questionSchema.parse({
    offering: 'o365-21vianet',
    person: 'may-open',
    purchase: 'direct',
    agreement: false,
    category: 'technical',
    severity: 'B',
    now: beijing('2026-11-18 15:00'),
    ...facts,
  });
}

export function decided(facts: Partial<Question>): Decision {
  return decide(question(facts), rules);
}

/** "2026-11-20 15:00" on a clock in Beijing, as an ISO instant. */
export function beijing(clock: string): string {
  const at = `${clock.replace(' ', 'T')}${clock.length === 16 ? ':00' : ''}+08:00`;
  return new Date(at).toISOString();
}
