import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '#knowledge/schema.ts';
import { newCase } from '#dialogs/case.ts';
import type { Case } from '#dialogs/case.ts';
import { isUnregistered } from '#dialogs/unregistered.ts';
import { readBook } from '#knowledge/book.ts';
import { NOTHING_KNOWN } from '#src/intake/nobody.ts';

const { rules } = readBook();

function calling(phone: string | undefined, registeredPhones: readonly string[], country = 'JP'): Case {
  const facts = { ...NOTHING_KNOWN, offering: 'worldwide' as const, verified: true, country, registeredPhones };
  return { ...newCase('en', null, null), facts, contact: { shown: true, ...(phone !== undefined && { phone }) } };
}

describe('"The number isn’t one of the organization’s registered ones → say that the agent will send a code"', () => {
  it.each([
    ['+81 3-1234-5678', ['+81 3-1234-5678'], false],
    ['+81 3-1234-5678', ['03-1234-5678'], false],
    ['+81 3-1234-5678', ['(03) 1234 5678', '+81 90-1234-5678'], false],
    ['+81 90-9999-0000', ['+81 3-1234-5678'], true],
    ['+81 90-9999-0000', [], false],
    [undefined, ['+81 3-1234-5678'], false],
  ])('%s of %j: %s', (phone, registered, said) => {
    expect(isUnregistered(calling(phone, registered), { rules })).toBe(said);
  });

  it.each(LANGUAGES)('in %s', (language) => {
    const { phrases } = readBook();
    expect(phrases.text(language, 'code.expected')).toMatch(/code|验证码|確認コード/);
  });
});
