import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Script } from './office.ts';
import { scripted, sentence } from './script.ts';
import {
  expectText,
  openStage,
  say,
  SEND_BOX,
  seriousFindings,
  type Stage,
  type Visit,
  type VisitOptions,
} from './visit.ts';

let stage: Stage;
let visit: Visit;
const echo: Script = (text, tell) => tell(text ? `heard: ${text}` : 'welcome');

beforeAll(async () => {
  stage = await openStage();
}, 180_000);
afterAll(() => stage.close());
afterEach(() => visit.close());

async function go(path: string, options: VisitOptions = {}) {
  visit = await stage.visit({ script: echo, ...options });
  await visit.page.goto(visit.office.origin + path);
  return visit;
}

describe('the chat page', { timeout: 40_000 }, () => {
  it('asks for its token with who, language, zone and page, and the welcome comes by itself', async () => {
    const { office, page, complaints } = await go('/chat?as=admin-direct&lang=ja&secret=1');
    await expectText(page, 'welcome');
    expect(office.tokenRequests).toEqual([
      {
        as: 'admin-direct',
        locale: 'ja',
        timeZone: await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone),
        page: { url: `${office.origin}/chat`, title: 'サポート' },
      },
    ]);
    expect(complaints).toEqual([]);
  });

  it('takes the conversation up again after a reload and in a second tab: history once, no second welcome', async () => {
    const { office, page, context } = await go('/chat');
    await expectText(page, 'welcome');
    await say(page, 'one');
    await expectText(page, 'heard: one');
    await page.reload();
    await expectText(page, 'welcome');
    await expectText(page, 'heard: one');
    const second = await context.newPage();
    await second.goto(`${office.origin}/chat`);
    await expectText(second, 'heard: one');
    await say(second, 'two');
    await expectText(page, 'heard: two');
    expect(office.tokenRequests).toHaveLength(1);
    expect(office.talks.size).toBe(1);
  });

  it('keeps the conversations of different people apart', async () => {
    const { office, page } = await go('/chat?as=user');
    await expectText(page, 'welcome');
    await say(page, 'mine');
    await expectText(page, 'heard: mine');
    await page.goto(`${office.origin}/chat?as=reader`);
    await expectText(page, 'welcome');
    expect(await page.getByText('heard: mine').count()).toBe(0);
    expect(office.talks.size).toBe(2);
  });

  it('renews an ended token for the same conversation, and what could not be sent stays in the box', async () => {
    const { office, page } = await go('/chat');
    await expectText(page, 'welcome');
    office.expireTokens();
    await say(page, 'written too late');
    await expect.poll(() => office.tokenRequests.length, { timeout: 15_000 }).toBe(2);
    expect(office.tokenRequests[1]).toHaveProperty('resume');
    await expectText(page, 'welcome');
    await expect.poll(() => page.inputValue(SEND_BOX), { timeout: 5000 }).toBe('written too late');
    await page.press(SEND_BOX, 'Enter');
    await expectText(page, 'heard: written too late');
    expect(office.talks.size).toBe(1);
  });

  it('begins a new conversation when the old one is gone from the server', async () => {
    const { office, page } = await go('/chat');
    await expectText(page, 'welcome');
    office.expireTokens();
    office.talks.clear();
    await page.reload();
    await expect.poll(() => office.tokenRequests.length, { timeout: 15_000 }).toBe(3);
    await expectText(page, 'welcome');
    await say(page, 'hello');
    await expectText(page, 'heard: hello');
  });

  it.each([
    [503, 'Support can’t be reached right now.'],
    [429, 'Too many attempts from here.'],
  ])('says so when the token can’t be had (%i), and tries again on request', async (status, words) => {
    visit = await stage.visit({ script: echo });
    const { office, page } = visit;
    office.tokenStatus = status;
    await page.goto(`${office.origin}/chat`);
    const notice = page.getByRole('status').filter({ hasText: words });
    await notice.waitFor();
    office.tokenStatus = undefined;
    await page.getByRole('button', { name: 'Try again' }).click();
    await expectText(page, 'welcome');
    await expect.poll(() => notice.count()).toBe(0);
  });

  it('goes on by itself after a broken socket: what was said meanwhile comes once', async () => {
    const { office, page } = await go('/chat');
    await expectText(page, 'welcome');
    office.dropSockets();
    office.say('said in between');
    const bubble = page.locator('.webchat__bubble', { hasText: 'said in between' });
    await expect.poll(() => bubble.count(), { timeout: 25_000 }).toBe(1);
    await expectText(page, 'said in between');
    await expectText(page, 'welcome');
  });

  it('says that the browser is offline, as long as it is', async () => {
    const { page, context } = await go('/chat');
    await expectText(page, 'welcome');
    await context.setOffline(true);
    await page.getByText('You are offline.').waitFor();
    await context.setOffline(false);
    await expect.poll(() => page.getByText('You are offline.').count()).toBe(0);
  });

  it('begins a new conversation only after asking', async () => {
    const { office, page } = await go('/chat');
    await expectText(page, 'welcome');
    await say(page, 'before');
    await expectText(page, 'heard: before');
    await page.getByRole('button', { name: 'New conversation' }).click();
    await page.getByRole('button', { name: 'Keep this one' }).click();
    expect(office.talks.size).toBe(1);
    await page.getByRole('button', { name: 'New conversation' }).click();
    await page.getByRole('button', { name: 'Start new' }).click();
    await expect.poll(() => office.talks.size).toBe(2);
    await page.getByText('heard: before').waitFor({ state: 'detached' });
    await expectText(page, 'welcome');
  });
});

