import type { Check } from './office.ts';

/**
 * `doctor`: looks at everything that Frontdesk needs, one JSON line each: `{check, ok, detail}`. Returns 1 where anything is
 * not well; a check that fails stops no other. What fails for the reason of one before it (no settings, no database) names that one.
 */
export async function runDoctor(checks: readonly Check[], out: (line: string) => void): Promise<number> {
  let code = 0;
  const reasons = new Map<string, string>();
  for (const { check, run } of checks) {
    try {
      out(JSON.stringify({ check, ok: true, detail: await run() }));
    } catch (error) {
      code = 1;
      const reason = error instanceof Error ? error.message : 'failed';
      const first = reasons.get(reason);
      reasons.set(reason, first ?? check);
      out(JSON.stringify({ check, ok: false, detail: first === undefined ? reason : `not looked at, see ${first}` }));
    }
  }
  return code;
}
