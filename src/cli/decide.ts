import { DateTime } from 'luxon';
import { z } from 'zod';
import words from '#knowledge/phrases/en/policy.json' with { type: 'json' };
import type { Rules } from '#knowledge/offering.ts';
import { createPhrases } from '#knowledge/phrases.ts';
import { decide, questionSchema, type Decision, type Question } from '#src/policy/decide.ts';
import type { Reason } from '#src/policy/reason.ts';

/** One line of the command: the question, and the id that its answer carries. */
const lineSchema = questionSchema.extend({ id: z.union([z.string(), z.number()]) });

const phrases = createPhrases({ en: new Map(Object.entries(words)), 'zh-CN': new Map(), ja: new Map() });

/**
 * `decide`: one JSON question a line in, one JSON decision a line out. A line that can't be read is named on stderr and
 * passed over. Returns the exit code: 0, or 2 where a line was bad.
 */
export async function runDecide(
  lines: AsyncIterable<string>,
  rules: Rules,
  out: (line: string) => void,
): Promise<number> {
  let number = 0;
  let code = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    const read = readLine(line);
    if ('problem' in read) {
      console.error(`line ${number}: ${read.problem}`);
      code = 2;
      continue;
    }
    const decision = decide(read.question, rules);
    out(JSON.stringify({ id: read.id, ...printed(decision, read.question, rules) }));
  }
  return code;
}

type Read = { id: string | number; question: Question } | { problem: string };

function readLine(line: string): Read {
  const data = parseJson(line);
  if (data === undefined) return { problem: 'not JSON' };
  const parsed = lineSchema.safeParse(withoutNulls(data));
  if (parsed.success) return { id: parsed.data.id, question: parsed.data };
  return { problem: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ') };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Programs write an absent field as null, too. */
function withoutNulls(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
}

/** The decision with its reasons as English words: of the route, of a lowered level, and of the promised time. */
function printed(decision: Decision, question: Question, rules: Rules): Record<string, unknown> {
  const { reason, source, capReason, contactMethods, route, ...rest } = decision;
  const home = rules.offerings[question.offering].zone?.value;
  const tell = (iso: string | null): string => (iso === null ? 'an unknown time' : told(iso, home, question.timeZone));
  const values = {
    wanted: question.severity,
    granted: decision.severity,
    agreement: rules.offerings[question.offering].severity.agreement.names?.en.value ?? '',
    opensAt: tell(decision.opensAt),
    respondBy: tell(decision.respondBy),
  };
  const say = (code: Reason): string => phrases.text('en', `policy.${code}`, values);
  const promise: Reason = decision.provisional ? 'first-response-provisional' : 'first-response';
  const reasons: Reason[] = [reason, ...(capReason ? [capReason] : []), ...(decision.respondBy ? [promise] : [])];
  return {
    route,
    reason: reasons.map(say).join(' '),
    source,
    ...rest,
    contactMethods: contactMethods.map((contact) => ({ ...contact, reason: say(contact.reason) })),
  };
}

/** An instant on the offering's clock and on the person's, where they are known: `Mon, 23 Nov 2026, 15:00 (Asia/Shanghai)`. */
function told(iso: string, home: string | undefined, person: string | undefined): string {
  const zones = [...new Set([home, person].filter((zone) => zone !== undefined))];
  const clocks = (zones.length === 0 ? ['UTC'] : zones).map((zone) => {
    return `${DateTime.fromISO(iso, { zone }).toFormat('ccc, d LLL yyyy, HH:mm', { locale: 'en' })} (${zone})`;
  });
  return clocks.join(', ');
}
