import { readTriageCheck, readTriageExamples, writeTriageCurve, writeTriageModel } from '#knowledge/triage-model.ts';
import { authorOf, trainTriage } from '#src/triage/train.ts';
import { learningCurve, tuneTriage } from '#src/triage/tune.ts';

/**
 * Trains the triage model from `examples/triage` of the knowledge folder and writes it there, and how it got better with more texts. What is held back stands in a file of
 * its own, which is never read here. Messages go to `tell`; returns the exit code.
 */
export function runTrain(dir: string, tell: (line: string) => void): number {
  const examples = readTriageExamples(dir);
  tell(`${examples.length} texts of ${new Set(examples.map(({ id }) => authorOf(id))).size} groups of authors`);
  const tuning = tuneTriage(examples);
  tell(`thresholds ${JSON.stringify(tuning.thresholds)}; temperatures ${JSON.stringify(tuning.temperature)}`);
  writeTriageModel(dir, trainTriage(examples, tuning));
  writeTriageCurve(dir, learningCurve(examples, readTriageCheck(dir), tuning));
  return 0;
}
