import type { OfferingId } from '#knowledge/schema.ts';

/**
 * Microsoft's documentation tells the clouds apart by these monikers (microsoft-365-docs, `monikerRange` and
 * `::: moniker range`); an offering that stands at none of them isn't described.
 */
const CLOUDS: Readonly<Record<string, readonly OfferingId[]>> = {
  'o365-worldwide': ['worldwide'],
  'o365-21vianet': ['o365-21vianet'],
  'o365-germany': [],
};

/**
 * Whether a text of that range is for the offering: `keep`, `other-cloud`, `other-moniker` where another one was asked for, or
 * `label` where nothing decides and the reader must.
 */
export type Verdict = 'keep' | 'other-cloud' | 'other-moniker' | 'label';

export function judgeRange(range: string, offering: OfferingId, moniker: string | undefined): Verdict {
  const parts = range
    .split('||')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const clouds = parts.map((part) => CLOUDS[part.replace(/^=+\s*/, '')]);
  if (parts.length > 0 && clouds.every((cloud) => cloud !== undefined))
    return clouds.some((cloud) => cloud?.includes(offering)) ? 'keep' : 'other-cloud';
  if (moniker === undefined) return 'label';
  return parts.some((part) => holds(part, moniker)) ? 'keep' : 'other-moniker';
}

/** `>=sql-server-2016` holds for sql-server-2019: the same name with a later number. */
function holds(part: string, moniker: string): boolean {
  const [, sign = '', name = ''] = /^(>=|<=|=|>|<)?\s*(.+)$/.exec(part) ?? [];
  if (sign === '' || sign === '=') return name === moniker;
  const [wanted, given] = [split(name), split(moniker)];
  if (wanted === undefined || given === undefined || wanted.stem !== given.stem)
    return name === moniker && sign.includes('=');
  const order = compare(given.version, wanted.version);
  return (
    (order > 0 && sign.startsWith('>')) || (order < 0 && sign.startsWith('<')) || (order === 0 && sign.includes('='))
  );
}

function split(name: string): { stem: string; version: number[] } | undefined {
  const [, stem, version] = /^(.*?)(\d+(?:\.\d+)*)$/.exec(name) ?? [];
  return stem === undefined || version === undefined ? undefined : { stem, version: version.split('.').map(Number) };
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
