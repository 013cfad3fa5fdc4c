import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isOverdue, valueOf } from '#src/desk/page/fields.ts';
import { wordsOf } from '#src/chat/page/words.ts';
import type { Office } from './office.ts';
import { openStage, seriousFindings, type Stage, type Visit, type VisitOptions } from './visit.ts';

let stage: Stage;
let visit: Visit;

beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage.close());

const EVIL = '<img src=x onerror="document.title=1"><b>bold</b>';

function fill(office: Office): void {
  office.desk.queue = [
    {
      conversation: 'c1',
      severity: 'A',
      offering: 'o365-21vianet',
      category: 'technical',
      language: 'zh-CN',
      summary: EVIL,
      waitingSince: '2026-11-20T10:31:00Z',
      respondBy: '2020-01-01T00:00:00Z',
      owner: 'waiting',
    },
  ];
  office.desk.requests = [
    {
      number: 'FD-1',
      state: 'open',
      severity: 'B',
      offering: 'worldwide',
      route: 'open',
      category: 'billing',
      description: 'We were charged twice.',
      personName: 'Adele Vance',
      createdAt: 1_795_000_000_000,
      respondBy: null,
      contact: { name: 'Adele', method: 'phone', phone: '+1 425 555 0100', language: 'en' },
      evidence: [{ signal: 'money', text: 'charged twice', start: 8, end: 21 }],
    },
    {
      number: 'FD-2',
      state: 'closed',
      severity: 'C',
      offering: 'azure-21vianet',
      description: 'Other',
      personName: 'B',
    },
  ];
  office.desk.mails = [
    { id: 'm1', to: 'adele@contoso.example', subject: 'Your request FD-1', text: 'Line 1\nLine 2', at: 1 },
  ];
}

async function go(path: string, options: VisitOptions = {}, signedIn = true) {
  visit = await stage.visit(options);
  visit.office.desk.signedIn = signedIn;
  fill(visit.office);
  await visit.page.goto(visit.office.origin + path);
  return visit;
}

