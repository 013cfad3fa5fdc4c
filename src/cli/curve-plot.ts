import type { CurvePoint } from '#src/triage/tune.ts';

const WIDTH = 560;
const HEIGHT = 260;
const EDGE = 40;
const LOWEST = 0.5;

/** Severity and category by the number of texts that were learnt, as an SVG. */
export function curvePlot(curve: readonly CurvePoint[]): string {
  const most = Math.max(...curve.map(({ texts }) => texts));
  const x = (texts: number): number => EDGE + (texts / most) * WIDTH;
  const y = (f1: number): number => EDGE + ((1 - f1) / (1 - LOWEST)) * HEIGHT;
  const line = (of: (point: CurvePoint) => number, colour: string): string =>
    `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${curve
      .map((point) => `${x(point.texts).toFixed(1)},${y(Math.max(of(point), LOWEST)).toFixed(1)}`)
      .join(' ')}"/>`;
  const marks = [0.5, 0.6, 0.7, 0.8, 0.9, 1].map(
    (f1) =>
      `<line x1="${EDGE}" x2="${EDGE + WIDTH}" y1="${y(f1)}" y2="${y(f1)}" stroke="currentColor" opacity=".2"/><text x="4" y="${y(f1) + 4}" font-size="12" fill="currentColor">${f1}</text>`,
  );
  return `<svg viewBox="0 0 ${WIDTH + 2 * EDGE} ${HEIGHT + 2 * EDGE}" width="${WIDTH + 2 * EDGE}" role="img" aria-label="Learning curve">
${marks.join('')}${line(({ severityF1 }) => severityF1, '#0f6cbd')}${line(({ categoryF1 }) => categoryF1, '#107c10')}
<text x="${EDGE}" y="${HEIGHT + 2 * EDGE - 8}" font-size="12" fill="currentColor">texts trained on, up to ${most}; blue: severity, green: category</text></svg>`;
}
