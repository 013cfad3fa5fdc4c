import { detectLanguage } from '#src/intake/language.ts';
import { levelVector, topicVector } from './features.ts';
import { buildTriageModel, scores } from './model.ts';
import type { Head, TriageModelData } from './model.ts';
import { normalize } from './normalize.ts';
import { readSignals } from './find.ts';
import { scoreOf } from './score.ts';
import type { Judged } from './score.ts';
import { authorOf, foldOf, trainJudges } from './train.ts';
import type { Example } from './train.ts';
import { decide, triage } from './triage.ts';

export type Tuning = Pick<TriageModelData, 'thresholds' | 'temperature'>;

const NEUTRAL: Tuning = { thresholds: { A: 0, B: 0, lead: 0 }, temperature: { category: 1, level: 1 } };
const THRESHOLDS = [-1.6, -1.4, -1.2, -1, -0.8, -0.6, -0.4, -0.2, 0, 0.2, 0.4];
const LEADS = [0, 0.2, 0.4, 0.6, 0.8];
/** As many A are found as can be had while no more than six B in a hundred are taken for A. */
const MOST_B_CALLED_A = 0.06;
/** Never sharper than 1.2: the signals were written with the examples at hand, strangers' texts are less sure. */
const TEMPERATURES = [1.2, 1.35, 1.5, 1.8];

interface Fold {
  held: readonly Example[];
  judges: { category: Head; level: Head };
}

/** A held-out text with its raw scores, by a model that never saw its situation. */
interface Scored {
  example: Example;
  category: readonly number[];
  level: readonly number[];
}

/** An A taken for B waits a day, a B taken for A is asked about: what is missed weighs more. Thresholds by the scores of cross-validation, temperatures by the likelihood there; small grids, no randomness. */
export function tuneTriage(examples: readonly Example[]): Tuning {
  const scored = trainFolds(examples).flatMap(scoreFold);
  const lead = tuneLead(scored);
  let thresholds = { ...NEUTRAL.thresholds, lead };
  let highest = -Infinity;
  for (const A of THRESHOLDS) {
    for (const B of THRESHOLDS) {
      const { severityF1, hardF1, recallA, bCalledA } = scoreOf(
        judgeScored(scored, { ...NEUTRAL, thresholds: { A, B, lead } }),
      );
      if (bCalledA > MOST_B_CALLED_A) continue;
      const value = severityF1 + 0.2 * hardF1 + 0.8 * recallA - 0.005 * (Math.abs(A) + Math.abs(B));
      if (value > highest + 1e-9) {
        highest = value;
        thresholds = { A, B, lead };
      }
    }
  }
  return { thresholds, temperature: fitTemperature(scored, thresholds) };
}

/** How far what is common must lead so that what is rarer isn't swallowed by it. */
function tuneLead(scored: readonly Scored[]): number {
  const value = (lead: number): number => {
    const thresholds = { ...NEUTRAL.thresholds, lead };
    return scoreOf(judgeScored(scored, { ...NEUTRAL, thresholds })).categoryF1 - 0.002 * lead;
  };
  let chosen = 0;
  let highest = -Infinity;
  for (const lead of LEADS) {
    const reached = value(lead);
    if (reached <= highest + 1e-9) continue;
    chosen = lead;
    highest = reached;
  }
  return chosen;
}

function fitTemperature(scored: readonly Scored[], thresholds: Tuning['thresholds']): Tuning['temperature'] {
  let chosen = NEUTRAL.temperature;
  let lowest = Infinity;
  for (const category of TEMPERATURES) {
    for (const level of TEMPERATURES) {
      const judged = judgeScored(scored, { thresholds, temperature: { category, level } });
      const loss = judged.reduce((sum, one) => sum - Math.log(likelihood(one)), 0);
      if (loss < lowest - 1e-9) {
        lowest = loss;
        chosen = { category, level };
      }
    }
  }
  return chosen;
}

/** Of the statement "category and level are right with this confidence". */
function likelihood({ example, result }: Judged): number {
  const isRight = result.category === example.category && result.severity === example.severity;
  return Math.min(Math.max(isRight ? result.confidence : 1 - result.confidence, 0.001), 1);
}

const FOLDS = 5;

/** An author's texts are asked by a model that learnt from other authors only: strangers will write the next ones. */
function trainFolds(examples: readonly Example[]): Fold[] {
  const authors = [...new Set(examples.map(({ id }) => authorOf(id)))];
  return Array.from({ length: Math.min(FOLDS, authors.length) }, (_, fold) => {
    const isHeld = ({ id }: Example): boolean => authors.indexOf(authorOf(id)) % FOLDS === fold;
    return {
      held: examples.filter(isHeld),
      judges: trainJudges(examples.filter((example) => !isHeld(example))),
    };
  });
}

/** How good a model of so many texts is. */
export interface CurvePoint {
  texts: number;
  severityF1: number;
  categoryF1: number;
}

const CURVE_PARTS = 10;
const CURVE_STEPS = [1, 2, 4, 7, 10];

/** What more texts bring: models of ever larger parts of the situations, asked texts that none of them learns. */
export function learningCurve(examples: readonly Example[], asked: readonly Example[], tuning: Tuning): CurvePoint[] {
  return CURVE_STEPS.map((step) => {
    const part = examples.filter(({ situation }) => foldOf(`curve:${situation}`, CURVE_PARTS) < step);
    const judged = judgeScored(scoreFold({ held: asked, judges: trainJudges(part) }), tuning);
    const { severityF1, categoryF1 } = scoreOf(judged);
    return { texts: part.length, severityF1, categoryF1 };
  });
}

function scoreFold({ held, judges }: Fold): Scored[] {
  return held.map((example) => {
    const spoken = detectLanguage(example.text, example.lang) ?? example.lang;
    const reading = readSignals(normalize(example.text), spoken);
    return {
      example,
      category: scores(judges.category, topicVector(reading)),
      level: scores(judges.level, levelVector(reading)),
    };
  });
}

function judgeScored(scored: readonly Scored[], tuning: Tuning): Judged[] {
  return scored.map(({ example, category, level }) => ({
    example,
    result: { ...decide({ category, level }, tuning), language: example.lang, product: '', evidence: [], doubt: null },
  }));
}

/** A model's judgement of labelled texts. */
export function judgeAll(examples: readonly Example[], data: TriageModelData): Judged[] {
  const model = buildTriageModel(data);
  return examples.map((example) => ({ example, result: triage(example.text, example.lang, model) }));
}
