import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { freePort } from './port.ts';
import { pause } from '../conversations/teams.ts';

const CLI = join(import.meta.dirname, '../../node_modules/@microsoft/m365agentsplayground/cli.js');

/** Microsoft's Agents Playground with its page open: Teams' own card renderer and a connector, all on this machine. */
export interface Playground {
  readonly page: Page;
  /** What the bot has said so far, one entry per message or card. */
  said(): Promise<string[]>;
  /** Types a message and resolves to what the bot said in answer. */
  say(text: string): Promise<string>;
  /** Presses the button of that label on the newest card that has it. */
  press(label: string): Promise<string>;
  /** Goes to a place that others read, and posts a message there that mentions the bot. */
  mention(place: 'General' | 'Group Chat', text: string): Promise<void>;
  /** The newest card. */
  card(): Locator;
  close(): Promise<void>;
}

export async function openPlayground(endpoint: string, browser: Browser): Promise<Playground> {
  const folder = mkdtempSync(join(tmpdir(), 'playground-'));
  const port = await freePort();
  const child = start(endpoint, port, folder);
  const page = await browser.newPage({ viewport: { width: 1600, height: 1300 } });
  // Its page asks for fonts and pictures from elsewhere: nothing leaves the machine.
  await page.route(
    (url) => url.hostname !== 'localhost' && url.hostname !== '127.0.0.1',
    (route) => route.abort(),
  );
  await opened(page, `http://localhost:${port}/`, child);
  const bubbles = page.locator('.fai-OutputCard');
  const said = (): Promise<string[]> => bubbles.allInnerTexts();
  const answered = async (act: () => Promise<void>): Promise<string> => {
    const before = await bubbles.count();
    await act();
    return fresh(bubbles, before);
  };
  return {
    page,
    said,
    say: (text) =>
      answered(async () => {
        await page.locator('[role=textbox][data-lexical-editor=true]').click();
        await page.keyboard.insertText(text);
        await page.keyboard.press('Enter');
      }),
    press: (label) =>
      answered(() => page.locator('.ac-adaptiveCard').getByRole('button', { name: label, exact: true }).last().click()),
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

async function opened(page: Page, url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await page.goto(url);
      return;
    } catch (error) {
      if (tries === 100 || child.exitCode !== null) throw error;
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

/** Waits for the bot's first words, and until no more come: a text and its card are two bubbles. */
async function fresh(bubbles: Locator, before: number): Promise<string> {
  for (let tries = 0; tries < 100 && (await bubbles.count()) === before; tries += 1) await pause(50);
  for (let last = -1; last !== (await bubbles.count());) {
    last = await bubbles.count();
    await pause(150);
  }
  return (await bubbles.allInnerTexts()).slice(before).join('\n');
}
