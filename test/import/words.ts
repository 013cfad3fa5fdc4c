import type { Language } from '#knowledge/schema.ts';

/** What the made documents are about, and how they speak of it. `{s}` is the subject, `{n}` a number that occurs once. */
export interface Words {
  readonly folder: string;
  readonly subjects: readonly (readonly [file: string, name: string])[];
  readonly sentences: readonly string[];
  readonly headings: Readonly<Record<'before' | 'steps' | 'settings' | 'clients' | 'related', string>>;
  readonly columns: readonly [string, string, string];
  readonly picture: string;
}

const FILES = [
  'shared-mailbox',
  'email-forwarding',
  'mailbox-permissions',
  'assign-licenses',
  'add-users',
  'reset-passwords',
  'domain-setup',
  'external-sharing',
  'directory-sync',
  'service-health',
  'install-apps',
  'billing-profile',
  'distribution-groups',
  'message-trace',
  'multifactor-sign-in',
  'site-permissions',
  'meeting-policies',
] as const;

const named = (names: readonly string[]): [string, string][] => FILES.map((file, at) => [file, names[at] ?? file]);

export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    folder: 'en-us',
    subjects: named([
      'a shared mailbox',
      'email forwarding',
      'mailbox permissions',
      'licenses for users',
      'new users',
      'passwords',
      'your own domain',
      'sharing with guests',
      'directory synchronization',
      'service health',
      'Microsoft 365 Apps',
      'the billing profile',
      'distribution groups',
      'a message trace',
      'multifactor sign-in',
      'site permissions',
      'meeting policies',
    ]),
    sentences: [
      'As an admin you set up {s} in the admin center, step {n}.',
      'It can take up to {n} minutes until the change to {s} is seen everywhere.',
      'Before you change {s}, write down the settings of today under number {n}.',
      'If {s} is greyed out, check your role and case {n}.',
      'Users find {s} in their own settings, on page {n}.',
      'When you remove {s}, the data stay for {n} days.',
      'Record {n} in the audit log shows who changed {s}.',
      'For help with {s}, open a service request and give the number {n}.',
    ],
    headings: {
      before: 'Before you begin',
      steps: 'Steps',
      settings: 'Settings',
      clients: 'By app',
      related: 'Related content',
    },
    columns: ['Setting', 'Value', 'What it does'],
    picture: 'Screenshot of the page for {s}',
  },
  'zh-CN': {
    folder: 'zh-cn',
    subjects: named([
      '共享邮箱',
      '电子邮件转发',
      '邮箱权限',
      '用户许可证',
      '新用户',
      '密码',
      '自有域名',
      '与来宾共享',
      '目录同步',
      '服务运行状况',
      'Microsoft 365 应用版',
      '账单资料',
      '通讯组',
      '邮件跟踪',
      '多重身份验证',
      '网站权限',
      '会议策略',
    ]),
    sentences: [
      '管理员在管理中心设置{s}，参见第 {n} 步。',
      '对{s}的更改最长需要 {n} 分钟才会在各处生效。',
      '更改{s}之前，请把当前设置记在编号 {n} 下。',
      '如果{s}是灰色的，请检查您的角色，见情况 {n}。',
      '用户可以在自己的设置第 {n} 页找到{s}。',
      '删除{s}之后，数据会保留 {n} 天。',
      '审核日志的第 {n} 条记录显示谁更改了{s}。',
      '需要{s}方面的帮助，请提交服务请求并提供编号 {n}。',
    ],
    headings: { before: '开始之前', steps: '操作步骤', settings: '设置', clients: '按应用', related: '相关内容' },
    columns: ['设置', '值', '作用'],
    picture: '{s}页面的屏幕截图',
  },
  ja: {
    folder: 'ja-jp',
    subjects: named([
      '共有メールボックス',
      'メールの転送',
      'メールボックスのアクセス許可',
      'ユーザーのライセンス',
      '新しいユーザー',
      'パスワード',
      '独自ドメイン',
      'ゲストとの共有',
      'ディレクトリ同期',
      'サービス正常性',
      'Microsoft 365 Apps',
      '請求先プロファイル',
      '配布グループ',
      'メッセージ追跡',
      '多要素認証',
      'サイトのアクセス許可',
      '会議ポリシー',
    ]),
    sentences: [
      '管理者は管理センターで{s}を設定します（手順 {n}）。',
      '{s}の変更がすべての場所に反映されるまで、最大 {n} 分かかります。',
      '{s}を変更する前に、今の設定を番号 {n} に控えてください。',
      '{s}が灰色で選べないときは、役割とケース {n} を確認します。',
      'ユーザーは自分の設定の {n} ページで{s}を見つけられます。',
      '{s}を削除しても、データは {n} 日間残ります。',
      '監査ログの {n} 件目に、だれが{s}を変更したかが残ります。',
      '{s}でお困りのときは、番号 {n} を添えてサービス リクエストを登録してください。',
    ],
    headings: { before: '始める前に', steps: '手順', settings: '設定', clients: 'アプリごとに', related: '関連項目' },
    columns: ['項目', '値', '内容'],
    picture: '{s}のページのスクリーンショット',
  },
};
