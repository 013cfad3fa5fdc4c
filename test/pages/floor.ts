import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Language } from '#knowledge/schema.ts';
import { deskWords, type DeskWords } from '#src/desk/page/words.tsx';
import { openHouse, type House } from '../house.ts';
import { openBrowser } from './browser.ts';
import { say, SEND_BOX } from './visit.ts';

/** The real server and a real browser: customers at its chat page, agents at its desk. */
export interface Floor {
  readonly house: House;
  /** What the browsers complained about: page errors, and what the security policy refused. */
  readonly complaints: string[];
  customer(as: string, language: Language): Promise<Page>;
  agent(as: string, language: Language, options?: BrowserContextOptions): Promise<DeskPage>;
  /** Closes the windows, so that the next story begins with an empty screen; the server goes on. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** An agent's window, signed in. */
export interface DeskPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly words: DeskWords;
}

/** Machines are shared: what comes, comes. */
const PATIENCE_MS = 45_000;

export async function openFloor(env: Record<string, string> = {}): Promise<Floor> {
  const house = await openHouse(env);
  const browser = await openBrowser();
  const complaints: string[] = [];
  const contexts: BrowserContext[] = [];
  const open = async (options: BrowserContextOptions): Promise<Page> => {
    const { page, context } = await openWindow(browser, options, complaints);
    contexts.push(context);
    return page;
  };
  const clear = async (): Promise<void> => {
    for (const context of contexts.splice(0)) await context.close();
  };
  return {
    house,
    complaints,
    clear,
    async customer(as, language) {
      const page = await open({ viewport: { width: 420, height: 720 }, locale: language });
      await page.goto(`${house.url}/chat?as=${as}&lang=${language}`);
      await page.locator(SEND_BOX).waitFor();
      await page.locator('.webchat__bubble').first().waitFor();
      return page;
    },
    async agent(as, language, options = {}) {
      const page = await open({ viewport: { width: 1440, height: 860 }, ...options });
      await page.goto(`${house.url}/desk?lang=${language}`);
      const words = deskWords(language);
      await signIn(page, as, words);
      return { page, context: page.context(), words };
    },
    async close() {
      await clear();
      await browser.close();
      await house.end();
    },
  };
}

async function openWindow(browser: Browser, options: BrowserContextOptions, complaints: string[]) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE_MS);
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('console', (message) => {
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
    if (message.text().includes('ERR_')) return;
    complaints.push(message.text());
  });
  return { context, page: await context.newPage() };
}

/** Signs in at the page that asks for it, and goes on duty. */
export async function signIn(page: Page, as: string, words: DeskWords): Promise<void> {
  await page.getByLabel(words('desk.signin.as')).selectOption(as);
  await page.getByRole('button', { name: words('desk.signin.button') }).click();
  const duty = page.getByRole('switch');
  await duty.waitFor();
  if (!(await duty.isChecked())) await duty.click();
  await page.getByRole('switch', { checked: true }).waitFor();
}

/** Says what is wrong and asks for a person, as one does in the chat. */
export async function askForPerson(chat: Page, problem: string, human: string): Promise<void> {
  const before = await chat.locator('.webchat__bubble').count();
  await say(chat, problem);
  await expect
    .poll(() => chat.locator('.webchat__bubble').count(), { timeout: PATIENCE_MS })
    .toBeGreaterThan(before + 1);
  await say(chat, human);
}

export const lineWith = (page: Page, text: string) => page.locator('.row', { hasText: text });
export const bubble = (page: Page, text: string) => page.locator('.bubble:not(.pending)', { hasText: text });
export const composer = (page: Page) => page.locator('#composer');
