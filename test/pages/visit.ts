import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import { z } from 'zod';
import { openBrowser } from './browser.ts';
import { openOffice, type Office, type Script } from './office.ts';

export const SEND_BOX = '[data-id=webchat-sendbox-input]';

/** A browser and the built pages, for one test file. */
export interface Stage {
  visit(options?: VisitOptions): Promise<Visit>;
  close(): Promise<void>;
}

export interface VisitOptions {
  readonly script?: Script;
  readonly width?: number;
  readonly dark?: boolean;
  readonly locale?: string;
  readonly forcedColors?: boolean;
}

/** One person's browser window on one office. */
export interface Visit {
  readonly office: Office;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained about: page errors, refused by the security policy. */
  readonly complaints: string[];
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const browser = await openBrowser();
  return {
    visit: (options = {}) => open(browser, options),
    close: () => browser.close(),
  };
}

async function open(browser: Browser, options: VisitOptions): Promise<Visit> {
  const office = await openOffice(options.script);
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1000, height: 720 },
    colorScheme: options.dark ? 'dark' : 'light',
    forcedColors: options.forcedColors ? 'active' : 'none',
    locale: options.locale ?? 'en-US',
  });
  context.setDefaultTimeout(40_000);
  const complaints: string[] = [];
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  const page = await context.newPage();
  const close = async () => {
    await context.close();
    await office.close();
  };
  return { office, context, page, complaints, close };
}

const violationsSchema = z.array(
  z.object({ id: z.string(), impact: z.string().nullish(), nodes: z.array(z.object({ html: z.string() })) }),
);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds of serious or critical impact, as "rule: element". */
export async function seriousFindings(page: Page | Frame): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate('axe.run().then(({ violations }) => violations)');
  return violationsSchema
    .parse(found)
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.filter(isOurs).map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

/** Fluent UI puts sentinels around what holds the focus: reached by Tab, they pass it on at once and are never stayed at. */
const isOurs = ({ html }: { html: string }): boolean => !html.includes('data-tabster-dummy');

/** Writes a message and sends it, as a person does. */
export async function say(page: Page | Frame, text: string): Promise<void> {
  await page.locator(SEND_BOX).fill(text);
  await page.locator(SEND_BOX).press('Enter');
}

/** The text is shown, once. */
export async function expectText(page: Page | Frame, text: string): Promise<void> {
  await expect.poll(() => page.locator('.webchat__bubble', { hasText: text }).count(), { timeout: 40_000 }).toBe(1);
}
