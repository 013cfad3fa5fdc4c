import { createServer, type Server } from 'node:http';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BESIDE } from './browser.ts';
import { openStage, seriousFindings, SEND_BOX, type Stage, type Visit, type VisitOptions } from './visit.ts';

let stage: Stage;
let visit: Visit;
let hosting: Server;
/** Not the office's host name, so another origin and another site; Chrome lets no public address ask a local one. */
const host = BESIDE;

beforeAll(async () => {
  hosting = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://x');
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(hostPage(visit.office.origin, searchParams.get('attributes') ?? ''));
  });
  await new Promise<void>((done) => hosting.listen(0, '127.0.0.1', done));
  const address = hosting.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  stage = await openStage({ beside: `http://127.0.0.1:${port}` });
}, 180_000);
afterAll(async () => {
  hosting.close();
  await stage.close();
});
afterEach(() => visit.close());

/** A host page of another origin, with a style sheet that would wreck any button, and one line of ours. */
const hostPage = (origin: string, attributes: string) => `<!doctype html><html lang="en"><head><title>Host</title>
<style>* { color: darkgreen !important; font-size: 40px !important; } button, iframe, section { display: none !important; }</style></head>
<body><main><h1>Host</h1><a href="#x" id="before">before</a></main>
<script src="${origin}/chat/embed.js" ${attributes} async></script></body></html>`;

async function go(attributes = 'data-lang="en"', options: VisitOptions = {}): Promise<{ page: Page; visit: Visit }> {
  visit = await stage.visit({ script: (text, tell) => tell(text ? `heard: ${text}` : 'welcome'), ...options });
  const { page } = visit;
  await page.goto(`${host}/shop?${new URLSearchParams({ attributes })}#fragment`);
  await launcher(page).waitFor();
  return { page, visit };
}

const launcher = (page: Page) => page.locator('frontdesk-chat .launcher');
const pane = (page: Page) => page.locator('frontdesk-chat .pane');
const chat = (page: Page) => page.frameLocator('frontdesk-chat iframe');
const focused = (page: Page) =>
  page.evaluate(() => document.querySelector('frontdesk-chat')?.shadowRoot?.activeElement?.className ?? '');

