import type { Case } from './case.ts';
import type { Context, Tools, World } from './question.ts';

export function contextOf(known: Case, tools: Tools, world: World): Context {
  return { case: known, tools, world, text: (key, values) => tools.phrases.text(known.language, key, values) };
}

export const withCase = (context: Context, known: Case): Context => contextOf(known, context.tools, context.world);
