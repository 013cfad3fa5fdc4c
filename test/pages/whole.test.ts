import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { say, seriousFindings } from './visit.ts';

/** The pages on the real server, as `npm start` runs it: from the demo admin center to the agent desk. */
const root = join(import.meta.dirname, '..', '..');
const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-whole-'));
let server: ChildProcess;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  const env = { ...process.env, NODE_ENV: '', PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'silent' };
  server = spawn(process.execPath, ['src/start.js'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((ready, failed) => {
    server.stdout?.once('data', () => ready());
    server.once('exit', (code) => failed(new Error(`the server ended with ${code}`)));
  });
  browser = await openBrowser();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  server.kill('SIGTERM');
  rmSync(dataDir, { recursive: true, force: true });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load')) complaints.push(message.text());
  });
}

it(
  'a sample person asks for a human in the embedded chat, and an agent sees them wait',
  { timeout: 60_000 },
  async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    listen(page, complaints);
    await page.goto(`${origin}/?as=cn-admin-premium&lang=zh-CN`);
    await page.locator('#facts dd', { hasText: '世纪互联' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.locator('frontdesk-chat .launcher').click();
    const frame = await (await page.locator('frontdesk-chat iframe').elementHandle())?.contentFrame();
    if (!frame) throw new Error('the pane has no frame');
    await frame.locator('.webchat__bubble').first().waitFor();
    await say(frame, '从今天早上 9 点起，全公司都无法发送邮件，业务完全停止。');
    await frame.locator('.ac-pushButton', { hasText: 'A' }).first().waitFor();
    expect(await seriousFindings(frame)).toEqual([]);
    await say(frame, '人工');

    const desk = await browser.newPage();
    listen(desk, complaints);
    await desk.goto(`${origin}/desk?lang=ja`);
    await desk.getByRole('button', { name: 'サインイン' }).click();
    await desk.locator('.row', { hasText: '全公司都无法发送邮件' }).click();
    await desk.locator('#packet mark').first().waitFor();
    expect(await seriousFindings(desk)).toEqual([]);
    expect(complaints).toEqual([]);
  },
);
