import { assert, property, string } from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { withoutPersonalData } from '#src/intake/redact.ts';
import { within } from '../patience.ts';

describe('taken out', () => {
  it.each([
    // English
    ['My name is John Smith and mail is down', 'My name is [name] and mail is down'],
    ['my name is maria, I forgot my code', 'my name is [name], I forgot my code'],
    ['This is John Smith from accounting', 'This is [name] from accounting'],
    ["I'm Anna van Dyke-Jones", "I'm Anna van Dyke-Jones"],
    ["I'm Anna Jones, help", "I'm [name], help"],
    ['How do I add a license? Regards, Peter Novak', 'How do I add a license? Regards, [name]'],
    ['Contact: Peter Novak', 'Contact: [name]'],
    ['Please tell Mr. Tanaka', 'Please tell Mr. [name]'],
    ['Forward mail of j.smith+x@contoso.co.uk to me', 'Forward mail of [mail] to me'],
    ['call me at +1 (425) 555-0100 please', 'call me at [number] please'],
    ['card 4111 1111 1111 1111 was refused', 'card [number] was refused'],
    ['tenant 8d4c7d9e-1111-2222-3333-0123456789ab', 'tenant [id]'],
    ['key 0123456789abcdef0123456789ABCDEF', 'key [id]'],
    ['server 10.0.12.254 answers 503', 'server [ip] answers 503'],
    ['server 2001:db8:0:1:1:1:1:1 is slow', 'server [ip] is slow'],
    ['server fe80::1 is slow', 'server [ip] is slow'],
    ['our domain contoso.com is not verified', 'our domain [domain] is not verified'],
    ['contoso.onmicrosoft.com and contoso.partner.onmschina.cn', '[domain] and [domain]'],
    ['open https://contoso.sharepoint.com/sites/hr?x=1 please', 'open [link] please'],
    ['see www.contoso.com/a', 'see [link]'],
    ['login CONTOSO\\jsmith fails', 'login [account] fails'],
    ['my password is Hunter2! and it fails', 'my password is [secret] and it fails'],
    ['what about SR-6AWW-0BR7', 'what about [request]'],
    // Chinese
    ['我叫张伟，无法登录', '我叫[name]，无法登录'],
    ['我是李小龙，邮箱打不开', '我是[name]，邮箱打不开'],
    ['联系人：王芳', '联系人：[name]'],
    ['请联系陈先生', '请联系[name]先生'],
    ['手机号13800138000收不到短信', '手机号[number]收不到短信'],
    ['电话０１０－８８８８６６６６', '电话[number]'],
    ['身份证11010519491231002X', '身份证[number]'],
    ['请联系zhang.wei@contoso.cn处理', '请联系[mail]处理'],
    ['邮箱是 张伟@公司.cn', '邮箱是 [mail]'],
    ['密码是Abc123，登录不了', '密码是[secret]，登录不了'],
    ['租户contoso.partner.onmschina.cn打不开', '租户[domain]打不开'],
    ['服务器192.168.1.10连不上', '服务器[ip]连不上'],
    ['打开https://contoso.sharepoint.cn/sites/a，没有权限', '打开[link]，没有权限'],
    // Japanese
    ['株式会社コントソの田中と申します。メールが届きません', '株式会社コントソの[name]と申します。メールが届きません'],
    ['佐藤花子と申します。', '[name]と申します。'],
    ['氏名：山田太郎', '氏名：[name]'],
    ['担当は鈴木さんです', '担当は[name]さんです'],
    ['山田太郎様のメールボックス', '[name]様のメールボックス'],
    ['電話は０３－１２３４－５６７８です', '電話は[number]です'],
    ['携帯090-1234-5678に連絡ください', '携帯[number]に連絡ください'],
    ['パスワードはAbc123です', 'パスワードは[secret]です'],
    ['tanaka@contoso.co.jpに転送したい', '[mail]に転送したい'],
    ['ドメイン contoso.co.jp を追加したい', 'ドメイン [domain] を追加したい'],
  ])('%s', (text, kept) => {
    expect(withoutPersonalData(text)).toBe(kept);
  });
});

test.each([
  'How do I set a password to never expire?',
  'This is Microsoft Teams asking for sign-in',
  'Error 0x80070005 when installing Microsoft 365 Apps',
  'AADSTS50076 at login.microsoftonline.com',
  'Sign in at admin.microsoft.com or portal.azure.cn',
  'Up to 50 GB, 60 days, error 503, version 2408',
  'ASP.NET and report.xlsx',
  '为什么共享邮箱无法发送邮件？',
  '我是全局管理员，怎么分配许可证',
  '密码过期策略在哪里设置',
  '外部ユーザーとの共有ができません。仕様ですか？',
  'お客様のテナントにアクセスできません',
  '機能仕様を教えてください',
  '同様のエラーが出ます',
  'パスワードの有効期限をなくしたい',
])('stays: %s', (text) => {
  expect(withoutPersonalData(text)).toBe(text);
});

it('takes the same again from what it left, and never grows without bound', () => {
  assert(
    property(string({ maxLength: 2_000, unit: 'grapheme' }), (text) => {
      expect(withoutPersonalData(text).length).toBeLessThanOrEqual(9 * 1_000);
    }),
    { numRuns: 100 },
  );
});

it('takes no time for what is made to take long', () => {
  const hard = [
    'a.'.repeat(500),
    '1 '.repeat(500),
    ':'.repeat(1_000),
    'a@'.repeat(500),
    '我叫'.repeat(500),
    'ABC '.repeat(250),
  ];
  const began = process.cpuUsage();
  for (const text of hard) withoutPersonalData(text);
  const { user } = process.cpuUsage(began);
  expect(user / 1_000).toBeLessThan(within(2_000));
});
