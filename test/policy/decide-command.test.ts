import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { runDecide } from '#src/cli/decide.ts';
import { CATEGORIES, OFFERINGS } from '#knowledge/schema.ts';
import { ROUTES } from '#src/policy/route.ts';
import { rules } from './place.ts';

/** An answer's line exactly as other programs know it (conversation.md section 2): no field more, no field less. */
const answerSchema = z.strictObject({
  id: z.union([z.string(), z.number()]),
  route: z.enum(ROUTES),
  reason: z.string().min(10),
  source: z.string().min(10),
  severity: z.enum(['A', 'B', 'C', '']),
  cap: z.enum(['A', 'B', 'C']).optional(),
  respondBy: z.iso.datetime().nullable(),
  provisional: z.boolean(),
  openNow: z.boolean(),
  opensAt: z.iso.datetime().nullable(),
  contactMethods: z
    .array(z.strictObject({ method: z.enum(['phone', 'chat', 'email']), available: z.boolean(), reason: z.string() }))
    .length(3),
  phoneNumber: z.string().optional(),
});

const asked = {
  id: 'q1',
  offering: 'o365-21vianet',
  person: 'may-open',
  purchase: 'direct',
  agreement: false,
  category: 'technical',
  severity: 'A',
  now: '2026-11-20T15:00:00+08:00',
};

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

async function run(lines: readonly unknown[]): Promise<{ code: number; answers: z.infer<typeof answerSchema>[] }> {
  const out: string[] = [];
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  const code = await runDecide(each(texts), rules, (line) => out.push(line));
  return { code, answers: out.map((line) => answerSchema.parse(JSON.parse(line))) };
}

afterEach(() => {
  vi.restoreAllMocks();
});

test('one question a line, one decision a line, in words with its source', async () => {
  const { code, answers } = await run([asked, '', { ...asked, id: 2, severity: 'C' }]);
  expect(code).toBe(0);
  expect(answers.map(({ id }) => id)).toEqual(['q1', 2]);
  expect(answers[0]).toMatchObject({ route: 'open', severity: 'B', cap: 'B', respondBy: '2026-11-23T07:00:00.000Z' });
  expect(answers[0]?.reason).toMatch(/Sev A needs .* so this goes in as Sev B/);
  expect(answers[0]?.source).toContain('seed 000: "Severity A is only available to customers who had signed');
  expect(answers[0]?.source).toContain('seed 000: "Initial Response: 1 business day or less."');
  expect(answers[0]?.reason).toContain('by Mon, 23 Nov 2026, 15:00 (Asia/Shanghai).');
  expect(answers[1]?.cap).toBeUndefined();
});

test('every offering and category can be printed', async () => {
  const lines = OFFERINGS.flatMap((offering) => CATEGORIES.map((category) => ({ ...asked, offering, category })));
  const { code, answers } = await run(lines);
  expect(code).toBe(0);
  expect(answers).toHaveLength(lines.length);
});

test('times are told on the offering’s clock and on the person’s', async () => {
  const asks = { ...asked, severity: 'B', timeZone: 'America/New_York', phone: '13800138000' };
  const { answers } = await run([
    { ...asks, now: '2026-11-20T03:00+08:00' },
    { ...asks, offering: 'worldwide', category: 'billing', now: '2026-11-21T03:00Z' },
    { ...asks, now: '2026-12-31T15:00:00+08:00' },
  ]);
  expect(answers[0]?.contactMethods[0]?.reason).toContain(
    'opens at Fri, 20 Nov 2026, 09:00 (Asia/Shanghai), Thu, 19 Nov 2026, 20:00 (America/New_York)',
  );
  expect(answers[0]?.reason).toContain('by Mon, 23 Nov 2026, 09:00 (Asia/Shanghai), Sun, 22 Nov 2026, 20:00');
  expect(answers[1]?.opensAt).toBe('2026-11-23T14:00:00.000Z');
  expect(answers[2]?.reason).toContain("that year's calendar of working days isn't published yet");
  expect(answers[2]?.provisional).toBe(true);
});

test('absent fields may be null', async () => {
  const empty = { agreement: null, affected: null, behalf: null, timeZone: null, phone: null, email: null };
  const { code, answers } = await run([{ ...asked, ...empty }]);
  expect(code).toBe(0);
  expect(answers[0]?.route).toBe('ask-agreement');
});

test.each([
  ['now', { ...asked, now: '2026-11-20 15:00' }],
  ['now', { ...asked, now: '2026-11-20T15:00:00' }],
  ['now', { ...asked, now: '2026-02-30T15:00:00Z' }],
  ['offering', { ...asked, offering: 'worldwide ' }],
  ['severity', { ...asked, severity: 'D' }],
  ['timeZone', { ...asked, timeZone: 'Mars/Olympus' }],
  ['id', { ...asked, id: undefined }],
  ['not JSON', '{"id":'],
  ['', '[]'],
])('a bad line is named with its field (%s), the others are answered', async (field, line) => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { code, answers } = await run([asked, line, { ...asked, id: 'q3' }]);
  expect(code).toBe(2);
  expect(answers.map(({ id }) => id)).toEqual(['q1', 'q3']);
  expect(said.mock.calls).toEqual([[expect.stringContaining(`line 2: ${field}`)]]);
});
