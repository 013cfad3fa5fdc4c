import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** The answers of a machine whose own clock stands in `zone`. */
function answers(zone: string): string {
  const script = fileURLToPath(new URL('ask-everything.ts', import.meta.url));
  return execFileSync(process.execPath, [script], { encoding: 'utf8', env: { ...process.env, TZ: zone } });
}

test('the machine’s own time zone changes nothing', () => {
  const inBeijing = answers('Asia/Shanghai');
  expect(inBeijing.split('\n').length).toBeGreaterThan(300);
  for (const zone of ['America/Los_Angeles', 'Pacific/Kiritimati', 'Europe/London']) {
    expect(answers(zone)).toBe(inBeijing);
  }
}, 180_000);
