import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContext, ConsoleMessage, Frame, Page, WebError } from 'playwright-core';
import { expect } from 'vitest';
import { z } from 'zod';
import { asNew, openBrowser, openProfile } from './browser.ts';
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
  /** A language of the browser's own; such a visit has a context of its own. */
  readonly locale?: string;
  /** In a context of its own, since something in it can't be undone. */
  readonly own?: boolean;
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

/** A visit by the profile, which has Web Chat compiled, or in a context of its own. */
export async function openStage(): Promise<Stage> {
  const browser = await openBrowser();
  const profile = await openProfile();
  let port = 0;
  const visit = async (options: VisitOptions = {}): Promise<Visit> => {
    const office = await openOffice(options.script, port);
    port = Number(new URL(office.origin).port);
    const own =
      options.locale === undefined && options.own !== true
        ? undefined
        : await browser.newContext({ locale: options.locale ?? 'en-US' });
    return open({ office, context: own ?? profile.context, leave: own ? () => own.close() : tidy }, options);
  };
  const tidy = async (): Promise<void> => {
    const { context } = profile;
    await context.unrouteAll({ behavior: 'ignoreErrors' });
    await context.setOffline(false);
    await context.clearPermissions();
    await context.clearCookies();
    // The first page stays: without any, the browser would end.
    for (const page of context.pages().slice(1)) await page.close();
  };
  return {
    visit,
    close: async () => {
      await browser.close();
      await profile.close();
    },
  };
}

interface Place {
  readonly office: Office;
  readonly context: BrowserContext;
  readonly leave: () => Promise<void>;
}

async function open({ office, context, leave }: Place, options: VisitOptions): Promise<Visit> {
  context.setDefaultTimeout(40_000);
  const complaints: string[] = [];
  const onError = (error: WebError) => complaints.push(String(error.error()));
  const onConsole = (message: ConsoleMessage) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  };
  context.on('weberror', onError).on('console', onConsole);
  const page = await context.newPage();
  await page.setViewportSize({ width: options.width ?? 1000, height: 720 });
  await page.emulateMedia({
    colorScheme: options.dark ? 'dark' : 'light',
    forcedColors: options.forcedColors ? 'active' : 'none',
  });
  await asNew(page, randomUUID());
  const close = async () => {
    context.off('weberror', onError).off('console', onConsole);
    await leave();
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
