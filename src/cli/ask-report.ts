import type { Gold } from '#knowledge/examples.ts';

/** A labelled question with what was found for it: the topic answered with, its confidence, and the choices offered. */
export interface Outcome extends Gold {
  found: string | null;
  score: number;
  offered: string[];
}

/**
 * `first` and `three` are shares of the questions that have an answer: answered with the right topic, and right topic among
 * answer and choices. `refused` is the share of unanswerable ones that got none; `wronglyRefused` that of the others.
 */
export interface Scores {
  group: string;
  questions: number;
  first: number;
  three: number;
  refused: number;
  wronglyRefused: number;
}

/** The evaluation as one HTML page without scripts: scores with bars, confidence of right and wrong answers, the misses. */
export function renderReport(scores: readonly Scores[], outcomes: readonly Outcome[]): string {
  const misses = outcomes.filter(({ found, topic }) => found !== topic);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Answers: evaluation</title>
<style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ddd}
.n{text-align:right;font-variant-numeric:tabular-nums}svg{display:block}</style>
<h1>Answers: evaluation</h1><p>${outcomes.length} questions, ${misses.length} misses.</p>
<table><tr><th>Group<th class="n">Questions<th>First<th>In three<th>Refused rightly<th>Refused wrongly</tr>
${scores.map(scoreRow).join('\n')}</table>
<h2>Confidence</h2>${histogram(outcomes)}
<h2>Misses</h2><table><tr><th>Id<th>Question<th>Offering<th>Expected<th>Found<th class="n">Confidence<th>Offered</tr>
${misses.map(missRow).join('\n')}</table></html>`;
}

function scoreRow({ group, questions, first, three, refused, wronglyRefused }: Scores): string {
  const bars = [first, three, refused, wronglyRefused].map((value) => `<td>${bar(value)}`).join('');
  return `<tr><td>${escape(group)}<td class="n">${questions}${bars}</tr>`;
}

function bar(value: number): string {
  const label = `${(value * 100).toFixed(1)} %`;
  return `${label}<svg width="120" height="8" role="img" aria-label="${label}"><rect width="120" height="8" fill="#eee"/><rect width="${(value * 120).toFixed(1)}" height="8" fill="#2266bb"/></svg>`;
}

const BINS = 20;

/** How often each confidence occurs, for right answers (above the line) and all others (below). */
function histogram(outcomes: readonly Outcome[]): string {
  const right = Array.from({ length: BINS }, () => 0);
  const other = Array.from({ length: BINS }, () => 0);
  for (const { found, topic, score } of outcomes) {
    const bins = topic !== null && (found ?? topic) === topic ? right : other;
    const at = Math.min(BINS - 1, Math.floor(score * BINS));
    bins[at] = (bins[at] ?? 0) + 1;
  }
  const most = Math.max(1, ...right, ...other);
  const bars = right.map((count, at) => twoBars(at, (count / most) * 100, ((other[at] ?? 0) / most) * 100)).join('');
  return `<svg width="640" height="230" role="img" aria-label="Confidence of right answers above, of wrong or unanswerable ones below">${bars}<line x1="0" y1="110" x2="600" y2="110" stroke="#333"/><text x="0" y="228" font-size="12">0</text><text x="590" y="228" font-size="12">1</text></svg>`;
}

function twoBars(at: number, up: number, down: number): string {
  const x = at * 30;
  return `<rect x="${x}" y="${110 - up}" width="26" height="${up}" fill="#2266bb"/><rect x="${x}" y="110" width="26" height="${down}" fill="#bb4422"/>`;
}

function missRow({ id, question, offering, topic, found, score, offered }: Outcome): string {
  const cells = [String(id), question, offering, topic ?? '(no answer)', found ?? '(no answer)'].map(escape);
  return `<tr><td>${cells.join('<td>')}<td class="n">${score.toFixed(2)}<td>${escape(offered.join(', '))}</tr>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
