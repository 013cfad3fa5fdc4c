/** One thing that was decided otherwise than expected. */
export interface Miss {
  id: string | number;
  offering: string;
  field: string;
  expected: unknown;
  decided: unknown;
}

/** Shares of right answers: of whole questions in a group, or of one field. */
export interface DecideScore {
  group: string;
  compared: number;
  right: number;
  share: number;
}

/** How often `decided` stood where `expected` should. */
export interface Confused {
  field: string;
  expected: string;
  decided: string;
  count: number;
}

interface Evaluation {
  scores: readonly DecideScore[];
  confusion: readonly Confused[];
  misses: readonly Miss[];
}

/** The evaluation of decisions as one HTML page without scripts: shares of right answers with bars, confusion, misses. */
export function renderDecideReport({ scores, confusion, misses }: Evaluation): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Decisions: evaluation</title>
<style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ddd}</style>
<h1>Decisions: evaluation</h1>
<table><tr><th>Group or field<th>Compared<th>Right<th>Share</tr>
${scores.map(scoreRow).join('\n')}</table>
${['route', 'severity'].map((field) => confusionTable(field, confusion)).join('\n')}
<h2>Misses</h2><table><tr><th>Id<th>Offering<th>Field<th>Expected<th>Decided</tr>
${misses.map(missRow).join('\n')}</table></html>
`;
}

function scoreRow({ group, compared, right, share }: DecideScore): string {
  const percent = `${(share * 100).toFixed(1)} %`;
  const bar = `<svg width="200" height="10" role="img" aria-label="${percent}"><rect width="200" height="10" fill="#eee"/><rect width="${(share * 200).toFixed(1)}" height="10" fill="#2266bb"/></svg>`;
  return `<tr><td>${escape(group)}<td>${compared}<td>${right}<td>${percent} ${bar}</tr>`;
}

/** Expected down, decided across; the darker, the more of what was expected there. */
function confusionTable(field: string, all: readonly Confused[]): string {
  const cells = all.filter((cell) => cell.field === field);
  const names = [...new Set(cells.flatMap(({ expected, decided }) => [expected, decided]))].toSorted();
  if (names.length === 0) return '';
  const rows = names.map((expected) => {
    const row = cells.filter((cell) => cell.expected === expected);
    const total = row.reduce((sum, { count }) => sum + count, 0);
    const shown = names.map((decided) => {
      const count = row.find((cell) => cell.decided === decided)?.count ?? 0;
      const share = total === 0 ? 0 : count / total;
      return `<td style="background:rgba(34,102,187,${(share * 0.6).toFixed(2)})">${count}`;
    });
    return `<tr><th>${escape(expected === '' ? 'none' : expected)}${shown.join('')}</tr>`;
  });
  const head = names.map((name) => `<th>${escape(name === '' ? 'none' : name)}`).join('');
  return `<h2>Confusion: ${field}</h2><table><tr><th>Expected \\ decided${head}</tr>
${rows.join('\n')}</table>`;
}

function missRow({ id, offering, field, expected, decided }: Miss): string {
  const cells = [String(id), offering, field, JSON.stringify(expected), JSON.stringify(decided)];
  return `<tr><td>${cells.map(escape).join('<td>')}</tr>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
