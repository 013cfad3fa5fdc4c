import type { Reply } from '#dialogs/reply.ts';
import type { Rules } from '#knowledge/offering.ts';
import type { Phrases } from '#knowledge/phrases.ts';
import type { Language, OfferingId } from '#knowledge/schema.ts';
import type { PinRule, SentCode, Try } from '#src/handoff/code.ts';
import type { Letter } from '#src/requests/letter.ts';

/** The rule of the product that the conversation is about. */
export function pinRule(rules: Rules, offering: OfferingId | null): PinRule {
  const { digits, tries, minutes, codes } = rules.offerings[offering ?? 'worldwide'].pin;
  return { digits: digits.value, tries: tries.value, minutes: minutes.value, codes: codes.value };
}

export interface CodeWords {
  readonly phrases: Phrases;
  readonly language: Language;
  readonly rule: PinRule;
  /** Name of the agent, as the customer reads it. */
  readonly agent: string;
}

/** Asks for the code that was sent. */
export function askForCode(to: string, { phrases, language, rule, agent }: CodeWords): Reply {
  const { digits: count, minutes } = rule;
  const text = phrases.text(language, 'code.ask', { agent, to, count, minutes });
  return { language, format: 'plain', text, ...field({ phrases, language, rule }) };
}

/** What the customer hears of the digits that they typed; while the code counts, it is asked for again. */
export function answerCode(result: Try, code: SentCode, words: CodeWords): Reply {
  const { phrases, language, rule, agent } = words;
  const said = { agent, left: code.triesLeft, minutes: rule.minutes };
  const text = phrases.text(language, `code.${result}`, said);
  const reply = { language, format: 'plain', text } as const;
  return result === 'wrong' ? { ...reply, ...field(words) } : reply;
}

function field({ phrases, language, rule }: Omit<CodeWords, 'agent'>): Pick<Reply, 'step' | 'card'> {
  const label = phrases.text(language, 'code.field');
  // Wider than the digits: people type spaces.
  const fields = [{ id: 'code', kind: 'text' as const, label, maxLength: 4 * rule.digits }];
  return { step: 'verify-code', card: { fields, submitLabel: phrases.text(language, 'code.send') } };
}

/** The mail that carries the code. */
export function codeLetter(to: string, digits: string, { phrases, language, rule }: Omit<CodeWords, 'agent'>): Letter {
  const subject = phrases.text(language, 'code.subject');
  const text = phrases.text(language, 'code.mail', { digits, minutes: rule.minutes });
  return { to, subject, text, language };
}
