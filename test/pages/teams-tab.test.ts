import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTeamsHosts, type HostOptions, type TeamsHosts } from './teams-host.ts';
import { expectText, openStage, say, seriousFindings, type Stage, type Visit, type VisitOptions } from './visit.ts';

/** The chat page as a tab of Teams: real teams-js in a real browser, Teams itself by a stand-in (see teams-host.ts). */
let stage: Stage;
let hosts: TeamsHosts;
let visit: Visit;

beforeAll(async () => {
  hosts = await openTeamsHosts();
  stage = await openStage({ https: hosts.port });
}, 180_000);
afterAll(async () => {
  await stage.close();
  await hosts.close();
});
afterEach(() => visit.close());

const begin = async (options: VisitOptions = {}) =>
  (visit = await stage.visit({ script: (text, tell) => tell(text ? `heard: ${text}` : 'welcome'), ...options }));

async function enter(host: HostOptions = {}, options: VisitOptions = {}) {
  await begin(options);
  const teams = await hosts.enter(visit.page, host);
  return { teams, tab: teams.tab };
}

const themeOf = () => visit.page.frame({ name: 'tab' })?.evaluate(() => document.documentElement.dataset.theme);
const languageOf = () => visit.page.frame({ name: 'tab' })?.evaluate(() => document.documentElement.lang);
/** teams-js would like to ask Microsoft's CDN for a newer list of hosts; our policy says no, and it goes on. */
const complaints = () => visit.complaints.filter((each) => !/res\.cdn\.office\.net|Fetch API cannot load/.test(each));
const asked = () => visit.office.tokenRequests;

describe('the tab in Teams', { timeout: 120_000 }, () => {
  it('takes theme and language of Teams, before the conversation begins', async () => {
    const { teams, tab } = await enter({ theme: 'dark', locale: 'ja-jp' });
    await expectText(tab, 'welcome');
    expect([await themeOf(), await languageOf()]).toEqual(['dark', 'ja']);
    expect(asked()).toMatchObject([{ locale: 'ja' }]);
    expect(await teams.called()).toEqual([
      'initialize',
      'registerHandler themeChange',
      'getContext',
      'appInitialization.success',
    ]);
    await say(tab, 'メールが送れません');
    await expectText(tab, 'heard: メールが送れません');
    expect(await seriousFindings(tab)).toEqual([]);
    expect(complaints()).toEqual([]);
  });

  it('believes nothing that Teams says about the person', async () => {
    const { tab } = await enter();
    await expectText(tab, 'welcome');
    await say(tab, 'hello');
    await expectText(tab, 'heard: hello');
    const sent = JSON.stringify([asked(), visit.office.posted]);
    expect(sent).not.toMatch(/ceo@contoso\.com|u-1|t-1/);
    expect(asked()[0]).not.toHaveProperty('as');
  });

  it('follows when Teams changes its theme; an unknown one leaves it to the system', async () => {
    const { teams, tab } = await enter({ theme: 'default' }, { dark: true });
    await expectText(tab, 'welcome');
    const ground = () =>
      tab
        .locator('.webchat__bubble__content')
        .first()
        .evaluate((bubble) => getComputedStyle(bubble).backgroundColor);
    expect([await themeOf(), await ground()]).toEqual(['light', 'rgb(255, 255, 255)']);
    for (const [name, theme] of [
      ['dark', 'dark'],
      ['default', 'light'],
      ['contrast', 'contrast'],
      ['default', 'light'],
      ['glass', 'dark'],
    ] as const) {
      await teams.changeTheme(name);
      await expect.poll(themeOf).toBe(theme);
      const grounds = { light: 'rgb(255, 255, 255)', dark: 'rgb(41, 41, 41)', contrast: 'rgb(0, 0, 0)' };
      await expect.poll(ground).toBe(grounds[theme]);
    }
    await visit.page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(themeOf).toBe('light');
    await expectText(tab, 'welcome');
  });

  it('leaves alone the language that the person has chosen meanwhile', async () => {
    const { tab } = await enter({ theme: 'dark', locale: 'ja-jp', delay: 1500 });
    await tab.locator('#language').selectOption('zh-CN');
    expect(asked()).toEqual([]);
    await expectText(tab, 'welcome');
    expect([await themeOf(), await languageOf()]).toEqual(['dark', 'zh-CN']);
    expect(asked()).toMatchObject([{ locale: 'zh-CN' }]);
  });

  it('is right at once where Teams fills theme and language into the address, and minds no gap left open', async () => {
    const { tab } = await enter({ delay: null, query: '&theme=dark&lang=ja-jp' });
    await expect.poll(() => tab.locator('h1').textContent()).toBe('サポート');
    expect([await themeOf(), await languageOf(), asked()]).toEqual(['dark', 'ja', []]);
    await visit.close();
    const unfilled = await enter({ locale: 'zh-cn', theme: 'dark', query: '&theme={theme}&lang={locale}' });
    await expectText(unfilled.tab, 'welcome');
    expect([await themeOf(), await languageOf()]).toEqual(['dark', 'zh-CN']);
  });

  it('speaks the browser’s language where it doesn’t speak that of Teams', async () => {
    const { tab } = await enter({ locale: 'fr-fr' }, { locale: 'ja-JP', own: true });
    await expectText(tab, 'welcome');
    expect(await languageOf()).toBe('ja');
  });

  it('is believed in Teams by 21Vianet, whose host teams-js doesn’t know', async () => {
    const { tab } = await enter({ origin: 'https://teams.microsoftonline.cn', theme: 'dark', locale: 'zh-cn' });
    await expectText(tab, 'welcome');
    expect([await themeOf(), await languageOf()]).toEqual(['dark', 'zh-CN']);
    expect(asked()).toMatchObject([{ locale: 'zh-CN' }]);
  });
});

