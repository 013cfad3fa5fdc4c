import { join } from 'node:path';
import { readTriageModel } from '#knowledge/triage-model.ts';
import { buildTriageModel } from '#src/triage/model.ts';
import type { TriageModel } from '#src/triage/model.ts';

export const KNOWLEDGE = join(import.meta.dirname, '..', '..', 'knowledge');

let model: TriageModel | undefined;

/** The model that is shipped, read once per test file. */
export function shippedModel(): TriageModel {
  model ??= buildTriageModel(readTriageModel(KNOWLEDGE));
  return model;
}
