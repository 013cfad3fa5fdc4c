import type { BrowserContext, ConsoleMessage, Page, WebError } from 'playwright-core';
import { expect } from 'vitest';
import type { Language } from '#knowledge/schema.ts';
import { deskWords, type DeskWords } from '#src/desk/page/words.tsx';
import { openHouse, type House } from '../house.ts';
import { BESIDE, FRONT, forget, openProfile } from './browser.ts';
import { say, SEND_BOX } from './visit.ts';

/** The real server and a real browser: customers at its chat page, two agents at its desk, each with cookies of their own. */
export interface Floor {
  readonly house: House;
  /** What the browsers complained about: page errors, and what the security policy refused. */
  readonly complaints: string[];
  customer(as: string, language: Language): Promise<Page>;
  agent(as: string, language: Language): Promise<DeskPage>;
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
  const profile = await openProfile({ front: house.url });
  const { context } = profile;
  const complaints: string[] = [];
  context.setDefaultTimeout(PATIENCE_MS);
  const onError = (error: WebError) => complaints.push(String(error.error()));
  const onConsole = (message: ConsoleMessage) => {
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return;
    if (message.text().includes('ERR_')) return;
    complaints.push(message.text());
  };
  context.on('weberror', onError).on('console', onConsole);
  const windows: Page[] = [];
  const desks = [FRONT, BESIDE];
  const open = async (width: number, height: number): Promise<Page> => {
    const page = await context.newPage();
    windows.push(page);
    await page.setViewportSize({ width, height });
    return page;
  };
  const clear = async (): Promise<void> => {
    for (const page of windows.splice(0)) await page.close();
    await forget(context);
    desks.splice(0, desks.length, FRONT, BESIDE);
  };
  return {
    house,
    complaints,
    clear,
    async customer(as, language) {
      const page = await open(420, 720);
      await page.goto(`${FRONT}/chat?as=${as}&lang=${language}`);
      await page.locator(SEND_BOX).waitFor();
      await page.locator('.webchat__bubble').first().waitFor();
      return page;
    },
    async agent(as, language) {
      const desk = desks.shift();
      if (desk === undefined) throw new Error('two desks, and both are taken');
      const page = await open(1440, 860);
      await page.goto(`${desk}/desk?lang=${language}`);
      const words = deskWords(language);
      await signIn(page, as, words);
      return { page, context, words };
    },
    async close() {
      context.off('weberror', onError).off('console', onConsole);
      await profile.close();
      await house.end();
    },
  };
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
