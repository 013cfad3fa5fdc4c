import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { pause } from '../conversations/teams.ts';
import { asNew, FRONT } from '../pages/browser.ts';

const CLI = join(import.meta.dirname, '../../node_modules/@microsoft/m365agentsplayground/cli.js');

/** Microsoft's Agents Playground with its page open: Teams' own card renderer and a connector, all on this machine. */
export interface Playground {
  readonly page: Page;
  /** What the bot has said so far, one entry per message or card. */
  said(): Promise<string[]>;
  /** Types a message and resolves to what the bot said in answer, when one of the texts awaited stands in it. */
  say(text: string, ...awaited: string[]): Promise<string>;
  /** Sends an activity of one's own making, in the personal chat: these members in place of those that the playground would send. */
  custom(members: Readonly<Record<string, unknown>>, ...awaited: string[]): Promise<string>;
  /** Presses the button of that label on the newest card that has it. */
  press(label: string, ...awaited: string[]): Promise<string>;
  /** Goes to a place that others read, and posts a message there that mentions the bot. */
  mention(place: 'General' | 'Group Chat', text: string): Promise<void>;
  /** The newest card. */
  card(): Locator;
  close(): Promise<void>;
}

/**
 * What the page itself needs before it can show anything: its script of 9 MB took 13 s of processor time the first time that a browser
 * saw it, 3.5 s each time after that; an answer took 0.5 s (Chromium 150, measured alone). On a machine that gives a browser
 * a twentieth of a core, that is minutes.
 */
export const OPENING_MS = 300_000;

/** On that port, with the greeting shown; `enter` gives the browser before which it stands, when it does. */
export async function openPlayground(
  endpoint: string,
  port: number,
  enter: () => Promise<BrowserContext>,
): Promise<Playground> {
  const folder = mkdtempSync(join(tmpdir(), 'playground-'));
  const child = start(endpoint, port, folder);
  await listening(`http://127.0.0.1:${port}/`, child);
  const page = await (await enter()).newPage();
  await page.setViewportSize({ width: 1600, height: 1300 });
  await asNew(page);
  await page.goto(FRONT, { waitUntil: 'commit' });
  await page.locator('.ac-adaptiveCard').first().waitFor({ timeout: OPENING_MS });
  // It repeats what is said, in every place.
  await page.getByTitle('Hide log panel').click();
  const bubbles = page.locator('.fai-OutputCard');
  const said = (): Promise<string[]> => bubbles.allInnerTexts();
  const answered = async (act: () => Promise<void>, awaited: readonly string[]): Promise<string> => {
    const before = await bubbles.count();
    await act();
    return fresh(bubbles, before, awaited);
  };
  return {
    page,
    said,
    say: (text, ...awaited) =>
      answered(async () => {
        const box = page.locator('[role=textbox][data-lexical-editor=true]');
        await box.click();
        await page.keyboard.insertText(text);
        await box.getByText(text).waitFor();
        await box.press('Enter');
      }, awaited),
    custom: (members, ...awaited) => answered(() => sendCustom(page, members), awaited),
    press: (label, ...awaited) =>
      answered(
        () => page.locator('.ac-adaptiveCard').getByRole('button', { name: label, exact: true }).last().click(),
        awaited,
      ),
    mention: async (place, text) => {
      await page.getByText(place, { exact: true }).first().click();
      // In a channel a new post has its own box, above all others.
      const isChannel = place === 'General';
      const post = page.getByRole('button', { name: 'Post', exact: true });
      await post.waitFor({ state: isChannel ? 'visible' : 'hidden' });
      await page.locator('[role=textbox][data-lexical-editor=true]').first().click();
      await page.keyboard.type('@');
      await page.locator('[role=menuitem], [role=option]').filter({ hasText: 'Test Bot' }).first().click();
      await page.keyboard.insertText(text);
      if (isChannel) await post.click();
      else await page.keyboard.press('Enter');
    },
    card: () => page.locator('.ac-adaptiveCard').last(),
    async close() {
      await page.close();
      await ended(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Through the menu and its editor: members that come later in the text win. */
async function sendCustom(page: Page, members: Readonly<Record<string, unknown>>): Promise<void> {
  await page.getByText('Mock an Activity').first().click();
  await page.getByRole('menuitem', { name: 'Custom activity' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('.view-lines').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.insertText(`, ${JSON.stringify(members).slice(1, -1)}`);
  await dialog.getByRole('button', { name: 'Send activity' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** It listens on all interfaces: whoever opens one closes it, also when a test fails. */
function start(endpoint: string, port: number, folder: string): ChildProcess {
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    TEAMSAPPTESTER_BROWSER: 'none',
    M365_AGENTS_PLAYGROUND_LOGFILE: join(folder, 'log.txt'),
  };
  const options = ['-e', endpoint, '-c', 'msteams', '-p', String(port), '--disable-telemetry'];
  const child = spawn(process.execPath, [CLI, 'start', ...options], { cwd: folder, env, stdio: 'ignore' });
  process.once('exit', () => child.kill('SIGKILL'));
  return child;
}

async function listening(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await fetch(url, { method: 'HEAD' });
      return;
    } catch (error) {
      if (tries === 300 || child.exitCode !== null) throw error;
      await pause(100);
    }
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

/** Waits until the bot has said what is awaited: a text and its card are two bubbles. */
async function fresh(bubbles: Locator, before: number, awaited: readonly string[]): Promise<string> {
  const said = async (): Promise<string> => (await bubbles.allInnerTexts()).slice(before).join('\n');
  /** What was said instead; nothing, when what is awaited has come. */
  const instead = async (): Promise<string> => {
    const text = await said();
    return awaited.some((each) => text.includes(each)) ? '' : `${awaited.join(' | ')} is awaited, said was: ${text}`;
  };
  await expect.poll(instead, { timeout: 60_000 }).toBe('');
  return said();
}
