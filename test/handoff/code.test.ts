import { expect, test } from 'vitest';
import { codeIn, maskedMail, nextCode, standingOf, tryCode } from '#src/handoff/code.ts';
import type { PinRule, SentCode, Try } from '#src/handoff/code.ts';
import { code, NOON } from '../storage/samples.ts';

/** The PIN rule (policy section 5): sent to the registered mail, 3 tries, 10 minutes, a new code ends the old one. */

const RULE: PinRule = { digits: 6, tries: 3, minutes: 10, codes: 5 };
const MINUTE = 60_000;
const MADE = { id: 'c2', conversation: 'talk', digest: 'right', to: 'i…@contoso.example', agent: 'agent-1' };

const sent = (given: Partial<SentCode> = {}) => code({ conversation: 'talk', digest: 'right', ...given });

/** Types one after the other, a second apart. */
function typed(start: SentCode, digests: readonly string[], at = NOON): { results: Try[]; code: SentCode } {
  const results: Try[] = [];
  let now = start;
  digests.forEach((digest, index) => {
    const tried = tryCode(now, digest, at + index * 1_000);
    results.push(tried.result);
    now = tried.code;
  });
  return { results, code: now };
}

test.each<[string, string[], Try[], [state: string, triesLeft: number]]>([
  ['right at once', ['right'], ['verified'], ['verified', 3]],
  ['right at the third try', ['wrong', 'bad00', 'right'], ['wrong', 'wrong', 'verified'], ['verified', 1]],
  ['three wrong ones end it', ['wrong', 'bad00', 'worse'], ['wrong', 'wrong', 'used-up'], ['used-up', 0]],
  [
    'the same wrong digits twice, as a channel repeats, cost one try',
    ['wrong', 'wrong', 'wrong'],
    ['wrong', 'wrong', 'wrong'],
    ['open', 2],
  ],
  ['another length is wrong, too', ['righ', 'right0', ''], ['wrong', 'wrong', 'used-up'], ['used-up', 0]],
])('%s', (_name, digests, results, end) => {
  const after = typed(sent(), digests);
  expect(after.results).toEqual(results);
  expect([after.code.state, after.code.triesLeft]).toEqual(end);
});

test.each([
  [10 * MINUTE - 1, 'verified', 'open'],
  [10 * MINUTE, 'expired', 'expired'],
  [24 * 60 * MINUTE, 'expired', 'expired'],
])('%i ms after it was sent the right code is %s', (after, result, standing) => {
  const one = nextCode(MADE, undefined, RULE, NOON)!;
  expect(standingOf(one, NOON + after)).toBe(standing);
  expect(tryCode(one, 'right', NOON + after).result).toBe(result);
});

test('a new code takes the place of the one before it, with tries and minutes of its own', () => {
  const before = typed(sent({ sentAt: NOON }), ['wrong', 'bad00']).code;
  const next = nextCode(MADE, before, RULE, NOON + 5 * MINUTE);
  expect(next).toMatchObject({ id: 'c2', triesLeft: 3, lastWrong: null, state: 'open', expiresAt: NOON + 15 * MINUTE });
});

test('five codes within the hour, and then none: each brings new tries', () => {
  let last: SentCode | undefined;
  const at = (minutes: number) => nextCode(MADE, last, RULE, NOON + minutes * MINUTE);
  for (const minutes of [0, 10, 20, 30, 40]) last = at(minutes)!;
  expect(at(50)).toBeNull();
  expect(at(99)).toBeNull();
  expect(at(100)).toMatchObject({ sent: 1 });
});

test.each([
  ['482913', '482913'],
  ['  482913\n', '482913'],
  ['482 913', '482913'],
  ['482-913', '482913'],
  ['４８２９１３', '482913'],
  ['４８２　９１３', '482913'],
  ['4\u200b82913', '482913'],
  ['012345', '012345'],
  ['48291', null],
  ['4829134', null],
  ['the code is 482913', null],
  ['482913?', null],
  ['٤٨٢٩١٣', null],
  ['四八二九一三', null],
  ['', null],
  ['1'.repeat(10_000), null],
])('%j is the code %j', (text, digits) => {
  expect(codeIn(text, 6)).toBe(digits);
});

test.each([
  ['it-support@contoso.example', 'i…@contoso.example'],
  ['"a@b"@contoso.example', '"…@contoso.example'],
  ['王@contoso.example', '王…@contoso.example'],
])('%s is shown as %s', (address, shown) => {
  expect(maskedMail(address)).toBe(shown);
});
