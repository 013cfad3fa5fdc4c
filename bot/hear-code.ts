import type { Tools } from '#dialogs/question.ts';
import { codeIn, standingOf, tryCode } from '#src/handoff/code.ts';
import type { LogRow, Storage, Unit } from '#src/log/ports.ts';
import type { Seal } from '#src/log/seal.ts';
import type { Turn } from '#src/log/turn.ts';
import { activityOf } from './activity.ts';
import { answerCode, pinRule } from './code-words.ts';
import type { Meaning } from './inbound.ts';
import type { Address } from './reception.ts';
import { conversationOf } from './whose.ts';

export interface HearingCode {
  readonly tools: Pick<Tools, 'phrases' | 'rules'>;
  readonly seal: Pick<Seal, 'digest'>;
}

/** The digest of a code: of no use in another conversation, or for another code. */
export function codeDigest(seal: Pick<Seal, 'digest'>, conversation: string, id: string, digits: string): string {
  return seal.digest('code', `${conversation}:${id}:${digits}`);
}

/** Whether an agent's code is open where somebody speaks: then digits are meant for it, and go to nobody else. */
export function awaitsCode(address: Address, { storage, clock }: { storage: Storage; clock: () => number }) {
  return storage.transact(async (unit) => {
    const { found } = await conversationOf(address, true, unit);
    const sent = found && (await unit.codes.of(found.id));
    return sent !== undefined && standingOf(sent, clock()) === 'open';
  });
}

/**
 * Takes digits for the code that an agent sent, while one is open: they are judged, the customer is told, the agent sees what
 * came of it, and the digits themselves are kept nowhere. Returns whether that is what was said.
 */
export async function hearCode(
  turn: Turn,
  { row, meaning, now }: { row: LogRow; meaning: Meaning; now: number },
  unit: Unit,
  { tools: { phrases, rules }, seal }: HearingCode,
): Promise<boolean> {
  const { id, language, offering } = turn.conversation;
  const rule = pinRule(rules, offering);
  const digits = digitsOf(meaning, rule.digits);
  if (digits === null) return false;
  const sent = await unit.codes.of(id);
  if (sent?.state !== 'open') return false;
  await hide(digits, row, turn, unit);
  const { result, code } = tryCode(sent, codeDigest(seal, id, sent.id, digits), now);
  await unit.codes.keep(code);
  const agent = (await unit.agents.byId(sent.agent))?.name ?? sent.agent;
  const reply = answerCode(result, code, { phrases, language: language ?? 'en', rule, agent });
  turn.say('bot', { ...activityOf(reply) }, row.seq);
  turn.say('system', { type: 'event', name: 'code.tried', value: { result, triesLeft: code.triesLeft } }, row.seq);
  return true;
}

function digitsOf(meaning: Meaning, count: number): string | null {
  if (meaning.kind !== 'input') return null;
  const { input } = meaning;
  if (input.kind === 'text') return codeIn(input.text, count);
  return input.step === 'verify-code' ? codeIn(input.fields['code'] ?? '', count) : null;
}

async function hide(digits: string, row: LogRow, turn: Turn, unit: Unit): Promise<void> {
  const body: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(row.body)) body[key] = without(digits, value);
  row.body = body;
  // A row of an earlier turn is written already.
  if (!turn.rows.includes(row)) await unit.rows.redact(row.conversation, row.seq, body);
}

/** The digits may stand in the text, in a card's field, and in the HTML beside the text. */
function without(digits: string, value: unknown): unknown {
  if (typeof value === 'string')
    return codeIn(value.replace(/<[^>]*>|&nbsp;/g, ''), digits.length) === digits ? '•'.repeat(digits.length) : value;
  if (Array.isArray(value)) return value.map((one: unknown) => without(digits, one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, without(digits, one)]));
}