const compose = async (press: 'composing' | 'safari') => {
  const { office, page } = await go('/chat?lang=ja');
  await expectText(page, 'welcome');
  await page.focus(SEND_BOX);
  const session = await visit.context.newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'めーる', selectionStart: 3, selectionEnd: 3 });
  await page.evaluate((how) => {
    const box = document.activeElement!;
    const init = { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true };
    if (how === 'safari') box.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: 'めーる' }));
    const down = new KeyboardEvent('keydown', {
      ...init,
      isComposing: how === 'composing',
      keyCode: 229,
    });
    box.dispatchEvent(down);
    box.dispatchEvent(new KeyboardEvent('keypress', { ...init, charCode: 13, keyCode: 13 }));
    box.dispatchEvent(new KeyboardEvent('keyup', init));
  }, press);
  await page.waitForTimeout(300);
  expect(office.posted).toEqual([]);
  await session.send('Input.insertText', { text: 'メール' });
  await page.press(SEND_BOX, 'Enter');
  await expectText(page, 'heard: メール');
  return office.posted.map((activity) => activity.text);
};

describe('input methods', { timeout: 40_000 }, () => {
  it('Enter while composing does not send; the next Enter does', async () =>
    expect(await compose('composing')).toEqual(['メール']));
  it('nor does the Enter that Safari sends after the composition, as keyCode 229', async () =>
    expect(await compose('safari')).toEqual(['メール']));
});

describe('languages', { timeout: 40_000 }, () => {
  it.each([
    ['ja-JP', 'ja', 'サポート', 'メッセージを入力してください'],
    ['zh-CN', 'zh-CN', '支持', '键入消息'],
    ['fr-FR', 'en', 'Support', 'Type your message'],
  ])('a browser in %s gets %s', async (locale, lang, title, placeholder) => {
    const { page } = await go('/chat', { locale });
    await expectText(page, 'welcome');
    expect(await page.getAttribute('html', 'lang')).toBe(lang);
    expect(await page.title()).toBe(title);
    expect(await page.getAttribute(SEND_BOX, 'placeholder')).toBe(placeholder);
  });

  it('the switch changes page, Web Chat and what is sent, keeps the draft, and is remembered', async () => {
    const { office, page } = await go('/chat?lang=en');
    await expectText(page, 'welcome');
    await page.fill(SEND_BOX, '邮件');
    await page.getByLabel('Language').selectOption('zh-CN');
    await page.getByPlaceholder('键入消息').waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
    expect(await page.inputValue(SEND_BOX)).toBe('邮件');
    await page.press(SEND_BOX, 'Enter');
    await expectText(page, 'heard: 邮件');
    expect(office.posted.at(-1)).toMatchObject({ locale: 'zh-CN' });
    await page.reload();
    await page.getByPlaceholder('键入消息').waitFor();
    expect(office.talks.size).toBe(1);
  });
});

