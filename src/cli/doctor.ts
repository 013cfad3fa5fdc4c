import type { Check } from './office.ts';

/**
 * `doctor`: looks at everything that Frontdesk needs, one JSON line each: `{check, ok, detail}`. Returns 1 where anything is
 * not well; a check that fails stops no other.
 */
export async function runDoctor(checks: readonly Check[], out: (line: string) => void): Promise<number> {
  let code = 0;
  for (const { check, run } of checks) {
    try {
      out(JSON.stringify({ check, ok: true, detail: await run() }));
    } catch (error) {
      code = 1;
      out(JSON.stringify({ check, ok: false, detail: error instanceof Error ? error.message : 'failed' }));
    }
  }
  return code;
}