describe('the agent desk', { timeout: 40_000 }, () => {
  afterEach(() => visit.close());

  it('lets an agent in and out', async () => {
    const { page, complaints } = await go('/desk?lang=en', {}, false);
    await page.locator('#enter').click();
    await page.getByText('Signed in as Agent 1').waitFor();
    await page.getByRole('row', { name: /Severity A/ }).waitFor();
    await page.locator('#signout').click();
    await page.getByRole('heading', { name: 'Sign in to the agent desk' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('says of the questions that it asks by itself that nobody did anything', async () => {
    const { page, office } = await go('/desk?lang=en');
    const asked = async (count: number) => {
      await expect.poll(() => office.desk.background.length, { timeout: 15_000 }).toBeGreaterThanOrEqual(count);
    };
    await asked(2);
    expect(office.desk.background.slice(0, 2)).toEqual([false, true]);
    await page.getByRole('tab', { name: 'Service requests (2)' }).click();
    const before = office.desk.background.length;
    await asked(before + 2);
    expect(office.desk.background.slice(before, before + 2)).toEqual([false, true]);
  });

  it.each([
    [403, 'oidc-not-available', 'Sign in through your organization, then reload this page.'],
    [404, 'not-found', 'Sign in through your organization, then reload this page.'],
    [403, 'unknown-agent', wordsOf('en')('page.desk.signin.refused')],
  ])('a sign-in that is answered %i %s is told in plain words', async (status, code, told) => {
    const { page, office } = await go('/desk?lang=en', {}, false);
    office.desk.refusal = { status, code };
    await page.locator('#enter').click();
    await page.locator('#problem', { hasText: told }).waitFor();
    expect(await page.locator('#lists').isHidden()).toBe(true);
  });

  it('shows what people wrote as text, never as HTML', async () => {
    const { page } = await go('/desk?lang=en');
    await page.getByRole('cell', { name: EVIL }).waitFor();
    await page.locator('#panel-waiting button.open').click();
    await page.locator('.details dd.summary', { hasText: EVIL }).waitFor();
    expect(await page.locator('main img, main b').count()).toBe(0);
    expect(await page.title()).toBe('Agent desk');
  });

  it('shows a request with its details by keyboard, and news as they come, without losing the place', async () => {
    const { page, office } = await go('/desk?lang=en');
    await page.getByRole('tab', { name: 'Service requests (2)' }).click();
    const open = page.locator('#panel-requests button.open', { hasText: 'FD-1' });
    await open.focus();
    await page.keyboard.press('Enter');
    const details = page.locator('#panel-requests .details');
    await details.getByText('“charged twice”').waitFor();
    await details.getByText('Adele · Phone · +1 425 555 0100').waitFor();
    await details.getByText('No time promised').waitFor();
    await open.focus();
    office.desk.requests.push({
      number: 'FD-3',
      state: 'open',
      severity: 'C',
      description: 'New one',
      personName: 'C',
    });
    await page.getByRole('tab', { name: 'Service requests (3)' }).waitFor({ timeout: 10_000 });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('FD-1');
    await details.getByText('“charged twice”').waitFor();
  });

  it('warns of a year without a calendar, in the language of the page', async () => {
    const { page, office } = await go('/desk?lang=en', {}, false);
    office.desk.warnings = [{ code: 'calendar-missing', calendar: 'cn', year: '2027' }, { code: 'other' }];
    await page.locator('#enter').click();
    await page.locator('#warning', { hasText: 'working days for 2027 is missing' }).waitFor();
    expect(await page.locator('#warning').textContent()).toBe(
      wordsOf('en')('page.desk.calendarMissing', { year: '2027' }),
    );
  });

  it('shows the mails, and another language at once', async () => {
    const { page } = await go('/desk?lang=en');
    await page.getByRole('tab', { name: 'Mail (1)' }).click();
    await page.locator('#panel-mails button.open').click();
    await page.locator('#panel-mails .details dd.text', { hasText: 'Line 2' }).waitFor();
    await page.locator('#language').click();
    await page.locator('#language fluent-option[value="zh-CN"]').click();
    await page.getByRole('tab', { name: '服务请求（2）' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
  });

  it('asks to sign in again when the session is over, and says when the server is silent', async () => {
    const { page, office, context } = await go('/desk?lang=en');
    await page.getByRole('tab', { name: 'Waiting (1)' }).waitFor();
    await context.setOffline(true);
    await page.getByText(/No news from the server since/).waitFor({ timeout: 15_000 });
    await context.setOffline(false);
    office.desk.signedIn = false;
    await page.getByRole('heading', { name: 'Sign in to the agent desk' }).waitFor({ timeout: 15_000 });
    expect(await page.locator('#lists').isHidden()).toBe(true);
  });

  it.each([
    ['ja', false, 360],
    ['en', true, 1200],
    ['zh-CN', false, 1200],
  ] as const)('has no serious finding by axe (%s, dark: %s, %i px)', async (lang, dark, width) => {
    const { page } = await go(`/desk?lang=${lang}`, { dark, width });
    await page.locator('#panel-waiting button.open').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.locator('#panel-waiting button.open').click();
    await page.locator('#panel-waiting .details').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
});

describe('what a field shows', () => {
  const words = wordsOf('ja');
  it.each([
    ['offering', { offering: 'azure-21vianet' }, '21Vianet が運用する Azure'],
    ['offering', { offering: 'unheard-of' }, 'unheard-of'],
    ['respondBy', { respondBy: null }, '期限の約束なし'],
    ['respondBy', {}, ''],
    ['contact', { contact: { method: 'email', email: 'a@b.example' } }, 'メール · a@b.example'],
    ['evidence', { evidence: [{ text: '全員' }, { text: '停止' }] }, '「全員」  「停止」'],
    ['severity', {}, ''],
    ['createdAt', { createdAt: 'nonsense' }, ''],
  ] as const)('%s of %j', (field, row, shown) => expect(valueOf(row, field, words)).toBe(shown));

  it('a time that has passed is overdue while the request is open', () => {
    const now = Date.parse('2026-11-20T10:00:00Z');
    expect(isOverdue({ respondBy: '2026-11-20T09:59:59Z', state: 'open' }, now)).toBe(true);
    expect(isOverdue({ respondBy: '2026-11-20T09:59:59Z', state: 'closed' }, now)).toBe(false);
    expect(isOverdue({ respondBy: '2026-11-20T10:00:01Z' }, now)).toBe(false);
    expect(isOverdue({ respondBy: null }, now)).toBe(false);
  });
});
