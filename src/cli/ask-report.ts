import { THRESHOLD } from '#knowledge/confidence.ts';
import type { Gold } from '#knowledge/examples.ts';
import { LANGUAGES, OFFERINGS } from '#knowledge/schema.ts';

/** A labelled question with what was found for it: the topic answered with, its confidence, and the choices offered. */
export interface Outcome extends Gold {
  found: string | null;
  score: number;
  offered: string[];
  /** What of `says` is lacking in the answer as a person reads it, and what of `never` stands there. */
  wrong: string[];
}

/**
 * `first` and `three` are shares of the questions that have an answer: answered with the right topic, and right topic among
 * answer and choices. `refused` is the share of unanswerable ones that got none; `wronglyRefused` that of the others.
 * `facts`: of the questions for one fact, those whose answer says it and not that of another cloud.
 */
export interface Scores {
  group: string;
  questions: number;
  first: number;
  three: number;
  refused: number;
  wronglyRefused: number;
  facts?: number;
}

/** Another topic than was asked for, or, where a fact was, not that fact: an article beside it may say it as well. */
export function isMiss({ found, topic, says, wrong }: Outcome): boolean {
  return says === undefined ? found !== topic : wrong.length > 0;
}

/** The evaluation as one HTML page without scripts: scores with bars, confidence of right and wrong answers, the misses. */
export function renderReport(scores: readonly Scores[], outcomes: readonly Outcome[]): string {
  const misses = outcomes.filter(isMiss);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Answers: evaluation</title>
<style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ddd}
.n{text-align:right;font-variant-numeric:tabular-nums}svg{display:block}</style>
<h1>Answers: evaluation</h1><p>${outcomes.length} questions, ${misses.length} misses.</p>
<table><tr><th>Group<th class="n">Questions<th>First<th>In three<th>Refused rightly<th>Refused wrongly<th>Hard facts</tr>
${scores.map(scoreRow).join('\n')}</table>
<h2>Languages and offerings</h2>${crossTable(outcomes)}
<h2>Confidence</h2>${histogram(outcomes)}
<h2>Where the threshold stands</h2>
<p>For every threshold: the share of questions answered rightly (blue), of those without an answer refused (green), and of those
with an answer refused wrongly (red). The line is the one in use, ${THRESHOLD}.</p>${curves(outcomes)}
<h2>Misses</h2><table><tr><th>Id<th>Question<th>Offering<th>Expected<th>Found<th class="n">Confidence<th>Offered<th>Fact lacking or foreign</tr>
${misses.map(missRow).join('\n')}</table></html>`;
}

function scoreRow({ group, questions, first, three, refused, wronglyRefused, facts }: Scores): string {
  const bars = [first, three, refused, wronglyRefused].map((value) => `<td>${bar(value)}`).join('');
  return `<tr><td>${escape(group)}<td class="n">${questions}${bars}<td>${facts === undefined ? '' : bar(facts)}</tr>`;
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

const WIDTH = 600;
const HEIGHT = 200;
const STEPS = 100;

/** The three shares against the threshold; a topic that was only offered counts with its own confidence. */
function curves(outcomes: readonly Outcome[]): string {
  const answerable = outcomes.filter(({ topic }) => topic !== null);
  const others = outcomes.filter(({ topic }) => topic === null);
  const isFirst = ({ found, offered, topic }: Outcome): boolean => (found ?? offered[0]) === topic;
  const lines = [
    { color: '#2266bb', at: (least: number) => shareOf(answerable, (one) => one.score >= least && isFirst(one)) },
    { color: '#2a8a4a', at: (least: number) => shareOf(others, ({ score }) => score < least) },
    { color: '#bb4422', at: (least: number) => shareOf(answerable, ({ score }) => score < least) },
  ];
  const drawn = lines.map(({ color, at }) => {
    const points = Array.from({ length: STEPS + 1 }, (_, step) => {
      const y = HEIGHT - at(step / STEPS) * HEIGHT;
      return `${((step / STEPS) * WIDTH).toFixed(0)},${y.toFixed(1)}`;
    });
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${color}" stroke-width="2"/>`;
  });
  const used = THRESHOLD * WIDTH;
  return `<svg width="${WIDTH}" height="${HEIGHT + 20}" role="img" aria-label="Shares by threshold">${drawn.join('')}<line x1="${used}" y1="0" x2="${used}" y2="${HEIGHT}" stroke="#333" stroke-dasharray="4"/><line x1="0" y1="${HEIGHT}" x2="${WIDTH}" y2="${HEIGHT}" stroke="#333"/><text x="0" y="${HEIGHT + 16}" font-size="12">0</text><text x="${WIDTH - 10}" y="${HEIGHT + 16}" font-size="12">1</text></svg>`;
}

function shareOf(outcomes: readonly Outcome[], isSo: (one: Outcome) => boolean): number {
  return outcomes.length === 0 ? 0 : outcomes.filter(isSo).length / outcomes.length;
}

/** Share of the answerable questions that were answered rightly, for each language in each offering. */
function crossTable(outcomes: readonly Outcome[]): string {
  const answerable = outcomes.filter(({ topic }) => topic !== null);
  const rows = OFFERINGS.map((offering) => {
    const cells = LANGUAGES.map((lang) => {
      const own = answerable.filter((one) => one.offering === offering && one.lang === lang);
      return own.length === 0 ? '<td>' : `<td>${bar(shareOf(own, ({ found, topic }) => found === topic))}`;
    });
    return `<tr><td>${offering}${cells.join('')}</tr>`;
  });
  return `<table><tr><th>Answered rightly${LANGUAGES.map((lang) => `<th>${lang}`).join('')}</tr>${rows.join('')}</table>`;
}

function missRow({ id, question, offering, topic, found, score, offered, wrong }: Outcome): string {
  const cells = [String(id), question, offering, topic ?? '(no answer)', found ?? '(no answer)'].map(escape);
  return `<tr><td>${cells.join('<td>')}<td class="n">${score.toFixed(2)}<td>${escape(offered.join(', '))}<td>${escape(wrong.join(', '))}</tr>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
