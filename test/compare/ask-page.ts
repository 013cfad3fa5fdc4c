import type { Speed } from './ask-measure.ts';

/** An engine's figures: quality on the questions held back; speed in the book and in 10,000 articles. */
export interface Row {
  name: string;
  first: number;
  three: number;
  refused: number;
  wronglyRefused: number;
  byLanguage: [string, number][];
  small: Speed;
  large: Speed;
}

/** One HTML page without scripts: a row an engine, the best first. */
export function renderComparison(rows: readonly Row[], questions: number): string {
  const languages = rows[0]?.byLanguage.map(([language]) => language) ?? [];
  const sorted = rows.toSorted((a, b) => b.first - a.first);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Answers: side by side</title>
<style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{text-align:right;padding:.3rem .6rem;border-bottom:1px solid #ddd}
td:first-child,th:first-child{text-align:left}td{font-variant-numeric:tabular-nums}svg{display:block;margin-left:auto}</style>
<h1>Answers: side by side</h1>
<p>${questions} questions held back, the same articles, the same filter by offering. <i>First</i>: answered, with the right
topic. <i>In three</i>: right topic among the first three, refused or not. Every other engine has, in its favour, the
threshold that refuses 4 % of these very questions wrongly; ours was set before. Times are the shortest of several rounds, in microseconds.</p>
<table><tr><th>Engine<th>First${languages.map((language) => `<th>${language}`).join('')}<th>In three<th>Refused rightly
<th>Refused wrongly<th>Book p50<th>p99<th>10,000 p50<th>p99</tr>
${sorted.map(rowOf).join('\n')}</table></html>`;
}

function rowOf({ name, first, three, refused, wronglyRefused, byLanguage, small, large }: Row): string {
  const shares = [first, ...byLanguage.map(([, value]) => value), three, refused, wronglyRefused];
  const times = [small.p50, small.p99, large.p50, large.p99].map(
    (value) => `<td>${Math.round(value).toLocaleString('en')}`,
  );
  return `<tr><td>${name}${shares.map((value) => `<td>${(value * 100).toFixed(1)}${bar(value)}`).join('')}${times.join('')}</tr>`;
}

function bar(value: number): string {
  return `<svg width="60" height="5" aria-hidden="true"><rect width="60" height="5" fill="#eee"/><rect width="${(value * 60).toFixed(1)}" height="5" fill="#2266bb"/></svg>`;
}
