import { curvePlot } from '#src/cli/curve-plot.ts';
import type { Scores } from '#src/triage/score.ts';
import type { CurvePoint } from '#src/triage/tune.ts';

/** One contestant, trained on the training part and asked the held-back part. */
export interface Row {
  name: string;
  texts: number;
  /** Training twice and answering; Frontdesk was trained before. */
  seconds: number;
  recallA: number;
  bCalledA: number;
  each: readonly { lang: string; severity: number; category: number }[];
}

/** How a group of authors is read by a model that never saw any of theirs. */
export interface LeftOut {
  author: string;
  groups: readonly ({ lang: string } & Scores)[];
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1a19}
table{border-collapse:collapse;margin:1rem 0}td,th{border:1px solid #d2d0ce;padding:.3rem .6rem;text-align:right}
th:first-child,td:first-child{text-align:left}
@media(prefers-color-scheme:dark){body{background:#1b1a19;color:#f3f2f1}}`;

/** One HTML page without scripts: the contestants side by side, and at length the learning curve. */
export function renderComparison(
  { rows, curve, left }: { rows: readonly Row[]; curve: readonly CurvePoint[]; left: readonly LeftOut[] },
  { training, held }: { training: number; held: number },
): string {
  const languages = rows[0]?.each.map(({ lang }) => lang) ?? [];
  const head = ['', 'trained on', 'seconds', ...languages.flatMap((lang) => [`${lang} severity`, `${lang} category`])];
  const cells = [...head, 'recall of A', 'B called A'].map((name) => `<th>${name}</th>`).join('');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Triage, side by side</title><style>${STYLE}</style><h1>Triage, side by side</h1>
<p>Macro-F1 over ${held} texts of an author of whom nothing was learnt; ${training} texts to learn from.</p>
<table><tr>${cells}</tr>${rows.map(tableRow).join('')}</table>${curve.length === 0 ? '' : atLength(curve, left)}</html>
`;
}

/** What takes hours. */
function atLength(curve: readonly CurvePoint[], left: readonly LeftOut[]): string {
  const points = curve.map(({ texts, severityF1, categoryF1 }) =>
    cellsOf([String(texts), figure(severityF1), figure(categoryF1)]),
  );
  return `<h2>Frontdesk's learning curve</h2><p>The same texts after training on a tenth, a fifth … all of the situations.</p>
${curvePlot(curve)}<table><tr><th>texts</th><th>severity F1</th><th>category F1</th></tr>${points.join('')}</table>
<h2>One group of authors left out</h2><p>Asked by a model that learnt from all other authors only.</p>
<table><tr>${LEFT_HEAD.map((name) => `<th>${name}</th>`).join('')}</tr>${left.flatMap(leftRows).join('')}</table>`;
}

const LEFT_HEAD = ['authors', 'texts', 'severity F1', 'category F1', 'recall of A', 'B called A', 'hard: severity F1'];

function leftRows({ author, groups }: LeftOut): string[] {
  return groups.map(({ lang, count, severityF1, categoryF1, recallA, bCalledA, hardF1 }) =>
    cellsOf([`${author} ${lang}`, String(count), ...[severityF1, categoryF1, recallA, bCalledA, hardF1].map(figure)]),
  );
}

function tableRow({ name, texts, seconds, recallA, bCalledA, each }: Row): string {
  const scores = each.flatMap(({ severity, category }) => [figure(severity), figure(category)]);
  return cellsOf([name, String(texts), seconds.toFixed(1), ...scores, figure(recallA), figure(bCalledA)]);
}

function cellsOf(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function figure(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(3);
}
