import type { Script } from './office.ts';

const card = (body: unknown[], actions: unknown[]) => ({
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: { type: 'AdaptiveCard', version: '1.4', body, actions },
    },
  ],
});

const submit = (title: string, choice: string, style?: string) => ({
  type: 'Action.Submit',
  title,
  data: { step: 'x', choice },
  ...(style ? { style } : {}),
});

const texts = {
  en: {
    welcome: 'Hello! I am the support desk for Microsoft 365. What is it about?',
    ask: 'Is this how bad it is?',
    proposed: 'Proposed: severity A, because you wrote “nobody can send mail”.',
    fact: ['Level', 'Category', 'Respond by'],
    phone: 'Phone number for the callback',
    choices: ['Yes, file it', 'Change the level', 'Cancel'],
    welcomeChoices: ['I have a problem', 'I have a question', 'My requests', 'Talk to a person'],
    mine: 'Since 9 this morning nobody in our company can send mail.',
  },
  'zh-CN': {
    welcome: '您好！这里是支持服务台。请问您遇到了什么问题？',
    ask: '严重程度判断得对吗？',
    proposed: '建议级别：A，因为您提到“全公司都无法发送邮件”。',
    fact: ['级别', '类别', '最晚响应时间'],
    phone: '回电号码',
    choices: ['正确，提交', '修改级别', '取消'],
    welcomeChoices: ['我遇到了问题', '我想咨询', '我的服务请求', '转人工'],
    mine: '从今天早上 9 点起，全公司都无法发送邮件。',
  },
  ja: {
    welcome: 'こんにちは。サポート デスクです。どのようなご用件でしょうか?',
    ask: 'この重要度でよろしいですか?',
    proposed: '重要度 A を提案します。「全社員がメールを送信できません」とのことでしたので。',
    fact: ['重要度', 'カテゴリ', '回答期限'],
    phone: '折り返し先の電話番号',
    choices: ['はい、送信する', '重要度を変更', 'キャンセル'],
    welcomeChoices: ['問題が発生している', '質問がある', '自分のリクエスト', '担当者と話す'],
    mine: '今朝 9 時から、全社員がメールを送信できません。',
  },
};

/** What the stand-in says: a welcome with choices, then a card with facts, an input and buttons. */
export function scripted(language: keyof typeof texts): Script {
  const t = texts[language];
  return (text, say) => {
    if (!text) {
      return say(t.welcome, {
        channelData: { step: 'welcome', choices: ['problem', 'question', 'status', 'human'] },
        suggestedActions: {
          actions: t.welcomeChoices.map((title) => ({ type: 'imBack', title, value: title })),
        },
      });
    }
    say('', {
      channelData: { step: 'severity', choices: ['A', 'B', 'C'] },
      ...card(
        [
          { type: 'TextBlock', text: t.ask, weight: 'Bolder', size: 'Medium', wrap: true },
          { type: 'TextBlock', text: t.proposed, wrap: true },
          {
            type: 'FactSet',
            facts: t.fact.map((title, i) => ({ title, value: ['A', 'Exchange', '2026-11-23 10:00 (UTC+8)'][i] })),
          },
          { type: 'Input.Text', id: 'phone', label: t.phone, style: 'Tel', placeholder: '+86 10 …' },
        ],
        [
          submit(t.choices[0] ?? '', 'submit', 'positive'),
          submit(t.choices[1] ?? '', 'edit'),
          submit(t.choices[2] ?? '', 'cancel', 'destructive'),
        ],
      ),
    });
  };
}
export const sentence = (language: keyof typeof texts): string => texts[language].mine;
