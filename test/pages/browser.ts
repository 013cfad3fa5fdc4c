import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Disposable, type Page } from 'playwright-core';
import { inject } from 'vitest';

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

/** Where the browser finds the server under test: the same in every file, so that what it keeps by address is found again. */
export const FRONT = 'http://127.0.0.1:3978';
/** The same server by another name, for somebody else's cookies; or another server, where `beside` names one. */
export const BESIDE = 'http://localhost:3978';

/** What really stands behind the addresses that the browser knows. */
export interface Places {
  /** Origin of the server behind `FRONT`. */
  readonly front: string;
  /** Origin of the server behind `BESIDE`, where that is another one. */
  readonly beside?: string;
  /** Port of the server behind every https address. */
  readonly https?: number;
}

function argsFor({ front, beside = front, https }: Places): string[] {
  const rules = [
    [FRONT, new URL(front).host],
    [BESIDE, new URL(beside).host],
  ].map(([from, to]) => `MAP ${new URL(from ?? '').host} ${to}`);
  if (https !== undefined) rules.push(`MAP *:443 127.0.0.1:${https}`);
  // Nothing leaves this machine.
  rules.push('MAP * ~NOTFOUND');
  return [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    `--host-resolver-rules=${rules.join(', ')}`,
    // One process for all pages of a site, and scripts are kept compiled from the first visit on, not from the third.
    '--process-per-site',
    '--blink-settings=v8CacheOptions=3',
  ];
}

export function openBrowser(places: Places): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser(), args: argsFor(places) });
}

/** A browser with a profile on disk: only such a one keeps scripts compiled, and Web Chat takes seconds to compile. */
export interface Profile {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/** The server in front must listen. Its process stays, by a first page that nobody closes. */
export async function openProfile(places: Places, options: { timezoneId?: string } = {}): Promise<Profile> {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-profile-'));
  copyKept(inject('compiled'), folder);
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: findBrowser(),
    args: argsFor(places),
    locale: 'en-US',
    ignoreHTTPSErrors: places.https !== undefined,
    ...options,
  });
  await context.pages()[0]?.goto(`${FRONT}/readyz`);
  const close = async (): Promise<void> => {
    await context.close();
    copyKept(folder, inject('compiled'));
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return { context, close };
}

/** Scripts and what became of them; the one is of no use without the other. */
const KEPT = ['Default/Cache/Cache_Data', 'Default/Code Cache'];

/** What is already there stays; what is where, the browser finds out anew. */
function copyKept(from: string, to: string): void {
  for (const part of KEPT.filter((each) => existsSync(join(from, each))))
    cpSync(join(from, part), join(to, part), {
      recursive: true,
      force: false,
      filter: (path) => !path.endsWith('index-dir'),
    });
}

/** The page, when it first loads, finds nothing that an earlier visit has left in the profile; what it stores itself stays. */
export function asNew(page: Page): Promise<Disposable> {
  return page.addInitScript((name) => {
    try {
      if (localStorage.getItem('test-visit') === name) return;
      localStorage.clear();
      sessionStorage.clear();
      localStorage.setItem('test-visit', name);
    } catch {
      // a frame that may store nothing
    }
  }, randomUUID());
}
