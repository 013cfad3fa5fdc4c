import { assert, property, string } from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { hideAny, hiding, oursOf } from '#src/desk/contact.ts';
import { supportNumbers } from '#src/policy/support-phone.ts';
import { within } from '../patience.ts';
import { rules } from '../policy/place.ts';

describe('what has the shape of a contact is hidden, whoever’s it is', () => {
  it.each([
    ['call +1 (202) 555-0143 please', 'call +• (•••) •••-0143 please'],
    ['ring 030 1234567 after ten', 'ring ••• •••4567 after ten'],
    ['my cell is 555 0143', 'my cell is ••• 0143'],
    ['tel0312345678', 'tel••••••5678'],
    ['cell2025550143', 'cell••••••0143'],
    // Nearly addresses on the network and a version.
    ['ring 090.123.45.67 or 044.668.18.00', 'ring •••.•••.45.67 or •••.•••.18.00'],
    ['06.12.3456.7890', '••.••.••••.7890'],
    // Of several in a row no end is left over.
    ['090-1234-5678\n090-2345-6789\n090-3456-7890', '•••-••••-••••\n•••-••••-••••\n•••-••••-7890'],
    // Nothing else when it belongs to a mail address.
    ['id2024@contoso.com, 0xabc@contoso.com', 'i•••••@contoso.com, 0••••@contoso.com'],
    ['josé.garcia@contoso.com', 'josé.••••••@contoso.com'],
    ['ask bob-@contoso.example', 'ask b•••@contoso.example'],
    ['0312345678 ext 12', '••••••5678 ext 12'],
    ['j.smith+x@contoso.co.uk, or o’brien', 'j••••••••@contoso.co.uk, or o’brien'],
    ['a@contoso.example', '•@contoso.example'],
    ['<Wang@contoso.example>', '<W•••@contoso.example>'],
    ['2026-11-20 13912345678', '2026-11-20 •••••••5678'],
    ['手机13912345678收不到短信', '手机•••••••5678收不到短信'],
    ['手机+86-139-1234-5678', '手机+••-•••-••••-5678'],
    ['座机０１０－８８８８６６６６', '座机•••－••••６６６６'],
    ['邮箱是zhang.wei@contoso.cn', '邮箱是z••••••••@contoso.cn'],
    ['发到 张伟@公司.cn 吧', '发到 张•@公司.cn 吧'],
    ['邮箱ｗａｎｇ＠contoso.cn', '邮箱ｗ•••＠contoso.cn'],
    ['携帯は090ー1234ー5678です', '携帯は•••ー••••ー5678です'],
    ['電話０３（１２３４）５６７８まで', '電話••（••••）５６７８まで'],
    ['tanaka@contoso.co.jpへ', 't•••••@contoso.co.jpへ'],
  ])('%s', (text, shown) => {
    expect(hideAny(text)).toBe(shown);
    expect(shown).toHaveLength(text.length);
  });
});

test.each([
  'Error 0x80070005 on 2026-11-20 15:00, since 20.11.2026',
  'AADSTS50076, KB5031234, error code: 80070005, エラー 2147467259',
  'SR-1234-5678 and SR-6AWW-0BR7',
  'server 192.168.1.10, 10.0.12.254:8080, version 16.0.17928.20114',
  'correlation id 8d4c7d9e-1111-2222-3333-012345678901',
  '500 people, 1200000 of cost, 09:00-18:00, 2025-2026, 50 GB',
  'ask @Anna or me@',
  '2026年11月20日から300人が使えません',
])('stays: %s', (text) => expect(hideAny(text)).toBe(text));

test('the house’s own numbers are no secret, a customer’s beside them is', () => {
  const hide = hiding([], oursOf(supportNumbers(rules)));
  expect(hide('Call (86) 400-089-0365 or +86 4000 890 365, not 13912345678.')).toBe(
    'Call (86) 400-089-0365 or +86 4000 890 365, not •••••••5678.',
  );
  expect(hide('090-1234-5678 400-089-0365'), 'one stretch').toBe('•••-••••-•••• •••-•••-0365');
});

it('keeps the length of whatever is written, and hides nothing more the second time', () => {
  assert(
    property(string({ maxLength: 300, unit: 'grapheme' }), (text) => {
      const once = hideAny(text);
      expect(once).toHaveLength(text.length);
      expect(hideAny(once)).toBe(once);
    }),
    { numRuns: 200 },
  );
});

it('takes no time for what is made to take long', () => {
  const hard = ['1 '.repeat(4_000), '1'.repeat(8_000), 'a.'.repeat(4_000), '1.1.'.repeat(2_000), '张'.repeat(8_000)];
  // Long ones with the sign of a mail address, and many that are found.
  hard.push(`${'张'.repeat(30_000)}@`, 'a.'.repeat(15_000), '0x1-'.repeat(7_500), 'a@'.repeat(15_000));
  const began = process.cpuUsage();
  for (const text of hard) hideAny(`${text}x`);
  expect(process.cpuUsage(began).user / 1_000).toBeLessThan(within(2_000));
});