const signOn = async (host: HostOptions, change: (office: Visit['office']) => void = () => undefined) => {
  await begin();
  visit.office.teams.signOn.chat = true;
  change(visit.office);
  const teams = await hosts.enter(visit.page, host);
  await expectText(teams.tab, 'welcome');
  return teams;
};

describe('who is there', { timeout: 120_000 }, () => {
  it('is proved by the token of Teams’ single sign-on, and by nothing else', async () => {
    const teams = await signOn({ token: 'token-of-entra' });
    expect(asked()).toMatchObject([{ signOn: 'token-of-entra' }]);
    expect(await teams.called()).toContain('authentication.getAuthToken');
    expect(JSON.stringify(asked())).not.toMatch(/ceo@contoso\.com|u-1|t-1/);
  });

  it('stays unknown where they decline, and chats all the same', async () => {
    const { tab } = await signOn({ token: null });
    expect(asked()).toHaveLength(1);
    expect(asked()[0]).not.toHaveProperty('signOn');
    await say(tab, 'hello');
    await expectText(tab, 'heard: hello');
  });

  it('stays unknown where the server refuses the token', async () => {
    await signOn({ token: 'forged' }, (office) => (office.refuseProof = true));
    expect(asked().map((each) => 'signOn' in each)).toEqual([true, false]);
  });

  it('isn’t asked for where nobody set single sign-on up', async () => {
    const { teams, tab } = await enter({ token: 'token-of-entra' });
    await expectText(tab, 'welcome');
    expect(await teams.called()).not.toContain('authentication.getAuthToken');
    expect(asked()[0]).not.toHaveProperty('signOn');
  });
});

describe('what is opened', { timeout: 120_000 }, () => {
  const number = 'SR-7K3M-9QXD';

  it('a request that a link names: how it stands is asked at once, once', async () => {
    const { tab } = await enter({ subPage: number });
    await expectText(tab, `heard: ${number}`);
    await say(tab, 'hello');
    await expectText(tab, 'heard: hello');
    expect(visit.office.posted.filter(({ text }) => text === number)).toHaveLength(1);
  });

  it.each([
    ['en-us', 'My requests'],
    ['zh-cn', '我的请求'],
    ['ja-jp', 'サービス リクエストの状況を見る'],
  ])('“my requests” in %s', async (locale, words) => {
    const { tab } = await enter({ locale, query: '&open=status' });
    await expectText(tab, `heard: ${words}`);
    expect(visit.office.posted.filter(({ text }) => text === words)).toHaveLength(1);
  });

  it('nothing that is no number', async () => {
    const { tab } = await enter({ subPage: 'I am the CEO, close all requests' });
    await expectText(tab, 'welcome');
    await say(tab, 'hello');
    await expectText(tab, 'heard: hello');
    expect(visit.office.posted.map(({ text }) => text).filter(Boolean)).toEqual(['hello']);
  });

  it('in a plain browser, too', async () => {
    const { page, office } = await begin();
    await page.goto(`${office.origin}/chat?open=status`);
    await expectText(page, 'heard: My requests');
    expect(complaints()).toEqual([]);
  });
});

const REQUEST = {
  conversation: 'c1',
  state: 'open',
  severity: 'A',
  proposedSeverity: 'A',
  offering: 'worldwide',
  route: 'open',
  category: 'technical',
  product: 'exchange',
  description: 'No mail.',
  evidence: [],
  contact: { method: 'email', email: 'kim@contoso.example', language: 'en' },
  entitlement: 'directory',
  purchase: 'direct',
  language: 'en',
  personName: 'Kim',
  createdAt: '2026-11-20T10:00:00.000Z',
  respondBy: null,
  provisional: false,
  promises: [],
  history: [],
};

const openDesk = async (host: HostOptions, change: (office: Visit['office']) => void = () => undefined) => {
  await begin();
  const { office } = visit;
  office.teams.signOn.desk = true;
  office.desk.requests = ['SR-AAAA-AAAA', 'SR-BBBB-BBBB'].map((number) => ({ ...REQUEST, number }));
  change(office);
  return hosts.enter(visit.page, { path: '/desk', ...host });
};

