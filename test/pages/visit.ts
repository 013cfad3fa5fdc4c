import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContext, ConsoleMessage, Frame, Page, WebError } from 'playwright-core';
import { expect } from 'vitest';
import { z } from 'zod';
import { freePort } from '../teams/port.ts';
import { asNew, forget, FRONT, openProfile, type Places } from './browser.ts';
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
  /** What the browser says its user reads. Frames of other sites are told only in a context of its own. */
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

/** Whether the browser of this process has compiled Web Chat: Teams, for one, is waited for three seconds only. */
let compiled = false;

/** A visit is by the profile, always in the same window, or in a context of its own. */
export async function openStage(options: Omit<Places, 'front'> = {}): Promise<Stage> {
  const port = await freePort();
  const places = { front: `http://127.0.0.1:${port}`, ...options };
  const nobody = await openOffice(port);
  const profile = await openProfile(places);
  const window = await profile.context.newPage();
  if (!compiled) {
    await window.goto(`${FRONT}/chat`);
    await window.locator(SEND_BOX).waitFor({ timeout: 120_000 });
    compiled = true;
    await tidy(profile.context, window);
    await forget(profile.context);
  }
  await nobody.close();
  const visit = async (wanted: VisitOptions = {}): Promise<Visit> => {
    const office = await openOffice(port, wanted.script);
    if (wanted.own !== true)
      return open(
        { office, context: profile.context, page: window, leave: () => tidy(profile.context, window) },
        wanted,
      );
    const browser = profile.context.browser();
    if (!browser) throw new Error('a profile without its browser');
    const context = await browser.newContext({ locale: wanted.locale ?? 'en-US', ignoreHTTPSErrors: true });
    return open({ office, context, page: await context.newPage(), leave: () => context.close() }, wanted);
  };
  return { visit, close: () => profile.close() };
}

/** What a visit may have left: the next one finds the window as if it were new. */
async function tidy(context: BrowserContext, window: Page): Promise<void> {
  window.removeAllListeners();
  await window.unrouteAll({ behavior: 'ignoreErrors' });
  await context.unrouteAll({ behavior: 'ignoreErrors' });
  await context.setOffline(false);
  await context.clearPermissions();
  await context.clearCookies();
  const [first] = context.pages();
  for (const page of context.pages()) if (page !== first && page !== window) await page.close();
  await window.goto('about:blank');
}

interface Place {
  readonly office: Office;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly leave: () => Promise<void>;
}

async function open({ office, context, page, leave }: Place, options: VisitOptions): Promise<Visit> {
  context.setDefaultTimeout(40_000);
  const complaints: string[] = [];
  const onError = (error: WebError) => complaints.push(String(error.error()));
  const onConsole = (message: ConsoleMessage) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  };
  context.on('weberror', onError).on('console', onConsole);
  await page.setViewportSize({ width: options.width ?? 1000, height: 720 });
  await page.emulateMedia({
    colorScheme: options.dark ? 'dark' : 'light',
    forcedColors: options.forcedColors ? 'active' : 'none',
  });
  const clean = await asNew(page);
  const emulation = await context.newCDPSession(page);
  if (options.locale !== undefined && options.own !== true) {
    const userAgent = z.string().parse(await page.evaluate('navigator.userAgent'));
    await emulation.send('Emulation.setUserAgentOverride', { userAgent, acceptLanguage: options.locale });
  }
  const close = async () => {
    context.off('weberror', onError).off('console', onConsole);
    await clean.dispose();
    await emulation.detach();
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
