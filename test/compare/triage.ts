import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { readTriageCheck, readTriageExamples, readTriageHeldBack, readTriageModel } from '#knowledge/triage-model.ts';
import { CATEGORIES, LANGUAGES, SEVERITIES } from '#knowledge/schema.ts';
import { byLanguage, macroF1, scoreOf } from '#src/triage/score.ts';
import { authorOf, foldOf, trainTriage } from '#src/triage/train.ts';
import type { Example } from '#src/triage/train.ts';
import { judgeAll } from '#src/triage/tune.ts';
import type { CurvePoint } from '#src/triage/tune.ts';
import { renderComparison } from './triage-page.ts';
import type { LeftOut, Row } from './triage-page.ts';
import { SHELF, labelOf } from './triage-shelf.ts';
import type { Shelf, Target } from './triage-shelf.ts';

/**
 * `npm run compare:triage [-- --out report.html] [--at-length]`: Frontdesk's triage, as shipped, beside what comes off the shelf
 * and learns the same texts, all asked those of an author of whom nobody learns. With `--at-length` also Frontdesk's learning
 * curve, and each group of authors asked of a model that learnt from the others: hours, for every point is a training.
 */
const KNOWLEDGE = join(import.meta.dirname, '..', '..', 'knowledge');
const TUNING = { thresholds: { A: 0, B: 0, lead: 0 }, temperature: { category: 1, level: 1 } };
const CLASSES: Readonly<Record<Target, readonly string[]>> = { severity: SEVERITIES, category: CATEGORIES };
const PARTS = 10;
const STEPS = [1, 2, 4, 6, 8, 10];

/** Written as an independent evaluator would, and never learnt. */
const STRANGER = 'p1';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'data/compare-triage.html' },
    'at-length': { type: 'boolean', default: false },
  },
});
const training: Example[] = [...readTriageExamples(KNOWLEDGE), ...readTriageCheck(KNOWLEDGE)];
const held = readTriageHeldBack(KNOWLEDGE).filter(({ id }) => authorOf(id) === STRANGER);
tell(`${training.length} texts to learn from, ${held.length} to be asked`);

const rows: Row[] = [ours('Frontdesk')];
for (const shelf of SHELF) rows.push(await compared(shelf));
const curve = values['at-length'] ? STEPS.map(curvePoint) : [];
const strangers = [...new Set(training.map(({ id }) => authorOf(id)))].filter((author) => author !== 'check');
const left = values['at-length'] ? strangers.map(leftOut) : [];
mkdirSync(dirname(values.out), { recursive: true });
writeFileSync(values.out, renderComparison({ rows, curve, left }, { training: training.length, held: held.length }));

/** After training on so many tenths of the situations. */
function curvePoint(step: number): CurvePoint {
  const part = training.filter((one) => foldOf(`curve:${one.situation}`, PARTS) < step);
  const { severityF1, categoryF1 } = scoreOf(judgeAll(held, trainTriage(part, TUNING)));
  tell(`${part.length} texts: severity ${severityF1.toFixed(3)}, category ${categoryF1.toFixed(3)}`);
  return { texts: part.length, severityF1, categoryF1 };
}

/** One group of authors asked by a model that learnt from the others only. */
function leftOut(author: string): LeftOut {
  const asked = training.filter(({ id }) => authorOf(id) === author);
  const judged = judgeAll(
    asked,
    trainTriage(
      training.filter(({ id }) => authorOf(id) !== author),
      TUNING,
    ),
  );
  const groups = [['all', judged] as const, ...byLanguage(judged)];
  tell(`${author} left out: severity ${scoreOf(judged).severityF1.toFixed(3)}`);
  return { author, groups: groups.map(([lang, of]) => ({ lang, ...scoreOf(of) })) };
}

function ours(name: string): Row {
  const start = performance.now();
  const judged = judgeAll(held, readTriageModel(KNOWLEDGE));
  const seconds = (performance.now() - start) / 1000;
  const { recallA, bCalledA } = scoreOf(judged);
  const byLang = byLanguage(judged);
  const each = LANGUAGES.map((lang) => {
    const { severityF1, categoryF1 } = scoreOf(byLang.get(lang) ?? []);
    return { lang, severity: severityF1, category: categoryF1 };
  });
  return report({ name, texts: training.length, seconds, recallA, bCalledA, each });
}

async function compared({ name, most, train }: Shelf): Promise<Row> {
  const part = most === undefined ? training : evenly(training, most);
  const start = performance.now();
  const said: Record<Target, string[]> = { severity: [], category: [] };
  for (const target of ['severity', 'category'] as const) {
    const judge = await train(part, target);
    for (const one of held) said[target].push(await judge(one.text, one.lang));
  }
  const seconds = (performance.now() - start) / 1000;
  const called = (gold: string): number => {
    const of = held.flatMap((one, i) => (one.severity === gold ? [said.severity[i]] : []));
    return of.filter((label) => label === 'A').length / of.length;
  };
  const f1 = (target: Target, lang: Example['lang']): number =>
    macroF1(
      held.flatMap((one, i) => (one.lang === lang ? [[labelOf(one, target), said[target][i] ?? ''] as const] : [])),
      CLASSES[target],
    );
  const each = LANGUAGES.map((lang) => ({ lang, severity: f1('severity', lang), category: f1('category', lang) }));
  return report({ name, texts: part.length, seconds, recallA: called('A'), bCalledA: called('B'), each });
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function report(row: Row): Row {
  tell(`${row.name}: ${row.seconds.toFixed(1)} s`);
  process.stdout.write(`${JSON.stringify(row)}\n`);
  return row;
}

/** Every so many-th text, so that all labels and languages stay in it. */
function evenly(examples: readonly Example[], most: number): Example[] {
  const every = Math.max(1, examples.length / most);
  return examples.filter((_, i) => Math.floor(i / every) !== Math.floor((i - 1) / every));
}
