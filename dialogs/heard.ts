import type { Category } from '#knowledge/schema.ts';
import type { Evidence } from '#src/requests/request.ts';
import type { Triage } from '#src/triage/triage.ts';
import type { Context } from './question.ts';
import { namesWord } from './words.ts';

/** So sure it must be that something isn't ours, or is asked before buying, before the person is sent elsewhere. */
const SURE: Partial<Record<Category, number>> = { 'out-of-scope': 0.75, presales: 0.6 };
/** So sure, where the text speaks of mail or of signing in, which everybody's products have. */
const VERY_SURE = 0.85;
/** The words that it must rest on. */
const RESTS_ON: Partial<Record<Category, readonly string[]>> = {
  'out-of-scope': ['third-party', 'network'],
  presales: ['price'],
};

/**
 * What triage hears in a text; but nobody is turned away on a guess. "I forgot my password" names nothing that isn't ours:
 * it goes the way of a technical problem, and the person is asked how many are affected.
 */
export function heardIn(text: string, context: Context): Triage {
  const heard = context.tools.triage(text, context.case.language);
  if (!isGuess(text, heard, context)) return heard;
  const isSignIn = namesWord(text, 'words.service.sign-in', context.tools.phrases);
  const level = isSignIn
    ? ({ product: 'identity', severity: 'B' } as const)
    : ({ product: 'other', severity: 'C' } as const);
  return { ...heard, ...level, category: 'technical', evidence: [], doubt: 'breadth' };
}

function isGuess(text: string, { category, confidence, evidence }: Triage, { tools: { phrases } }: Context): boolean {
  const sure = SURE[category];
  if (sure === undefined) return false;
  if (confidence < sure || !rests(category, evidence)) return true;
  if (category === 'presales') return false;
  if (namesWord(text, 'words.service.own', phrases)) return true;
  const isEverybodys =
    namesWord(text, 'words.service.sign-in', phrases) || namesWord(text, 'words.service.mail', phrases);
  return isEverybodys && confidence < VERY_SURE;
}

function rests(category: Category, evidence: readonly Evidence[]): boolean {
  return evidence.some(({ signal }) => RESTS_ON[category]?.includes(signal) === true);
}
