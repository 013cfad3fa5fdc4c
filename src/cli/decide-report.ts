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

/** The evaluation of decisions as one HTML page without scripts: shares of right answers with bars, and the misses. */
export function renderDecideReport(scores: readonly DecideScore[], misses: readonly Miss[]): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Decisions: evaluation</title>
<style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ddd}</style>
<h1>Decisions: evaluation</h1>
<table><tr><th>Group or field<th>Compared<th>Right<th>Share</tr>
${scores.map(scoreRow).join('\n')}</table>
<h2>Misses</h2><table><tr><th>Id<th>Offering<th>Field<th>Expected<th>Decided</tr>
${misses.map(missRow).join('\n')}</table></html>
`;
}

function scoreRow({ group, compared, right, share }: DecideScore): string {
  const percent = `${(share * 100).toFixed(1)} %`;
  const bar = `<svg width="200" height="10" role="img" aria-label="${percent}"><rect width="200" height="10" fill="#eee"/><rect width="${(share * 200).toFixed(1)}" height="10" fill="#2266bb"/></svg>`;
  return `<tr><td>${escape(group)}<td>${compared}<td>${right}<td>${percent} ${bar}</tr>`;
}

function missRow({ id, offering, field, expected, decided }: Miss): string {
  const cells = [String(id), offering, field, JSON.stringify(expected), JSON.stringify(decided)];
  return `<tr><td>${cells.map(escape).join('<td>')}</tr>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