describe('cards and files', { timeout: 40_000 }, () => {
  it('a card that was answered is disabled with its values, the current one is not', async () => {
    const { page, office } = await go('/chat?lang=zh-CN', { script: scripted('zh-CN') });
    await say(page, sentence('zh-CN'));
    await page.locator('.ac-adaptiveCard input').fill('+86 10 1234 5678');
    expect(await page.locator('.ac-pushButton').first().isDisabled()).toBe(false);
    await page.locator('.ac-pushButton').first().click();
    await expect.poll(() => page.locator('.ac-adaptiveCard').count()).toBe(2);
    expect(office.posted.at(-1)).toMatchObject({ value: { choice: 'submit', phone: '+86 10 1234 5678' } });
    const [old, current] = [page.locator('.ac-adaptiveCard').first(), page.locator('.ac-adaptiveCard').last()];
    expect(await old.locator('input').inputValue()).toBe('+86 10 1234 5678');
    const before = office.posted.length;
    await old.locator('.ac-pushButton').first().click({ force: true });
    await page.waitForTimeout(300);
    expect(office.posted.length).toBe(before);
    await current.locator('.ac-pushButton').last().click();
    await expect.poll(() => office.posted.length).toBe(before + 1);
  });

  it('files of another kind or too large are left out, and it says why', async () => {
    const { page } = await go('/chat');
    await expectText(page, 'welcome');
    await page.getByRole('button', { name: /PNG, JPEG, PDF, TXT, LOG, up to 5 MB/ }).waitFor();
    await page.setInputFiles('input[type=file]', [
      { name: 'run.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') },
      { name: 'big.log', mimeType: 'text/plain', buffer: Buffer.alloc(5 * 1024 * 1024 + 1) },
    ]);
    const notice = page.locator('.webchat__toaster');
    await expect.poll(() => notice.textContent()).toContain('run.exe wasn’t attached.');
    expect(await notice.textContent()).toContain('big.log is over 5 MB');
  });

  it('what is said can’t become code, nor call anybody', async () => {
    const { page, office, complaints } = await go('/chat');
    const reached: string[] = [];
    // Asked only for what the security policy lets out.
    await visit.context.route(/canary\.example/, (route) => {
      reached.push(route.request().url());
      return route.abort();
    });
    page.on('dialog', (dialog) => {
      reached.push(dialog.message());
      void dialog.dismiss();
    });
    await expectText(page, 'welcome');
    const evil =
      '<img src=x onerror=alert(1)><script>alert(2)</script> [a](javascript:alert(3)) ![b](https://canary.example/p.png) end';
    office.say(evil);
    await page.locator('.webchat__bubble', { hasText: 'end' }).waitFor();
    await page.waitForTimeout(300);
    expect(
      await page
        .locator('#conversation a[href^="javascript"], #conversation script, #conversation img[onerror]')
        .count(),
    ).toBe(0);
    expect(reached).toEqual([]);
    expect(complaints.filter((each) => !each.includes('canary.example'))).toEqual([]);
  });
});

describe('for everyone', { timeout: 40_000 }, () => {
  it.each([
    ['light, wide', { width: 1000 }],
    ['dark, 360 px', { dark: true, width: 360 }],
    ['high contrast', { width: 1000, forcedColors: true }],
  ] as const)('axe finds nothing serious, and nothing scrolls sideways (%s)', async (_name, options) => {
    const { page } = await go('/chat?lang=ja', { ...options, script: scripted('ja') });
    await say(page, sentence('ja'));
    await page.locator('.ac-adaptiveCard').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    const { width } = options;
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    for (const button of await page.locator('.ac-pushButton').all()) {
      const box = await button.boundingBox();
      expect(box!.x + box!.width).toBeLessThanOrEqual(width);
    }
  });

  it('works by keyboard alone: every control is reached, the switch and a choice are used', async () => {
    const { page, office } = await go('/chat?lang=en', { script: scripted('en') });
    await page.locator('.webchat__suggested-action', { hasText: 'I have a problem' }).waitFor();
    const reached: string[] = [];
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate(
          () =>
            document.activeElement?.id ||
            document.activeElement?.getAttribute('data-id') ||
            document.activeElement?.textContent ||
            '',
        ),
      );
    }
    expect(reached).toEqual(expect.arrayContaining(['language', 'new', 'webchat-sendbox-input', 'I have a problem']));
    await page.locator('.webchat__suggested-action', { hasText: 'I have a problem' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => office.posted.length).toBe(1);
  });
});
