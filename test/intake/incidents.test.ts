import { describe, expect, test } from 'vitest';
import { BOOK_FOLDER } from '#knowledge/book.ts';
import { readServiceWords } from '#knowledge/services.ts';
import { matchIncident } from '#src/intake/incidents.ts';
import type { Incident } from '#src/intake/ports.ts';

/** As Microsoft Graph tells them: English titles, whatever language the person writes. All of them go on at once. */
const words = readServiceWords(BOOK_FOLDER);
const incident = (id: string, service: string, title: string): Incident => ({
  id,
  offering: 'worldwide',
  service,
  title,
  status: 'serviceDegradation',
  startedAt: '2026-11-20T01:00:00Z',
  keywords: [],
});
const NOW = [
  incident('EX', 'Exchange Online', 'Users may be unable to send or receive email messages'),
  incident('SP', 'SharePoint Online', 'Search results may be incomplete for newly added files'),
  incident('TM', 'Microsoft Teams', 'Some users may be unable to join meetings'),
  incident('ID', 'Microsoft Entra', 'Some users may be unable to sign in'),
  incident('OD', 'OneDrive for Business', 'Files may not sync for some users'),
  incident('FM', 'Microsoft Forms', 'Users may be unable to export form responses to Excel'),
];
const found = (text: string): string | null => matchIncident(text, NOW, words)?.id ?? null;

describe('what people say of an incident that goes on', () => {
  test.each([
    ['EX', 'Nobody in the company can send or receive mail, business has stopped completely.'],
    ['EX', 'Since this morning we can’t send emails from Outlook.'],
    ['EX', 'Emails are not arriving in our mailboxes'],
    ['EX', 'outlook: sending fails with an error'],
    ['EX', 'Our users don’t receive any mail since 9 am'],
    ['EX', '全公司所有人都收发不了邮件，业务完全停了。'],
    ['EX', '从早上开始 Outlook 发不了邮件'],
    ['EX', '外部发来的邮件都收不到'],
    ['EX', '邮箱无法接收邮件，客户很着急'],
    ['EX', '全社員がメールの送受信をできず、業務が完全に止まっています。'],
    ['EX', '今朝から Outlook でメールが送れません'],
    ['EX', '取引先からのメールが届きません'],
    ['EX', 'メールが受信できない状態です'],
    ['SP', 'SharePoint search doesn’t find the files that we uploaded today'],
    ['SP', 'Search in SharePoint returns no results for new documents'],
    ['SP', '我们 SharePoint 搜索搜不到新上传的文件'],
    ['SP', 'SharePoint 的检索结果不全'],
    ['SP', 'SharePoint の検索で新しいファイルが見つかりません'],
    ['TM', 'Half of our people can’t join Teams meetings'],
    ['TM', 'Teams: joining the meeting fails for everyone'],
    ['TM', '我们有些用户进不了 Teams 会议'],
    ['TM', 'Teams 会议无法加入'],
    ['TM', '一部のユーザーが Teams 会議に参加できません。'],
    ['TM', 'Teams の会議に入れない人が多数います。参加ボタンがエラーになります'],
    ['ID', 'Nobody can sign in with their Entra account'],
    ['ID', '用户无法登录，Entra 报错'],
    ['ID', 'ユーザーがサインインできません'],
    ['OD', 'OneDrive is not syncing our files'],
    ['OD', 'OneDrive 一直无法同步'],
    ['OD', 'OneDrive の同期が止まっています'],
    ['FM', 'Forms export to Excel fails for the responses of our survey.'],
    ['FM', '表单的回复无法导出到 Excel'],
    ['FM', 'フォームの回答を Excel にエクスポートできません'],
    ['EX', 'Teams works fine, but nobody can send mail'],
    ['TM', 'Mail is fine. Joining Teams meetings fails.'],
  ])('%s: %s', (id, text) => {
    expect(found(text)).toBe(id);
  });
});

describe('what is no report of an incident', () => {
  test.each([
    'How do I forward mail to a colleague?',
    'How can I send a mail as the shared mailbox?',
    'How do I create a shared mailbox?',
    'Outlook crashes every time I open the calendar.',
    'My mailbox is full and I can’t add a signature',
    'The Send button in Outlook is garbled',
    'We were charged twice on the invoice of this month.',
    'Can’t assign licenses to new users',
    'SharePoint site permissions are wrong for the marketing team',
    'Gmail can’t send mail to our scanner',
    'Mail works again since noon, thank you',
    'I want to export the mailbox of a colleague who left',
    'Excel crashes when I open a big workbook',
    'Please set up mail forwarding for our new office',
    'Our VPN is down and the printer is not working',
    'The Teams app asks for an update every day',
    'Mail is fine, but the printer can’t be reached',
    '怎么设置邮件转发？',
    '如何给共享邮箱授权代发？',
    '我一打开日历 Outlook 就崩溃。',
    '这个月的账单被重复扣费了。',
    '邮件签名的格式乱了',
    '想购买更多许可证，怎么下单',
    'SharePoint 网站权限设置不对',
    'QQ邮箱收不到验证码',
    '邮件已经恢复了，谢谢',
    'Word 文档格式不对',
    'Teams 头像更新不了',
    'メールの転送設定の方法を教えてください',
    '共有メールボックスの作成方法を教えてください。',
    '予定表を開くたびに Outlook が落ちます。',
    '今月の請求書で二重に課金されています。',
    'メールの署名がおかしいです',
    'メールは復旧しました。ありがとうございます',
    'Teams の背景画像を変更できません',
    'SharePoint の権限設定が分かりません',
    'プリンターがつながりません',
    'Excel のマクロが動きません',
  ])('%s', (text) => {
    expect(found(text)).toBeNull();
  });
});

const one = (title: string, text: string, service = 'Exchange Online', keywords: string[] = []): boolean =>
  matchIncident(text, [{ ...incident('X', service, title), keywords }], words) !== null;

describe('incidents of other kinds', () => {
  test('who can’t reach a service at all can neither send nor search there; the other way round it proves nothing', () => {
    const title = 'Users may be unable to access their mailboxes';
    expect(one(title, 'I can’t send any mail')).toBe(true);
    expect(one(title, '邮箱打不开了')).toBe(true);
    expect(one('Search results may be incomplete', 'Our mailboxes can’t be opened')).toBe(false);
  });

  test('late mail has not arrived', () => {
    expect(one('Users’ email messages may be delayed', 'Mails from customers are not arriving')).toBe(true);
    expect(one('Users’ email messages may be delayed', '邮件延迟很严重，几个小时都没收到')).toBe(true);
    expect(one('Users’ email messages may be delayed', 'メールが遅延しています')).toBe(true);
    expect(one('Users’ email messages may be delayed', 'I can’t open the calendar')).toBe(false);
  });

  test('a service without words of its own is found by its name; a title without a symptom by its keywords', () => {
    expect(one('Users can’t open boards', 'Kaizala does not open', 'Kaizala')).toBe(true);
    expect(one('Degraded experience', 'SharePoint search fails', 'SharePoint Online', ['search'])).toBe(true);
    expect(one('Degraded experience', 'SharePoint search fails', 'SharePoint Online')).toBe(false);
  });

  test('nothing goes on, nothing is found', () => {
    expect(matchIncident('Nobody can send mail', [], words)).toBeNull();
    expect(found('，但不过mail can’t '.repeat(5000))).toBeNull();
  });
});