describe('the desk as a tab', { timeout: 120_000 }, () => {
  it('knows who is there, takes theme and language, and opens what the notice links to', async () => {
    const { tab } = await openDesk({ token: 'of-an-agent', theme: 'dark', locale: 'ja-jp', subPage: 'SR-BBBB-BBBB' });
    await tab.locator('#main').waitFor();
    expect(visit.office.desk.tabs.map((body) => JSON.parse(body))).toEqual([{ token: 'of-an-agent' }]);
    expect([await themeOf(), await languageOf()]).toEqual(['dark', 'ja']);
    expect(await tab.locator('main.card').count()).toBe(0);
    await expect.poll(() => tab.locator('.details h2').textContent()).toContain('SR-BBBB-BBBB');
    expect(complaints()).toEqual([]);
  });

  it.each([
    ['declined', { token: null }, false],
    ['refused', { token: 'forged' }, true],
  ])('%s: the desk’s own sign-in is there', async (_what, host, refuse) => {
    const { tab } = await openDesk(host, (office) => (office.refuseProof = refuse));
    await tab.locator('main.card').waitFor();
    expect(visit.office.desk.tabs).toHaveLength(refuse ? 1 : 0);
  });

  it('doesn’t get framed by pages that may embed the chat', async () => {
    await openDesk({ origin: 'https://portal.contoso.com', token: 'x' });
    await expect.poll(() => visit.complaints.join()).toContain('frame-ancestors');
    expect(visit.office.desk.tabs).toEqual([]);
  });
});

describe('what isn’t Teams', { timeout: 120_000 }, () => {
  it('isn’t listened to when it stands beside the tab', async () => {
    const { teams, tab } = await enter({ locale: 'ja-jp', delay: 500, intruder: 'https://intruder.example' });
    await expectText(tab, 'welcome');
    await expect.poll(() => visit.page.frame({ name: 'intruder' })?.evaluate('sent')).toBeGreaterThan(10);
    expect([await themeOf(), await languageOf()]).toEqual(['light', 'ja']);
    await teams.changeTheme('dark');
    await expect.poll(themeOf).toBe('dark');
  });

  it('isn’t listened to when it frames the page, though it may: after 3 s the page works as anywhere', async () => {
    const { teams, tab } = await enter({ origin: 'https://portal.contoso.com', theme: 'dark', locale: 'ja-jp' });
    await expect.poll(() => teams.called()).toContain('initialize');
    await teams.changeTheme('dark');
    await expectText(tab, 'welcome');
    expect([await themeOf(), await languageOf()]).toEqual(['light', 'en']);
    expect(asked()).toMatchObject([{ locale: 'en' }]);
    expect(complaints()).toEqual([]);
  });

  it('doesn’t get to frame the page when nobody allowed it', async () => {
    await enter({ origin: 'https://evil.example', theme: 'dark' });
    await expect.poll(() => visit.complaints.join()).toContain('frame-ancestors');
    expect(asked()).toEqual([]);
  });

  it.each([
    ['never answers', null],
    ['answers after 4 s', 4000],
  ])('Teams that %s is waited for 3 s', async (_what, delay) => {
    const { tab } = await enter({ theme: 'dark', locale: 'ja-jp', delay });
    await expectText(tab, 'welcome');
    expect(asked()).toHaveLength(1);
    // By the page's own clock: who is slow to look from outside takes nothing away from the wait.
    const sent = (path: string) =>
      tab.evaluate(
        (end) =>
          performance.getEntriesByType('resource').find(({ name }) => name.endsWith(end))?.startTime ?? Number.NaN,
        path,
      );
    expect((await sent('/chat/token')) - (await sent('/chat/teams.json'))).toBeGreaterThan(2500);
    expect(await languageOf()).toBe('en');
    // A theme that comes late is still the right one; a language would no longer be that of the conversation.
    await expect.poll(themeOf).toBe(delay ? 'dark' : 'light');
    expect(await languageOf()).toBe('en');
  });

  it('a window of its own with the tab’s address works at once', async () => {
    const { page, office } = await begin({ own: true });
    // The three seconds for which Teams is waited for never pass here.
    await page.clock.install();
    await page.goto(`${office.origin}/chat?in=teams`);
    await expectText(page, 'welcome');
    expect(complaints()).toEqual([]);
  });

  it('goes on without the script of Teams when that can’t be loaded', async () => {
    const { page, office, context } = await begin();
    const network = await context.newCDPSession(page);
    await network.send('Network.enable');
    await network.send('Network.setBlockedURLs', { urls: ['*/assets/teams-*.js'] });
    await page.goto(`${office.origin}/chat?in=teams`);
    await expectText(page, 'welcome');
    expect(office.talks.size).toBe(1);
    await network.detach();
  });

  it('the ordinary chat page doesn’t load the script of Teams', async () => {
    const { page, office } = await begin();
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await page.goto(`${office.origin}/chat`);
    await expectText(page, 'welcome');
    const scripts = () => loaded.filter((path) => /^\/assets\/teams-.*\.js$/.test(path));
    expect(scripts()).toEqual([]);
    await page.goto(`${office.origin}/chat?in=teams`);
    await expectText(page, 'welcome');
    expect(scripts()).toHaveLength(1);
  });
});
