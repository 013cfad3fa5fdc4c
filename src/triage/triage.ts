import type { Category, Language, Product, Severity } from '#knowledge/schema.ts';
import { detectLanguage } from '#src/intake/language.ts';
import type { Evidence } from '#src/requests/request.ts';
import { evidenceOf } from './evidence.ts';
import { levelVector, topicVector } from './features.ts';
import { CATEGORY_CLASSES, PRODUCT_CLASSES, best, scores, sigmoid, softmax } from './model.ts';
import type { TriageModel } from './model.ts';
import { normalize } from './normalize.ts';
import { readSignals } from './signals/find.ts';
import type { Reading } from './signals/find.ts';

/** What is asked back when the words leave it open: how many are affected, or whether there is a way around. */
export type Doubt = 'breadth' | 'workaround';

export interface Triage {
  language: Language;
  category: Category;
  product: Product;
  /** What the text says of impact, before any cap; '' where no level applies. */
  severity: Severity | '';
  /** 0…1: how likely category and level are both right. */
  confidence: number;
  /** The words it rests on, the weightiest first; offsets are UTF-16 into the text as given. */
  evidence: Evidence[];
  doubt: Doubt | null;
}

const WITHOUT_LEVEL: ReadonlySet<Category> = new Set<Category>(['presales', 'out-of-scope', 'human', 'chitchat']);
/** Below this, the level is a guess and one question is worth asking. */
const SURE = 0.7;

/**
 * Category, product and severity of one free text, with its evidence. `language` is the conversation's, used as a hint. A
 * plain function of its arguments: no clock, no I/O; never throws for any text.
 */
export function triage(text: string, language: Language | undefined, model: TriageModel): Triage {
  const spoken = detectLanguage(text, language) ?? language ?? 'en';
  const plain = normalize(text);
  const reading = readSignals(plain, spoken);
  const topic = topicVector(reading);
  const category = best(CATEGORY_CLASSES, softmax(scores(model.category, topic), model.temperature.category));
  const product: Product =
    category.name === 'technical' ? best(PRODUCT_CLASSES, softmax(scores(model.product, topic), 1)).name : '';
  const level = levelOf(reading, category.name, model);
  return {
    language: spoken,
    category: category.name,
    product,
    severity: level.severity,
    confidence: round(category.p * level.p),
    evidence: evidenceOf(plain, reading, category.name, level.severity),
    doubt: level.doubt,
  };
}

interface Level {
  severity: Severity | '';
  p: number;
  doubt: Doubt | null;
}

function levelOf(reading: Reading, category: Category, model: TriageModel): Level {
  if (WITHOUT_LEVEL.has(category)) return { severity: '', p: 1, doubt: null };
  const [scoreA = 0, scoreB = 0] = scores(model.level, levelVector(reading));
  const pA = sigmoid((scoreA - model.thresholds.A) / model.temperature.level);
  const pB = Math.max(pA, sigmoid((scoreB - model.thresholds.B) / model.temperature.level));
  if (category === 'how-to') return { severity: 'C', p: Math.max(1 - pB, 0.5), doubt: null };
  if (pA >= 0.5) return { severity: 'A', p: pA, doubt: doubtOf('A', pA, reading) };
  if (pB >= 0.5) return { severity: 'B', p: pB - pA, doubt: doubtOf(pA > 1 - pB ? 'A' : 'C', pB - pA, reading) };
  return { severity: 'C', p: 1 - pB, doubt: doubtOf('C', 1 - pB, reading) };
}

/** Between A and B the number of people decides, between B and C the way around; never asked when it was said. */
function doubtOf(towards: 'A' | 'C', p: number, reading: Reading): Doubt | null {
  if (p >= SURE) return null;
  const saidHowMany = ['everyone', 'many', 'site', 'several', 'one-person', 'others-fine'] as const;
  const saidWayRound = ['workaround', 'no-workaround', 'over-now'] as const;
  const breadthOpen = !saidHowMany.some((signal) => reading.present.has(signal));
  const wayOpen = !saidWayRound.some((signal) => reading.present.has(signal));
  if (towards === 'A') return breadthOpen ? 'breadth' : wayOpen ? 'workaround' : null;
  return wayOpen ? 'workaround' : breadthOpen ? 'breadth' : null;
}

function round(p: number): number {
  return Math.round(p * 1000) / 1000;
}
