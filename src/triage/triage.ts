import type { Category, Language, Product, Severity } from '#knowledge/schema.ts';
import { detectLanguage } from '#src/intake/language.ts';
import type { Evidence } from '#src/requests/request.ts';
import { evidenceOf, isNamed } from './evidence.ts';
import { levelVector, topicVector } from './features.ts';
import { readSignals } from './find.ts';
import type { Reading } from './find.ts';
import { CATEGORY_CLASSES, PRODUCT_CLASSES, best, scores, sigmoid, softmax } from './model.ts';
import type { TriageModel, TriageModelData } from './model.ts';
import { normalize } from './normalize.ts';
import { SIGNALS } from './signals/signal.ts';

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
/** "What is the difference?" names nothing: whatever the words usually go with, it is less sure. */
const UNNAMED = 0.85;

/**
 * Category, product and severity of one free text, with its evidence. `language` is the conversation's, used as a hint. A
 * plain function of its arguments: no clock, no I/O; never throws for any text.
 */
export function triage(text: string, language: Language | undefined, model: TriageModel): Triage {
  const spoken = detectLanguage(text, language) ?? language ?? 'en';
  const plain = normalize(text);
  const reading = readSignals(plain, spoken);
  const topic = topicVector(reading);
  const raw = { category: scores(model.category, topic), level: scores(model.level, levelVector(reading)) };
  const decision = decide(raw, model);
  const { category, severity, confidence, towards } =
    decision.severity === 'A' && decision.category === 'technical' && isBare(reading) ? toB(decision) : decision;
  const product: Product =
    category === 'technical' ? best(PRODUCT_CLASSES, softmax(scores(model.product, topic), 1)).name : '';
  return {
    language: spoken,
    category,
    product,
    severity,
    confidence: isNamed(reading, category) ? confidence : round(confidence * UNNAMED),
    evidence: evidenceOf(plain, reading, category, severity),
    doubt: unsaidBreadth(severity, category, reading) ?? (towards === null ? null : doubtOf(towards, reading)),
  };
}

interface Decision {
  category: Category;
  severity: Severity | '';
  confidence: number;
  /** Which way an unsure level leans; null when it is sure, or none applies. */
  towards: 'A' | 'C' | null;
}

/** Raw scores to category and level: the thresholds and temperatures of the model, and the two rules of the rubric. */
export function decide(
  raw: { category: readonly number[]; level: readonly number[] },
  tuning: Pick<TriageModelData, 'thresholds' | 'temperature'>,
): Decision {
  const category = best(CATEGORY_CLASSES, softmax(withLead(raw.category, tuning), tuning.temperature.category));
  const level = levelOf(raw.level, category.name, tuning);
  return {
    category: category.name,
    severity: level.severity,
    confidence: round(category.p * level.p),
    towards: level.p >= SURE || category.name !== 'technical' ? null : level.towards,
  };
}

/** Most texts are technical, and a few words are enough for a greeting or a call for a person: the rarer five get a start. */
const COMMON: ReadonlySet<Category> = new Set<Category>(['technical', 'human', 'chitchat']);
const MUST_LEAD = CATEGORY_CLASSES.map((category) => COMMON.has(category));

function withLead(raw: readonly number[], { thresholds }: Pick<TriageModelData, 'thresholds'>): number[] {
  return raw.map((score, c) => (MUST_LEAD[c] === true ? score - thresholds.lead : score));
}

interface Level {
  severity: Severity | '';
  p: number;
  towards: 'A' | 'C';
}

function levelOf(
  raw: readonly number[],
  category: Category,
  { thresholds, temperature }: Pick<TriageModelData, 'thresholds' | 'temperature'>,
): Level {
  if (WITHOUT_LEVEL.has(category)) return { severity: '', p: 1, towards: 'C' };
  const pA = sigmoid(((raw[0] ?? 0) - thresholds.A) / temperature.level);
  const pB = Math.max(pA, sigmoid(((raw[1] ?? 0) - thresholds.B) / temperature.level));
  if (category === 'how-to') return { severity: 'C', p: Math.max(1 - pB, 0.5), towards: 'C' };
  if (pA >= 0.5) return { severity: 'A', p: pA, towards: 'A' };
  if (pB >= 0.5) return { severity: 'B', p: pB - pA, towards: pA > 1 - pB ? 'A' : 'C' };
  return { severity: 'C', p: 1 - pB, towards: 'C' };
}

const HOW_MANY = ['everyone', 'many', 'dozens', 'site', 'several', 'one-person', 'others-fine', 'few-of-many'] as const;
const WAY_ROUND = ['workaround', 'no-workaround', 'over-now'] as const;

/** "Teams is not working" may be one person or all of them: an A that names neither people nor production is asked about. */
function unsaidBreadth(severity: Severity | '', category: Category, reading: Reading): Doubt | null {
  const isSaid = reading.present.has('production') || HOW_MANY.some((signal) => reading.present.has(signal));
  const isOpen = severity === 'A' || (severity === 'B' && reading.present.has('down') && isBare(reading));
  return isOpen && category === 'technical' && !isSaid ? 'breadth' : null;
}

/** Said of the service, not of what one can't do with it. */
const OUTAGE =
  /\bdown\b|outage|offline|unavailable|unreachable|ダウン|停止|落ち|障害|不通|全滅|宕|瘫|挂|崩|断|故障|停/u;
/** So short, in letters (an ideograph is two), that one symptom is all it says. */
const BARE = 36;
/** What speaks of more than one person; only what raises or tells, so that reassurance can't lift a bare text to A. */
const BEYOND_ONE = ['everyone', 'many', 'dozens', 'site', 'several', 'production', 'held-up', 'security'] as const;

/**
 * "I can't send mail" and nothing else is one person's word: B, and asked how many. Measured by what is left once
 * reassurance is taken out, so that no reassurance makes a text long enough for A.
 */
function isBare(reading: Reading): boolean {
  if (BEYOND_ONE.some((signal) => reading.present.has(signal))) return false;
  const raising = reading.found.filter(({ signal }) => SIGNALS[signal] === 'raises');
  const texts = raising.map(({ start, end }) => reading.clean.slice(start, end));
  return widthOf(reading.rest) + widthOf(texts.join('')) <= BARE && !texts.some((text) => OUTAGE.test(text));
}

function toB(decision: Decision): Decision {
  return { ...decision, severity: 'B', confidence: round(decision.confidence / 2), towards: 'A' };
}

function widthOf(text: string): number {
  return Array.from(text.replace(/[^\p{L}\p{N}]/gu, '')).reduce((sum, c) => sum + (c >= '\u3041' ? 2 : 1), 0);
}

/** Between A and B the number of people decides, between B and C the way around; never asked when it was said. */
function doubtOf(towards: 'A' | 'C', reading: Reading): Doubt | null {
  const isBreadthOpen = !HOW_MANY.some((signal) => reading.present.has(signal));
  const isWayOpen = !WAY_ROUND.some((signal) => reading.present.has(signal));
  if (towards === 'A' && isBreadthOpen) return 'breadth';
  if (isWayOpen) return 'workaround';
  return isBreadthOpen ? 'breadth' : null;
}

function round(p: number): number {
  return Math.round(p * 1000) / 1000;
}
