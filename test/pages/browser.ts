import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const PLACES = [
  process.env.CHROME_PATH ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const HELP =
  'The page tests need Chrome or Chromium. Install one (Debian, Ubuntu: apt-get install chromium) or set CHROME_PATH.';

/** Path of an installed Chrome, Chromium or Edge; as root on a Debian system, its `chromium` package is installed. */
export function findBrowser(): string {
  const found = PLACES.find((place) => place && existsSync(place));
  if (found) return found;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(HELP);
  try {
    const options = { stdio: 'pipe', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], options);
  } catch (error) {
    throw new Error(`${HELP} (apt-get could not install it)`, { cause: error });
  }
  return '/usr/bin/chromium';
}

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser(), args: ARGS });
}

/** A browser with a profile on disk. It keeps scripts compiled: from the third visit on Web Chat is there in a quarter of the time. */
export interface Profile {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

export async function openProfile(options: { timezoneId?: string } = {}): Promise<Profile> {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-profile-'));
  const launch = { executablePath: findBrowser(), args: ARGS, locale: 'en-US', ...options };
  const context = await chromium.launchPersistentContext(folder, launch);
  const close = async (): Promise<void> => {
    await context.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return { context, close };
}

/** The page, when it first loads, finds nothing that an earlier visit has left in the profile; what it stores itself stays. */
export async function asNew(page: Page, visit: string): Promise<void> {
  await page.addInitScript((name) => {
    try {
      if (localStorage.getItem('test-visit') === name) return;
      localStorage.clear();
      localStorage.setItem('test-visit', name);
    } catch {
      // a frame that may store nothing
    }
  }, visit);
}
