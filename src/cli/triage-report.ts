import { calibration, categoryConfusion, isRight, scoreOf, severityConfusion } from '#src/triage/score.ts';
import type { Bin, Judged } from '#src/triage/score.ts';
import type { CurvePoint } from '#src/triage/tune.ts';
import { curvePlot } from './curve-plot.ts';

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1a19}
table{border-collapse:collapse;margin:1rem 0}td,th{border:1px solid #d2d0ce;padding:.3rem .6rem;text-align:right}
th:first-child,td:first-child,.text{text-align:left}.right{background:#dff6dd}.wrong{background:#fde7e9}
@media(prefers-color-scheme:dark){body{background:#1b1a19;color:#f3f2f1}.right{background:#0b3d0b}.wrong{background:#5c1a1f}}`;

/** One HTML page without scripts: scores and confusions per group, calibration, learning curve, and every miss with its signals. */
export function renderTriageReport(
  groups: readonly (readonly [string, readonly Judged[]])[],
  judged: readonly Judged[],
  curve: readonly CurvePoint[],
): string {
  const misses = judged.filter((one) => !isRight(one));
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Triage evaluation</title><style>${STYLE}</style>
<h1>Triage evaluation</h1>
${scoreTable(groups)}
${groups.map(([name, members]) => confusions(name, members)).join('\n')}
<h2>Calibration</h2><p>How often category and level were both right, by confidence; on the line they are as sure as they are right.</p>
${calibrationPlot(calibration(judged))}
<h2>Learning curve</h2><p>The check set, asked after training on ever more of the texts.</p>
${curvePlot(curve)}
<h2>Misses (${misses.length} of ${judged.length})</h2>${missTable(misses)}</html>
`;
}

function confusions(name: string, members: readonly Judged[]): string {
  return `<h2>${escape(name)}: said (across) for what it is (down)</h2>
${confusionTable(severityConfusion(members))}${confusionTable(categoryConfusion(members))}`;
}

function scoreTable(groups: readonly (readonly [string, readonly Judged[]])[]): string {
  const head = [
    'group',
    'texts',
    'severity F1',
    'category F1',
    'recall of A',
    'B called A',
    'hard: severity F1',
    'product',
  ];
  const rows = groups.map(([name, members]) => {
    const s = scoreOf(members);
    const cells = [s.severityF1, s.categoryF1, s.recallA, s.bCalledA, s.hardF1, s.productAccuracy].map(figure);
    return row([escape(name), String(s.count), ...cells]);
  });
  return `<table><tr>${head.map((name) => `<th>${name}</th>`).join('')}</tr>${rows.join('')}</table>`;
}

function confusionTable({
  classes,
  table,
}: {
  classes: readonly string[];
  table: readonly (readonly number[])[];
}): string {
  const names = classes.map((name) => (name === '' ? 'none' : name));
  const head = `<tr><th></th>${names.map((name) => `<th>${escape(name)}</th>`).join('')}</tr>`;
  const rows = table.map((cells, gold) => {
    const marked = cells.map(
      (count, said) => `<td class="${mark(count, gold === said)}">${count === 0 ? '' : count}</td>`,
    );
    return `<tr><td>${escape(names[gold] ?? '')}</td>${marked.join('')}</tr>`;
  });
  return `<table>${head}${rows.join('')}</table>`;
}

function mark(count: number, isDiagonal: boolean): string {
  if (count === 0) return '';
  return isDiagonal ? 'right' : 'wrong';
}

const SIDE = 300;
const EDGE = 30;

function calibrationPlot(bins: readonly Bin[]): string {
  const x = (value: number): string => (EDGE + value * SIDE).toFixed(1);
  const y = (value: number): string => (EDGE + (1 - value) * SIDE).toFixed(1);
  const filled = bins.filter((bin) => bin.count > 0);
  const dots = filled.map((bin) => {
    const title = `${bin.count} texts, confidence ${figure(bin.confidence)}, right ${figure(bin.right)}`;
    const radius = (3 + Math.sqrt(bin.count) / 2).toFixed(1);
    return `<circle cx="${x(bin.confidence)}" cy="${y(bin.right)}" r="${radius}" fill="#0f6cbd" opacity=".75"><title>${title}</title></circle>`;
  });
  const whole = SIDE + 2 * EDGE;
  return `<svg viewBox="0 0 ${whole} ${whole}" width="${whole}" height="${whole}" role="img" aria-label="Calibration plot">
<rect x="${EDGE}" y="${EDGE}" width="${SIDE}" height="${SIDE}" fill="none" stroke="currentColor"/>
<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="currentColor" stroke-dasharray="4"/>${dots.join('')}
<text x="${EDGE}" y="${whole - 8}" fill="currentColor" font-size="12">confidence 0 … 1</text>
<text x="${EDGE}" y="20" fill="currentColor" font-size="12">share right 0 … 1</text></svg>`;
}

function missTable(misses: readonly Judged[]): string {
  const rows = misses.map(({ example, result }) => {
    const signals = result.evidence.map((one) => `${one.signal}: “${one.text}”`).join(', ');
    const gold = `${example.category} ${example.severity}`;
    const said = `${result.category} ${result.severity}`;
    const cells = [example.id, gold, said, figure(result.confidence)].map((cell) => `<td>${escape(cell)}</td>`);
    return `<tr>${cells.join('')}<td class="text">${escape(example.text)}</td><td class="text">${escape(signals)}</td></tr>`;
  });
  const head =
    '<tr><th>id</th><th>is</th><th>said</th><th>confidence</th><th class="text">text</th><th class="text">signals</th></tr>';
  return `<table>${head}${rows.join('')}</table>`;
}

function row(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function figure(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(3);
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