describe('the embedded chat', { timeout: 40_000 }, () => {
  it('is opened, used and closed by keyboard; focus goes in and comes back', async () => {
    const { page } = await go();
    await page.locator('#before').focus();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('launcher');
    expect(await launcher(page).getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('Enter');
    expect(await launcher(page).getAttribute('aria-expanded')).toBe('true');
    await chat(page).locator('.webchat__bubble', { hasText: 'welcome' }).waitFor();
    await expect
      .poll(() =>
        chat(page)
          .locator(SEND_BOX)
          .evaluate((box) => box === document.activeElement),
      )
      .toBe(true);
    await page.keyboard.type('typed at once');
    await page.keyboard.press('Enter');
    await chat(page).locator('.webchat__bubble', { hasText: 'heard: typed at once' }).waitFor();
    await page.keyboard.press('Escape');
    await pane(page).waitFor({ state: 'hidden' });
    expect(await focused(page)).toBe('launcher');
    expect(await launcher(page).getAttribute('aria-expanded')).toBe('false');
  });

  it('begins no conversation before it is opened, and one only', async () => {
    const { page } = await go();
    await page.waitForTimeout(300);
    expect(visit.office.tokenRequests).toEqual([]);
    for (const _ of [1, 2, 3]) await launcher(page).click();
    await chat(page).locator('.webchat__bubble', { hasText: 'welcome' }).waitFor();
    expect(visit.office.talks.size).toBe(1);
  });

  it('tells the page it is on, without query and fragment', async () => {
    const { page } = await go('data-lang="ja" data-as="reader"');
    await launcher(page).click();
    await chat(page).locator('.webchat__bubble').waitFor();
    expect(visit.office.tokenRequests).toMatchObject([
      { as: 'reader', locale: 'ja', page: { url: `${host}/shop`, title: 'Host' } },
    ]);
  });

  it('counts what came while it was closed, for eye and ear', async () => {
    const { page } = await go();
    await launcher(page).click();
    await chat(page).locator('.webchat__bubble', { hasText: 'welcome' }).waitFor();
    await launcher(page).click();
    await page.waitForTimeout(200);
    visit.office.say('first');
    visit.office.say('second');
    const badge = page.locator('frontdesk-chat .badge');
    await expect.poll(() => badge.textContent()).toBe('2');
    expect(await launcher(page).getAttribute('aria-label')).toBe('Get support (2 unread)');
    expect(await page.locator('frontdesk-chat [role=status]').textContent()).toBe('2 unread');
    await launcher(page).click();
    expect(await badge.isHidden()).toBe(true);
  });

  it('is not steered by messages from anybody else', async () => {
    const { page } = await go();
    await launcher(page).click();
    await chat(page).locator('.webchat__bubble', { hasText: 'welcome' }).waitFor();
    await page.evaluate(() => {
      window.postMessage({ type: 'frontdesk:close' }, '*');
      window.postMessage({ type: 'frontdesk:unread', count: 9 }, '*');
    });
    await page.waitForTimeout(300);
    expect(await pane(page).isVisible()).toBe(true);
    expect(await page.locator('frontdesk-chat .badge').isHidden()).toBe(true);
  });

  it('stands on its own: no global is left behind, the host’s styles do not reach it', async () => {
    const { page } = await go();
    await launcher(page).click();
    const ours = await page.evaluate(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const standard = new Set(Object.getOwnPropertyNames(frame.contentWindow));
      frame.remove();
      return Object.getOwnPropertyNames(window).filter((name) => !standard.has(name) && !/^\d+$/.test(name));
    });
    expect(ours.filter((name) => !name.startsWith('__playwright') && name !== 'before')).toEqual([]);
    const look = await launcher(page).evaluate((button) => {
      const { color, fontSize } = getComputedStyle(button);
      return { color, fontSize };
    });
    expect(look).toEqual({ color: 'rgb(255, 255, 255)', fontSize: '15px' });
    expect(await pane(page).isVisible()).toBe(true);
  });

  it.each([
    ['data-lang="ja"', 'サポートに問い合わせる'],
    ['data-lang="zh-Hans"', '获取支持'],
    ['', 'Get support'],
  ])('speaks the language of its host (%s)', async (attributes, name) => {
    const { page } = await go(attributes);
    expect(await launcher(page).getAttribute('aria-label')).toBe(name);
  });

  it('fills a narrow screen, with a way out', async () => {
    const { page } = await go('data-lang="en"', { width: 360 });
    await launcher(page).click();
    expect(await pane(page).boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 720 });
    // Web Chat's own help has a button of the same name.
    await chat(page).locator('#close').click();
    await pane(page).waitFor({ state: 'hidden' });
  });

  it('has no serious finding by axe, open or closed', async () => {
    const { page } = await go();
    expect(await seriousFindings(page)).toEqual([]);
    await launcher(page).click();
    await chat(page).locator('.webchat__bubble').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
  });
});

describe('the demo admin center', { timeout: 40_000 }, () => {
  it('embeds the chat as the person and in the language that were chosen', async () => {
    visit = await stage.visit({ script: (text, tell) => tell(text || 'welcome') });
    const { page, office, complaints } = visit;
    await page.goto(`${office.origin}/?lang=en`);
    await page.locator('#person').click();
    await page.locator('#person fluent-option[value="reader"]').click();
    await page.waitForURL(/as=reader/);
    await page.locator('#facts dd', { hasText: 'Global Reader' }).waitFor();
    await page.locator('#language').click();
    await page.locator('#language fluent-option[value="ja"]').click();
    await page.waitForURL(/lang=ja/);
    await page.getByRole('heading', { name: 'デモ管理センターへようこそ' }).waitFor();
    await launcher(page).click();
    await chat(page).locator('.webchat__bubble').waitFor();
    expect(office.tokenRequests).toMatchObject([{ as: 'reader', locale: 'ja' }]);
    expect(complaints).toEqual([]);
  });

  it('keeps pane and conversation over a reload', async () => {
    visit = await stage.visit({ script: (text, tell) => tell(text || 'welcome') });
    const { page, office } = visit;
    await page.goto(`${office.origin}/?lang=en&as=reader`);
    await launcher(page).click();
    await chat(page).locator('.webchat__bubble').waitFor();
    await page.reload();
    await chat(page).locator('.webchat__bubble').waitFor();
    expect(await chat(page).locator('.webchat__bubble').count()).toBe(1);
    expect(office.talks.size).toBe(1);
  });

  it.each([
    ['en', false, 1000],
    ['zh-CN', true, 360],
  ] as const)('has no serious finding by axe (%s, dark: %s, %i px)', async (lang, dark, width) => {
    visit = await stage.visit({ dark, width });
    const { page, office } = visit;
    await page.goto(`${office.origin}/?lang=${lang}&as=reader`);
    await page.locator('#facts dd').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
});
