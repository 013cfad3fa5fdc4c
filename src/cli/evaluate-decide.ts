import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Rules } from '#knowledge/offering.ts';
import { decide, questionSchema, type Decision, type Question } from '#src/policy/decide.ts';
import { renderDecideReport } from './decide-report.ts';
import type { Confused, DecideScore } from './decide-report.ts';

const methodsSchema = z.union([
  z.record(z.string(), z.boolean()),
  z.array(z.object({ method: z.string(), available: z.boolean() })),
]);

/** What a labelled question may expect; whatever is left out is not compared. */
const expectSchema = z.object({
  route: z.string().optional(),
  severity: z.string().optional(),
  /** null: not lowered. */
  cap: z.string().nullable().optional(),
  provisional: z.boolean().optional(),
  /** null: no number is shown. */
  phoneNumber: z.string().nullable().optional(),
  respondBy: z.string().nullable().optional(),
  openNow: z.boolean().optional(),
  opensAt: z.string().nullable().optional(),
  contactMethods: methodsSchema.optional(),
});
type Expected = z.infer<typeof expectSchema>;

const idSchema = z.object({ id: z.union([z.string(), z.number()]) });

interface Gold {
  id: string | number;
  question: Question;
  expected: Expected;
}

/**
 * `evaluate decide`: labelled questions in; scores of all, of each offering and of each field out, then the confusion of
 * routes and levels, then a line for each miss.
 * What is expected stands in `expect`, or beside the question under the answer's names (but `severity`, which is the
 * question's there). Returns 0, 1 where anything was missed, 2 where a line can't be read.
 */
export async function runEvaluateDecide(
  lines: AsyncIterable<string>,
  options: { rules: Rules; report?: string | undefined },
  out: (line: string) => void,
): Promise<number> {
  const gold: Gold[] = [];
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    const read = readGold(line);
    if (read === undefined) {
      console.error(`line ${number}: not a labelled question`);
      return 2;
    }
    gold.push(read);
  }
  const results = gold.map((one) => ({ one, fields: compare(one, decide(one.question, options.rules)) }));
  const misses = results.flatMap(({ one, fields }) =>
    fields.flatMap(({ right, ...field }) => (right ? [] : [{ id: one.id, offering: one.question.offering, ...field }])),
  );
  const scores = scoresOf(results);
  const confusion = confusionOf(results.flatMap(({ fields }) => fields));
  for (const one of scores) out(JSON.stringify(one));
  for (const one of confusion) out(JSON.stringify({ confusion: one.field, ...one }));
  for (const miss of misses) out(JSON.stringify({ miss: miss.id, ...miss }));
  if (options.report !== undefined) writeFileSync(options.report, renderDecideReport({ scores, confusion, misses }));
  return misses.length === 0 ? 0 : 1;
}

function readGold(line: string): Gold | undefined {
  try {
    const data = z.record(z.string(), z.unknown()).parse(JSON.parse(line));
    const asked = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
    const { severity: _asked, ...beside } = data;
    const expected = expectSchema.parse(data['expect'] ?? data['expected'] ?? beside);
    return { ...idSchema.parse(data), question: questionSchema.parse(asked), expected };
  } catch {
    return undefined;
  }
}

interface Field {
  field: string;
  expected: unknown;
  decided: unknown;
  right: boolean;
}

function compared(name: string, wanted: unknown, decided: unknown): Field[] {
  return wanted === undefined ? [] : [{ field: name, expected: wanted, decided, right: wanted === decided }];
}

function compare({ expected }: Gold, decision: Decision): Field[] {
  const methods = Object.entries(availability(expected.contactMethods)).flatMap(([method, available]) => {
    const decided = decision.contactMethods.find((each) => each.method === method)?.available;
    return [
      { field: `contact ${method}`, expected: available, decided: decided ?? null, right: available === decided },
    ];
  });
  return [
    ...compared('route', expected.route, decision.route),
    ...compared('severity', expected.severity, decision.severity),
    ...compared('cap', expected.cap, decision.cap ?? null),
    ...compared('provisional', expected.provisional, decision.provisional),
    ...compared('phoneNumber', expected.phoneNumber, decision.phoneNumber ?? null),
    ...compared('respondBy', instant(expected.respondBy), instant(decision.respondBy)),
    ...compared('openNow', expected.openNow, decision.openNow),
    ...compared('opensAt', instant(expected.opensAt), instant(decision.opensAt)),
    ...methods,
  ];
}

function availability(methods: Expected['contactMethods']): Record<string, boolean> {
  if (methods === undefined) return {};
  return Array.isArray(methods) ? Object.fromEntries(methods.map((each) => [each.method, each.available])) : methods;
}

/** The same instant may be written in any zone; what is no instant stays as it is and matches nothing. */
function instant(text: string | null | undefined): string | null | undefined {
  const at = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? text : new Date(at).toISOString();
}

const CONFUSABLE = ['route', 'severity'];

/** How often which route or level was decided where which was expected; the right ones, too. */
function confusionOf(fields: readonly Field[]): Confused[] {
  const cells = new Map<string, Confused>();
  for (const { field, expected, decided } of fields) {
    if (!CONFUSABLE.includes(field)) continue;
    const key = JSON.stringify([field, expected, decided]);
    const { count } = cells.get(key) ?? { count: 0 };
    cells.set(key, { field, expected: String(expected), decided: String(decided), count: count + 1 });
  }
  return [...cells.values()];
}

function scoresOf(results: readonly { one: Gold; fields: readonly Field[] }[]): DecideScore[] {
  const whole = (group: string, of: typeof results) =>
    score(
      group,
      of.map(({ fields }) => fields.every(({ right }) => right)),
    );
  const offerings = [...new Set(results.map(({ one }) => one.question.offering))];
  const all = results.flatMap(({ fields }) => fields);
  const names = [...new Set(all.map(({ field }) => field))];
  return [
    whole('all', results),
    ...offerings.map((id) =>
      whole(
        id,
        results.filter(({ one }) => one.question.offering === id),
      ),
    ),
    ...names.map((name) =>
      score(
        name,
        all.filter(({ field }) => field === name).map(({ right }) => right),
      ),
    ),
  ];
}

function score(group: string, right: readonly boolean[]): DecideScore {
  const count = right.filter(Boolean).length;
  return { group, compared: right.length, right: count, share: right.length === 0 ? 1 : count / right.length };
}
