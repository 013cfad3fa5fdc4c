import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { build } from 'vite';
import { z } from 'zod';
import { CLIENT, openEntra, OTHER_TENANT, PERSON, SECRET, STRANGER, TENANT, type Entra } from '../entra/issuer.ts';
import { openHouse, type House } from '../house.ts';
import { openBrowser } from './browser.ts';
import { openInTeams } from './teams-host.ts';
import type { Visit } from './visit.ts';

/** Single sign-on from end to end: the real pages and server, a local issuer's tokens, Teams by a stand-in around the tab. */
const root = join(import.meta.dirname, '..', '..');
let browser: Browser;
let entra: Entra;
let house: House;
let context: BrowserContext;

beforeAll(async () => {
  if (!existsSync(join(root, 'dist', 'pages'))) await build({ configFile: join(root, 'src', 'vite.config.ts') });
  entra = await openEntra();
  const sso = { TEAMS_SSO_APP_ID: CLIENT, TEAMS_SSO_AUTHORITY: entra.login, TEAMS_SSO_TENANTS: TENANT };
  const desk = { DESK_OIDC_ISSUER: entra.issuer, DESK_OIDC_CLIENT_ID: CLIENT, DESK_OIDC_CLIENT_SECRET: SECRET };
  house = await openHouse({ ...sso, ...desk, PUBLIC_URL: 'http://127.0.0.1:3978' });
  browser = await openBrowser();
}, 180_000);
afterEach(() => context.close());
afterAll(async () => {
  await browser.close();
  await house.end();
  await entra.close();
});

const tokenOf = (change: Record<string, unknown> = {}, key = undefined as Parameters<Entra['token']>[1]) =>
  entra.token({ scp: 'access_as_user', ...change }, key);

async function enter(token: string, path: '/chat' | '/desk' = '/chat') {
  context = await browser.newContext({ locale: 'en-US' });
  context.setDefaultTimeout(40_000);
  const page = await context.newPage();
  // What openInTeams uses of a visit; the server here is the real one.
  const visit = { context, page, office: { origin: house.url } } as Visit;
  return (await openInTeams(visit, { token, path })).tab;
}

/** Keys of the persons of all conversations so far, the newest last. */
function persons(): string[] {
  const database = new Database(join(house.dataDir, 'frontdesk.db'), { readonly: true });
  try {
    const rows = database.prepare('select person from conversations order by created_at').all();
    return z
      .array(z.object({ person: z.string() }))
      .parse(rows)
      .map(({ person }) => person);
  } finally {
    database.close();
  }
}

describe('the chat', { timeout: 180_000 }, () => {
  test('is the person’s whom Teams proved', async () => {
    const tab = await enter(tokenOf());
    await tab.locator('.webchat__bubble').first().waitFor();
    expect(persons().at(-1)).toBe(`msteams:${TENANT}:${PERSON}`);
    expect(await tab.locator('.webchat__bubble').first().textContent()).toContain('佐藤 美咲');
  });

  test.each<[string, () => string]>([
    ['expired', () => tokenOf({ exp: entra.now - 3_600 })],
    ['for another app', () => tokenOf({ aud: '11111111-2222-4333-8444-555555555555' })],
    ['of another tenant', () => tokenOf({ tid: OTHER_TENANT, iss: `${entra.login}/${OTHER_TENANT}/v2.0` })],
    ['forged', () => tokenOf({}, { key: STRANGER })],
  ])('is a visitor’s where the token is %s', async (_what, token) => {
    const tab = await enter(token());
    await tab.locator('.webchat__bubble').first().waitFor();
    expect(persons().at(-1)).toMatch(/^anonymous:/);
  });
});

describe('the desk', { timeout: 180_000 }, () => {
  test('opens for an agent, in a frame, and stays open', async () => {
    const tab = await enter(tokenOf({ roles: ['Frontdesk.Agent'] }), '/desk');
    const status = () => tab.evaluate("fetch('/desk/api/me').then(({ status }) => status)");
    await expect.poll(status, { timeout: 40_000 }).toBe(200);
    const cookies = await context.cookies(house.url);
    expect(cookies.map(({ name, sameSite, httpOnly }) => [name, sameSite, httpOnly])).toEqual([
      ['frontdesk-desk-tab', 'None', true],
    ]);
  });

  test('stays shut for somebody without the role', async () => {
    const tab = await enter(tokenOf({ roles: [] }), '/desk');
    await tab.locator('body').waitFor();
    await expect.poll(() => tab.evaluate("fetch('/desk/api/me').then(({ status }) => status)")).toBe(401);
    expect(await context.cookies(house.url)).toEqual([]);
  });
});
