import type { BrowserContext, Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import { z } from 'zod';
import { readConfig } from '#src/config.ts';
import { securityHeaders } from '#src/http/headers.ts';
import type { Visit } from './visit.ts';

/**
 * A stand-in for Teams around the tab: Teams itself can't run here. The page under test runs the real teams-js; this side
 * answers as its host does, as far as the tab needs it (`initialize`, `getContext`, `registerHandler`, notices without
 * answer), in the message format of teams-js 2.58. The browser is told that the page comes from Teams' own origin, because
 * teams-js believes nobody else; the network is never asked.
 */
export interface TeamsHost {
  readonly tab: Frame;
  /** Names of the functions that the tab called, in order. */
  called(): Promise<string[]>;
  changeTheme(name: string): Promise<void>;
}

export interface HostOptions {
  readonly origin?: string;
  readonly theme?: string;
  readonly locale?: string;
  /** Milliseconds before `initialize` is answered; null: never. */
  readonly delay?: number | null;
  /** Query of the tab's address after `in=teams`. */
  readonly query?: string;
  /** The page that is the tab; the chat where none is named. */
  readonly path?: '/chat' | '/desk';
  /** What a link named within the tab. */
  readonly subPage?: string;
  /** What the single sign-on gives; null: the person declined. */
  readonly token?: string | null;
  /** A page of this origin stands beside the tab and orders the dark theme and Chinese, every 50 ms. */
  readonly intruder?: string;
}

const page = (
  tab: string,
  { theme, locale, delay, intruder, subPage, token }: HostOptions,
): string => `<!doctype html><title>Teams</title>
<style>html, body, iframe { margin: 0; border: 0; width: 100%; height: 100% }</style>
<script>
  window.called = [];
  // As a host may send it: everything that an attacker who frames the page would like to be believed.
  const context = { theme: '${theme ?? 'default'}', locale: '${locale ?? 'en-us'}', userObjectId: 'u-1', loginHint: 'ceo@contoso.com',
    userPrincipalName: 'ceo@contoso.com', tid: 't-1', hostName: 'Teams', hostClientType: 'web', entityId: 'chat', subEntityId: '${subPage ?? ''}' };
  const answers = {
    initialize: ['content', 'web', JSON.stringify({ apiVersion: 4, isLegacyTeams: false, supports: { app: {}, pages: {} } }), '2.58.0'],
    getContext: [context],
    'authentication.getAuthToken': ${JSON.stringify(token === null ? [false, 'CancelledByUser'] : [true, token ?? ''])},
  };
  addEventListener('message', ({ data, source }) => {
    if (source !== frames[0] || typeof data?.func !== 'string') return;
    window.called.push(data.func === 'registerHandler' ? 'registerHandler ' + data.args[0] : data.func);
    const answer = answers[data.func];
    if (!answer || ${delay === null}) return;
    const wait = data.func === 'initialize' ? ${delay ?? 0} : 0;
    setTimeout(() => source.postMessage({ id: data.id, uuidAsString: data.uuidAsString, args: answer }, '*'), wait);
  });
</script><iframe name="tab" allow="local-network-access; loopback-network" src="${tab}"></iframe>${intruder ? `<iframe name="intruder" src="${intruder}/"></iframe>` : ''}`;

/** Answers what was never asked of it (ids are counted from 0) and orders a theme. */
const INTRUDER = `<!doctype html><title>Intruder</title><script>
  window.sent = 0;
  setInterval(() => {
    const tab = parent.frames[0];
    const context = { theme: 'dark', locale: 'zh-cn' };
    tab.postMessage({ func: 'themeChange', args: ['dark'] }, '*');
    for (const id of [0, 1, 2, 3]) tab.postMessage({ id, args: [context] }, '*');
    window.sent += 1;
  }, 50);
</script>`;

const calledSchema = z.array(z.string());

/** The page's headers as the real server sends them in production: the policy, and who may frame it. */
async function withRealHeaders(context: BrowserContext, origin: string, path: string): Promise<void> {
  const config = readConfig({ PUBLIC_URL: origin, EMBED_ORIGINS: 'https://portal.contoso.com' });
  const headers = Object.entries(securityHeaders(config)[path === '/desk' ? 'tab-page' : 'embeddable-page']);
  const real = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
  await context.route(`${origin}${path}?*`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), ...real } });
  });
}

/** Opens the chat as a tab in a page of `origin`, Teams' own where none is named. */
export async function openInTeams({ context, page: window, office }: Visit, options: HostOptions = {}) {
  const origin = options.origin ?? 'https://teams.microsoft.com';
  const path = options.path ?? '/chat';
  const tab = `${office.origin}${path}?in=teams${options.query ?? ''}`;
  await withRealHeaders(context, office.origin, path);
  await context.route(`${origin}/**`, (route) => route.fulfill({ contentType: 'text/html', body: page(tab, options) }));
  if (options.intruder)
    await context.route(`${options.intruder}/**`, (route) =>
      route.fulfill({ contentType: 'text/html', body: INTRUDER }),
    );
  // Chrome asks the person before a page of a public address may open sockets to this machine.
  await context.grantPermissions(['local-network-access'], { origin });
  await window.goto(`${origin}/v2/`);
  await window.locator('iframe[name=tab]').waitFor({ state: 'attached' });
  await expect.poll(() => window.frame({ name: 'tab' })).not.toBeNull();
  return hostOf(window);
}

function hostOf(window: Page): TeamsHost {
  const tab = window.frame({ name: 'tab' });
  if (!tab) throw new Error('the host page has no tab');
  return {
    tab,
    called: async () => calledSchema.parse(await window.evaluate('called')),
    changeTheme: (name) =>
      window.evaluate((theme) => frames[0]?.postMessage({ func: 'themeChange', args: [theme] }, '*'), name),
  };
}
