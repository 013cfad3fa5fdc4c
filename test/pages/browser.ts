import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chromium, type BrowserContext, type Disposable, type Page } from 'playwright-core';
import { openDoorway, type Doorway } from './doorway.ts';

const PLACES = [
  process.env.CHROME_PATH ?? '',
  // Chromium without its own windows: the same pages for a third less processor time.
  '/usr/bin/chromium-headless-shell',
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

/** A browser with a profile on disk: only such a one keeps scripts compiled, and Web Chat takes seconds to compile. */
export interface Profile {
  readonly context: BrowserContext;
  /** Leaves the browser to the next file as if it were new, but for what it has compiled. */
  close(): Promise<void>;
}

interface Shared {
  readonly context: BrowserContext;
  readonly doorways: { readonly front: Doorway; readonly beside: Doorway; readonly https: Doorway };
}

/** One browser for all files that share a process: it ends with that, and its profile with it. */
let shared: Promise<Shared> | undefined;

/** What stands in front must listen. The process of its pages stays, by a first page that nobody closes. */
export async function openProfile({ front, beside = front, https }: Places): Promise<Profile> {
  const { context, doorways } = await (shared ??= launch());
  doorways.front.leadTo(Number(new URL(front).port));
  doorways.beside.leadTo(Number(new URL(beside).port));
  doorways.https.leadTo(https);
  const [first] = context.pages();
  if (first?.url() === 'about:blank') await first.goto(`${FRONT}/readyz`);
  const close = async (): Promise<void> => {
    for (const page of context.pages()) if (page !== first) await page.close();
    await forget(context);
    context.setDefaultTimeout(30_000);
    for (const doorway of Object.values(doorways)) doorway.leadTo(undefined);
  };
  return { context, close };
}

async function launch(): Promise<Shared> {
  const [front, beside, https] = await Promise.all([openDoorway(), openDoorway(), openDoorway()]);
  const rules = [
    `MAP ${new URL(FRONT).host} 127.0.0.1:${front.port}`,
    `MAP ${new URL(BESIDE).host} 127.0.0.1:${beside.port}`,
    `MAP *:443 127.0.0.1:${https.port}`,
    // Nothing leaves this machine.
    'MAP * ~NOTFOUND',
  ];
  const context = await chromium.launchPersistentContext('', {
    executablePath: findBrowser(),
    args: [
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
      '--js-flags=--single-threaded',
    ],
    locale: 'en-US',
    ignoreHTTPSErrors: true,
    reducedMotion: 'reduce',
  });
  return { context, doorways: { front, beside, https } };
}

/** What pages have stored in the profile; a page that is open keeps what it has read. */
export async function forget(context: BrowserContext): Promise<void> {
  await context.setOffline(false);
  await context.clearPermissions();
  await context.clearCookies();
  const [first] = context.pages();
  if (!first) return;
  const session = await context.newCDPSession(first);
  for (const origin of [FRONT, BESIDE])
    await session.send('Storage.clearDataForOrigin', {
      origin,
      storageTypes: 'local_storage,indexeddb,cache_storage,service_workers',
    });
  await session.detach();
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
