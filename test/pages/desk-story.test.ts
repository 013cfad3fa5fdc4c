import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Language } from '#knowledge/schema.ts';
import { askForPerson, bubble, composer, lineWith, openFloor, type Floor } from './floor.ts';
import { expectText, say, seriousFindings } from './visit.ts';

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
}, 180_000);
afterEach(() => floor.clear());
afterAll(() => floor.close());

interface Story {
  readonly language: Language;
  readonly as: string;
  readonly problem: string;
  readonly human: string;
  readonly hello: string;
  readonly thanks: string;
  readonly goodbye: string;
  /** A word of the question how it was. */
  readonly rating: string;
}

const STORIES: readonly Story[] = [
  {
    language: 'en',
    as: 'admin-direct',
    problem: 'Since 9 this morning nobody in our company can send mail.',
    human: 'human',
    hello: 'Hello, I am looking at your mail flow now.',
    thanks: 'Thank you, we are waiting.',
    goodbye: 'It was a transport rule; it is switched off now.',
    rating: '5 (very good)',
  },
  {
    language: 'zh-CN',
    as: 'cn-admin-premium',
    problem: '从今天早上 9 点起，全公司都无法发送邮件，业务完全停止。',
    human: '人工',
    hello: '您好，我正在查看贵公司的邮件流。',
    thanks: '好的，麻烦尽快处理。',
    goodbye: '问题出在一条传输规则上，现在已经停用。',
    rating: '5 分（很满意）',
  },
  {
    language: 'ja',
    as: 'admin-partner',
    problem: '今朝 9 時から、全社員がメールを送信できません。業務が止まっています。',
    human: 'オペレーター',
    hello: 'メール フローの状態を確認しております。',
    thanks: 'よろしくお願いします。',
    goodbye: 'トランスポート ルールが原因でしたので、無効にしました。',
    rating: '5（満足）',
  },
];

async function send(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
  await bubble(page, text).waitFor();
}

/** In the full run in every language: what differs between them is the words. */
const TOLD = STORIES.filter(({ language }) => process.env['FRONTDESK_FULL'] === '1' || language === 'zh-CN');

describe.each(TOLD)('two browsers, one conversation, in $language', { timeout: 240_000 }, (story) => {
  it('is asked for, accepted, talked, noted, handed on, closed, and asked how it was', async () => {
    const { language, as, problem, human, hello, thanks, goodbye, rating } = story;
    const chat = await floor.customer(as, language);
    await askForPerson(chat, problem, human);
    const { page, words } = await floor.agent('agent-1', language);
    const colleague = await floor.agent('agent-2', language);

    await lineWith(page, problem.slice(0, 20)).click();
    await page.locator('#packet mark').first().waitFor();
    await page.locator('#packet', { hasText: words('desk.contact.accept-first') }).waitFor();
    expect(await page.locator('#composer').count()).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press('Alt+a');
    await composer(page).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('composer');
    expect(await page.locator('#packet', { hasText: words('desk.contact.accept-first') }).count()).toBe(0);
    await chat.locator('.webchat__bubble', { hasText: 'agent-1' }).first().waitFor();

    await send(page, hello);
    await expectText(chat, hello);
    await say(chat, thanks);
    await bubble(page, thanks).waitFor();

    const canary = `canary-note-${language}`;
    await page.keyboard.press('Alt+n');
    await page.locator('.composer[data-mode=note]', { hasText: words('desk.note.warning') }).waitFor();
    await send(page, canary);
    await page.locator('.bubble[data-role=note]', { hasText: canary }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);

    await page.getByRole('button', { name: words('desk.transfer'), exact: true }).click();
    await page.getByRole('menuitem', { name: /agent-2/ }).click();
    await page.locator('.empty', { hasText: words('desk.refused.takenBy', { name: 'agent-2' }) }).waitFor();
    await lineWith(colleague.page, problem.slice(0, 20)).click();
    await bubble(colleague.page, canary).waitFor();
    await colleague.page
      .locator('.system', { hasText: words('desk.reason.transferred', { before: 'agent-1', agent: 'agent-2' }) })
      .waitFor();
    await send(colleague.page, goodbye);
    await expectText(chat, goodbye);
    expect(await chat.locator('body').innerText()).not.toContain(canary);

    await colleague.page.getByRole('button', { name: words('desk.close'), exact: true }).click();
    const closing = colleague.page.getByRole('dialog');
    const end = closing.getByRole('button', { name: words('desk.close.button'), exact: true });
    expect(await end.isDisabled()).toBe(true);
    await closing.getByRole('radio', { name: words('desk.close.solved') }).click();
    await end.click();
    await chat.getByRole('button', { name: rating }).first().waitFor();
    await colleague.page.locator('.standing', { hasText: words('desk.standing.bot') }).waitFor();
    expect(await chat.locator('body').innerText()).not.toContain(canary);
    expect(floor.complaints).toEqual([]);
  });
});
