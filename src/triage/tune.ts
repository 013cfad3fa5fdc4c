import { buildTriageModel } from './model.ts';
import type { TriageModelData } from './model.ts';
import { scoreOf } from './score.ts';
import type { Judged } from './score.ts';
import { foldOf, trainTriage } from './train.ts';
import type { Example } from './train.ts';
import { triage } from './triage.ts';

export type Tuning = Pick<TriageModelData, 'thresholds' | 'temperature'>;

const FOLDS = 5;
const NEUTRAL: Tuning = { thresholds: { A: 0, B: 0 }, temperature: { category: 1, level: 1 } };
const THRESHOLDS = [-0.6, -0.4, -0.2, 0, 0.2, 0.4];
const TEMPERATURES = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.15, 1.3, 1.5, 1.8];

interface Fold {
  held: readonly Example[];
  data: TriageModelData;
}

/** Cross-validation by situation inside the texts given: every text judged by a model that never saw its situation. */
export function crossValidate(examples: readonly Example[], tuning: Tuning = NEUTRAL): Judged[][] {
  return trainFolds(examples).map((fold) => judge(fold, tuning));
}

/** Thresholds by the scores of cross-validation, temperatures by the likelihood there; small grids, no randomness. */
export function tuneTriage(examples: readonly Example[]): Tuning {
  const folds = trainFolds(examples);
  let thresholds = NEUTRAL.thresholds;
  let highest = -Infinity;
  for (const A of THRESHOLDS) {
    for (const B of THRESHOLDS) {
      const scores = scoreOf(folds.flatMap((fold) => judge(fold, { ...NEUTRAL, thresholds: { A, B } })));
      const value =
        scores.severityF1 + 0.25 * scores.recallA - 0.25 * scores.bCalledA - 0.01 * (Math.abs(A) + Math.abs(B));
      if (value > highest + 1e-9) {
        highest = value;
        thresholds = { A, B };
      }
    }
  }
  return { thresholds, temperature: fitTemperature(folds, thresholds) };
}

function fitTemperature(folds: readonly Fold[], thresholds: Tuning['thresholds']): Tuning['temperature'] {
  let chosen = NEUTRAL.temperature;
  let lowest = Infinity;
  for (const category of TEMPERATURES) {
    for (const level of TEMPERATURES) {
      const judged = folds.flatMap((fold) => judge(fold, { thresholds, temperature: { category, level } }));
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
  const right = result.category === example.category && result.severity === example.severity;
  return Math.min(Math.max(right ? result.confidence : 1 - result.confidence, 0.001), 1);
}

function trainFolds(examples: readonly Example[]): Fold[] {
  return Array.from({ length: FOLDS }, (_, i) => ({
    held: examples.filter((example) => foldOf(example.situation, FOLDS) === i),
    data: trainTriage(
      examples.filter((example) => foldOf(example.situation, FOLDS) !== i),
      NEUTRAL,
    ),
  }));
}

function judge({ held, data }: Fold, tuning: Tuning): Judged[] {
  const model = buildTriageModel({ ...data, ...tuning });
  return held.map((example) => ({ example, result: triage(example.text, example.lang, model) }));
}

/** A model's judgement of labelled texts. */
export function judgeAll(examples: readonly Example[], data: TriageModelData): Judged[] {
  return judge({ held: examples, data }, data);
}
