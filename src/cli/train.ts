import { readTriageExamples, writeTriageModel } from '#knowledge/triage-model.ts';
import { isHeldBack, trainTriage } from '#src/triage/train.ts';
import { tuneTriage } from '#src/triage/tune.ts';

/**
 * Trains the triage model from `examples/triage` of the knowledge folder and writes it there. The held-back situations are
 * never read by training or tuning. Messages go to `tell`; returns the exit code.
 */
export function runTrain(dir: string, tell: (line: string) => void): number {
  const examples = readTriageExamples(dir);
  const training = examples.filter((example) => !isHeldBack(example.situation));
  tell(`${training.length} of ${examples.length} texts are trained on, the rest is held back`);
  const tuning = tuneTriage(training);
  tell(
    `thresholds A ${tuning.thresholds.A}, B ${tuning.thresholds.B}; temperatures ${JSON.stringify(tuning.temperature)}`,
  );
  writeTriageModel(dir, trainTriage(training, tuning));
  return 0;
}
